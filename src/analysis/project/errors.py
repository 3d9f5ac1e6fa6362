"""What is wrong with a project, in the words of its coordinator: never those of a library."""

import re
from collections.abc import Mapping

from analysis.refusals import Refusal
from analysis.text import N_, _


class ProjectError(Refusal):
    """The project folder cannot be used as it is; the message says why and how to mend it."""


# What pydantic finds, by its name for it; the parts in braces are pydantic's too.
_KINDS = {
    "missing": N_("wajib diisi"),
    "untranslated": N_("wajib diisi"),
    "extra_forbidden": N_("tidak dikenal; periksa ejaannya"),
    "string_type": N_("harus teks di antara tanda kutip"),
    "string_too_short": N_("tidak boleh kosong"),
    "string_too_long": N_("terlalu panjang; paling banyak {max_length} huruf"),
    "int_type": N_("harus bilangan bulat"),
    "int_parsing": N_("harus bilangan bulat"),
    "int_from_float": N_("harus bilangan bulat"),
    "float_type": N_("harus angka, tanpa tanda kutip"),
    "float_parsing": N_("harus angka"),
    "finite_number": N_("harus angka yang terhingga"),
    "greater_than": N_("harus lebih dari {gt}"),
    "greater_than_equal": N_("paling kecil {ge}"),
    "less_than": N_("harus kurang dari {lt}"),
    "less_than_equal": N_("paling besar {le}"),
    "bool_type": N_("harus true atau false, tanpa tanda kutip"),
    "list_type": N_("harus daftar di antara kurung siku"),
    "too_short": N_("paling sedikit {min_length} isian"),
    "too_long": N_("paling banyak {max_length} isian"),
    "date_type": N_("harus tanggal tanpa tanda kutip, misalnya 2023-10-31"),
    "dict_type": N_("harus bagian dengan isian sendiri"),
    "model_type": N_("harus bagian dengan isian sendiri"),
    "literal_error": N_("harus salah satu dari: {expected}"),
}
_LONGEST = 40  # letters of a wrong entry that are quoted


def said(error: Mapping) -> str:
    """One error of a pydantic ValidationError, with the wrong entry where it is short enough."""
    entry = error["input"]
    kind, parts = error["type"], dict(error.get("ctx", {}))
    if isinstance(entry, str) and kind.startswith("too_"):
        kind = f"string_{kind}"
    if kind == "value_error":
        told = str(parts["error"])  # our own words
    else:
        # “'a', 'b' or 'c'” is English.
        parts["expected"] = ", ".join(re.findall("'([^']*)'", str(parts.get("expected", ""))))
        told = _(_KINDS.get(kind, N_("tidak dapat dipakai"))).format(**parts)
    if kind in ("missing", "extra_forbidden") or not isinstance(entry, str | int | float):
        return told
    quoted = str(entry)[: _LONGEST + 1]
    quoted = quoted[:_LONGEST] + "…" if len(quoted) > _LONGEST else quoted
    return f"“{quoted}” {told}" if quoted.strip() else told
