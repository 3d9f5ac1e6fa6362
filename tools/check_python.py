"""Say in one line what this Python lacks to build .venv; old ones can run this."""

import sys


def lacking(version: tuple, venv: bool) -> str:
    """What to install first; empty where this version, with or without venv, will do."""
    name = ".".join(map(str, version))
    if version < (3, 11):
        return (
            f"Python {name} terlalu lama: perlu Python 3.11 atau lebih baru. Bila sudah terpasang "
            "dengan nama lain, sebutkan: make reports PYTHON=python3.11"
        )
    if not venv:
        return (
            "Python ini belum dapat membuat .venv. "
            f"Di Debian atau Ubuntu, pasang dahulu: sudo apt install python{name}-venv"
        )
    return ""


def main() -> None:
    try:
        import ensurepip  # noqa: F401  Debian and Ubuntu keep it with venv, in a package of its own
        import venv  # noqa: F401
    except ImportError:
        sys.exit(lacking(sys.version_info[:2], venv=False))
    sys.exit(lacking(sys.version_info[:2], venv=True) or 0)


if __name__ == "__main__":
    main()
