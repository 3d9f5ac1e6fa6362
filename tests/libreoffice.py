"""LibreOffice as a person would use it: open a file, save it in another format."""

import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")

needed = pytest.mark.skipif(not SOFFICE, reason="LibreOffice (soffice) is not installed")


def save_as(path: Path, ending: str, folder: Path, profile: Path) -> Path:
    """Open a file in LibreOffice and save it in another format."""
    save_all([path], ending, folder, profile)
    return folder / f"{path.stem}.{ending}"


def save_all(paths: list[Path], ending: str, folder: Path, profile: Path) -> None:
    """The same for several files at once: most of its time it only starts."""
    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            ending,
            "--outdir",
            folder,
            *paths,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )


SEPARATORS = {"id-ID": 59, "en-US": 44}
_LOCALE = """<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>{locale}</value></prop></item></oor:items>"""


def as_csv(path: Path, locale: str, folder: Path, profile: Path) -> None:
    """Save every sheet as a CSV as it is shown in a country; the profile must be a new one."""
    settings = profile / "user/registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_LOCALE.format(locale=locale))
    options = f"{SEPARATORS[locale]},34,76,1,,0,false,true,true,false,false,-1"
    save_as(path, f"csv:Text - txt - csv (StarCalc):{options}", folder, profile)
