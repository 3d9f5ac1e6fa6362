"""The pages of the sample run in a real browser: phone, tablet, desk, paper, and without eyes."""

import base64
import json
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from PIL import Image
from python_calamine import CalamineWorkbook
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from analysis.project import Project
from tests import chromium
from tests.chromium import media, requested, screen
from tests.second_city import ROOT, run

AXE = ROOT / ".axe" / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
KINDS = {
    "index": "index.html",
    "stage": "03-readiness.html",
    "summary": "08-summary.html",
    "profile": "units/kominfo.html",
    "internal": "internal/coordinator.html",
    "variant": "variants/kecamatan/index.html",
}
# Terms of a method that its readers know by their English name.
TERMS = ("margin of error", "aggregation of individual judgements")
SHEETS = {"08-summary.html": 1, "units": 3}
LONG = os.environ.get("MASTERPLAN_LONG")
A4 = 680  # pixels between the margins of the paper
KB = 1024

pytestmark = chromium.needed


@pytest.fixture(scope="module")
def city(siantar, tmp_path_factory) -> Project:
    """The project's own city after a run on the committed sample, with a variant beside it."""
    city = Project(tmp_path_factory.mktemp("pages") / "siantar")
    shutil.copytree(siantar.root, city.root)
    run(city, "readiness", "-p", 'groups=["kecamatan"]', "--name", "kecamatan")
    return city


@pytest.fixture(scope="module")
def folder(city) -> Path:
    return city.reports


@pytest.fixture(scope="module")
def pages(folder) -> list[Path]:
    """Every page of the official reports."""
    found = [*folder.glob("*.html"), *folder.glob("units/*.html"), *folder.glob("internal/*.html")]
    assert len(found) == 48
    return found


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with chromium.opened(tmp_path_factory.mktemp("chromium")) as driver:
        yield driver


def look(browser, page: Path, width: int) -> None:
    """Open a page and hold it to what every page must keep."""
    browser.get(page.as_uri())
    scroll = browser.execute_script("return document.documentElement.scrollWidth")
    assert scroll <= width, page.name
    assert requested(browser) == [], page.name
    assert browser.get_log("browser") == [], page.name
    alts = browser.execute_script(
        "return [...document.images].map(i => [i.alt, i.complete && i.naturalWidth > 0])"
    )
    assert all(len(alt) > 20 and drawn for alt, drawn in alts), page.name
    hrefs = browser.execute_script(
        "return [...document.querySelectorAll('a:not([href^=\"data:\"])')]"
        ".map(a => a.getAttribute('href'))"
    )
    for href in hrefs:
        path, _, anchor = href.partition("#")
        assert not path or (page.parent / path).is_file(), (page.name, href)
        assert path or browser.find_elements(By.ID, anchor), (page.name, href)


def test_every_page_on_a_phone(pages, browser):
    media(browser)
    screen(browser, 360)
    for page in pages:
        look(browser, page, 360)


@pytest.mark.parametrize("width", [768, 1280])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_each_kind_on_a_tablet_and_a_desk(folder, browser, kind, width):
    media(browser)
    screen(browser, width)
    look(browser, folder / KINDS[kind], width)


def on_paper(browser, page: Path, tmp_path: Path) -> None:
    """Hold the printed page to its words and to its number of sheets."""
    media(browser, "print")
    screen(browser, A4)
    look(browser, page, A4)
    browser.execute_script("document.querySelectorAll('.unseen').forEach(e => e.remove())")
    told = browser.execute_script("return document.querySelector('main').innerText")
    media(browser)
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    (tmp_path / "page.pdf").write_bytes(base64.b64decode(printed["data"]))
    read = ["pdftotext", "-raw", tmp_path / "page.pdf", "-"]
    shown = subprocess.run(read, capture_output=True, text=True, check=True).stdout
    sheets = shown.split("\f")[:-1]
    for number, sheet in enumerate(sheets, 1):
        assert f"{number} / {len(sheets)}" in (line.strip() for line in sheet.splitlines()), number
    words = set(re.findall(r"\w{2,}", told.casefold()))
    # Of what has changed there is little to say where nothing has.
    assert len(words) > {"index.html": 30, "changes.html": 20}.get(page.name, 50), page.name
    assert words <= set(re.findall(r"\w{2,}", shown.casefold()))  # none is broken in two
    assert len(sheets) <= SHEETS.get(page.name, SHEETS.get(page.parent.name, 10)), page.name


def test_every_page_fits_on_paper(pages, browser, tmp_path):
    media(browser, "print")
    screen(browser, A4)
    for page in pages:
        browser.get(page.as_uri())
        beyond = browser.execute_script(
            "return [...document.querySelectorAll('body *')].filter(e => e.checkVisibility()"
            " && e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.unseen, .skip'))"
            ".map(e => e.outerHTML.slice(0, 80))"
        )
        assert not beyond, page.name
    for page in pages if LONG else ():
        on_paper(browser, page, tmp_path)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler-utils) is missing")
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_each_kind_on_paper(folder, browser, kind, tmp_path):
    on_paper(browser, folder / KINDS[kind], tmp_path)


