"""A browser that prints and draws without a window: Chromium, Chrome or Edge, as it is installed.

It gets a page of ours, which asks for nothing outside, and a profile of its own that goes away.
"""

import os
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image

from analysis.project import ProjectError
from analysis.text import _

CHOSEN = "MASTERPLAN_BROWSER"
NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "microsoft-edge", "microsoft-edge-stable", "msedge",
)  # fmt: skip
MAC = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS = (r"Google\Chrome\Application\chrome.exe", r"Microsoft\Edge\Application\msedge.exe",
           r"Chromium\Application\chrome.exe")  # fmt: skip
FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
FLAGS = (
    "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--no-default-browser-check", "--hide-scrollbars",
    "--force-device-scale-factor=1",
)  # fmt: skip
LIMIT = 120  # seconds
SPARE = 400  # pixels: a window may give some of its height to what no one sees


class Unmade(Exception):
    """The browser has not made what it was asked for, and why."""


def find() -> str | None:
    """The browser that `CHOSEN` names, or else the first that is installed; None without one.

    Raises ProjectError where `CHOSEN` names none.
    """
    if named := os.environ.get(CHOSEN):
        if found := shutil.which(named):
            return found
        said = _("{variable} menyebut {named}, tetapi program itu tidak ada.")
        raise ProjectError(said.format(variable=CHOSEN, named=named))
    places = [Path(f"/Applications/{name}.app/Contents/MacOS/{name}") for name in MAC]
    if sys.platform == "win32":
        folders = [os.environ[name] for name in FOLDERS if os.environ.get(name)]
        places = [Path(folder, name) for name in WINDOWS for folder in folders]
    known = (shutil.which(name) for name in (*NAMES, *map(str, places)))
    return next(filter(None, known), None)


def pdf(browser: str, page: str, folder: Path) -> bytes:
    """A page as it is printed. Raises `Unmade`."""
    shown = (folder / "sheet.pdf", "--no-pdf-header-footer", "--print-to-pdf-no-header")
    return _made(browser, page, folder, "--print-to-pdf", *shown)


def picture(browser: str, page: str, folder: Path, width: int, height: int) -> Image.Image:
    """The first so many pixels of a page. Raises `Unmade`."""
    window = f"--window-size={width},{height + SPARE}"
    drawn = _made(browser, page, folder, "--screenshot", folder / "shown.png", window)
    shown = Image.open(BytesIO(drawn)).convert("RGB")
    if shown.width < width or shown.height < height:
        raise Unmade(f"{shown.width} x {shown.height} < {width} x {height}")
    return shown.crop((0, 0, width, height))


def _made(browser: str, page: str, folder: Path, order: str, made: Path, *flags: str) -> bytes:
    """What a browser makes of a page, in a folder that is ours alone."""
    source = folder / "page.html"
    source.write_text(page, "utf-8", "replace")
    alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    profile = f"--user-data-dir={folder / 'profile'}"
    command = [browser, *FLAGS, *alone, profile, *flags, f"{order}={made}", source.as_uri()]
    try:
        subprocess.run(command, capture_output=True, check=True, timeout=LIMIT)
        return made.read_bytes()
    except subprocess.TimeoutExpired as error:
        raise Unmade(_("tidak selesai dalam {n} detik").format(n=LIMIT)) from error
    except subprocess.CalledProcessError as error:
        told = error.stderr.decode("utf-8", "replace").strip().splitlines()
        raise Unmade(told[-1] if told else str(error.returncode)) from error
    except OSError as error:
        raise Unmade(error.strerror or str(error)) from error
