"""The catalogue of problems as a document: ``docs/problems.md``."""

import re

from analysis.project import Project, write
from analysis.survey.told.problems import Code

HEAD = """# Masalah yang dapat ditemukan

Dibuat dari `src/analysis/survey/told/problems.py` dengan `make problems`; ubahlah di sana.

`masterplan check` membaca setiap berkas di `data/raw/<periode>/responses/` dan menyebutkan setiap
masalah dengan lembar dan sel menurut Excel. Kesalahan (error) membuat suatu jawaban atau berkas
tidak terhitung sampai diperbaiki atau digantikan oleh revisi baru; peringatan (warning) patut
ditanyakan; keterangan (info) tidak memerlukan tindakan. Masalah pada sel yang sudah digantikan
tidak disebutkan lagi. Yang berkurung kurawal diisi menurut temuannya.

| kode | tingkat | pesan | yang harus dilakukan |
|---|---|---|---|
"""


def catalogue() -> str:
    """Every problem with its severity, message and hint, as Markdown."""
    rows = (
        f"| `{code.name}` | {code.severity} | {_braced(code.value[1])} | {_braced(code.value[2])} |"
        for code in Code
    )
    return HEAD + "\n".join(rows) + "\n"


def _braced(text: str) -> str:
    return re.sub(r"\{(\w+)\}", r"`{\1}`", text).replace("|", "\\|")


if __name__ == "__main__":
    write(Project.find().root / "docs" / "problems.md", catalogue())
