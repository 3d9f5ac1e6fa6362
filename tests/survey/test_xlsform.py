"""The XLSForm: as pyxform reads it, it asks of each unit what the instrument asks, and no more."""

import io
import re
from xml.etree import ElementTree

import openpyxl
import pytest
from click.testing import CliRunner
from pyxform.xls2xform import convert

from analysis import text
from analysis.cli import main
from analysis.project import Project
from analysis.survey.asked.fields import TR, Amount, Choice, Field, Scale, Text
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.questionnaire import Table
from analysis.survey.asked.register import units
from analysis.survey.asked.version import version
from analysis.survey.sent import xlsform
from analysis.survey.sent.xlsform import kinds
from analysis.survey.sent.xlsform.question import gate
from tests import other_city as other
from tests.second_city import ROOT, invoked
from tests.test_ledger import refused, state

PROJECT = Project.find(ROOT, "2024")
INSTRUMENT = Instrument.load(PROJECT)
UNITS = units(PROJECT)
HERE, ENGLISH = "Indonesia (id)", "English (en)"
OF = {"h": "http://www.w3.org/1999/xhtml", "x": "http://www.w3.org/2002/xforms"}
X = f"{{{OF['x']}}}"
PLAIN = str.maketrans("“”‘’", "\"\"''")  # pyxform's own quotes


class Form:
    """What pyxform makes of an XLSForm, by the paths of its questions."""

    def __init__(self, content: bytes):
        self.warnings: list[str] = []
        made = convert(content, warnings=self.warnings, file_type=".xlsx")
        tree = ElementTree.fromstring(made.xform)
        self.model = tree.find("h:head/x:model", OF)
        self.title = tree.findtext("h:head/h:title", namespaces=OF)
        body = tree.find("h:body", OF)
        self.style = body.get("class")
        tags = ("input", "select1")
        self.controls = [e for tag in tags for e in body.iter(X + tag)]
        self.asked = {e.get("ref"): e for e in self.controls}
        self.groups = {e.get("ref"): e for e in body.findall("x:group", OF)}
        self.binds = {e.get("nodeset"): e.attrib for e in self.model.findall("x:bind", OF)}
        self.said = {
            language.get("lang"): {
                t.get("id"): t.findtext("x:value", namespaces=OF)
                for t in language.findall("x:text", OF)
            }
            for language in self.model.findall("x:itext/x:translation", OF)
        }
        self.lists = {
            e.get("id"): [
                {c.tag.removeprefix(X): c.text for c in item} for item in e.iter(f"{X}item")
            ]
            for e in self.model.findall("x:instance[@id]", OF)
        }

    def text(self, path: str, what: str, language: str = HERE) -> str:
        return self.said[language].get(f"{path}:{what}", "")

    def choices(self, path: str, language: str = HERE) -> dict[str, str]:
        """What a question offers: names and labels."""
        of = self.asked[path].find("x:itemset", OF).get("nodeset")
        items = self.lists[re.match(r"instance\('(.+?)'\)", of)[1]]
        return {item["name"]: self.said[language][item["itextId"]] for item in items}

    def applies(self, path: str, answers: dict[str, str]) -> bool:
        """Whether a question is asked after these answers, by its own and its group's condition."""
        own = [self.binds.get(p, {}).get("relevant", "") for p in (path, path.rpartition("/")[0])]
        return all(true(condition, answers) for condition in own if condition)

    def refuses(self, path: str, value: object) -> bool:
        """Whether a question's constraint refuses a number or a text."""
        python = self.binds[path]["constraint"]
        python = re.sub(r"string-length\(\s*\.\s*\)", "len(value)", python)
        python = re.sub(r"(?<![\w.])\.(?!\w)", "value", python)
        return not eval(python, {"value": value})


def true(condition: str, answers: dict[str, str]) -> bool:
    """A condition of equations between paths and texts, joined by “and” and “or”."""
    python = re.sub(r"(/[\w/]+)", lambda path: repr(answers.get(path[1], "")), condition)
    return eval(re.sub(r"(?<!!)=", "==", python).strip(), {})


def path(table: str, code: str, field: str) -> str:
    return f"/data/{table}/{code.replace('-', '_')}_{field}"


def cells(instrument: Instrument = INSTRUMENT):
    for table in instrument.tables:
        for code in table.codes:
            for field in table.asked(code):
                yield path(table.name, code, field.name), table, code, field


@pytest.fixture(scope="module")
def form() -> Form:
    return Form(xlsform.workbook(PROJECT))


UNIT = "/data/identity/unit"


