"""The words on the form by which ingest finds its way: forms write them, ingest reads them."""

import re

from analysis.text import N_

CODE = N_("Kode")
READ_BACK = N_("Terbaca sebagai")
COUNT = N_("{filled} dari {asked} terisi")
WHO = N_("{unit} · {city} · periode {period}")
VERSION = "1"  # of the form

# Labels of the identity sheet.
IDENTITY = {
    "unit": N_("ID unit"),
    "unit_name": N_("Nama unit"),
    "city_name": N_("Kota"),
    "city": N_("Kode kota"),
    "period": N_("Periode"),
    "revision": N_("Revisi"),
    "day": N_("Tanggal pengisian"),
    "position": N_("Jabatan pengisi"),
    "sample": N_("Data contoh"),
    "version": N_("Versi formulir"),
}


def simplify(text: object) -> str:
    """Text as it is compared: without case, spaces around, and a remark in parentheses."""
    return plain(re.sub(r"\([^()]*\)\s*$", "", str(text)))


def plain(text: object) -> str:
    """Text without case and with single spaces."""
    return " ".join(str(text).split()).casefold()


def pattern(template: str) -> re.Pattern:
    """What a template such as `WHO` looks like once it is filled in, `plain` or not."""
    parts = re.split(r"\{(\w+)\}", template)
    found = "".join(
        f"(?P<{part}>.+?)" if odd else re.escape(part)
        for odd, part in ((n % 2, part) for n, part in enumerate(parts))
    )
    return re.compile(found, re.IGNORECASE)
