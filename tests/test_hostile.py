"""A survey whose every text is hostile: what goes out is the same plain text, and does nothing."""

import zipfile
from io import BytesIO

import openpyxl
import pytest
from selenium.common.exceptions import UnexpectedAlertPresentException

from analysis.project import Project
from analysis.survey.asked import register
from analysis.survey.asked.fields import Text
from analysis.survey.asked.instrument import Instrument
from analysis.survey.sent import forms, sample
from tests import second_city as second
from tests.test_pages import browser, pytestmark, requested  # noqa: F401

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(2)>",
    "</style></table><b>tebal</b>",
    "<svg/onload=alert(3)>",
    "[klik](javascript:alert(4))",
    "![x](http://contoh.invalid/x.png) **tebal**",
    "$\\frac{1}{0}$ dan $x$ {{7*7}} {nama}",
    '=HYPERLINK("http://contoh.invalid","klik")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+1 -2 http://contoh.invalid",
    "👩‍👩‍👧 🏛 ᯅᯖᯂ᯲ كشف",
    "SangatPanjang" * 9,
    "\x1b[31mmerah\x1b[0m\x07\x9b",
]
SHOWN = {HOSTILE[-1]: "\ufffdmerah\ufffd\ufffd\ufffd"}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory) -> Project:
    """The second city with real answers whose texts are all hostile, after a whole run."""
    city = second.found(tmp_path_factory.mktemp("kota") / "Kota Diserang")
    instrument, units = Instrument.load(city), register.units(city)
    folder = city.responses
    folder.mkdir(parents=True)
    texts = [
        (code, question.name, question.kind.length)
        for table in instrument.tables
        for code in table.codes
        for question in table.fields
        if isinstance(question.kind, Text)
    ]
    for number, unit in enumerate(units):
        answers = sample.of(city, instrument, unit, number).fill_in(units)
        for at, (code, name, length) in enumerate(texts):
            answers[code, name] = HOSTILE[(number + at) % len(HOSTILE)][:length]
        content = forms.workbook(
            unit, instrument, city.settings, units=units, period="2024", answers=answers
        )
        with zipfile.ZipFile(BytesIO(content)) as archive:
            assert b"alert(1)" in archive.read("xl/sharedStrings.xml")
        (folder / f"{unit.id}.xlsx").write_bytes(content)
    done = second.masterplan(city, "run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\x1b[31m" not in done.stdout
    return city


def shown(text: str) -> str:
    return " ".join(SHOWN.get(text, text).split())


def test_the_browser_would_tell(browser, tmp_path):  # noqa: F811
    """Without our pages' care the same text does open a dialog and ask for a file."""
    page = tmp_path / "control.html"
    page.write_text(f"<body>{HOSTILE[1]}<img src='http://contoh.invalid/x.png'>", "utf-8")
    browser.get(page.as_uri())
    with pytest.raises(UnexpectedAlertPresentException):
        browser.execute_script("return 1")
    assert requested(browser) == ["http://contoh.invalid/x.png"]
    browser.get_log("browser")


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_show_hostile_text_and_do_nothing(attacked, browser, width):  # noqa: F811
    folder = attacked.reports
    pages = [*folder.glob("*.html"), *folder.glob("units/*.html"), *folder.glob("internal/*.html")]
    assert len(pages) >= 16
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    everything = ""
    for page in pages:
        browser.get(page.as_uri())
        # An open dialog would fail this call.
        everything += " " + browser.execute_script("return document.body.textContent")
        scripts = "return document.querySelectorAll('script, iframe, object, [onerror]').length"
        assert browser.execute_script(scripts) == 0, page.name
        assert requested(browser) == [], page.name
        assert browser.get_log("browser") == [], page.name
        assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    everything = " ".join(everything.split())
    assert [text for text in HOSTILE if shown(text) not in everything] == []


def test_spreadsheets_hold_hostile_text_as_text(attacked):
    found = set()
    folder = attacked.reports
    for path in [*folder.glob("tables/**/*.xlsx"), *folder.glob("internal/*.xlsx")]:
        for sheet in openpyxl.load_workbook(path):
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f", (path.name, cell.coordinate)
                    link = cell.hyperlink
                    assert not (link and link.target), (path.name, cell.coordinate)
                    if isinstance(cell.value, str):
                        found.add(" ".join(cell.value.split()))
    everything = "\n".join(found)
    assert [text for text in HOSTILE if shown(text) not in everything] == []