def test_pyxform_warns_of_nothing_and_knows_the_form_by_city_period_and_questionnaire(form):
    assert form.warnings == []
    assert form.title == "Kuesioner Analisis Smart City 2024 – Kota Pematang Siantar"
    instance = form.model.find("x:instance/*", OF)
    assert instance.get("id") == "kota-pematang-siantar-2024"
    assert instance.get("version") == version(INSTRUMENT)
    assert form.style == "pages"
    first = form.model.find("x:itext/x:translation", OF)
    assert (first.get("lang"), first.get("default")) == (HERE, "true()")


def test_every_field_of_every_row_is_asked_once_after_unit_and_respondent(form):
    identity = [UNIT, "/data/identity/respondent"]
    expected = [*identity, *(at for at, *_rest in cells())]
    assert len(expected) > 600
    assert sorted(e.get("ref") for e in form.controls) == sorted(expected)
    assert list(form.groups) == ["/data/identity", *(f"/data/{t.name}" for t in INSTRUMENT.tables)]
    assert {e.get("appearance") for e in form.groups.values()} == {"field-list"}
    assert "/data/pemdi_users/PD33_level" not in form.asked  # worked out, not asked
    offered = form.choices(UNIT)
    assert offered == {u.id: u.name for u in UNITS}
    assert all(form.binds[p]["required"] == "true()" for p in identity)


def test_kinds_and_choices_are_those_of_the_instrument(form):
    for at, table, _code, field in cells():
        kind, control, bind = field.kind, form.asked[at].tag, form.binds[at]
        if isinstance(kind, Scale | Choice):
            assert control == f"{X}select1"
            names = [*form.choices(at)]
        if isinstance(kind, Scale):
            scales = [f.name for f in table.scaled]
            gate = table.tb and field.name == scales[0]
            assert names == [*map(str, kind.levels), *([TR] if gate else [])], at
        elif isinstance(kind, Choice):
            assert names == list(kind.options or INSTRUMENT.scheme(kind.scheme).index), at
        elif isinstance(kind, Amount):
            assert bind["type"] == ("int" if kind.whole else "decimal")
            assert form.refuses(at, kind.minimum - 1) and not form.refuses(at, kind.minimum)
        else:
            assert (bind["type"], control) == ("string", f"{X}input")
            assert not form.refuses(at, "x" * kind.length)
            assert form.refuses(at, "x" * (kind.length + 1))


def test_limits_by_hand(form):
    benefit = "/data/pemdi_users/PD33_benefit"
    assert [form.refuses(benefit, v) for v in (0.9, 1, 5, 5.1)] == [True, False, False, True]
    duration = "/data/quickwin/QW_1_duration"
    assert form.refuses(duration, 0) and not form.refuses(duration, 10**9)
    said = form.said[HERE][f"{duration}:jr:constraintMsg"]
    assert said == "Isi dengan bilangan bulat, minimal 1, tanpa satuan."
    hint, english = (form.text(duration, "hint", lang) for lang in (HERE, ENGLISH))
    assert hint == "Angka dalam bulan, tanpa titik dan tanpa satuan."
    assert "months" in english and "months" in form.text(duration, "label", ENGLISH)


def test_what_is_required_is_what_the_instrument_requires(form):
    for at, table, _code, field in cells():
        own = bool(table.slots) and field.name == table.fields[0].name
        asked = form.binds[at].get("required") == "true()"
        assert asked == (field.required and not own), at


def test_labels_levels_and_guides_are_in_both_languages(form):
    assert list(form.said) == [HERE, ENGLISH]
    for at in [UNIT, *(at for at, *_rest in cells())]:
        assert form.text(at, "label") and form.text(at, "label", ENGLISH)
    readiness = path("readiness", "KS01", "level")
    assert form.text(readiness, "label") == (
        "KS01 Kompetensi digital pegawai: Unit kerja kami membangun kompetensi digital pegawai "
        "sesuai dengan kebutuhan tugasnya. [Tingkat]"
    )
    english = form.text(readiness, "label", ENGLISH)
    assert english.startswith("KS01 Staff digital skills: Our unit") and english.endswith("[Level]")
    assert form.text(path("readiness", "KS01", "evidence"), "label", ENGLISH) == (
        "KS01 Staff digital skills: Evidence or reason"
    )
    assert form.choices(readiness)["2"] == "2 – terkelola"
    assert form.choices(readiness)[TR] == "TR (tidak relevan)"
    assert form.choices(readiness, ENGLISH)["2"] == "2 – managed"
    assert form.choices(path("quickwin", "QW-1", "dimension"))["living"] == "Smart Living"
    assert form.text(path("swot_lines", "SWOT-O2", "text"), "label") == "SWOT-O2 (Peluang): Uraian"
    vision = path("contribution", "KV01", "sehat")
    assert form.text(vision, "label", ENGLISH).endswith(" [Health]")
    for language in (HERE, ENGLISH):  # an export headed by labels can be told apart
        labels = [form.text(at, "label", language) for at, *_rest in cells()]
        assert len(set(labels)) == len(labels)