@pytest.mark.skipif(
    not AXE.is_file(),
    reason="axe-core is missing (make axe)",
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_each_kind_is_accessible(folder, browser, kind, width, scheme):
    media(browser, "", scheme)
    screen(browser, width)
    browser.get((folder / KINDS[kind]).as_uri())
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    browser.execute_script(AXE.read_text("utf-8"))
    found = browser.execute_async_script(
        "const [tags, done] = arguments;"
        "axe.run({runOnly: {type: 'tag', values: tags}}).then(r => done(JSON.stringify(r)))",
        LEVELS,
    )
    result = json.loads(found)
    assert len(result["passes"]) > 10
    assert [(v["id"], v["nodes"][0]["html"]) for v in result["violations"]] == []


def test_pages_are_small_with_all_that_they_carry(folder, pages):
    limits = {"units": 400 * KB, "internal": 600 * KB}
    for page in pages:
        limit = 200 * KB if page.name == "index.html" else limits.get(page.parent.name, KB * KB)
        assert page.stat().st_size <= limit, page.name


def test_files_are_saved_from_a_page_that_was_sent_alone(folder, browser, tmp_path):
    page = Path(shutil.copy(folder / KINDS["stage"], tmp_path / "dikirim.html"))
    saved = tmp_path / "unduhan"
    place = {"behavior": "allow", "downloadPath": str(saved)}
    browser.execute_cdp_cmd("Browser.setDownloadBehavior", place)
    media(browser)
    screen(browser, 360)
    browser.get(page.as_uri())
    links = browser.find_elements(By.CSS_SELECTOR, "a[download]")
    names = [link.get_attribute("download") for link in links]
    charts = browser.find_elements(By.CSS_SELECTOR, "figure.chart")
    assert len(names) == len(set(names)) == len(charts) + 1
    wanted = {n: e for n, e in zip(names, links, strict=True) if "3.1 " in n or n.startswith("Ana")}
    assert len(wanted) == 2
    for name, link in wanted.items():
        browser.execute_script("arguments[0].click()", link)
        deadline = time.monotonic() + 20
        while not (saved / name).is_file() and time.monotonic() < deadline:
            time.sleep(0.1)
    title = "Analisis Kesiapan Daerah"
    assert Image.open(saved / f"Gambar 3.1 {title}.png").width >= 1080
    sheets = CalamineWorkbook.from_path(saved / f"{title}.xlsx").sheet_names
    tables = browser.find_elements(By.CSS_SELECTOR, "figure.table")
    assert len(sheets) == 1 + len(charts) + len(tables) > 5
    assert browser.get_log("browser") == []
    assert requested(browser) == []


def test_the_mayor_sees_all_decisions_and_a_picture_within_two_screens(folder, browser):
    media(browser)
    screen(browser, 360, 740)
    browser.get((folder / KINDS["summary"]).as_uri())
    below = "return document.querySelector(arguments[0]).getBoundingClientRect().bottom"
    last = ".findings > ol > li:last-child"
    ends = [browser.execute_script(below, at) for at in (".lead", last, ".chart .title")]
    assert 3 <= len(browser.find_elements(By.CSS_SELECTOR, ".findings > ol > li")) <= 4
    assert ends == sorted(ends) and ends[-1] < 2 * 740 - 150  # 150 pixels of the picture itself


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "index"])
def test_the_way_home_is_among_the_first_stops(folder, browser, kind):
    media(browser)
    screen(browser, 360)
    browser.get((folder / KINDS[kind]).as_uri())
    reached = set()
    for _stop in range(3):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        reached.add(browser.switch_to.active_element.text)
    assert "← Semua laporan" in reached


def test_all_of_a_long_table_is_one_click_away(folder, browser):
    media(browser)
    screen(browser, 1280)
    browser.get((folder / KINDS["stage"]).as_uri())
    table = browser.find_element(By.CSS_SELECTOR, "figure.long")
    rows = table.find_elements(By.CSS_SELECTOR, "tbody tr")

    def shown() -> int:
        return sum(row.is_displayed() for row in rows)

    assert shown() == 12
    table.find_element(By.CSS_SELECTOR, ".more label").click()
    assert shown() == len(rows) > 15


def test_units_are_filtered_on_the_index(folder, browser):
    media(browser)
    screen(browser, 360)
    browser.get((folder / "index.html").as_uri())

    def shown() -> int:
        return sum(e.is_displayed() for e in browser.find_elements(By.CSS_SELECTOR, ".units li"))

    assert shown() == 35
    for label in browser.find_elements(By.CSS_SELECTOR, ".filter label"):
        browser.execute_script("arguments[0].click()", label)
        assert shown() == int(label.find_element(By.TAG_NAME, "small").text), label.text


def test_the_first_page_leads_to_the_newest_period(city, folder, browser):
    browser.get((city.reports.parent / "index.html").as_uri())
    assert browser.current_url == (folder / "index.html").as_uri()


def test_no_english_and_no_missing_values_on_indonesian_pages(pages, browser):
    english = "nan|None|NaT|null|mean|missing|unknown|weight|the|of|and|with|from|is|are|not|this"
    media(browser)
    for page in pages:
        browser.get(page.as_uri())
        # Titles of books and articles are in the language of their authors, and say so.
        browser.execute_script("document.querySelectorAll('cite[lang]').forEach(c => c.remove())")
        browser.execute_script("document.querySelectorAll('details').forEach(d => d.open = true)")
        browser.execute_script("document.querySelectorAll('.more input').forEach(i => i.click())")
        shown = browser.execute_script("return document.body.innerText")
        left = re.findall(rf"\b(?:{english})\b", re.sub("|".join(TERMS), "", shown))
        assert not left, (page.name, left)
        body = re.sub(r"(?i)(gambar|tabel) \d+\.\d+", "", shown.split("Versi program")[0])
        point = re.findall(r"(?<![\w.])\d+\.\d{1,2}(?![\d.]|\s*WIB)\b", body)
        assert not point, (page.name, point)
        heads = browser.execute_script(
            "return [...document.querySelectorAll('th[scope=col]')].map(t => t.textContent)"
        )
        raw = {head for head in heads if re.fullmatch(r"[a-z_]+", head)} - {"n"}
        assert not raw, (page.name, raw)
