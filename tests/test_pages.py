"""The pages of a run in a real browser, on a phone's and a desk's screen."""

import json
import re
import shutil

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")

pytestmark = pytest.mark.skipif(
    not (CHROMIUM and DRIVER), reason="Chromium and its driver (chromium, chromedriver) are missing"
)

FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in FLAGS:
        options.add_argument(flag)
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('chromium')}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    with webdriver.Chrome(options=options, service=Service(DRIVER)) as driver:
        yield driver


def requested(browser) -> list[str]:
    """What the browser asked for since it was last looked at, other than files and data."""
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    urls = [
        event["params"]["request"]["url"]
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]
    return [url for url in urls if not url.startswith(("file:", "data:", "chrome:"))]


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_fits_its_screen_and_asks_for_nothing(second_city, browser, width):
    folder = second_city.reports("2024")
    pages = [*folder.glob("*.html"), *folder.glob("units/*.html"), *folder.glob("internal/*.html")]
    assert len(pages) >= 16
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    for page in pages:
        browser.get(page.as_uri())
        scroll = browser.execute_script("return document.documentElement.scrollWidth")
        assert scroll <= width, page.name
        assert requested(browser) == [], page.name
        assert browser.get_log("browser") == [], page.name
        alts = browser.execute_script(
            "return [...document.images].map(i => [i.alt, i.complete && i.naturalWidth > 0])"
        )
        assert all(len(alt) > 20 and drawn for alt, drawn in alts), page.name


def test_no_english_and_no_missing_values_on_indonesian_pages(second_city, browser):
    folder = second_city.reports("2024")
    for page in [*folder.glob("*.html"), *folder.glob("units/*.html")]:
        browser.get(page.as_uri())
        shown = browser.execute_script("return document.body.innerText")
        left = re.findall(r"\b(?:nan|None|NaT|null|mean|missing|unknown|weight)\b", shown)
        assert not left, (page.name, left)
        body = re.sub(r"(?i)(gambar|tabel) \d+\.\d+", "", shown.split("Versi program")[0])
        point = re.findall(r"(?<![\w.])\d+\.\d{1,2}(?![\d.]|\s*WIB)\b", body)
        assert not point, (page.name, point)
        heads = browser.execute_script(
            "return [...document.querySelectorAll('th[scope=col]')].map(t => t.textContent)"
        )
        raw = {head for head in heads if re.fullmatch(r"[a-z_]+", head)} - {"n"}
        assert not raw, (page.name, raw)
