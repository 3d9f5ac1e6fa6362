"""Files of evidence: whose they are, what names them, what is told of them; none is an answer."""

import hashlib
import os
from pathlib import Path

import pandas as pd
import pytest

from analysis.privacy import COVER
from analysis.runs import editions
from analysis.survey.asked.register import units
from analysis.survey.kept import store
from analysis.survey.kept.cockpit import Cockpit
from analysis.survey.kept.ingest import ingest
from analysis.survey.kept.mentions import mentioned
from analysis.survey.returned import evidence
from analysis.survey.returned.evidence import File
from analysis.survey.told import wording
from analysis.survey.told.problems import Code
from tests.survey.tables import IDENTITY, LEFT_OUT
from tests.survey.test_decisions import decide  # noqa: F401

PDF, JPEG, PNG = b"%PDF-1.7 isi", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"
ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "3 Kesiapan Daerah"
ROWS = """
    Kode | Tingkat | Bukti atau alasan
    KS01 | 3       | {0}
    KS02 | TR      | {1}
    KS03 |         | {2}
    KS04 | 2       |
"""


def book(first="", second="", third="", unit="bappeda") -> dict[str, str]:
    identity = IDENTITY.format(unit=unit, revision=1)
    return {"Identitas": identity, SHEET: ROWS.format(first, second, third)}


@pytest.fixture
def hand_in(city, send):
    """Put files of evidence beside a workbook of bappeda, and ingest all; sha256 by name."""

    def hand_in(texts=(), files=None, unit: str = "bappeda") -> dict[str, pd.DataFrame]:
        put(city.responses, {f"{unit}/{name}": c for name, c in (files or {}).items()})
        return send(("bappeda.xlsx", book(*texts)))

    return hand_in


def put(folder: Path, files: dict[str, bytes]) -> None:
    (folder / "evidence").mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / "evidence" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def rows(tables, *columns: str) -> list[list]:
    frame = tables["evidence"].astype(object)
    return frame.where(frame.notna(), None)[list(columns)].to_numpy().tolist()


def told(tables, *columns: str) -> list[list]:
    frame = wording.said(tables["problems"]).astype(object)
    frame = frame[frame["code"].str.startswith("EVIDENCE")].sort_values("code", kind="stable")
    return frame.where(frame.notna(), None)[["code", *columns]].to_numpy().tolist()


def files(*names: str) -> list[File]:
    return [File("bappeda", name) for name in names]


@pytest.mark.parametrize(
    ("text", "there", "missing"),
    [
        ("SK 12-2023.pdf; foto rapat.jpg – hasil rapat", ["SK 12-2023.pdf", "foto rapat.jpg"], []),
        ("sk  12-2023.PDF\ndan FOTO\nrapat.jpg", ["SK 12-2023.pdf", "foto rapat.jpg"], []),
        ("Lihat SK 12-2023.pdf.", ["SK 12-2023.pdf"], []),
        ("(SK 12-2023.pdf)", ["SK 12-2023.pdf"], []),
        ("SK 12-2023.pdf-nya, -foto rapat.jpg", ["SK 12-2023.pdf", "foto rapat.jpg"], []),
        ("bukti/a.pdf", ["dalam/a.pdf"], []),
        # A part of a longer name is another name.
        ("lampiran-a.pdf; b.a.pdf; ba.pdf", [], ["lampiran-a.pdf", "b.a.pdf", "ba.pdf"]),
        ("a.pdfx a.pdf.zip SK 12-2023.pdf.bak", [], ["a.pdfx a.pdf.zip"]),
        ("SK a.pdf", ["SK a.pdf"], []),
        ("SK a.pdf, a.pdf", ["dalam/a.pdf", "SK a.pdf"], []),
        # What is not there.
        ("SK 13.docx; Bukti: notulen rapat.pdf – sah", [], ["SK 13.docx", "notulen rapat.pdf"]),
        ("notulen.pdf dan daftar hadir.xlsx", [], ["notulen.pdf", "daftar hadir.xlsx"]),
        ("lihat “Peta (1).png”, halaman 3", [], ["Peta (1).png"]),
        ("x.zip; X.ZIP; x.zip", [], ["x.zip", "X.ZIP"]),
        ("kata " * 20 + "akhir.pdf", [], ["akhir.pdf"]),
        # What is no file.
        ("https://kota.go.id/sk.pdf www.kota.go.id/sk.pdf //kota/sk.pdf", [], []),
        ("PDF, berkas .pdf, versi 2.0, dll. a.doktrin; SK12 2023", [], []),
    ],
)
def test_which_files_a_text_names(text, there, missing):
    known = files("SK 12-2023.pdf", "foto rapat.jpg", "dalam/a.pdf", "SK a.pdf")
    found, others = mentioned(text, known)
    assert ([f.name for f in found], others) == (there, missing)


