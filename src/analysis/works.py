"""The works that methods are taken from: ``works.toml``, cited in short and in full."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.text import _, listing

MOST_NAMED = 4  # authors, in short


@dataclass(frozen=True)
class Work:
    """A work as ``works.toml`` has it; see there for its parts."""

    authors: Sequence[str]
    year: int
    title: str
    within: str = ""
    editors: Sequence[str] = ()
    volume: str = ""
    issue: str = ""
    pages: str = ""
    edition: int = 0
    publisher: str = ""
    cited: str = ""

    @property
    def short(self) -> str:
        """``Cronbach (1951), Psychometrika 16, 297–334``."""
        if self.cited:
            return self.cited
        names = [author.partition(",")[0] for author in self.authors]
        by = _("{name} dkk.").format(name=names[0]) if len(names) > MOST_NAMED else listing(names)
        where = f"{self.within} {self.volume}".strip() or self.title.partition(":")[0]
        return ", ".join(filter(None, [f"{by} ({self.year})", where, self.pages]))

    @property
    def entry(self) -> list[tuple[str, bool]]:
        """The entry in a bibliography, part by part, and whether the part is set in italics."""
        title = self.title if self.title[-1] in "?!" else f"{self.title}."
        if not self.within:
            edition = self.edition and _(" (edisi ke-{number})").format(number=self.edition)
            shown = [(self.title, True), (f"{edition or ''}.", False)]
        elif self.volume:
            issue = f"({self.issue})" if self.issue else ""
            place = ", ".join(filter(None, [issue, self.pages]))
            shown = [(f"{title} ", False), (f"{self.within}, {self.volume}", True)]
            shown.append((f"{place}.", False))
        else:
            by = [_("{names} (ed.), ").format(names=listing(self.editors))] if self.editors else []
            inside = _("Dalam") + " " + "".join(by)
            pages = self.pages and _(" (hlm. {pages})").format(pages=self.pages)
            shown = [(f"{title} {inside}", False), (self.within, True)]
            shown.append((f"{pages}.", False))
        head = f"{_named(self.authors)} ({self.year}). "
        return [
            (head, False),
            *shown,
            *([(f" {self.publisher}.", False)] if self.publisher else []),
        ]


def _named(authors: Sequence[str]) -> str:
    """``Efron, B., dan Tibshirani, R. J.``: names that are turned round hold commas themselves."""
    *others, last = authors
    turned = others and "," in last
    return ", ".join([*others, _("dan {name}").format(name=last)]) if turned else listing(authors)


def _read() -> dict[str, Work]:
    content = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {key: Work(**work) for key, work in content.items()}


WORKS = _read()
