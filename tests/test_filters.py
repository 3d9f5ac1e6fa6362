"""What readers can filter, order and choose on pages, in a browser that runs no script."""

import re
from pathlib import Path
from unittest.mock import patch

import pandas as pd
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from analysis import desk, tables
from analysis.exhibits import NARROW_SVG, Exhibit
from analysis.reports import inline
from tests import chromium
from tests.chromium import media, screen
from tests.test_html import EDITION, HOSTILE, SAMPLE, made, markdown, shows

PARTED, ORDERED = "figure.long:has([value=bagian-1])", "figure:has([value=urut-1])"
ROWS = "return [...arguments[0].querySelectorAll('tbody tr')].filter(r => r.checkVisibility())"


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with chromium.opened(tmp_path_factory.mktemp("chromium")) as driver:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
        driver.get("data:text/html,<title>none</title><script>document.title = 'run'</script>")
        assert driver.title == "none"
        yield driver


@pytest.fixture
def opened(siantar, browser):
    """Open a page of the sample's edition, with what is folded away in sight."""

    def show(name: str, width: int = 1280):
        media(browser)
        screen(browser, width)
        browser.get((siantar.reports / name).as_uri())
        opening = "document.querySelectorAll('.behind').forEach(d => d.open = true)"
        browser.execute_script(opening)
        return browser

    return show


def all_of(element, selector: str) -> list:
    return element.find_elements(By.CSS_SELECTOR, selector)


def rows(browser, figure) -> list[list[str]]:
    """The cells of the rows in sight."""
    texts = f"{ROWS}.map(r => [...r.children].map(c => c.innerText))"
    return browser.execute_script(texts, figure)


def choose(browser, figure, value: str) -> None:
    [radio] = all_of(figure, f"[value={value}]")
    browser.execute_script("arguments[0].click()", radio)


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("page", ["00-participation.html", "07-quickwin.html"])
def test_a_part_of_a_long_table_is_shown_alone_and_whole(opened, page, width):
    browser, found = opened(page, width), 0
    for figure in all_of(browser, PARTED):
        if not figure.is_displayed():
            continue
        first = rows(browser, figure)
        assert len(first) == (12 if width > 640 else 8)
        for label in all_of(figure, ".filter label:has([value^=bagian-])")[::-1]:
            value = label.find_element(By.TAG_NAME, "input").get_attribute("value")
            choose(browser, figure, value)
            if value != "bagian-0":
                of = f"{ROWS}.map(r => 'bagian-' + r.dataset.part)"
                assert set(browser.execute_script(of, figure)) == {value}
                assert len(rows(browser, figure)) == int(label.text.split()[-1])
                assert not figure.find_element(By.CSS_SELECTOR, ".more").is_displayed()
                found += 1
        assert rows(browser, figure) == first
    assert found > 3


def test_a_part_is_chosen_by_keys_and_read_with_its_legend(opened):
    browser = opened("07-quickwin.html")
    figure = all_of(browser, PARTED)[-1]
    legend = figure.find_element(By.CSS_SELECTOR, "fieldset:has([value=bagian-0]) legend")
    label = figure.find_element(By.CSS_SELECTOR, ".label").get_attribute("textContent")
    assert legend.get_attribute("textContent") == f"Saring {label}"
    for figure in filter(lambda one: one.is_displayed(), all_of(browser, PARTED)):
        figure.find_element(By.CSS_SELECTOR, "[value=bagian-0]").send_keys(Keys.ARROW_RIGHT)
        of = f"{ROWS}.map(r => r.dataset.part)"
        assert set(browser.execute_script(of, figure)) == {"1"}


def test_only_clear_comparisons_are_shown(opened):
    browser = opened("01-future.html")
    [figure] = [f for f in all_of(browser, PARTED) if "Jelas saja" in f.text]
    choose(browser, figure, "bagian-1")
    shown = rows(browser, figure)
    assert {row[8] for row in shown} == {"jelas"}
    choose(browser, figure, "bagian-0")
    figure.find_element(By.CSS_SELECTOR, ".more label").click()
    every = rows(browser, figure)
    assert len(shown) == sum(row[8] == "jelas" for row in every) < len(every)


