"""Orders of a folder with a store: where files are new, only their customers' rows are looked at."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import narwhals as nw
import pandas as pd

from retention.changed import Change
from retention.ingest.large.reading import Reader
from retention.orders import ChangedOrders, Orders
from retention.store.anew import files_of, newly, read_as, why
from retention.store.folder import held, tidy
from retention.store.kept import Keeping, unwritten, written
from retention.store.manifest import Manifest, version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping as Dictionary
    from pathlib import Path

    from retention.engines import Beyond
    from retention.ingest import Intake, Mapping, RawTable, Source
    from retention.store.anew import Anew

_USED = "SELECT {columns} FROM {{read}} WHERE outcome = 'used'"
_NOBODY = "SELECT * FROM {rows} LIMIT 0"
_TOUCHED = "SELECT DISTINCT customer_id FROM {new}"
_THEIRS = "SELECT r.* FROM {rows} r SEMI JOIN {touched} t ON r.customer_id = t.customer_id"
_BOTH = "SELECT * FROM {rows} UNION ALL BY NAME SELECT * FROM {new}"
_READ = "SELECT *, 'used' AS outcome FROM {rows}"
_MOST_FILES = 32  # of rows; beyond, those that were added are put together


@dataclass(frozen=True)
class Stored:
    """The orders of a source, and the store to be written once all that is asked of them was counted.

    Attributes
    ----------
    intake : the orders, and what became of each row
    anew : why the store is made anew; None where it is brought up to date, or there was none
    """

    intake: Intake
    anew: Anew | None
    _folder: Path
    _keeping: Keeping
    _manifest: Manifest

    def write(self) -> None:
        """Write what was counted; until this is done, the store is what it was.

        Raises
        ------
        InputError
            ``cannot_write``, ``store_out_of_room``.
        """
        customers, tables = self._keeping.written(), self._keeping.tables
        manifest = replace(self._manifest, tables=tables, customers=customers)
        files = manifest.own_files
        try:
            sizes = {file: (self._folder / file).stat().st_size for file in files}
            replace(manifest, sizes=sizes).write(self._folder)
        except OSError as error:
            raise unwritten(self._folder, error) from error
        tidy(self._folder, set(files))


@contextmanager
def stored(
    folder: str, source: Source, part: RawTable, mapping: Mapping, engine: Beyond, **asked: Any
) -> Iterator[Stored]:
    """The orders of a source, with what a store in a folder knows of them.

    Parameters
    ----------
    part, mapping, engine, asked : as of `retention.ingest.large_orders`

    Raises
    ------
    InputError
        As of `retention.ingest.large_orders` and of `retention.store.folder.held`; ``cannot_write``,
        ``store_out_of_room``.
    """
    with held(folder, source.path) as place:
        reader = Reader.of(source, part, mapping, engine, **asked)
        now, before = files_of(source), Manifest.read(place)
        anew = why(place, before, reader, source, now)
        number = 1 if before is None else before.number + 1
        known = None if anew else before
        rows = _Rows(place, reader, known, newly(source, known, now), number)
        manifest = Manifest(
            version=version(),
            number=number,
            read_as=read_as(reader, source),
            files={name: stat for name, (_, stat) in now.items()},
            counted=_told(rows.counted),
            rows=rows.files,
        )
        keeping = Keeping(place, reader.engine, known, rows.touched, number)
        intake = reader.intake(ChangedOrders(rows.change(keeping)), rows.counted)
        yield Stored(intake, anew, place, keeping, manifest)


class _Rows:
    """The rows that are used: those of the store, and those of new files, which are put beside them.

    Attributes
    ----------
    counted : all rows by what became of them
    files : of the store's rows, with those that are new
    touched : frame of who has new rows, None where the store is new
    """

    def __init__(
        self, folder: Path, reader: Reader, known: Manifest | None, new: Source, number: int
    ) -> None:
        self._folder, self._reader, self._engine = folder, reader, reader.engine
        read = reader.read(new) if new.files else None
        self.counted = _added_up(known, None if read is None else reader.counted(read))
        used = _USED.format(columns=", ".join(map(self._engine.sql.quoted, reader.columns)))
        self.touched: Any = None
        file = f"rows/{number}.parquet"
        if known is None:
            self.files = [self._write(self._engine.viewed(used, read=read), file)]
            return
        self._old, self.files = self._parquet(known.rows), known.rows
        if read is None:
            self._new = self._engine.viewed(_NOBODY, rows=self._old)
        else:
            self._new = self._engine.asked(used, read=read)
            self.files = self._beside(known.rows, file)
        self.touched = self._engine.asked(_TOUCHED, new=self._new)

    def change(self, keeping: Keeping) -> Change[Orders]:
        """The orders of all rows, and of who has new ones: without them, and with them."""
        change = Change("orders", keeping, cache(lambda: self._orders(self._parquet(self.files))))
        if self.touched is None:
            return change
        theirs = self._engine.asked(_THEIRS, rows=self._old, touched=self.touched)
        both = self._engine.viewed(_BOTH, rows=theirs, new=self._new)
        before, after = (cache(lambda rows=rows: self._orders(rows)) for rows in (theirs, both))
        return replace(change, before=before, after=after)

    def _orders(self, rows: Any) -> Orders:
        return self._reader.orders(self._engine.viewed(_READ, rows=rows), self.counted)

    def _beside(self, files: list[str], file: str) -> list[str]:
        """The new rows in a file beside the others, or together with what was added before."""
        first, *added = files
        if len(added) < _MOST_FILES:
            return [*files, self._write(self._new, file)]
        rows = self._engine.viewed(_BOTH, rows=self._parquet(added), new=self._new)
        return [first, self._write(rows, file)]

    def _parquet(self, files: list[str]) -> Any:
        return self._engine.parquet(str(self._folder), [str(self._folder / file) for file in files])

    def _write(self, rows: Any, file: str) -> str:
        written(self._engine, nw.from_native(rows).lazy(), self._folder, file)
        return file


def _added_up(known: Manifest | None, new: pd.DataFrame | None) -> pd.DataFrame:
    """Rows by what became of them, those of the store and new ones."""
    parts = [] if new is None else [new.reset_index()]
    if known is not None:
        old = pd.DataFrame([{"outcome": name, **of} for name, of in known.counted.items()])
        parts.append(old.astype({"first": "datetime64[us]", "last": "datetime64[us]", "amount": float}))
    rows = pd.concat(parts, ignore_index=True).groupby("outcome")
    found = rows.agg({"rows": "sum", "first": "min", "last": "max"})
    return found.assign(amount=rows["amount"].sum(min_count=1))


def _told(counted: pd.DataFrame) -> Dictionary[str, Dictionary[str, Any]]:
    return {
        str(outcome): {
            "rows": int(of["rows"]),
            "amount": None if pd.isna(of["amount"]) else float(of["amount"]),
            **{name: None if pd.isna(of[name]) else str(of[name]) for name in ("first", "last")},
        }
        for outcome, of in counted.iterrows()
    }
