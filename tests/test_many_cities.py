"""The one page above many cities: small, with a figure, a filter and a funnel."""

from dataclasses import replace

import numpy as np
import pytest
from bs4 import BeautifulSoup

from analysis.reports import html
from analysis.reports.funnel import Funnel, Place
from tests import chromium
from tests.test_terminal import EDITION

COUNT = 514
KINDS = ("sedikit", "kurang", "gagal")


def city(number: int, asked: int, answered: int, **more) -> dict:
    edition = replace(EDITION, expected=asked, answered=answered, sent=answered)
    name = f"Kabupaten Contoh Nomor {number}"
    href = f"../kabupaten-contoh-{number}/reports/index.html"
    about = {"status": "ok", "failed": 0, "error": ""}
    return {"title": name, "href": href, "edition": edition} | about | more


@pytest.fixture(scope="module")
def shown() -> list[dict]:
    """Cities that differ by chance alone, one that does not, one that failed, one with failures."""
    random = np.random.default_rng(514)
    asked = random.integers(20, 60, COUNT)
    many = [city(n, int(a), int(random.binomial(a, 0.85))) for n, a in enumerate(asked)]
    many[7] = city(7, 40, 12)
    failing = {"href": None, "edition": None, "status": "failed", "error": "Kota ini <b>rusak</b>."}
    many[8] |= failing
    many[9] |= {"failed": 3, "title": "Kota <script>alert(1)</script>"}
    return many


@pytest.fixture(scope="module")
def page(shown) -> str:
    whole = replace(EDITION, city=f"{COUNT} kota", sample=False)
    return html.cities(whole, shown, [])


def test_514_cities_are_one_page_of_less_than_300_kb(page, shown):
    assert len(page.encode()) < 300_000
    read = BeautifulSoup(page, "html.parser")
    rows = read.select(".units li")
    assert len(rows) == COUNT and all(c["title"] in page for c in shown if "<" not in c["title"])
    assert [a["href"] for a in read.select(".units a")] == [c["href"] for c in shown if c["href"]]
    assert rows[7].select_one(".share").get_text() == "12/40"
    assert "12 dari 40 perangkat daerah mengirim" in rows[7].select_one(".unseen").get_text()
    assert "width:30%" in str(rows[7].select_one(".bar"))
    assert not read.select("script") and "<b>rusak" not in page


def test_the_filter_tells_how_many_there_are_of_each_kind(page):
    read = BeautifulSoup(page, "html.parser")
    told = {
        label.input["id"]: int(label.small.get_text()) for label in read.select(".filter label")
    }
    counts = {name: len(read.select(f".units li.{name}")) for name in KINDS}
    assert told == {"saring-semua": COUNT} | {f"saring-{k}": n for k, n in counts.items()}
    assert counts["gagal"] == 2 and counts["sedikit"] == 1 and 0 < counts["kurang"] < COUNT


def test_the_funnel_names_who_lies_outside_and_no_one_else(page, shown):
    read = BeautifulSoup(page, "html.parser")
    figure = read.select_one("figure")
    assert len(figure.select("circle")) == COUNT - 1
    outside = [c.title.get_text() for c in figure.select("circle.out")]
    assert outside == ["Kabupaten Contoh Nomor 7: 12/40"]
    assert "Kabupaten Contoh Nomor 7 (30%)" in figure.figcaption.get_text()
    said = "1 kota menjawab lebih sedikit daripada yang dijelaskan kebetulan"
    assert figure.h2.get_text() == said


def test_of_few_cities_there_is_no_funnel_and_of_alike_ones_none_outside(shown):
    few = BeautifulSoup(html.cities(EDITION, shown[:5], []), "html.parser")
    assert not few.select("svg, .filter [id=saring-gagal]") and len(few.select(".units li")) == 5
    alike = Funnel([Place(str(n), 30, 30) for n in range(10)])
    assert not alike.below and not alike.above and "Tidak ada kota" in alike.title
    assert "Di bawah" not in "".join(alike.words) and alike.drawn().count("<circle") == 10


@chromium.needed
def test_the_page_fits_a_phone_and_its_filter_works(page, tmp_path):
    path = tmp_path / "index.html"
    path.write_text(page, "utf-8")
    with chromium.opened(tmp_path / "profil") as browser:
        chromium.media(browser)
        chromium.screen(browser, 360)
        browser.get(path.as_uri())
        width = "return document.documentElement.scrollWidth"
        seen = (
            "return [...document.querySelectorAll('.units li')].filter(e => e.offsetParent).length"
        )
        assert browser.execute_script(width) <= 360 and browser.execute_script(seen) == COUNT
        browser.execute_script("document.getElementById('saring-gagal').click()")
        assert browser.execute_script(seen) == 2
        assert chromium.requested(browser) == [] and browser.get_log("browser") == []
