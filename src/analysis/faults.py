"""What went wrong, as one line that says what to do."""

import errno
import tempfile
import traceback

from analysis.project import ProjectError
from analysis.text import N_, _

FULL = ("ENOSPC", "EDQUOT", "EFBIG")  # what one file lacks, the next will lack too
# What the machine may refuse, and what helps.
ADVICE = {
    FULL: N_("Kosongkan ruang penyimpanan, lalu ulangi."),
    ("EACCES", "EPERM", "EROFS", "EBUSY", "ETXTBSY"): N_(
        "Periksa izin, tutup program yang memakai berkas itu, lalu ulangi."
    ),
    ("ENAMETOOLONG",): N_("Pindahkan folder proyek ke jalur yang lebih pendek, lalu ulangi."),
    ("EISDIR", "ENOTDIR", "EEXIST", "ENOTEMPTY", "ELOOP"): N_(
        "Pindahkan apa yang menempati nama itu, lalu ulangi."
    ),
}
OTHER = N_("Periksa izin dan sisa ruang, lalu ulangi.")


def line(error: BaseException) -> str:
    """An error in the words that people read: what it is, or what the machine refuses."""
    if isinstance(error, ProjectError):
        return str(error)
    reason = " ".join(str(error).split())
    if not isinstance(error, OSError):
        return f"{type(error).__name__}: {reason}"
    name = _name(error)
    advice = next((said for names, said in ADVICE.items() if name in names), OTHER)
    refused = _("Komputer menolak ({reason}).").format(reason=reason or type(error).__name__)
    return f"{refused} {_(advice)}"


def unforeseen(error: Exception) -> str:
    """One line about a fault of the program itself; the rest stands in a file that it names."""
    told = "".join(traceback.format_exception(error))
    with tempfile.NamedTemporaryFile(
        "w", prefix="masterplan-", suffix=".txt", delete=False, encoding="utf-8", errors="replace"
    ) as file:
        file.write(told)
    return _("Program ini keliru ({what}). Laporkanlah bersama isi berkas {file}.").format(
        what=line(error)[:200], file=file.name
    )


def full(error: OSError) -> bool:
    """Whether there is no room left on the disk, or none that may be used."""
    return _name(error) in FULL


def _name(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, "")
