"""All parts of the book, one after the other, as its outline says."""

from collections.abc import Mapping, Sequence

from analysis.project import Project
from analysis.reports.book import back, body, front, opening, outline, prose, style
from analysis.reports.book.chapters import Chapter
from analysis.reports.book.manuscript import Manuscript
from analysis.reports.book.outline import (
    BIBLIOGRAPHY,
    CONTENTS,
    FOLDER,
    GLOSSARY,
    INTRODUCTION,
    METHODS,
    OWN,
    PREFACE,
)
from analysis.runs.manifest import Edition
from analysis.text import _


def write(
    book: Manuscript,
    project: Project,
    edition: Edition,
    found: Sequence[Chapter],
    missing: Mapping[str, str],
) -> None:
    """Write the book of the chapters `found`; `missing`: the titles of others, by their ids.

    Raises ProjectError where the city's outline, or a chapter of its own, cannot be used.
    """
    places = outline.places(project, found, missing)
    own, stages = outline.own(project), {chapter.id: chapter for chapter in found}
    titles = {place.id: place.title for place in places}  # those of the city
    named = {id: title or _(OWN.get(id, "")) for id, title in titles.items()}
    absent = [id for id in named if id not in stages | own | OWN]
    lacking = [missing.get(id) or named[id] or id for id in absent]
    front.margins(book, edition)
    front.cover(book, edition, lacking, _left_out(named, own, found))
    chapters = [stages[id] for id in named if id in stages]
    methods = [method for chapter in chapters for method in chapter.document.methods]
    laws = opening.LAWS if INTRODUCTION in named and INTRODUCTION not in own else ()
    late = {}
    for id, title in named.items():
        file = (FOLDER / f"{id}.md").as_posix()
        if id in stages:
            _stage(book, stages[id], title, named.get(METHODS, ""))
        elif id in own:
            heading, tokens = outline.written(own[id])
            book.chapter(titles[id] or heading or title or id)
            prose.write(book, tokens)
        elif id == CONTENTS:
            late[id] = book.paragraph()
        elif id == PREFACE:
            book.chapter(title, id=id)
            numbered = [chapter.title for chapter in chapters if chapter.number]
            opening.preface(book, edition, numbered, file)
        elif id == INTRODUCTION:
            book.chapter(title, id=id)
            behind = [named[part] for part in (METHODS, BIBLIOGRAPHY) if part in named]
            documents = [chapter.document for chapter in found]
            opening.introduction(book, edition, documents, behind, file)
        elif id == METHODS and methods:
            book.chapter(title)
            back.methods(book, methods)
        elif id == GLOSSARY:
            book.chapter(title)
            late[id] = book.paragraph()
        elif id == BIBLIOGRAPHY and (methods or laws):
            book.chapter(title)
            back.works(book, methods, laws)
    # Only when all else is written is it known what it holds.
    if GLOSSARY in late:
        back.terms(book, late[GLOSSARY])
    if CONTENTS in late:
        book.contents(named[CONTENTS], late[CONTENTS])
    for place in late.values():
        place._p.getparent().remove(place._p)


def _stage(book: Manuscript, chapter: Chapter, title: str, methods: str) -> None:
    """Write a stage's chapter; a title of the city's own stands as it is, without our number.

    `methods`: the title of the chapter that describes them, to which it refers.
    """
    number = "" if title else chapter.number
    book.chapter(title or chapter.title, number, chapter.id)
    if not chapter.current:
        words = _("Bab ini berasal dari jawaban yang lebih lama: pembaruannya belum berhasil.")
        book.enclose("stale-mark", book.paragraph(words, style.SAMPLE))
    body.write(book, chapter.document, f"tables/{chapter.id}.xlsx")
    if names := "; ".join(method["name"] for method in chapter.document.methods):
        words = _("Metode: {names}.").format(names=names)
        if methods:
            words += " " + _("Uraiannya ada di bab “{title}”.").format(title=methods)
        book.paragraph(words, style.NOTE)


def _left_out(
    named: Mapping[str, str], own: Mapping[str, object], found: Sequence[Chapter]
) -> list[str]:
    """What there is and the outline does not name: titles, and names of the city's own files."""
    stages = {chapter.id: chapter.title for chapter in found}
    ours = {id: _(title) for id, title in OWN.items()}
    files = [f"{id}.md" for id in own if id in stages or id not in named]
    return [title for id, title in (ours | stages).items() if id not in named] + files
