"""Whose program the notebooks of a project are: this release's, or somebody else's.

A notebook is a program that runs with the rights of whoever runs it. What the release's own say is
listed in ``release.txt``, in the format of sha256sum; `make release` writes it.
"""

import json
from pathlib import Path

from analysis import fingerprint
from analysis.project import Project, write

LIST = Path(__file__).with_name("release.txt")


def strange(project: Project) -> list[Path]:
    """What lies among the notebooks of a project and is not the release's, below its root.

    Whatever a notebook could run counts, so modules beside them as well; words about them do not.
    """
    ours, folder = own(), project.notebooks
    return [
        path.relative_to(project.root)
        for path in project.programs()
        if path.suffix != ".md" and line(path, folder) not in ours
    ]


def own() -> set[str]:
    """The lines of the release's own notebooks; see `line`."""
    return set(LIST.read_text("utf-8").splitlines())


def line(path: Path, folder: Path) -> str:
    """What the list says of a notebook: what its cells say, whatever they have shown."""
    name = path.relative_to(folder).as_posix()
    try:
        content = json.loads(path.read_text("utf-8"))
        cells = [
            (c["cell_type"], c["metadata"].get("tags"), "".join(c["source"]))
            for c in content["cells"]
        ]
        return f"{fingerprint.of(cells, content['metadata'].get('masterplan'))}  {name}"
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return f"?  {name}"


def main() -> None:
    """Write the list anew."""
    folder = LIST.parents[3] / "notebooks"
    lines = [line(path, folder) for path in sorted(folder.glob("*.ipynb"))]
    write(LIST, "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