def test_an_item_keeps_its_own_scale_and_says_what_its_levels_ask_for(form):
    own = path("spbe", "SP32", "level")
    assert form.choices(own)["1"] == "1 – informasi"
    assert form.choices(path("spbe", "SP01", "level"))["1"] == "1 – rintisan"
    hint = form.text(path("spbe", "SP02", "level"), "hint")
    known = INSTRUMENT.table("spbe").anchors["SP02"]
    assert [line[0] for line in hint.splitlines()] == ["1", "2", "3", "4", "5", "*"]
    assert hint.splitlines()[2] == f"3 {known[3].text}*"
    assert hint.endswith("*) rumusan ringkas kami, belum dicocokkan dengan peraturannya")


def test_a_pair_is_asked_by_its_two_names_and_a_strength_with_words(form):
    more, strength = (path("pairs", "PB01", name) for name in ("more", "strength"))
    assert form.choices(more) == {"A": "A (Smart Governance)", "B": "B (Smart Branding)"}
    assert form.choices(path("pairs", "PB02", "more"))["B"] == "B (Smart Economy)"
    levels = form.choices(strength)
    assert levels["1"] == "1 – sama penting"
    assert levels["2"] == "2 – di antaranya"
    assert form.choices(strength, ENGLISH)["9"] == "9 – absolutely more important"
    assert form.applies(strength, {})


@pytest.mark.parametrize("unit", UNITS, ids=lambda u: u.id)
def test_a_unit_is_asked_its_own_and_told_how_above_each_table(form, unit):
    asked = {(t.name, code) for t in INSTRUMENT.asked_of(unit) for code in t.codes}
    answers, found = {UNIT: unit.id}, set()
    guides: dict[str, list[bool]] = {}
    for at, table, code, field in cells():
        if field.name == table.fields[0].name and form.applies(at, answers):
            found.add((table.name, code))
            guide = table.guide.replace("{vision}", PROJECT.settings.vision.text)
            told = form.text(at, "hint").startswith(guide.translate(PLAIN))
            guides.setdefault(table.name, []).append(told)
    assert found == asked
    assert all(told == [True] + [False] * (len(told) - 1) for told in guides.values())
    owned = [t for t in INSTRUMENT.tables if t.owned]
    of = {table.name for table in INSTRUMENT.asked_of(unit)}
    for table in owned:  # nor is an empty page turned
        relevant = form.binds[f"/data/{table.name}"]["relevant"]
        assert true(relevant, answers) == (table.name in of)


def test_a_row_that_does_not_apply_is_asked_no_more(form):
    current, target, obstacle, note = (
        path("gap", "KJ01", name) for name in ("current", "target", "obstacle", "note")
    )
    for said, asked in (("", [True, True, False]), ("3", [True] * 3), (TR, [False] * 3)):
        assert [form.applies(at, {current: said}) for at in (target, obstacle, note)] == asked
    assert form.applies(current, {current: TR})
    level, evidence = (path("spbe", "SP01", name) for name in ("level", "evidence"))
    owner = next(u.id for u in UNITS if u.coordinator == "yes")
    assert form.applies(evidence, {UNIT: owner, level: "3"})
    assert not form.applies(evidence, {UNIT: owner, level: TR})
    assert not form.applies(evidence, {UNIT: "bappeda", level: "3"})  # was another unit's, once


def test_a_row_of_ones_own_is_asked_for_once_it_is_begun(form):
    first = path("quickwin", "QW-1", "name")
    others = [path("quickwin", "QW-1", f.name) for f in INSTRUMENT.table("quickwin").fields[1:]]
    assert form.applies(first, {}) and form.binds[first].get("required") is None
    assert not any(form.applies(at, {}) for at in others)
    assert all(form.applies(at, {first: "Satu pintu"}) for at in others)
    assert not form.applies(path("quickwin", "QW-2", "cost"), {first: "Satu pintu"})
    offered = form.asked[path("quickwin", "QW-1", "subdimension")].find("x:itemset", OF)
    assert re.search(r"\[parent\s*=\s*/data/quickwin/QW_1_dimension\s*\]", offered.get("nodeset"))
    within = {c["name"]: c["parent"] for c in form.lists["QW_1_subdimension"]}
    assert within["health"] == "living"


