"""LibreOffice as a person would use it: open a file, save it in another format."""

import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")

needed = pytest.mark.skipif(not SOFFICE, reason="LibreOffice (soffice) is not installed")


def save_as(path: Path, ending: str, folder: Path, profile: Path) -> Path:
    """Open a file in LibreOffice and save it in another format."""
    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            ending,
            "--outdir",
            folder,
            path,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / f"{path.stem}.{ending}"
