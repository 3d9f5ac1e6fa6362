"""An earlier period of the same city, to compare a survey with: the newest of the same kind.

Of one kind are two periods that both have real answers, or both samples. What a run of one period
reads of another it keeps below its own tables: see `Project.earlier`.
"""

from analysis import fingerprint
from analysis.project import Project, ProjectError
from analysis.survey.asked import register
from analysis.survey.kept import ingest, store
from analysis.survey.kept.survey import NoAnswers, Survey
from analysis.survey.returned import folder
from analysis.text import _


def read(survey: Survey, named: str = "") -> Survey | None:
    """Read an earlier period anew: the one that is `named`, or the newest that fits.

    None where there is none. Raises ProjectError for one that is named and does not fit, or whose
    settings, register or questionnaire are wrong.
    """
    known = _known(survey.project, named)
    for project in known:  # what an earlier run has read may no longer fit
        (project.processed / store.SET).unlink(missing_ok=True)
    for project in known:
        if bool(folder.answers(project.responses)) == survey.sample:
            continue  # of another kind, as the names of files tell already
        store.save(project, ingest.ingest(project))
        found = store.of(project)
        if _fits(found, survey):
            return found
    if named:
        raise _none(survey, named)
    return None


def before(survey: Survey, named: str = "") -> Survey:
    """The earlier period that a run has read for this one: the one `named`, or the newest.

    Of the same groups and offices as `survey`, where not all of them are selected. Raises
    ProjectError where there is none.
    """
    for project in _known(survey.project, named):
        if (project.processed / store.SET).is_file():
            found = store.of(project)
            if _fits(found, survey):
                return found if survey.whole else _alike(found, survey)
    raise _none(survey, named)


def made_of(earlier: Survey) -> str:
    """A fingerprint of an earlier period: of its answers, and of all that is set and asked."""
    return fingerprint.of(earlier.period, earlier.data, earlier.project.questions())


def _known(project: Project, named: str) -> list[Project]:
    """The periods before a project's own, the newest first, or only the one that is named."""
    names = project.periods
    earlier = names[: names.index(project.period)][::-1]
    if named and named not in earlier:
        said = _("Tidak ada periode “{named}” sebelum {period}. Pilihan: {choices}.")
        choices = ", ".join(earlier) or "–"
        raise ProjectError(said.format(named=named, period=project.period, choices=choices))
    return [project.earlier(name) for name in ([named] if named else earlier)]


def _fits(found: Survey, survey: Survey) -> bool:
    return found.sample == survey.sample and bool(found.units["sent"].any()) and found.enough


def _alike(found: Survey, survey: Survey) -> Survey:
    """The earlier survey of the offices that are selected, or were in one of their groups."""
    groups = set(survey.units["group"])
    ids = {unit.id for unit in register.units(survey.project)} - set(survey.units["unit"])
    units = found.units[found.units["group"].isin(groups) & ~found.units["unit"].isin(ids)]
    if units.empty:
        raise NoAnswers(_("Belum ada perangkat daerah yang menjawab dalam pilihan ini."))
    return store.of(found.project, units=list(units["unit"]))


def _none(survey: Survey, named: str) -> ProjectError:
    if named:
        said = _(
            "Periode {named} tidak dapat dibandingkan dengan {period}: jawabannya kurang atau "
            "tidak sejenis."
        )
    else:
        said = _("Tidak ada periode sebelum {period} yang jawabannya sejenis untuk dibandingkan.")
    return ProjectError(said.format(named=named, period=survey.period))
