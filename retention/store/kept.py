"""Tables and rows by customer as a store has them, and as they are to be written."""

from __future__ import annotations

import errno
import hashlib
from typing import TYPE_CHECKING, Any

import narwhals as nw
import pandas as pd

from retention.engines import collected
from retention.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from retention.changed import Change
    from retention.engines import Beyond
    from retention.store.manifest import Manifest

MOST_CHANGED = 0.2  # of the rows by customer; beyond, all of them are written anew

_THOSE_NOW = """
SELECT * FROM {base} b ANTI JOIN {gone} g ON b.customer_id = g.customer_id
UNION ALL BY NAME SELECT * FROM {delta}"""
_CHANGED = """
SELECT * FROM {delta} d ANTI JOIN {touched} t ON d.customer_id = t.customer_id
UNION ALL BY NAME SELECT * FROM {after}"""
_GONE = "SELECT customer_id FROM {gone} UNION SELECT customer_id FROM {touched}"


class Keeping:
    """What a store keeps, see `retention.changed.Kept`.

    Parameters
    ----------
    folder : of the store
    engine : who holds the rows
    old : what it held before; None where it is made anew
    touched : frame of the `customer_id` of customers with new rows
    number : of this time it is written
    """

    def __init__(self, folder: Path, engine: Beyond, old: Manifest | None, touched: Any, number: int) -> None:
        self._folder, self._engine, self._old, self._touched = folder, engine, old, touched
        self._number = number
        self._made: dict[str, pd.DataFrame] = {}
        self._files: dict[str, str] = {}
        self._rows: dict[str, tuple[Any, ...]] = {}

    def table(self, name: str) -> pd.DataFrame | None:
        """A table by its name, as it was."""
        file = None if self._old is None else self._old.tables.get(name)
        if file is None:
            return None
        try:
            return pd.read_parquet(self._folder / file)
        except (OSError, ValueError) as error:
            raise InputError("store_broken", name=str(self._folder)) from error

    def made(self, name: str) -> pd.DataFrame | None:
        """A table as it is now."""
        return self._made.get(name)

    def keep(self, name: str, table: pd.DataFrame) -> None:
        """Keep a table: in a file that the store knows of once it is written."""
        if name in self._made:
            return
        self._made[name] = table
        told = hashlib.sha256(name.encode()).hexdigest()[:24]
        file = f"tables/{self._number}-{told}.parquet"
        try:
            table.to_parquet(self._folder / file, index=False)
        except OSError as error:
            raise unwritten(self._folder, error) from error
        self._files[name] = file

    def rows(self, name: str, change: Change[Any]) -> Any:
        """Rows by customer, of all as they are now."""
        files = None if self._old is None else self._old.customers.get(name)
        if files is None or change.after is None:
            self._rows[name] = (change.whole(),)
            return change.whole()
        base, delta, gone = (self._read(files.get(part)) for part in ("base", "delta", "gone"))
        after = change.after()
        if delta is None:
            delta, gone = after, self._touched
        else:
            delta = self._engine.asked(_CHANGED, delta=delta, touched=self._touched, after=after)
            gone = self._engine.asked(_GONE, gone=gone, touched=self._touched)
        now = self._engine.viewed(_THOSE_NOW, base=base, gone=gone, delta=delta)
        self._rows[name] = (now, files["base"], base, delta, gone)
        return now

    def _read(self, file: str | None) -> Any:
        if file is None:
            return None
        place = str(self._folder / file)
        return self._engine.parquet(place, [place])

    @property
    def tables(self) -> dict[str, str]:
        """Files of the tables as they are now, by name."""
        return self._files

    def written(self) -> dict[str, dict[str, str]]:
        """Write the rows by customer, as they are now: their files, by name."""
        return {name: self._written(n, rows) for n, (name, rows) in enumerate(self._rows.items())}

    def _written(self, place: int, rows: tuple[Any, ...]) -> dict[str, str]:
        now, *before = rows
        stem = f"{self._number}-{place}"
        if before:
            file, base, delta, gone = before
            if _length(delta) <= MOST_CHANGED * _length(base):
                return {
                    "base": file,
                    "delta": self._write(delta, f"customers/{stem}-delta.parquet"),
                    "gone": self._write(gone, f"customers/{stem}-gone.parquet"),
                }
        return {"base": self._write(now, f"customers/{stem}-all.parquet")}

    def _write(self, rows: Any, file: str) -> str:
        written(self._engine, nw.from_native(rows).lazy(), self._folder, file)
        return file


def written(engine: Beyond, rows: nw.LazyFrame[Any], folder: Path, file: str) -> None:
    """Write rows into a store.

    Raises
    ------
    InputError
        ``store_out_of_room``, and as of `Beyond.written`.
    """
    try:
        engine.written(rows, str(folder / file))
    except InputError as error:
        if error.code != "engine_out_of_disk":
            raise
        raise InputError("store_out_of_room", name=str(folder)) from error


def unwritten(folder: Path, error: OSError) -> InputError:
    """Why a file of a store could not be written."""
    if error.errno == errno.ENOSPC:
        return InputError("store_out_of_room", name=str(folder))
    return InputError("cannot_write", name=str(folder), reason=error.strerror or str(error))


def _length(rows: Any) -> int:
    return int(collected(nw.from_native(rows).lazy().select(rows=nw.len()))["rows"].iloc[0])
