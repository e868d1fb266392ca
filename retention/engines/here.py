"""Files where this process runs."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from retention.errors import InputError


def files_here(path: str) -> list[str]:
    """The file of a path, or those of a folder and of the folders in it, in order.

    Raises
    ------
    InputError
        ``cannot_open``, ``source_not_allowed``.
    """
    place = Path(path)
    if not place.exists():
        raise InputError("cannot_open", name=path, reason=os.strerror(errno.ENOENT))
    found = sorted(place.rglob("*")) if place.is_dir() else [place]
    files = [str(file) for file in found if file.is_file()]
    barred = next((file for file in files if not os.access(file, os.R_OK)), None)
    if barred is not None:
        raise InputError("source_not_allowed", reason=barred)
    return files