def test_a_long_text_costs_no_time_and_a_name_may_be_typed_in_two_ways():
    assert mentioned("a" * 32_000 + ".pdf" + "b" * 32_000, files("a.pdf")) == ([], [])
    decomposed = File("", "Cafe\u0301.pdf")
    assert mentioned("Caf\u00e9.pdf", [File("", evidence.written(decomposed.name))])[1] == []


def test_files_that_are_named_come_with_row_level_size_and_hash(hand_in):
    names = {"SK.pdf": PDF, "rapat/Foto A.jpg": JPEG, "lepas.xlsx": ZIP + b"x"}
    tables = hand_in(("SK.pdf; foto a.JPG", "hilang.pdf", "SK.pdf"), names)
    digest = {name: hashlib.sha256(content).hexdigest() for name, content in names.items()}
    assert rows(tables, *tables["evidence"].columns) == [
        ["bappeda", "readiness", "KS01", 3, "SK.pdf", "present", 12, digest["SK.pdf"]],
        ["bappeda", "readiness", "KS01", 3, "rapat/Foto A.jpg", "present", 4,
         digest["rapat/Foto A.jpg"]],
        ["bappeda", "readiness", "KS02", None, "hilang.pdf", "missing", None, ""],
        ["bappeda", "readiness", "KS03", None, "SK.pdf", "present", 12, digest["SK.pdf"]],
        ["bappeda", None, None, None, "lepas.xlsx", "not_named", 5, digest["lepas.xlsx"]],
    ]  # fmt: skip
    assert told(tables, "unit", "sheet", "cell", "message") == [
        ["EVIDENCE_MISSING", "bappeda", SHEET, "C3", f"Lembar “{SHEET}”, sel C3: Berkas bukti "
         "yang disebut di sel ini belum kami terima: hilang.pdf."],
        ["EVIDENCE_NOT_NAMED", "bappeda", None, None,
         "1 berkas bukti tidak disebut di sel mana pun: lepas.xlsx."],
    ]  # fmt: skip


def test_evidence_is_no_answer_and_no_stranger(city, send):
    put(city.responses, {"bappeda/jawaban.xlsx": b"", "bappeda/a.csv": b"x"})
    tables = ingest(city)
    assert tables["sources"].empty and city.period == "2023"
    assert set(tables["problems"]["code"]) == {"MISSING_UNIT"}
    assert [r[0] for r in rows(tables, "state")] == ["not_named", "empty"]
    before = send(("bappeda.xlsx", book("SK.pdf")))
    assert before["sources"]["file"].tolist() == ["data/raw/2023/responses/bappeda.xlsx"]
    (city.folder / "responses/evidence").rename(city.folder / "responses/Evidence")
    pd.testing.assert_frame_equal(ingest(city)["sources"], before["sources"])


def test_where_there_is_no_folder_of_evidence_names_are_words(hand_in, city):
    put(city.folder / "instrument", {"bappeda/SK.pdf": PDF})  # of nobody's answers
    tables = hand_in(("SK.pdf",))
    assert len(tables["evidence"]) == 1  # the folder that was made holds nothing
    os.rmdir(city.responses / "evidence")
    tables = ingest(city)
    assert tables["evidence"].empty and told(tables) == []
    assert tables["evidence"].dtypes.astype(str).to_dict()["level"] == "Int64"


def test_a_period_with_evidence_alone_is_not_the_one_with_answers(city):
    later = city.raw / "2024"
    later.mkdir()
    (later / "period.toml").write_bytes((city.folder / "period.toml").read_bytes())
    put(city.responses, {"bappeda/a.pdf": PDF})
    assert type(city)(city.root).period == "2024"
    (city.responses / "bappeda.xlsx").write_bytes(b"x")
    assert type(city)(city.root).period == "2023"


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PNG, "PNG"),
        ("a.PDF", b"<html>", "?"),
        ("a.jpg", PDF, "PDF"),
        ("a.jpeg", PNG, "PNG"),
        ("a.png", JPEG, "JPEG"),
        ("a.docx", OLD, "Microsoft Office 97, atau terkunci kata sandi"),
        ("a.xlsx", PDF, "PDF"),
        ("a.xls", ZIP, "ZIP"),
        ("a.zip", b"Rar!", "RAR"),
    ],
)
def test_a_file_that_is_not_what_its_ending_says_is_told(tmp_path, name, content, kind):
    put(tmp_path, {f"bappeda/{name}": content})
    [found] = evidence.evidence(tmp_path, {"bappeda"})
    assert (found.name, found.size, found.code) == (name, len(content), Code.EVIDENCE_OTHER_KIND)
    assert found.details == {"kind": {"text": kind}} and len(found.sha256) == 64


