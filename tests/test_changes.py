"""What differs between two editions: told in full, the weightiest first, and because of whom."""

import json
import shutil
from dataclasses import replace

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.project import Project
from analysis.reports import internal
from analysis.reports.changes import kept
from analysis.reports.changes.basis import Basis, Said
from analysis.reports.changes.comparison import difference
from analysis.reports.changes.record import Claim, Figure, Finding, Measure, Record, Report
from analysis.runs.manifest import FAILED, OK, STALE, Edition, Entry, Manifest
from analysis.runs.shelf import Shelf
from analysis.stages import ALL
from analysis.survey.kept import store
from analysis.survey.kept.survey import Survey
from benchmarks import stress
from tests.second_city import invoked

EDITION = Edition("Kota", "2023", "hari ini", 2, 2, 2, False, "0", {})
RSUD = Said("RSUD", {"readiness": "a", "gap": "a"}, {"rsud.xlsx": ("1", 1)}, "")
DAMKAR = Said("Damkar", {"readiness": "b", "gap": "b"}, {"damkar.xlsx": ("2", 1)}, "")
READY = Report(
    "Kesiapan",
    ["readiness"],
    claims={
        "readiness.item": Claim(False, "anggaran di bawah batas", 2.1, "unclear"),
        "readiness.index": Claim(True, "indeks di atas batas", 2.7, "likely"),
    },
    findings=[
        Finding("Kesiapan kota 2,7.", "likely", "readiness.index"),
        Finding("Dua bidang kurang.", "count", ""),
    ],
    figures=[Figure("Indeks", "2,70"), Figure("Terendah: anggaran", "2,10")],
    measures={
        "readiness.mean": Measure("Rerata", {"KS01": (2.7, "2,70"), "KS01\ndinas": (3, "3")})
    },
    names={"KS01": "Kompetensi", "dinas": "Dinas"},
)
OLD = Record(EDITION, Basis({"rsud": RSUD, "damkar": DAMKAR}, {"program": "1"}), {"03": READY})


def with_ready(**other) -> Record:
    return replace(OLD, reports={"03": replace(READY, **other)})


def with_units(**units) -> Record:
    return replace(OLD, basis=replace(OLD.basis, units=OLD.basis.units | units))


def test_two_alike_differ_in_nothing_and_say_so():
    found = difference(OLD, OLD)
    assert found.summary == "Tidak ada tingkat kepastian, temuan, atau angka yang berubah."
    assert not any((found.levels, found.findings, found.figures, found.numbers, found.sent))
    assert (found.touched, found.seen, found.apart, found.reasons) == ([], {}, [], [])


def test_primary_claims_come_first_and_then_the_longest_steps():
    levels = {"readiness.item": "clear", "readiness.index": "unclear"}
    now = {"readiness.new": Claim(False, "baru", 1.0, "unclear")}
    now |= {id: replace(READY.claims[id], level=level) for id, level in levels.items()}
    found = difference(OLD, with_ready(claims=now)).levels
    assert [change.key for change in found] == [
        "readiness.index",
        "readiness.item",
        "readiness.new",
    ]
    assert (found[1].before, found[1].after) == ("●○○ belum jelas", "●●● jelas")
    assert (found[2].before, found[2].values) == ("", (None, 1.0))


def test_a_finding_that_says_another_thing_of_its_claim_is_one_change():
    now = [
        Finding("Paling depan.", "count", ""),
        Finding("Dua bidang cukup.", "count", ""),
        Finding("Kesiapan kota 2,8.", "clear", "readiness.index"),
    ]
    found = difference(OLD, with_ready(findings=now)).findings
    assert [(change.before, change.after) for change in found] == [
        ("", "Paling depan. hitungan"),
        ("Dua bidang kurang. hitungan", "Dua bidang cukup. hitungan"),
        ("Kesiapan kota 2,7. ●●○ cenderung", "Kesiapan kota 2,8. ●●● jelas"),
    ]


def test_a_key_figure_is_known_by_its_place():
    now = [Figure("Indeks", "2,80"), Figure("Terendah: TIK", "2,05"), Figure("Baru", "1")]
    found = difference(OLD, with_ready(figures=now)).figures
    assert [(change.about, change.before, change.after) for change in found] == [
        ("Indeks", "2,70", "2,80"),
        ("", "2,10 Terendah: anggaran", "2,05 Terendah: TIK"),
        ("", "", "1 Baru"),
    ]


def test_a_number_is_the_same_if_a_page_shows_the_same_but_not_as_data():
    numbers = {"KS01": (2.701, "2,70"), "KS02\ndinas": (1, "1")}
    found = difference(OLD, with_ready(measures={"readiness.mean": Measure("Rerata", numbers)}))
    assert [(change.key, change.about, change.values) for change in found.numbers] == [
        ("readiness.mean.KS01", "Rerata · Kompetensi", (2.7, 2.701)),
        ("readiness.mean.KS02.dinas", "Rerata · KS02 · Dinas", (None, 1)),
        ("readiness.mean.KS01.dinas", "Rerata · Kompetensi · Dinas", (3, None)),
    ]
    [count] = found.touched
    assert (count.all, count.differ, count.came, count.went) == (3, 0, 1, 1)
    assert [change.key for change in found.seen["Kesiapan"]] == [
        "readiness.mean.KS02.dinas",
        "readiness.mean.KS01.dinas",
    ]
    sums = {"KS01": (2.7 + 1e-12, "2,70"), "KS01\ndinas": (3, "3")}
    again = with_ready(measures={"readiness.mean": Measure("Rerata", sums)})
    assert difference(OLD, again).numbers == []


