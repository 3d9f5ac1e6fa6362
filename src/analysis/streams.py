"""Where output goes: a terminal, a file of some old code page, a reader that has left, nowhere.

What is said is never worth more than what is done: whatever becomes of the output, work goes on.
"""

import codecs
import io
import os
import sys
import unicodedata

NAME = "masterplan"
ASCII = {
    "✓": "ok", "✗": "gagal", "·": "-", "•": "-", "–": "-", "—": "-", "−": "-", "…": "...",
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "→": "->", "≥": ">=", "≤": "<=", "×": "x",
    "─": "-", "━": "-", "│": "|",
}  # fmt: skip


def usable() -> None:
    """From here on, standard streams take every text and fail for no reason.

    Only the real ones: those that a test or another program has put in their place stay.
    """
    for number in (0, 1, 2):  # one that is closed would become the next file that is opened
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name in ("stdout", "stderr"):
        stream, real = getattr(sys, name), getattr(sys, f"__{name}__")
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif stream is real and isinstance(stream, io.TextIOWrapper):
            setattr(sys, name, Lasting(stream.buffer, stream.encoding, NAME, line_buffering=True))


class Lasting(io.TextIOWrapper):
    """A stream that goes to nowhere once its reader has left, or its disk is full."""

    def write(self, text: str) -> int:
        try:
            return super().write(text)
        except OSError:
            self._to_nowhere()
            return len(text)

    def flush(self) -> None:
        try:
            super().flush()
        except OSError:
            self._to_nowhere()

    def _to_nowhere(self) -> None:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.fileno())
        os.close(nowhere)


def plain(error: UnicodeError) -> tuple[str | bytes, int]:
    """What an encoding lacks, in ASCII; the byte of a file's name that is not UTF-8 as it is."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    letter = error.object[error.start]
    if 0xDC80 <= ord(letter) <= 0xDCFF:
        return bytes([ord(letter) - 0xDC00]), error.start + 1
    near = unicodedata.normalize("NFKD", letter).encode("ascii", "ignore").decode()
    return ASCII.get(letter) or near or "?", error.start + 1


codecs.register_error(NAME, plain)