def test_files_that_are_what_they_say_are_well_whatever_follows(tmp_path):
    well = {"a.pdf": b"\xef\xbb\xbf\n" + PDF, "b.JPG": JPEG, "c.jpeg": JPEG, "d.png": PNG,
            "e.docx": ZIP, "f.xlsx": ZIP, "g.pptx": ZIP, "h.zip": b"PK\x05\x06", "i.doc": OLD,
            "j.xls": OLD, "k.ppt": OLD, "l.mp4": PDF, "m.txt": b"x", "n.odt": ZIP}  # fmt: skip
    put(tmp_path, {f"bappeda/{name}": content for name, content in well.items()})
    found = evidence.evidence(tmp_path, {"bappeda"})
    assert [f.name for f in found] == list(well) and not any(f.code for f in found)


def test_empty_files_links_and_folders_of_nobody_are_told(hand_in, city):
    put(city.responses, {"bappeda/kosong.pdf": b"", "bappeda/asli.pdf": PDF})
    put(city.responses, {"lain/a.pdf": PDF, "lepas.pdf": PDF, ".sembunyi/a.pdf": PDF})
    own = city.responses / "evidence" / "bappeda"
    (own / "luar.pdf").symlink_to(city.raw / "city.toml")
    (own / "kembar.pdf").symlink_to(own / "asli.pdf")
    (own / "putus.pdf").symlink_to(own / "tidak-ada.pdf")
    os.mkfifo(own / "pipa.pdf")
    (own / "folder.pdf").symlink_to(own.parent / "lain")
    tables = hand_in(("kosong.pdf luar.pdf kembar.pdf putus.pdf pipa.pdf folder.pdf",))
    assert dict(rows(tables, "file", "state")) == {
        "asli.pdf": "not_named", "folder.pdf": "unreadable", "kembar.pdf": "present",
        "kosong.pdf": "empty", "luar.pdf": "unreadable", "pipa.pdf": "unreadable",
        "putus.pdf": "unreadable",
    }  # fmt: skip
    frame = tables["evidence"].set_index("file")
    assert frame.loc["luar.pdf", "sha256"] == "" and pd.isna(frame.loc["luar.pdf", "size"])
    codes = [code for code, *_rest in told(tables)]
    assert codes == ["EVIDENCE_EMPTY", "EVIDENCE_NOT_NAMED", *["EVIDENCE_NO_UNIT"] * 2,
                     *["EVIDENCE_UNREADABLE"] * 4]  # fmt: skip
    here = "data/raw/2023/responses/evidence"
    assert [r[1:] for r in told(tables, "file", "unit") if r[0] == "EVIDENCE_NO_UNIT"] == [
        [f"{here}/lain/a.pdf", None],
        [f"{here}/lepas.pdf", None],
    ]
    said = " ".join(m for code, m in told(tables, "message") if code == "EVIDENCE_UNREADABLE")
    assert said.count("tautan ke luar folder bukti") == 2


def test_what_may_not_be_read_and_what_is_too_large_is_told(tmp_path, monkeypatch):
    put(tmp_path, {"x/a.pdf": PDF, "x/b.pdf": b"x" * 21, "x/c.pdf": PDF + b" " * 8})
    kept = Path.open

    def refused(path, *given, **named):
        if path.name == "a.pdf":
            raise PermissionError
        return kept(path, *given, **named)

    monkeypatch.setattr(Path, "open", refused)
    monkeypatch.setattr(evidence, "LARGEST", 20)
    first, second, third = evidence.evidence(tmp_path, {"x"})
    assert (first.code, first.size, first.sha256) == (Code.EVIDENCE_UNREADABLE, None, "")
    assert first.details == {"reason": {"text": evidence.FORBIDDEN}}
    assert (second.code, second.size, second.sha256) == (Code.EVIDENCE_TOO_LARGE, 21, "")
    assert (third.code, third.size) == (None, 20)


def test_of_a_unit_without_a_workbook_only_that_is_asked(hand_in):
    tables = hand_in(("",), {"a.pdf": PDF}, unit="siantar-barat")
    assert rows(tables, "unit", "state") == [["siantar-barat", "not_named"]]
    own = tables["problems"].query("unit == 'siantar-barat'")
    assert own["code"].tolist() == ["MISSING_UNIT"]


