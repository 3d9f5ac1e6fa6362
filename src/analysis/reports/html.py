"""Executed notebooks as pages that anyone can read: no code, no script, nothing loaded.

Everything on a page that comes from a notebook is untrusted text: raw HTML in prose is escaped,
foreign HTML is rebuilt from harmless tags, links become text, and pictures are data.
"""

import re
import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.numbers import format_decimal
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from analysis import tables, text
from analysis.levels import MEANINGS
from analysis.reports import sections
from analysis.reports.changes.difference import Difference
from analysis.reports.document import Document
from analysis.reports.funnel import FEWEST, Funnel, Place
from analysis.reports.glossary import terms
from analysis.reports.prose import attached, href
from analysis.runs.manifest import Edition
from analysis.runs.ways import Ways
from analysis.text import _

NOWHERE = Ways()
LINE = 160
"""Letters of what is said of a page where only its address is shown."""
MOST_NUMBERS = 200
"""So many numbers of a report that changed are listed on the page that tells of them."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A link to the same page in another language, as `bar` in the templates writes it.
_TRANSLATED = re.compile(rb'<li class="tongue">.*?</li>')


def page(
    document: Document,
    edition: Edition,
    *,
    title: str,
    parameters: Mapping[str, Any],
    ways: Ways = NOWHERE,
    workbook: bytes | str | None = None,
) -> str:
    """The page of a document, complete in itself.

    `title` heads the page; where it differs from the document's own (a unit's name), the latter
    stands above it. `ways` are the only links that leave the page. The .xlsx of all its numbers
    (`workbook`) and its pictures to be saved travel inside it; where it lies beside the page, under
    this name, nothing does.
    """
    shared = {
        "edition": edition,
        "name": title,
        "title": edition.titled(title),
        "parameters": parameters,
        "workbook": attached(XLSX, workbook) if isinstance(workbook, bytes) else workbook,
    }
    first = [finding["headline"] for finding in document.findings[:1]]
    whose = [title] if document.title.casefold() != title.casefold() or not first else []
    blocks, appendix = sections.shown(document.blocks), sections.shown(document.appendix)
    return _render(
        "page.html.j2",
        page=shared,
        described=_described(edition, ": ".join(whose + first)),
        ways=ways,
        document=document,
        inside=not isinstance(workbook, str),
        blocks=blocks,
        appendix=appendix,
        most=sections.most([*blocks, *appendix]),
    )


def _described(edition: Edition, words: str) -> str:
    """What is said of a page where only its address is shown: a line, cut between words."""
    mark = _("DATA CONTOH.") if edition.sample else ""
    return textwrap.shorten(unbroken(f"{mark} {words}"), LINE, placeholder=" …")


def index(
    edition: Edition,
    stages: Sequence[Mapping[str, Any]],
    units: Sequence[Mapping[str, Any]],
    variants: Sequence[Mapping[str, Any]] = (),
    failures: Sequence[Mapping[str, Any]] = (),
    missing: Sequence[str] = (),
    *,
    archive: str | None = None,
    book: Mapping[str, Any] | None = None,
    ways: Ways = NOWHERE,
) -> str:
    """The first page of a period.

    A stage: title, href (None without a report), status (ok, failed, stale, unanswered), error,
    key (a key figure, or None), finding (or None), number ("" for what has none), place (among the
    stages; 0 for an overview), kind (table for one of the questionnaire), and optionally workbook
    (href) and thumbnail (of a chart). A unit: name, group_name, href, completeness (a share, or
    None when it has not answered), status, and optionally error. A variant: title, href, status,
    parameters (dict). A failure: title and error of a job that is none of these. `missing`: names
    of units that have not answered. `archive` is an href; `book` has one, and says whether it is
    `current`; `ways` lead to other editions.
    """
    groups: dict[str, list] = {}
    for unit in units:
        groups.setdefault(unit["group_name"], []).append(unit)
    return _render(
        "index.html.j2",
        described=_described(edition, f"{edition.city} {edition.period}: {edition.response}."),
        edition=edition,
        stages=stages,
        groups=groups,
        incomplete=sum(unit["completeness"] != 1 for unit in units),
        variants=variants,
        failures=failures,
        missing=missing,
        archive=archive,
        book=book,
        ways=ways,
    )


def landing(city: str, periods: Sequence[str], language: str = text.SOURCE) -> str:
    """The page above all periods (newest first): it leads to the newest at once."""
    about = f"Masterplan Smart City: {city}"
    return _render(
        "landing.html.j2", described=about, city=city, periods=periods, language=language
    )


def inside(
    edition: Edition,
    pages: Sequence[Mapping[str, Any]],
    failures: Sequence[Mapping[str, Any]],
    lacking: Sequence[Mapping[str, Any]],
    ways: Ways,
) -> str:
    """The first page of what is internal, which says so: do not pass it on.

    A page: title, href (None without one), status. A failure: title and error, in full, of any
    report. What is `lacking`: title of a report, names of what it could not show. `ways` lead to
    the public index and to other languages.
    """
    warning = _("Internal: jangan dibagikan")
    return _render(
        "inside.html.j2",
        described=_described(edition, f"{warning}: {edition.city}"),
        edition=edition,
        pages=pages,
        failures=failures,
        lacking=lacking,
        ways=ways,
    )


def changes(edition: Edition, found: Difference | None, ways: Ways) -> str:
    """The page of what differs from the edition before; None where there is none."""
    return _render(
        "changes.html.j2",
        described=_described(edition, _("Internal: jangan dibagikan")),
        edition=edition,
        found=found,
        most=MOST_NUMBERS,
        ways=ways,
    )


def cities(
    edition: Edition,
    shown: Sequence[Mapping[str, Any]],
    comparisons: Sequence[Mapping[str, Any]],
    ways: Ways = NOWHERE,
) -> str:
    """The page above all cities that are `shown`.

    A city: title, href (None where it has no reports), edition (None likewise), status (ok or
    failed), failed (how many of its reports), error. A comparison: title, href, status, error.
    """
    places = [_place(c) for c in shown if c["edition"] and c["edition"].expected]
    found = Funnel(places) if len(places) >= FEWEST else None
    few = {place.name for place in found.below} if found else set()
    kinds = (
        ("sedikit", _("Di bawah batas"), lambda c: c["title"] in few),
        ("kurang", _("Ada yang belum menjawab"), lambda c: c["edition"] and _lacking(c["edition"])),
        ("contoh", _("Data contoh"), lambda c: c["edition"] and c["edition"].sample),
        ("gagal", _("Gagal dibuat"), lambda c: c["error"] or c["failed"]),
    )
    cities = [{**c, "kinds": [name for name, _t, fits in kinds if fits(c)]} for c in shown]
    counts = Counter(name for city in cities for name in city["kinds"])
    # What all are, or none, tells nobody apart.
    apart = [(name, said, n) for name, said, _i in kinds if 0 < (n := counts[name]) < len(cities)]
    return _render(
        "cities.html.j2",
        described=_described(edition, f"{edition.city}: {edition.response}."),
        edition=edition,
        cities=cities,
        several=len({c["edition"].period for c in shown if c["edition"]}) > 1,
        kinds=apart,
        funnel=found,
        comparisons=comparisons,
        ways=ways,
    )


def _place(city: Mapping[str, Any]) -> Place:
    return Place(city["title"], city["edition"].expected, city["edition"].answered)


def _lacking(edition: Edition) -> bool:
    return edition.answered < edition.expected


def cards(edition: Edition, shown: Sequence[Any], leading: float) -> str:
    """The cards for messengers, one below the other, with lines this far apart."""
    return _render("cards.html.j2", edition=edition, cards=shown, leading=leading)


def alone(made: bytes) -> bytes:
    """A page for a set of files that holds one language only."""
    return _TRANSLATED.sub(b"", made)


@cache
def _templates() -> Environment:
    """Our templates, in which everything is escaped unless it is Markup."""
    folder = Path(__file__).parent / "template"
    environment = Environment(
        loader=FileSystemLoader(folder), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["href"] = href
    environment.globals |= {
        "_": text._,
        "meanings": MEANINGS,
        "percent": text.percent,
        "listing": text.listing,
        "sure": tables.sure,
        "shown": _shown,
        "unbroken": unbroken,
        "terms": terms,
        "tongue": lambda code: str(Locale(code).get_display_name(code)).capitalize(),
        "style": Markup((folder / "style.css").read_text("utf-8")),
    }
    return environment


def _render(template: str, **content: Any) -> str:
    return _templates().get_template(template).render(content)


def _shown(value: Any) -> str:
    """A parameter's value as people write it."""
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, float):
        return format_decimal(value, locale=text.language())
    if isinstance(value, Mapping):
        return text.listing(f"{k}: {_shown(v)}" for k, v in value.items())
    if isinstance(value, list | tuple):
        return text.listing(_shown(v) for v in value) or "–"
    return "–" if value is None or value == "" else str(value)


def unbroken(words: str) -> str:
    """``n = 35`` and its like stay on one line."""
    return re.sub(r"\b(\w) = (?=[\d+−])", "\\1\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}", words)
