"""What JupyterLab reads and writes: of a notebook that is in Git only what belongs there."""

import subprocess
from pathlib import Path
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

from analysis.lab.bare import bare

PYTHON = {"name": "python"}


class Contents(AsyncLargeFileManager):
    """Notebooks as files; one that Git tracks is saved bare, any other with its outputs.

    What is shown in the browser stays there all the same.
    """

    async def get(self, path: str, *args: Any, **options: Any) -> dict[str, Any]:
        """As inherited. Of its language a notebook says what JupyterLab would note on opening it.

        Else it would count as changed as soon as it is open.
        """
        model = await super().get(path, *args, **options)
        if model["type"] == "notebook" and model["content"]:
            metadata = model["content"]["metadata"]
            if metadata.get("language_info") == PYTHON:
                metadata["language_info"] = IPythonKernel.language_info
        return model

    async def save(self, model: dict[str, Any], path: str = "") -> dict[str, Any]:
        if model["type"] == "notebook" and tracked(Path(self.root_dir, path.strip("/"))):
            model = model | {"content": bare(model["content"])}
        return await super().save(model, path)


def tracked(path: Path) -> bool:
    """Whether a file is in Git; without Git nothing is."""
    command = ["git", "ls-files", "--error-unmatch", "--", path.name]
    try:
        return not subprocess.run(command, cwd=path.parent, capture_output=True).returncode
    except OSError:
        return False
