"""How JupyterLab opens on a project."""

import json
import os
import sys
import sysconfig
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from analysis import text
from analysis.project import PERIOD, ROOT, Project

GUIDE = "notebooks/README.md"


def lab(project: Project, arguments: Sequence[str]) -> None:
    """Open JupyterLab on a project and stay until it ends; `arguments` are JupyterLab's own.

    Nothing is saved unasked, as what is saved in ``notebooks/`` makes the official reports.
    Notebooks are of the period that was asked for, if one was. Raises ProjectError where there is
    none of its name.
    """
    from jupyterlab.labapp import LabApp  # takes a second, which no other command has to spend

    folders = [sysconfig.get_path("scripts"), os.environ.get("PATH", os.defpath)]
    os.environ["PATH"] = os.pathsep.join(folders)
    if project.asked:
        os.environ |= {ROOT: str(project.root), PERIOD: project.period}
    if sys.platform == "linux":  # elsewhere nothing forks
        os.environ["JUPYTER_DEFAULT_PROVISIONER_NAME"] = "masterplan-fork"
    with TemporaryDirectory(prefix="masterplan-") as folder:
        Path(folder, "overrides.json").write_text(json.dumps(settings()), "utf-8")
        LabApp.launch_instance(
            [
                f"--ServerApp.root_dir={project.root}",
                f"--LabApp.default_url=/lab/tree/{GUIDE}",
                f"--LabApp.app_settings_dir={folder}",
                "--ServerApp.contents_manager_class=analysis.lab.contents.Contents",
                *arguments,
            ]
        )


def settings() -> dict[str, Any]:
    """The settings of JupyterLab's extensions, which people may change in its menu."""
    locale = text.tag(text.language()).replace("-", "_")
    package = f"jupyterlab_language_pack_{locale}"
    return {
        "@jupyterlab/apputils-extension:notification": {
            "fetchNews": "false",
            "checkForUpdates": False,
        },
        "@jupyterlab/docmanager-extension:plugin": {
            "autosave": False,
            "defaultViewers": {"markdown": "Markdown Preview"},
        },
        "@jupyterlab/translation-extension:plugin": {
            "locale": locale if find_spec(package) else "default"
        },
    }
