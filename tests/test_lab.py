"""`make lab` as an analyst meets it: JupyterLab in a real browser, a notebook run to its end."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from analysis.reports import document
from tests import chromium
from tests.second_city import ROOT

BIN = Path(sys.executable).parent
NOTEBOOK = "03-readiness"
STATE = "document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status"
SERVER = {"open_browser": False, "port": 0, "token": "uji", "allow_root": True}

pytestmark = [
    chromium.needed,
    pytest.mark.skipif(not shutil.which("make"), reason="make is missing"),
]


@contextmanager
def lab(folder: Path, home: Path) -> Iterator[str]:
    """`make lab` in a project's folder, with settings of its own; yields the server's address."""
    for name in ("config", "runtime", "data", "settings", "workspaces"):
        (home / name).mkdir()
    (home / "config" / "jupyter_server_config.json").write_text(json.dumps({"ServerApp": SERVER}))
    settings = {
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }
    server = subprocess.Popen(
        ["make", "-o", BIN / ".reports", "lab", f"BIN={BIN}"],
        cwd=folder,
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + 60
        while not (told := list((home / "runtime").glob("jpserver-*.json"))):
            assert server.poll() is None and time.monotonic() < deadline, "no server"
            time.sleep(0.2)
        yield json.loads(told[0].read_text())["url"]
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(30)


@pytest.fixture(scope="module")
def address(second_city, tmp_path_factory):
    """A server on a copy of the second city after its run."""
    folder = tmp_path_factory.mktemp("lab") / "Kota Lain"
    shutil.copytree(second_city.root, folder)
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy2(ROOT / name, folder)
    with lab(folder, tmp_path_factory.mktemp("home")) as address:
        yield address


@pytest.fixture(scope="module")
def browser(address, tmp_path_factory):
    with chromium.opened(tmp_path_factory.mktemp("chromium")) as driver:
        chromium.screen(driver, 1280, 900)
        driver.get(f"{address}?token=uji")
        yield driver


def wait(browser, script: str, seconds: int = 60):
    """What a script returns once that is true."""
    return WebDriverWait(browser, seconds, 0.3).until(
        lambda b: b.execute_script(f"return {script}")
    )


def texts(browser, selector: str) -> list[str]:
    return [e.text for e in browser.find_elements(By.CSS_SELECTOR, selector)]


def labelled(browser, selector: str, text: str):
    """The one element with this text."""
    found = browser.find_elements(By.CSS_SELECTOR, selector)
    [element] = [e for e in found if e.text.strip() == text]
    return element


def test_it_opens_on_the_guide_in_the_folder_of_the_notebooks(browser):
    guide = wait(browser, "document.querySelector('.jp-MarkdownViewer h1')?.innerText")
    assert guide.startswith("Notebook analisis")
    wait(browser, "document.querySelector('.jp-DirListing-itemName')")
    assert {f"{NOTEBOOK}.ipynb", "README.md"} <= set(texts(browser, ".jp-DirListing-itemName"))


def test_a_notebook_runs_from_top_to_bottom_and_shows_its_charts(second_city, browser):
    item = labelled(browser, ".jp-DirListing-itemName", f"{NOTEBOOK}.ipynb")
    ActionChains(browser).double_click(item).perform()
    wait(browser, "document.querySelectorAll('.jp-Notebook .jp-Cell').length > 10")
    named = "document.querySelector('.jp-Toolbar-kernelName')?.textContent.trim()"
    wait(browser, f"{named} == 'Python 3 (ipykernel)' && {STATE} == 'idle'")
    labelled(browser, ".lm-MenuBar-item", "Run").click()
    wait(browser, "document.querySelector('.lm-Menu-item[data-command=\"runmenu:run-all\"]')")
    browser.find_element(By.CSS_SELECTOR, '[data-command="runmenu:run-all"]').click()

    path = second_city.reports("2024") / "internal" / "notebooks" / f"{NOTEBOOK}.ipynb"
    run = nbformat.read(path, as_version=4)
    code = [cell for cell in run.cells if cell.cell_type == "code"]
    prompts = (
        "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(p => p.textContent)"
    )
    wait(browser, f"{prompts}.at(-1) == '[{len(code)}]:'", 120)
    assert browser.execute_script(f"return {prompts}") == [f"[{n + 1}]:" for n in range(len(code))]

    charts = [e["alt"] for e in document.read(run).exhibits if e["kind"] == "chart"]
    pictures = browser.execute_script(
        "return [...document.querySelectorAll('.jp-OutputArea-output img')]"
        ".map(i => [i.alt, i.naturalWidth > 0])"
    )
    assert pictures == [[alt, True] for alt in charts]
    shown = {kind: len(texts(browser, f".masterplan.{kind}")) for kind in ("table", "keys")}
    assert shown["table"] == sum(e["kind"] == "table" for e in document.read(run).exhibits)
    assert shown["keys"] == 1
    trouble = ('[data-mime-type$="error"]', '[data-mime-type$="stderr"]', ".jp-Dialog", ".jp-toast")
    assert [texts(browser, selector) for selector in trouble] == [[]] * len(trouble)
    aligned = "getComputedStyle(document.querySelector('.masterplan.table {cell}')).textAlign"
    assert browser.execute_script("return " + aligned.format(cell="tbody th")) == "left"
    assert browser.execute_script("return " + aligned.format(cell="td.num")) == "right"