@pytest.mark.parametrize("width", [1280, 360])
def test_in_the_picture_the_marks_of_other_groups_fade(opened, width):
    browser = opened("00-participation.html", width)
    [figure] = all_of(browser, "figure.chart:has([value=bagian-1])")
    [svg] = [svg for svg in all_of(figure, "svg") if svg.is_displayed()]
    assert len(svg.get_attribute("aria-label")) > 20
    faded = (
        "return [...arguments[0].querySelectorAll('[class^=part-]')]"
        ".map(g => [g.getAttribute('class'), getComputedStyle(g).opacity])"
    )
    assert {opacity for _part, opacity in browser.execute_script(faded, svg)} == {"1"}
    choose(browser, figure, "bagian-3")
    found = set(map(tuple, browser.execute_script(faded, svg)))
    assert found == {("part-3", "1"), *((f"part-{k}", "0.15") for k in (1, 2, 4))}
    names = "return [...arguments[0].querySelectorAll('.part-3')].map(g => g.textContent)"
    assert "Siantar Barat" in browser.execute_script(names, svg)


def test_all_proposals_come_in_the_order_that_is_chosen(opened):
    browser = opened("07-quickwin.html")
    [figure] = all_of(browser, ORDERED)
    figure.find_element(By.CSS_SELECTOR, ".more label").click()
    first = rows(browser, figure)
    assert len(first) == 74  # proposals of the sample
    heads = [head.text for head in all_of(figure, "thead th")]
    labels = [e.text for e in all_of(figure, ".filter label:has([value^=urut-])")]
    assert labels == ["Peringkat", "Biaya (juta rupiah)", "Durasi (bulan)", "Dimensi"]
    for number, label in enumerate(labels, 1):
        choose(browser, figure, f"urut-{number}")
        at, shown = heads.index(label), rows(browser, figure)
        read = (lambda row, at=at: row[at]) if label == "Dimensi" else number_at(at)
        assert shown == sorted(first, key=read)  # and what is equal, by rank
    assert shown != first
    choose(browser, figure, "bagian-2")
    kept = rows(browser, figure)
    assert kept == [row for row in shown if row in kept] and len(kept) < 10


def number_at(place: int):
    return lambda row: int(row[place].replace(".", ""))


def test_one_package_is_shown_at_a_time_first_that_of_the_budget(opened):
    browser = opened("07-quickwin.html")
    [choices] = all_of(browser, ".choices")
    packages = all_of(choices, ":scope > figure")
    names = [label.text for label in all_of(choices, ":scope > .filter label")]
    assert names == ["Rp2,5 miliar", "Rp5 miliar", "Rp7,5 miliar"]
    assert [figure.is_displayed() for figure in packages] == [False, True, False]
    for number, (name, figure) in enumerate(zip(names, packages, strict=True), 1):
        choose(browser, choices, f"pilih-{number}")
        assert [one.is_displayed() for one in packages] == [one == figure for one in packages]
        title = figure.find_element(By.TAG_NAME, "h3").text
        figure.find_element(By.CSS_SELECTOR, ".more label").click()
        count = int(re.match(rf"Paket {name}: (\d+) program", title)[1])
        assert len(rows(browser, figure)) == count


