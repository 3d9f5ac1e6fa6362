"""Files of a project as text, however an office program wrote them; and files written whole."""

import os
import re
import secrets
import unicodedata
from pathlib import Path

from analysis.project.errors import ProjectError
from analysis.text import _

BIGGEST = 20_000_000  # bytes of a settings file
# Letters in UTF-8: what holds one is no cp1252, in which they would be two or three odd signs.
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def read(path: Path, name: str) -> str:
    """A file as text: UTF-8, UTF-16, or the code page of Excel here (cp1252).

    `name` is what people call the file. Raises ProjectError where it cannot be read as text.
    """
    try:
        if path.stat().st_size > BIGGEST:
            raise ProjectError(_("{file}: berkas terlalu besar.").format(file=name))
        content = path.read_bytes()
    except FileNotFoundError:
        raise ProjectError(_("{file}: berkas tidak ada.").format(file=name)) from None
    except OSError as error:
        said = _("{file}: berkas tidak dapat dibaca; periksa izinnya.").format(file=name)
        raise ProjectError(said) from error
    try:
        text = _decoded(content)
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        said = _(
            "{file}: baris {row}: huruf tidak terbaca. Simpan berkas ini sebagai teks UTF-8."
        ).format(file=name, row=row)
        raise ProjectError(said) from error
    if "\0" in text:
        said = _("{file}: ini bukan berkas teks. Simpan berkas ini sebagai teks UTF-8.")
        raise ProjectError(said.format(file=name))
    return text


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if _UTF8.search(content):
            raise
        return content.decode("cp1252")


def visible(text: str) -> str:
    """A text in one line, without what cannot be seen and steers or splits what is compared."""
    if not text.isprintable():
        text = "".join(c for c in text if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(text.split())


def write(path: Path, data: bytes | str) -> None:
    """Write a file whole or not at all, also if the power fails: beside it first, then in place.

    Who may read it is what the user's system gives to new files (umask).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}")
    file = temporary.open("xb")
    try:
        with file:
            file.write(data.encode("utf-8") if isinstance(data, str) else data)
            file.flush()
            os.fsync(file.fileno())  # a name must not reach the disk before what it stands for
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink()
        raise
