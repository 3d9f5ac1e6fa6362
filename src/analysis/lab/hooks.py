"""What Git does with notebooks: it takes them bare, and refuses one that is not.

Run as a program in a clone or worktree it sets that up; with ``--staged`` it is the hook.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.console import Console
from analysis.lab import bare
from analysis.text import _

FILTER = "masterplan"  # as .gitattributes calls it
MARK = "analysis.lab.hooks --staged"


def main(arguments: Sequence[str]) -> int:
    """Set up filter and hook, or judge what is staged; returns the exit code."""
    if "--staged" in arguments:
        return _judge()
    try:
        Console().print(_set_up(), soft_wrap=True)
    except (OSError, subprocess.CalledProcessError):
        said = _("Ini bukan salinan Git, atau git tidak terpasang; tidak ada yang dipasang.")
        Console(stderr=True).print(said, soft_wrap=True)
        return 2
    return 0


def _set_up() -> str:
    """Name the filter and write the hook; tells in words what was done."""
    python = Path(sys.executable).as_posix()  # Git runs both in a shell, also on Windows
    _git("config", f"filter.{FILTER}.clean", f'"{python}" -m analysis.lab.bare')
    hook = Path(_git("rev-parse", "--git-path", "hooks/pre-commit").decode().strip())
    filtered = _("Git menyimpan notebook tanpa keluaran (filter di .gitattributes).")
    if hook.exists() and MARK not in hook.read_text("utf-8", "replace"):
        said = _("{hook} sudah ada dan tidak diubah; tambahkan sendiri baris ini: {line}")
        return f"{filtered}\n{said.format(hook=hook, line=_line(python))}"
    hook.parent.mkdir(parents=True, exist_ok=True)
    hook.write_text(f"#!/bin/sh\n{_line(python)}\n", "utf-8", newline="\n")
    hook.chmod(0o755)
    said = _("{hook} menolak commit yang memuat notebook dengan keluaran.")
    return f"{filtered}\n{said.format(hook=hook)}"


def _line(python: str) -> str:
    return f'"{python}" -m {MARK} || exit 1'


def _judge() -> int:
    """1 where a notebook is staged with outputs, which are answers too."""
    command = ["diff", "--cached", "--name-only", "--diff-filter=d", "-z", "--", "*.ipynb"]
    names = [name for name in _git(*command).decode().split("\0") if name]
    full = [name for name in names if bare.shows(_git("show", f":{name}"))]
    if full:
        said = _("Notebook ini memuat keluaran, jadi tidak di-commit: {names}. Pasang: make hooks")
        Console(stderr=True).print(said.format(names=", ".join(full)), soft_wrap=True)
    return 1 if full else 0


def _git(*arguments: str) -> bytes:
    return subprocess.run(["git", *arguments], check=True, capture_output=True).stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
