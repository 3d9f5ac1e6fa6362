"""Personal numbers in every spelling, and where they are found again in whatever bytes."""

import io
import re
import unicodedata
import zipfile
from base64 import b64decode
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WIDE = str.maketrans("0123456789-", "０１２３４５６７８９－")


def spelled(number: int, way: int) -> tuple[str, str]:
    """A personal number or address that is no other's, as it is typed, and by what it is known."""
    n = f"{number:02}"
    mobile, nik = f"87{n}5139{n}4", f"1273{n}150390{n}77"
    a, b, c = mobile[:3], mobile[3:7], mobile[7:]
    npwp = f"7123{n}8901{n}000"
    ways = [
        (f"0{a}-{b}-{c}", mobile),
        (f"0{a} - {b} - {c}", mobile),
        (f"+62({a}){b}{c}", mobile),
        (f"0{a}.{b}.{c}", mobile),
        (f"0{a}–{b}–{c}".translate(WIDE), mobile),
        (f"0{a} {b} {c}".translate(ARABIC), mobile),
        (f"0{a}\u00ad{b}\u00ad{c}", mobile),
        (f"{nik[:4]} {nik[4:8]} {nik[8:12]} {nik[12:]}", nik),
        (f"{nik[:6]}.{nik[6:12]}.{nik[12:]}", nik),
        (f"19800415 2005{1 + number % 12:02} 1 9{n}", f"198004152005{1 + number % 12:02}19{n}"),
        (f"{npwp[:2]}.{npwp[2:5]}.{npwp[5:8]}.{npwp[8]}-{npwp[9:12]}.{npwp[12:]}", npwp),
        (f"s.rahasia{n}@contoh.id", f"s.rahasia{n}"),
        (f"s.rahasia{n} [at] contoh.id", f"s.rahasia{n}"),
        (f"rek BRI 0123-{n}-0{n}345-{n}-8", f"0123{n}0{n}345{n}8"),
    ]
    return ways[way % len(ways)]


def found(needles: set[str], content: bytes, name: str) -> Iterator[tuple[str, str]]:
    """Which of these stand in a file, or in what is packed in it: needle, and where."""
    if content.startswith(b"\x89PNG"):
        return
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for member in packed.namelist():
                yield from found(needles, member.encode(), f"{name} > {member} (nama)")
                yield from found(needles, packed.read(member), f"{name} > {member}")
        return
    text = content.decode("utf-8", "replace")
    for number, packed in enumerate(re.findall(r"base64,([A-Za-z0-9+/=%]+)", text)):
        yield from found(needles, b64decode(unquote(packed)), f"{name} > data {number}")
    text = re.sub(r"base64,[A-Za-z0-9+/=%]+", "", text)
    text = unescape(unquote(re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text)))
    plain = unicodedata.normalize("NFKC", text).casefold()
    digits = "".join(str(unicodedata.decimal(c)) for c in re.findall(r"\d", plain))
    for needle in needles:
        if needle in (digits if needle.isdigit() else plain):
            yield needle, name


def public(reports: Path) -> list[Path]:
    """The files that may be passed on."""
    files = [p for p in reports.rglob("*") if p.is_file() and not p.name.startswith(".masterplan")]
    return [p for p in files if "internal" not in p.relative_to(reports).parts]
