"""Extreme budgets and proposals through the stage: right sentences, no crash, no NaN."""

import pandas as pd

from analysis import grids
from analysis.project import Project
from analysis.stages import quickwin
from analysis.survey.asked.instrument import Instrument
from tests.second_city import ROOT
from tests.stages.answers import Answers
from tests.stages.sentences import shown, silent_of_nan

INSTRUMENT = Instrument.load(Project(ROOT))
DIMENSIONS = INSTRUMENT.scheme("dimension")["name"]
WORDS = ("alun", "bukit", "curah", "danau", "embun", "fajar", "gurun", "hutan", "intan", "jalan")
EQUAL = dict.fromkeys(["impact", "ease", "urgency"], 3.0)
EQUAL |= {"cost": 100.0, "duration": 6.0, "beneficiaries": 999.0}
NONE = "tanpa usulan lengkap"


def proposed(count=10, **columns) -> pd.DataFrame:
    """So many proposals, each of its own unit, over all dimensions; what they do not say is odd."""
    rows = range(count)
    units = [f"u{n}" for n in rows]
    table = pd.DataFrame({"unit": units, "item": "QW-1", "unit_short": units, "unit_name": units})
    given = {
        "name": WORDS[:count],
        "dimension": [DIMENSIONS.index[n % len(DIMENSIONS)] for n in rows],
        "subdimension": pd.NA,
        "lead": pd.NA,
        "impact": [1.0 + n % 5 for n in rows],
        "ease": [1.0 + (n + 2) % 5 for n in rows],
        "urgency": 3.0,
        "cost": [100.0 + 50 * (n % 4) for n in rows],
        "duration": 6.0,
        "beneficiaries": [1000.0 * (n + 1) for n in rows],
    }
    table = table.assign(group="dinas", group_name="Dinas", **(given | columns))
    texts = dict.fromkeys(["name", "dimension", "subdimension", "lead"], "string")
    table = table.astype(texts | dict.fromkeys(EQUAL, float))
    return table.assign(dimension_name=table["dimension"].map(DIMENSIONS))


def asked(answers: pd.DataFrame, budget: float = 0.0) -> quickwin.QuickWin:
    """The stage, whose every frame, title and sentence has been looked at."""
    stage = quickwin.of(Answers({"quickwin": answers}, instrument=INSTRUMENT), budget=budget)
    said = [*stage.findings, *stage.quality]
    told = [*stage.titles.values(), *(f"{f.headline} {f.detail}" for f in said)]
    assert silent_of_nan(*told, shown(stage.key_figures), stage.package_note)
    assert all(len(finding.headline.split()) <= 20 for finding in said)
    assert all("(" not in finding.headline for finding in said)
    for frame in (stage.shortlist, stage.left_out, stage.chosen, stage.covered, stage.purchase):
        assert grids.grid(frame)["rows"] or frame.empty
    assert stage.package.cost <= stage.funds
    return stage


def headlines(stage) -> list[str]:
    return [finding.headline for finding in stage.findings]


def test_a_budget_too_small_for_anything():
    stage = asked(proposed(), 0.5)
    first, floors = stage.findings[:2]
    assert first.headline == "Rp500.000 belum cukup untuk usulan lengkap mana pun."
    assert first.detail == "Usulan termurah berbiaya Rp100 juta."
    assert floors.headline == "Sedikitnya 1 program setiap dimensi tidak tercapai di 6 dimensi."
    assert floors.detail.endswith(": setiap usulannya lebih mahal daripada seluruh anggaran.")
    said = [finding.headline for finding in stage.quality]
    assert "Satu setengah kali anggaran pun belum cukup untuk satu program." in said
    assert stage.key_figures[0]["shown"] == "0"
    assert set(stage.left_out["reason"]) == {"lebih mahal daripada seluruh anggaran"}


def test_a_budget_for_everything_and_a_cost_beyond_all_budgets():
    stage = asked(proposed(), 1e12)
    assert stage.left_out.empty
    fewest = "Smart Society dan Smart Environment"
    assert stage.findings[0].headline == (
        f"Rp1.000.000 triliun cukup untuk membiayai 10 program, paling sedikit di {fewest}."
    )
    assert stage.findings[0].detail.startswith("Biayanya Rp1,65 miliar dari Rp1.000.000 triliun")
    rich = asked(proposed(cost=[*[100.0] * 9, 1e11]), 1e12)
    assert len(rich.chosen) == 10 and rich.package.cost == 1e11 + 900
    dear = asked(proposed(cost=[*[100.0] * 9, 1e11]))
    assert dear.left_out["reason"].tolist() == ["lebih mahal daripada seluruh anggaran"]
    (name,) = dear.left_out["label"]
    told = f" Tidak masuk dari sepuluh besar: {name} – lebih mahal daripada seluruh anggaran."
    assert dear.findings[0].detail.endswith(told)