def test_a_number_about_several_things_names_each():
    numbers = {"KS01/rsud\ndinas": (1, "1")}
    now = with_ready(measures=READY.measures | {"readiness.n": Measure("n", numbers)})
    [change] = difference(OLD, now).numbers
    assert change.about == "n · Kompetensi · rsud · Dinas"


def test_a_number_counts_for_the_first_report_that_shows_it():
    summary = replace(READY, title="Ringkasan", tables=[])
    numbers = {"KS01": (2.8, "2,80"), "KS01\ndinas": (3, "3")}
    now = {"readiness.mean": Measure("Rerata", numbers)}
    old, new = (
        replace(OLD, reports={"03": READY, "08": summary}),
        replace(
            OLD,
            reports={"03": replace(READY, measures=now), "08": replace(summary, measures=now)},
        ),
    )
    assert [(c.report, c.all, c.differ) for c in difference(old, new).counts] == [
        ("Kesiapan", 2, 1),
        ("Ringkasan", 0, 0),
    ]


def test_a_report_that_only_one_has_is_named_and_not_compared():
    new = replace(OLD, reports={"04": replace(READY, title="Kesenjangan")})
    found = difference(OLD, new)
    assert found.apart == ["Kesiapan", "Kesenjangan"]
    assert not any((found.levels, found.findings, found.numbers))


def test_a_report_differs_because_of_whose_answers_to_its_tables_do():
    new = with_units(
        rsud=replace(RSUD, answers={"readiness": "c", "gap": "a"}),
        damkar=replace(DAMKAR, answers={"readiness": "b", "gap": "c"}),
        satpol=replace(RSUD, name="Satpol"),
    )
    assert difference(OLD, new).counts[0].units == ["RSUD", "Satpol"]
    of_all = replace(new, reports={"03": replace(READY, tables=[])})
    assert difference(OLD, of_all).counts[0].units == ["RSUD", "Damkar", "Satpol"]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"rsud.xlsx": ("1", 1), "rsud-2.xlsx": ("3", 2)}, [("revisi 2", "rsud-2.xlsx")]),
        ({"rsud-2.xlsx": ("3", 2)}, [("revisi 2", "rsud-2.xlsx")]),
        ({"rsud.xlsx": ("3", 1)}, [("berubah isinya", "rsud.xlsx")]),
        (
            {"lain.xlsx": ("3", 1)},
            [("berkas lain", "lain.xlsx"), ("tidak dipakai lagi", "rsud.xlsx")],
        ),
        ({}, [("tidak dipakai lagi", "rsud.xlsx")]),
    ],
)
def test_it_says_what_came_of_whom(files, told):
    found = difference(OLD, with_units(rsud=replace(RSUD, files=files)))
    assert [(sent.what, sent.file) for sent in found.sent] == told
    assert found.units == ["RSUD"] and "RSUD" in found.summary


def test_a_first_workbook_a_decision_and_another_program_are_told():
    decided = replace(DAMKAR, decisions="x")
    new = with_units(damkar=decided, satpol=replace(RSUD, name="Satpol"))
    new = replace(new, basis=replace(new.basis, reasons={"program": "2"}))
    found = difference(OLD, new)
    assert {(s.name, s.what) for s in found.sent} == {
        ("Damkar", "keputusan koordinator"),
        ("Satpol", "masuk"),
    }
    assert found.summary.endswith("Berubah pula programnya.")


def test_other_answers_of_the_earlier_period_are_told_as_a_reason():
    def of(**reasons):
        return replace(OLD, basis=replace(OLD.basis, reasons=reasons))

    said = "Berubah pula jawaban atau pengaturan periode sebelumnya."
    assert difference(of(earlier="1"), of(earlier="2")).summary.endswith(said)
    assert not difference(of(), of(earlier="")).reasons  # records from before it was kept


def test_what_says_the_same_is_kept_once_and_the_oldest_go(tmp_path):
    shelf = Shelf(tmp_path)
    for number in range(kept.KEPT + 3):
        named = replace(OLD, edition=replace(EDITION, sha256=str(number)))
        kept.keep(shelf, named)
        later = replace(EDITION, sha256=str(number), made="besok")
        reasons = {"program": f"{number}"}
        kept.keep(shelf, replace(OLD, edition=later, basis=replace(OLD.basis, reasons=reasons)))
    folder = kept.folder(shelf)
    known = kept.records(folder)
    assert list(known) == list(range(4, kept.KEPT + 4))
    assert known[5].edition == replace(EDITION, sha256="4")
    assert {path.name for path in folder.iterdir()} == {f"{n:04}.json" for n in known}
    (folder / "0005.json").write_text("{")
    (folder / "catatan.json").write_text("{}")
    assert 5 not in kept.records(folder) and len(kept.digests(shelf)) == kept.KEPT
    kept.keep(shelf, replace(OLD, edition=replace(EDITION, sample=True)))
    assert [record.edition.sample for record in kept.records(folder).values()] == [True]