def test_a_letter_asks_for_what_the_unit_can_mend(hand_in, city):
    named = "hilang.pdf; kosong.pdf; palsu.png"
    wrong = {"kosong.pdf": b"", "palsu.png": PDF, "lebih.jpg": JPEG}
    wrong |= {f"foto {n:02}.jpg": JPEG for n in range(12)}
    put(city.responses, {f"bappeda/{name}": content for name, content in wrong.items()})
    (city.responses / "evidence/bappeda/luar.pdf").symlink_to("/")
    tables = hand_in((named,))
    letter = Cockpit(city, tables).letters["bappeda"]
    assert "belum kami terima: hilang.pdf. Silakan kirim berkas itu" in letter
    assert "“kosong.pdf” kosong" in letter and "“palsu.png” lain daripada akhiran" in letter
    assert "14 berkas bukti tidak disebut" in letter and "foto 09.jpg, dan …" in letter
    assert "luar.pdf” tidak dapat dibaca" not in letter
    opened = Cockpit(city, tables).corrections.dropna(subset="reason")
    assert "hilang.pdf" in opened.set_index(["item", "field"]).loc[("KS01", "evidence"), "reason"]


def test_public_pages_are_told_where_and_not_which(hand_in, city):
    tables = hand_in(("rahasia.pdf",), {"pribadi.jpg": JPEG, "palsu.png": PDF})
    store.save(city, tables)
    shown = store.of(city).problems
    shown = shown[shown["code"].str.startswith("EVIDENCE")]
    assert shown["cell"].dropna().tolist() == ["C2"] and len(shown) == 3
    said = shown.to_csv()
    assert not any(name in said for name in ("rahasia", "pribadi", "palsu"))


def test_what_the_coordinator_confirmed_is_not_asked(hand_in, decide):  # noqa: F811
    hand_in(("lisan.pdf",))
    tables = decide(["value", "bappeda", "", f"{SHEET}!C2", "lisan.pdf", "lisan.pdf"])
    assert rows(tables, "state") == [["missing"]] and told(tables) == []


def test_personal_numbers_in_names_are_covered_and_still_match(hand_in, city):
    numbers = {f"KTP 12730412{n}8500001.pdf": PDF + bytes([n]) for n in (1, 2)}
    tables = hand_in(("KTP 1273041218500001.pdf",), numbers)
    assert rows(tables, "file", "state") == [[f"KTP {COVER}.pdf", "present"]] * 2
    store.save(city, tables)
    inputs = store.of(city).inputs
    here = "data/raw/2023/responses/evidence/bappeda/KTP"
    assert inputs["file"].tolist()[1:] == [f"{here} {COVER}.pdf", f"{here} {COVER}.pdf (2)"]
    assert inputs["sha256"].nunique() == 3


def test_a_changed_file_changes_the_fingerprints_and_is_an_input(hand_in, city):
    def made() -> tuple[str, str, dict]:
        store.save(city, tables)
        survey = store.of(city)
        return survey.data, editions.edition(survey).sha256, dict(survey.inputs.to_numpy())

    tables = hand_in(("a.pdf", "a.pdf"), {"a.pdf": PDF, "b.pdf": PDF})
    data, edition, inputs = made()
    here = "data/raw/2023/responses"
    digest = hashlib.sha256(PDF).hexdigest()
    assert inputs.keys() == {f"{here}/bappeda.xlsx", f"{here}/evidence/bappeda/a.pdf",
                             f"{here}/evidence/bappeda/b.pdf"}  # fmt: skip
    assert inputs[f"{here}/evidence/bappeda/a.pdf"] == digest
    put(city.responses, {"bappeda/a.pdf": PDF[:-1] + b"!"})
    tables = ingest(city)
    after = made()
    assert after[0] != data and after[1] != edition and len(after[2]) == 3
    put(city.responses, {"bappeda/a.pdf": PDF})
    tables = ingest(city)
    assert made() == (data, edition, inputs)


def test_the_survey_says_the_states_of_its_selected_units(hand_in, city):
    store.save(city, hand_in(("a.pdf hilang.pdf",), {"a.pdf": PDF}))
    assert store.of(city).evidence["state_name"].tolist() == ["ada dan terbaca", "belum ada"]
    assert store.of(city, units=["kominfo"]).evidence.empty


def test_evidence_beside_the_sample_is_the_samples(city, write_workbook):
    identity = IDENTITY.format(unit="bappeda", revision=1).replace("tidak", "ya")
    sheets = book("a.pdf; b.pdf") | {"Identitas": identity}
    write_workbook(city.sample / "2023-bappeda.xlsx", sheets)
    put(city.sample, {"bappeda/a.pdf": PDF})
    put(city.responses, {"bappeda/b.pdf": PDF})  # of answers that are yet to come
    tables = ingest(city)
    assert rows(tables, "file", "state") == [["a.pdf", "present"], ["b.pdf", "missing"]]
    codes = set(tables["problems"]["code"]) - {*LEFT_OUT, "EVIDENCE_MISSING"}
    assert codes == set() and len(units(city)) == 3
    store.save(city, tables)
    assert "data/raw/2023/sample/evidence/bappeda/a.pdf" in set(store.of(city).inputs["file"])
