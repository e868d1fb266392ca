"""The folder of a store: nobody else's, one process at a time, and nothing in it that is not the store's."""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from retention.errors import InputError
from retention.store.manifest import BESIDE, NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOMS = ("rows", "tables", "customers")
_LOCK = "lock"
_OWN = {*ROOMS, NAME, BESIDE, _LOCK}


@contextmanager
def held(path: str, source: str) -> Iterator[Path]:
    """The folder of a store, made where there is none, as long as it is used.

    Parameters
    ----------
    source : where the orders are, which no store may be in

    Raises
    ------
    InputError
        ``store_among_orders``; ``store_not_empty`` of a folder with other things in it; ``store_in_use``;
        ``cannot_write``.
    """
    folder, orders = Path(path).resolve(), Path(source).resolve()
    if folder == orders or orders in folder.parents:
        raise InputError("store_among_orders", name=path)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if {entry.name for entry in folder.iterdir()} - _OWN:
            raise InputError("store_not_empty", name=path)
        folder.chmod(0o700)
        for room in ROOMS:
            (folder / room).mkdir(mode=0o700, exist_ok=True)
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise InputError("cannot_write", name=path, reason=error.strerror or "") from error
    try:
        _lock(lock, path)
        yield folder
    finally:
        os.close(lock)


def _lock(file: int, path: str) -> None:
    """Hold a file until this process ends or closes it, however it ends."""
    try:
        locks = import_module("fcntl")
    except ImportError:  # a system without such locks
        return
    try:
        locks.flock(file, locks.LOCK_EX | locks.LOCK_NB)
    except OSError as error:
        raise InputError("store_in_use", name=path) from error


def tidy(folder: Path, kept: set[str]) -> None:
    """Delete files of a store that are no longer told of in its manifest."""
    for room in ROOMS:
        for file in (folder / room).iterdir():
            if f"{room}/{file.name}" not in kept:
                with suppress(OSError):
                    file.unlink()