def test_paper_shows_the_same_whatever_is_chosen(opened):
    printed = []
    browser = opened("07-quickwin.html")
    first, _chosen, last = (
        label.get_attribute("textContent") for label in all_of(browser, ".choices > figure .label")
    )
    for value in ("", "bagian-2", "urut-2", "pilih-3"):
        for radio in all_of(browser, f"[value={value}]") if value else ():
            browser.execute_script("arguments[0].click()", radio)
        media(browser, "print")
        printed.append(browser.find_element(By.TAG_NAME, "main").text)
        seen = "return [...document.querySelectorAll(arguments[0])].some(e => e.checkVisibility())"
        assert not browser.execute_script(seen, ".filter, .order")
        shown = [e.is_displayed() for e in all_of(browser, ".choices > figure")]
        assert shown == [False, True, False]
        assert f"Anggaran paket lain: {first} dan {last}, di halaman layar" in printed[-1]
        media(browser)
    assert len(set(printed)) == 1


OURS = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'width="9" height="9" viewBox="0 0 9 9" font-family="\'DejaVu Sans\', sans-serif">'
    "<title>T</title><style>*{stroke-linejoin:round;stroke-linecap:butt}@media "
    '(prefers-color-scheme:dark){[style*="fill:#ffffff"]{fill:#1e2024!important}}</style>'
    '<defs><path id="m1" d="M 0 0 L 1 1 z"/></defs><g class="part-1" transform="translate(1 2)">'
    '<use xlink:href="#m1" x="1" y="2.5" style="fill:#ffffff;stroke-width:.8"/>'
    "<text>Air &amp; &lt;api&gt;</text></g></svg>"
)


def test_a_picture_of_ours_is_written_anew_with_its_own_ids_and_colours():
    drawn = inline.drawn(OURS, "gambar-1", 'Air "&" api', "wide")
    assert 'aria-label="Air &#34;&amp;&#34; api"' in drawn and "<title>" not in drawn
    assert 'id="gambar-1-wide-m1"' in drawn and 'href="#gambar-1-wide-m1"' in drawn
    assert '{#gambar-1 [style*="fill:#ffffff"]{fill:#1e2024!important}}</style>' in drawn
    assert "Air &amp; &lt;api&gt;" in drawn and 'class="part-1"' in drawn


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<defs>", "<script>alert(1)</script><defs>"),
        ("<defs>", '<image href="https://a.b/c.png"/><defs>'),
        ("<defs>", "<foreignObject/><defs>"),
        ("<defs>", '<a href="#m1"/><defs>'),
        ("<defs>", "<svg/><defs>"),
        ("<defs>", '<x xmlns="http://www.w3.org/1999/xhtml"/><defs>'),
        ("<g ", '<g onclick="alert(1)" '),
        ('"part-1"', '"part-1 skip"'),
        ('"part-1"', '"skip"'),
        ("<svg ", '<svg class="part-1" '),
        ('"#m1"', '"https://a.b/c.svg#m1"'),
        ('"#m1"', '"javascript:alert(1)"'),
        ("fill:#ffffff;", "fill:url(https://a.b);"),
        ("fill:#ffffff;", "position:fixed;"),
        ("fill:#ffffff;", "fill:fill-fill-fill" * 40),
        ("<defs>", "<g>" * 3000 + "</g>" * 3000 + "<defs>"),
        ("fill:#ffffff;", "fill:\\75 rl;"),
        ("*{stroke", "@import 'a';*{stroke"),
        ("{fill:#1e2024!important}", "{fill:#1e2024!important}body{display:none}"),
        ("<svg ", '<!DOCTYPE svg [<!ENTITY a "b">]><svg '),
        ("</svg>", ""),
        ("http://www.w3.org/2000/svg", "http://a.b"),
    ],
)
def test_a_picture_with_anything_else_in_it_stays_a_picture_apart(old, new):
    assert inline.drawn(OURS, "gambar-1", "alt", "wide")
    assert old in OURS
    assert inline.drawn(OURS.replace(old, new, 1), "gambar-1", "alt", "wide") is None