@pytest.fixture(scope="module")
def twice(once, tmp_path_factory) -> Project:
    """The small city after another run, before which one unit sent another workbook."""
    project = Project(shutil.copytree(once.root, tmp_path_factory.mktemp("dua") / "kota"))
    own = project.sample / "2023-kominfo.xlsx"
    others = {p: p.read_bytes() for p in own.parent.iterdir() if p != own}
    stress.answer(project, 2)
    for path, content in others.items():
        path.write_bytes(content)
    done = invoked(project, "run")
    assert done.returncode == 0, done.stderr
    return project


def diff(project: Project, *arguments: str, ends: int = 0) -> str:
    done = CliRunner().invoke(main, ["diff", "--root", str(project.root), *arguments])
    assert done.exit_code == ends, done.output
    return done.output


def told(project: Project, *arguments: str) -> dict:
    return json.loads(diff(project, "--json", *arguments))


def test_the_command_and_the_page_say_which_numbers_changed_and_whose_workbook(twice):
    found = told(twice)
    assert [(s["unit"], s["what"]) for s in found["sent"]] == [("kominfo", "berubah isinya")]
    counts = {c["report"]: c for c in found["counts"]}
    assert counts["Analisis Kesenjangan"]["differ"] > 0
    assert {tuple(c["units"]) for c in counts.values()} == {("Dinas Komunikasi dan Informatika",)}
    gap = next(s for s in ALL if s.of.name == "gap").of(store.load("2023", root=str(twice.root)))
    [index] = [c for c in found["figures"] if c["about"] == "rerata kesenjangan kota (tingkat)"]
    assert index["after"] == gap.key_figures[0]["shown"] != index["before"]
    page = (twice.reports / "internal" / "changes.html").read_text("utf-8")
    assert "Dinas Komunikasi dan Informatika" in page and index["after"] in page
    desk = (twice.reports / "internal" / "index.html").read_text("utf-8")
    assert 'href="changes.html"' in desk
    typed = diff(twice)
    assert "2023-kominfo.xlsx" in typed and "Analisis Kesenjangan" in typed


def test_any_two_can_be_compared_by_number_or_folder(twice, once):
    listed = [e["number"] for e in told(twice, "--list")]
    assert listed == [1, 2]
    back, forth = told(twice, "2", "1"), told(twice, "1")
    assert [(c["before"], c["after"]) for c in back["figures"]] == [
        (c["after"], c["before"]) for c in forth["figures"]
    ]
    assert told(twice, str(once.reports))["numbers"] == forth["numbers"]
    assert "--list" in diff(twice, "7", ends=2)
    assert "masterplan run" in diff(once, ends=2)


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"city": "Kota Lain"}, "Kota Lain, 2023, jawaban CONTOH"),
        ({"sample": False}, "2023, jawaban asli"),
        ({"period": "2022"}, "2022, jawaban CONTOH"),
    ],
)
def test_reports_of_another_city_period_or_kind_are_not_compared(twice, tmp_path, other, told):
    [*_others, last] = kept.records(kept.folder(Shelf(twice.reports))).values()
    kept.keep(Shelf(tmp_path), replace(last, edition=replace(last.edition, **other)))
    said = " ".join(diff(twice, str(tmp_path), ends=2).split())
    edition = last.edition
    assert f"{told}; dan {edition.city}, {edition.period}, jawaban CONTOH." in said
    assert ("09-change.html" in said) is ("period" in other)


@pytest.mark.parametrize(("status", "count"), [(OK, 1), (FAILED, 1), (STALE, 0)])
def test_an_edition_of_which_a_part_is_of_other_answers_is_not_kept(tmp_path, status, count):
    shelf = Shelf(tmp_path)
    entry = Entry("03", "Kesiapan", "3", "stage", status, 1.0, {}, "", "0", False, "")
    internal.keep(shelf, Manifest(EDITION, {}, {}, {"03": entry}), OLD.basis, {})
    assert len(kept.records(kept.folder(shelf))) == count


class Asked(Survey):
    """A survey that notes which tables it is asked for."""

    names: set[str] = set()

    def answers(self, name: str, even_none: bool = False):
        self.names.add(name)
        return super().answers(name, even_none)


@pytest.mark.parametrize("stage", ALL, ids=lambda stage: stage.of.name)
def test_a_stage_reads_what_it_says(once, stage):
    survey = store.load("2023", root=str(once.root))
    asked = Asked(**vars(survey) | {"needed": 0})
    Asked.names = set()
    made = stage.of(asked, **({"weigh_dimensions": True} if stage.of.name == "quickwin" else {}))
    for name in dir(made):
        if not name.startswith("_") and (made.noted or not name.startswith("notes")):
            getattr(made, name)
    assert Asked.names == set(made.reads)