def test_no_proposal():
    stage = asked(proposed().head(0))
    assert headlines(stage) == ["Belum ada usulan program."]
    assert [figure["shown"] for figure in stage.key_figures] == ["–"]
    assert set(stage.titles.values()) == {"Belum ada usulan program"}
    assert stage.ledger == []


def test_no_complete_proposal():
    stage = asked(proposed(impact=float("nan")).head(10))
    assert headlines(stage) == [
        "Belum ada usulan lengkap, jadi peringkat, daftar pendek, dan paket tidak dihitung.",
        "10 perangkat daerah mengusulkan 10 program.",
    ]
    assert [figure["shown"] for figure in stage.key_figures] == ["–", "–", "0", "10"]
    assert stage.titles["covered"] == "Belum ada usulan lengkap, jadi paket tidak dihitung"
    assert stage.ledger == []


def test_one_proposal():
    stage = asked(proposed(1))
    first, floors = stage.findings[:2]
    assert first.headline == (
        "Anggaran cukup untuk 1 program; tanpa program: Smart Branding, Smart Economy, Smart "
        "Living, dan 2 lainnya."
    )
    assert floors.headline.endswith("tidak tercapai di 5 dimensi.")
    assert floors.detail.endswith(f"{NONE}.")
    assert stage.titles["left_out"] == "Semua usulan lengkap masuk paket"
    assert stage.ledger == []


def test_equal_proposals_have_no_first_ones():
    stage = asked(proposed(**EQUAL), 400)
    assert set(stage.ranking["rank"]) == {1}
    first, floors = stage.findings[:2]
    # Of ten that share all ranks nobody is left out as one of the first; four are bought, and four
    # dimensions are met of six.
    assert first.headline == (
        "Anggaran cukup untuk 4 program; tanpa program: " + floors.detail.split(": ")[0] + "."
    )
    assert floors.headline.endswith("tidak tercapai di 2 dimensi.")
    assert floors.detail.endswith(
        ": tidak tercapai bersama dimensi lain dalam anggaran dan batas paket."
    )
    stage = asked(proposed(10, **EQUAL).assign(dimension="living"), 400)
    start = "Anggaran cukup untuk 4 program; tanpa program: "
    assert stage.findings[0].headline.startswith(start)


def test_more_proposals_than_ten_that_are_equal_leave_no_first_ten():
    more = pd.concat([proposed(**EQUAL), proposed(**EQUAL).assign(item="QW-2")], ignore_index=True)
    more["name"] += more["item"].map({"QW-1": "", "QW-2": " untuk semua warga kota"})
    stage = asked(more, 600)
    assert stage.purchase["missed"].tolist() == [0] * 6
    assert stage.findings[0].headline == (
        "Rp600 juta cukup untuk membiayai 6 program di semua dimensi."
    )


def test_all_of_one_dimension_and_of_one_lead_unit():
    stage = asked(proposed(dimension="living", lead="u3"))
    assert len(stage.chosen) == stage.settings.most_per_lead == 3
    assert set(stage.left_out["reason"]) <= {"u3 sudah memimpin 3 program", "nilainya nol"}
    others = "Smart Governance, Smart Branding, Smart Economy, Smart Society, dan Smart Environment"
    assert stage.findings[1].detail == f"{others}: {NONE}."
    assert stage.titles["shortlist"].startswith("Daftar pendek memuat 2 program teratas ")


def test_nobody_is_reached():
    # Without beneficiaries nothing has a value, and what is bought is bought for the floors.
    stage = asked(proposed(beneficiaries=0.0))
    assert len(stage.chosen) == 6 and set(stage.left_out["reason"]) == {"nilainya nol"}
    free = Answers({"quickwin": proposed(beneficiaries=0.0)}, instrument=INSTRUMENT)
    rules = free.settings.quickwin.model_copy(update={"least_per_dimension": 0})
    settings = free.settings.model_copy(update={"quickwin": rules})
    stage = quickwin.of(Answers(free.tables, instrument=INSTRUMENT, settings=settings))
    assert headlines(stage)[0] == "Paket kosong: setiap usulan yang terjangkau bernilai nol."