def parted(svg: str) -> Exhibit:
    keys = {"stage": "x", "of": "", "groups": [["a", HOSTILE], ["b", "B"]]}
    keys["rows"] = [[str(n), "ab"[n % 2]] for n in range(20)]
    grid = {"columns": [{"key": "", "label": "N", "format": "text"}], "keys": keys}
    content = {"kind": "chart", "title": "T", "alt": "alt", "note": "", "source": "", **grid}
    content["rows"] = [[str(n)] for n in range(20)]
    return Exhibit(content, "", {"image/svg+xml": svg, NARROW_SVG: svg})


def test_a_picture_is_part_of_the_page_only_where_it_can_be_filtered():
    page = made(shows(parted(OURS)))
    assert len(page.all("svg")) == 2 and not page.all("img") and "<script" not in page.source
    assert [e["value"] for e in page.all("input")] == ["bagian-0", "bagian-1", "bagian-2"]
    for other in (OURS.replace("part-1", "m"), OURS.replace("<g ", '<g onload="a()" ')):
        page = made(shows(parted(other)))
        assert len(page.all("img")) == 1 and not page.all("svg", "input")


def test_short_tables_and_those_of_one_kind_have_nothing_to_choose():
    for n, groups in ((15, "ab"), (20, "a")):
        shown = dict(parted(OURS).content) | {"kind": "table"}
        shown["rows"] = shown["rows"][:n]
        shown["keys"] = shown["keys"] | {"rows": [["", groups[i % len(groups)]] for i in range(n)]}
        page = made(shows(Exhibit(shown, "")))
        assert "bagian-1" not in page.source, n


def test_what_is_chosen_from_stands_together():
    def options(legend: str, chosen: str, *names: str):
        choices = {name: tables.table(pd.DataFrame({"a": [1]}), name) for name in names}
        with patch("analysis.desk.blocks.display") as displayed:
            desk.choices(legend, choices, chosen)
        return [call.args[0] for call in displayed.call_args_list]

    first, second = options("Satu", "b", "a", "b"), options("Dua", "", "c", "d")
    alone = options("Tiga", "", "e")
    page = made(shows(*first, *second, tables.table(pd.DataFrame({"a": [1]}), "z"), *alone))
    names = ["tabel-1-pilih"] * 2 + ["tabel-3-pilih"] * 2
    assert [e["name"] for e in page.all("input")] == names
    assert ["checked" in e for e in page.all("input")] == [False, True, True, False]
    assert page.texts("legend") == ["Satu", "Dua"]
    chosen = [e["id"] for e in page.all("figure") if "chosen" in e["class"]]
    assert chosen == ["tabel-2", "tabel-3"] and len(page.all("figure")) == 6


def test_a_page_says_in_its_head_what_it_says_first():
    said = f"{HOSTILE} {'panjang ' * 30}"
    cells = markdown("# Kesiapan"), shows(tables.findings([said]))
    [meta] = made(*cells).all("meta", name="description")
    assert meta["content"].startswith(HOSTILE) and meta["content"].endswith("panjang …")
    assert 140 < len(meta["content"]) <= 160
    [meta] = made(*cells, edition=SAMPLE, title="Dinas X").all("meta", name="description")
    assert meta["content"].startswith(f"DATA CONTOH. Dinas X: {HOSTILE}")
    [meta] = made(markdown("# Kesiapan"), edition=EDITION).all("meta", name="description")
    assert meta["content"] == "Kesiapan"


def test_every_page_of_an_edition_is_described(siantar):
    pages = [*siantar.reports.rglob("*.html"), siantar.reports.parent / "index.html"]
    found = {page: re.findall(r'<meta name="description" content="([^"]+)">', text(page))
             for page in pages}  # fmt: skip
    assert all(len(said) == 1 for said in found.values()) and len(found) > 40
    assert all(said[0].startswith("DATA CONTOH. ") for page, said in found.items()
               if page.parent != siantar.reports.parent)  # fmt: skip
    [index] = found[siantar.reports / "index.html"]
    assert "Kota Pematang Siantar 2024: 35 dari 35 perangkat daerah" in index


def text(page: Path) -> str:
    return page.read_text("utf-8")
