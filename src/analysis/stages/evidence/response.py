"""What is said where too few units answered for figures to speak for them together."""

from collections.abc import Callable, Mapping
from typing import Any

from analysis.origin import Source
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.survey import Survey
from analysis.text import _


def title(survey: Survey) -> str:
    """How many units answered, as the title of every picture and table."""
    return _("{n} dari {all} perangkat daerah menjawab; angka gabungan belum ditampilkan").format(
        n=int(survey.units["answered"].sum()), all=len(survey.units)
    )


def finding(survey: Survey) -> Finding:
    """How many units answered, and from how many on there are figures."""
    detail = _(
        "Angka yang mewakili {all} perangkat daerah ini baru ditampilkan bila sekurang-kurangnya "
        "{needed} menjawab. Jawaban setiap perangkat daerah ada di profilnya."
    )
    return Finding(
        title(survey) + ".", detail=detail.format(all=len(survey.units), needed=survey.needed)
    )


def figure(survey: Survey) -> dict[str, Any]:
    """How many units answered, as a key figure."""
    n = int(survey.units["answered"].sum())
    return {
        "shown": _("{n} dari {all}").format(n=n, all=len(survey.units)),
        "label": _("perangkat daerah menjawab"),
        "detail": _("angka gabungan mulai {needed} perangkat daerah").format(needed=survey.needed),
        "value": float(n),
    }


def source(survey: Survey) -> Source:
    """The source line under an exhibit without figures."""
    line = _("{source}; angka gabungan belum ditampilkan").format(source=survey.source)
    return survey.source.saying(line)


def titles(survey: Survey, own: Callable[[], Mapping[str, str]]) -> dict[str, str]:
    """The same title for every exhibit that has one of its `own`."""
    return dict.fromkeys(own(), title(survey))


INSTEAD: Mapping[str, Callable[[Any, Callable[[], Any]], Any]] = {
    "key_figures": lambda survey, own: [figure(survey)],
    "findings": lambda survey, own: [finding(survey)],
    "by_name": lambda survey, own: [],
    "quality": lambda survey, own: [],
    "headlines": lambda survey, own: [finding(survey)],
    "titles": titles,
}
"""What a stage says in each of these instead of its `own`."""