def test_a_row_of_ones_own_begins_with_what_it_must_have():
    fields = (
        Field("remark", text.Spoken("Catatan"), Text(50)),
        Field("name", text.Spoken("Nama"), Text(50), True),
    )
    said = [text.Spoken("")] * 3
    assert gate(Table("t", *said, fields, slots={"AB-1": ""})).name == "name"
    assert gate(Table("t", *said, fields[:1], slots={"AB-1": ""})).name == "remark"


def test_a_table_of_amounts_takes_tr_as_well():
    amounts = Table(
        "ponds", text.Spoken(""), text.Spoken(""), text.Spoken(""), tb=True,
        fields=(
            Field("ponds", text.Spoken("Kolam"), Amount("count", "buah", 1, True, 12), True),
            Field("fish", text.Spoken("Ikan"), Amount("count", "ekor"), True),
        ),
    )  # fmt: skip
    typed, number = (kinds.question(f, amounts, "KL01", INSTRUMENT) for f in amounts.fields)
    assert (typed.type, number.type, number.constraint) == ("text", "integer", ". >= 0")
    assert typed.constraint == (
        ". = 'TR' or (number(.) >= 1 and number(.) <= 12 and regex(., '^-?[0-9]+$'))"
    )


def test_options_have_names_that_may_stand_in_a_form():
    def names(*options: str) -> list[str]:
        table = Table("t", *[text.Spoken("")] * 3, fields=())
        field = Field("how", text.Spoken("?"), Choice(options=options))
        return [o.name for o in kinds.question(field, table, "AA01", INSTRUMENT).options]

    assert names("ya", "belum pernah") == ["ya", "belum_pernah"]
    assert names("a b", "a-b") == ["a_b_1", "a_b_2"]


def test_what_a_city_writes_names_no_question_and_counts_for_nothing_else(city):
    items = city.folder / "instrument" / "readiness.csv"
    items.write_text(items.read_text("utf-8").replace("membangun", "${unit} <b>&=1"), "utf-8")
    made = Form(xlsform.workbook(city))
    assert made.warnings == []
    said = made.text(path("readiness", "KS01", "level"), "label")
    assert "Unit kerja kami $ {unit} <b>&=1 kompetensi" in said


def test_another_city_has_its_levels_elements_tables_and_languages(tmp_path, monkeypatch):
    city = other.built(tmp_path / "kota")
    program = other.package(tmp_path / "program")
    monkeypatch.setattr(text, "LOCALES", program / "analysis/locale")
    made = Form(xlsform.workbook(city))
    third = "Melayu (ms)"
    assert made.warnings == [] and list(made.said) == [HERE, third]
    expected = [at for at, *_rest in cells(Instrument.load(city))]
    assert {*expected} == made.asked.keys() - {UNIT, "/data/identity/respondent"}
    satisfied = path("warga", "WG01", "satisfied")
    levels = made.choices(satisfied, third)
    assert list(levels) == [*"1234567", TR] and levels["7"] == f"7 – baik sekali{other.MARK}"
    assert path("contribution", "KV01", "elok") in made.asked
    assert list(made.choices(UNIT)) == list(other.UNITS)
    assert all(other.MARK in made.text(at, "label", third) for at in expected)
    assert not any(other.MARK in made.text(at, "label") for at in expected)


def test_the_command_writes_one_file_again_and_over_nothing_else(city):
    path = city.root / "kobo" / "formulir.xlsx"
    again = ("forms", "--xlsform", "kobo/formulir.xlsx")
    done = invoked(city, *again)
    assert done.returncode == 0 and "kobo/formulir.xlsx" in done.stdout.replace("\n", "")
    sheets = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).sheetnames
    assert sheets == ["survey", "choices", "settings"]
    first = state(path.parent)
    xlsform.write(city, path)
    assert state(path.parent) == first
    path.write_bytes(path.read_bytes() + b" ")
    refused(city.root, *again, named="kobo/formulir.xlsx")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("a.csv",), "berakhiran .xlsx"),
        (("a.xlsx", "--out", "b"), "--out atau --xlsform"),
        (("data/raw/2023/responses/a.xlsx",), "di dalam folder jawaban"),
    ],
)
def test_the_command_says_what_it_cannot_do(city, monkeypatch, arguments, told):
    monkeypatch.chdir(city.root)
    before = state(city.root)
    done = CliRunner().invoke(main, ["forms", "--xlsform", *arguments])
    assert done.exit_code == 2 and told in " ".join(done.output.split())
    assert state(city.root) == before
