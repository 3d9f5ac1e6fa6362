"""`masterplan lab` as an analyst meets it: in a real browser, with a project that is in Git."""

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from analysis.project import Project
from analysis.reports import document
from tests import chromium
from tests.second_city import MASTERPLAN, ROOT, masterplan

NOTEBOOK = "03-readiness"
KERNEL = "document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status"
PROMPTS = "[...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].map(p => p.textContent)"
IMAGES = "[...document.querySelectorAll('.jp-OutputArea-output img')]"
PICTURES = f"{IMAGES}.map(i => [i.alt, i.naturalWidth > 0])"
TRIAL = """
import shutil
from analysis.survey.kept import store
print(store.load().period, shutil.which("masterplan"), shutil.which("pip"))
"""
SERVER = {"token": "uji", "allow_root": True}

# One of each kind beside the stage; `make test-long` has them all.
KINDS = ["coordinator", "unit-profile", "cities", "08-summary"]
KINDS = KINDS if os.environ.get("MASTERPLAN_LONG") else KINDS[:1]

pytestmark = [
    chromium.needed,
    pytest.mark.skipif(not shutil.which("git"), reason="git is missing"),
]


@contextmanager
def lab(folder: Path, home: Path) -> Iterator[str]:
    """`masterplan lab` below a project's folder, for somebody who saves each second if at all.

    Yields the server's address.
    """
    for name in ("config", "runtime", "data", "settings", "workspaces"):
        (home / name).mkdir()
    (home / "config" / "jupyter_server_config.json").write_text(json.dumps({"ServerApp": SERVER}))
    manager = home / "settings" / "@jupyterlab" / "docmanager-extension"
    manager.mkdir(parents=True)
    (manager / "plugin.jupyterlab-settings").write_text('{"autosaveInterval": 1}')
    settings = {
        "HOME": str(home),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }
    server = subprocess.Popen(
        [MASTERPLAN, "lab", "--", "--no-browser", "--port=0"],
        cwd=folder / "data",
        env=os.environ | settings | {"PATH": os.defpath},
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


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=uji", "-c", "user.email=uji@contoh.id"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def project(second_city, tmp_path_factory):
    """A copy of the second city after its run, in Git; without a filter."""
    folder = tmp_path_factory.mktemp("lab") / "Kota Lain"
    shutil.copytree(second_city.root, folder)
    shutil.copy2(ROOT / ".gitignore", folder)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "mulai")
    trial = folder / "notebooks" / "coba" / "jajal.ipynb"
    cell = nbformat.v4.new_code_cell(TRIAL)
    spec = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
    nbformat.write(nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": spec}), trial)
    return Project(folder)


@pytest.fixture(scope="module")
def address(project, tmp_path_factory):
    with lab(project.root, tmp_path_factory.mktemp("home")) as address:
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


def opened(browser, *names: str) -> None:
    """Open what the file browser shows by these names, one in the other; wait for the kernel."""
    for name in names:
        shown = "[...document.querySelectorAll('.jp-DirListing-itemName')].map(e => e.innerText)"
        wait(browser, f"{shown}.includes({name!r})")
        item = labelled(browser, ".jp-DirListing-itemName", name)
        ActionChains(browser).double_click(item).perform()
    named = "document.querySelector('.jp-Toolbar-kernelName')?.textContent.trim()"
    wait(browser, f"{named} == 'Python 3 (ipykernel)' && {KERNEL} == 'idle'")


def run_all(browser) -> None:
    """Run all cells of the notebook, and wait for the last."""
    browser.find_elements(By.CSS_SELECTOR, ".lm-MenuBar-item")[3].click()
    wait(browser, "document.querySelector('.lm-Menu-item[data-command=\"runmenu:run-all\"]')")
    browser.find_element(By.CSS_SELECTOR, '[data-command="runmenu:run-all"]').click()
    wait(browser, f"{PROMPTS}.every(p => /\\d/.test(p)) && {KERNEL} == 'idle'", 120)


def save(browser) -> None:
    ActionChains(browser).key_down(Keys.CONTROL).send_keys("s").key_up(Keys.CONTROL).perform()
    wait(browser, "!document.querySelector('.jp-mod-dirty')")


def close(browser) -> None:
    """Close the notebook; whoever is asked whether to save it does not."""
    browser.find_element(By.CSS_SELECTOR, ".jp-mod-current .lm-TabBar-tabCloseIcon").click()


def labelled(browser, selector: str, text: str):
    """The one element with this text."""
    found = browser.find_elements(By.CSS_SELECTOR, selector)
    [element] = [e for e in found if e.text.strip() == text]
    return element


def test_it_opens_on_the_guide_with_the_whole_project_beside_it(browser):
    guide = wait(browser, "document.querySelector('.jp-MarkdownViewer h1')?.innerText")
    assert guide.startswith("Notebook analisis")
    wait(browser, "document.querySelector('.jp-DirListing-itemName')")
    names = {f"{NOTEBOOK}.ipynb", "README.md", "coba"}
    assert names <= set(texts(browser, ".jp-DirListing-itemName"))
    assert texts(browser, ".jp-BreadCrumbs-item") == ["notebooks"]
    heading = "Nama" if find_spec("jupyterlab_language_pack_id_ID") else "Name"
    assert heading in texts(browser, ".jp-DirListing-headerItemText")


def test_a_notebook_runs_from_top_to_bottom_and_shows_its_charts(second_city, browser, project):
    opened(browser, f"{NOTEBOOK}.ipynb")
    assert texts(browser, ".jp-mod-dirty") == []
    run_all(browser)

    path = second_city.reports / "internal" / "notebooks" / f"{NOTEBOOK}.ipynb"
    run = nbformat.read(path, as_version=4)
    code = [cell for cell in run.cells if cell.cell_type == "code"]
    assert browser.execute_script(f"return {PROMPTS}") == [f"[{n + 1}]:" for n in range(len(code))]

    charts = [e["alt"] for e in document.read(run).exhibits if e["kind"] == "chart"]
    assert browser.execute_script(f"return {PICTURES}") == [[alt, True] for alt in charts]
    shown = {kind: len(texts(browser, f".masterplan.{kind}")) for kind in ("table", "keys")}
    assert shown["table"] == sum(e["kind"] == "table" for e in document.read(run).exhibits)
    assert shown["keys"] == 1
    trouble = ('[data-mime-type$="error"]', '[data-mime-type$="stderr"]', ".jp-Dialog", ".jp-toast")
    assert [texts(browser, selector) for selector in trouble] == [[]] * len(trouble)
    aligned = "getComputedStyle(document.querySelector('.masterplan.table {cell}')).textAlign"
    assert browser.execute_script("return " + aligned.format(cell="tbody th")) == "left"
    assert browser.execute_script("return " + aligned.format(cell="td.num")) == "right"

    save(browser)
    assert len(browser.execute_script(f"return {PICTURES}")) == len(charts)  # they stay in sight
    assert git(project.root, "status", "--short") == ""


def test_what_is_tried_out_is_official_only_when_it_is_saved(browser, project):
    path, page = (
        project.notebooks / f"{NOTEBOOK}.ipynb",
        project.reports / f"{NOTEBOOK}.html",
    )
    before, published = path.read_bytes(), page.read_bytes()
    ActionChains(browser).click(
        browser.find_element(By.CSS_SELECTOR, ".jp-CodeCell .cm-content")
    ).key_down(Keys.CONTROL).send_keys(Keys.END).key_up(Keys.CONTROL).send_keys(
        "\nthreshold = 4.5"
    ).perform()
    wait(browser, "document.querySelector('.jp-mod-dirty')")
    time.sleep(3)  # an autosave would come after one
    assert texts(browser, ".jp-mod-dirty") != []
    assert path.read_bytes() == before
    assert masterplan(project, "run", "readiness").returncode == 0
    assert page.read_bytes() == published
    close(browser)
    wait(browser, "document.querySelector('.jp-Dialog')")
    browser.find_element(By.CSS_SELECTOR, ".jp-Dialog .jp-mod-warn").click()
    wait(browser, "!document.querySelector('.jp-Notebook')")
    assert git(project.root, "status", "--short") == ""


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_notebook_runs_and_closes_without_a_trace(browser, project, name):
    opened(browser, f"{name}.ipynb")
    run_all(browser)
    assert texts(browser, '[data-mime-type$="error"]') == []
    save(browser)
    close(browser)
    wait(browser, "!document.querySelector('.jp-Notebook')")
    assert git(project.root, "status", "--short") == ""


def test_a_trial_keeps_its_outputs_and_finds_project_and_commands(browser, project):
    opened(browser, "coba", "jajal.ipynb")
    run_all(browser)
    save(browser)
    [cell] = nbformat.read(project.notebooks / "coba" / "jajal.ipynb", as_version=4).cells
    said = cell.outputs[0]["text"].split()
    assert said == ["2024", *(str(MASTERPLAN.with_name(name)) for name in ("masterplan", "pip"))]
    assert git(project.root, "status", "--short") == ""
