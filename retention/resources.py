"""What ships with the library but is no module of it: the app's pages and settings, the sample shop."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(name: str) -> Path:
    """A file of the project, by its path from the project's root.

    A checkout has it there; a wheel carries it inside the package (pyproject's force-include).
    """
    carried = _PACKAGE / "_resources" / name
    return carried if carried.exists() else _PACKAGE.parent / name
