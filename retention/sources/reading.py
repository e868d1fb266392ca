"""A source to the table a file becomes: in a thread of its own, and once for all who may see it."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any

import pyarrow.compute as pc

from retention import ingest
from retention.errors import InputError
from retention.ingest import DEFAULT_LIMITS
from retention.sources import dbapi, files, mysql, postgresql
from retention.sources.cells import column_of
from retention.sources.configured import ByEngine, Files
from retention.sources.held import Held, version_of
from retention.sources.session import session
from retention.sources.work import LOOK, Work

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    from retention.ingest import Limits, RawTable
    from retention.sources.configured import Database, Source
    from retention.sources.session import Connection, Rows

_FRESH = timedelta(hours=1)  # of what tells no version
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Found:
    """What a source gave.

    Attributes
    ----------
    raw : its rows, as a file's
    version : what they were known by, None where nothing tells
    read : when they were
    held : who has the rows, where these are but a part of them
    """

    raw: RawTable
    version: str | None
    read: datetime
    held: Held | None = None

    def is_fresh(self, version: str | None) -> bool:
        """Whether a source that is of a version now would give the same again, as far as can be told."""
        if version is None:
            return self.version is None and datetime.now(tz=UTC) - self.read < _FRESH
        return version == self.version


class _Place:
    """Where the last reading of one source is."""

    def __init__(self) -> None:
        self.alone = Lock()
        self.found: Found | None = None


class Shelf:
    """The last reading of each source: whoever asks first has it read, the others are given it.

    Who may see a source is asked before anybody reads it, by whoever holds the shelf.
    """

    def __init__(self) -> None:
        self._places: dict[Source, _Place] = {}
        self._changing = Lock()

    def place_of(self, source: Source) -> _Place:
        """Its place; one whose configuration has changed is another."""
        with self._changing:
            return self._places.setdefault(source, _Place())


class Reading(Work[Found]):
    """A source that is being read.

    Parameters
    ----------
    shelf : where a reading of the same version may be
    anew : whether it is read even so
    """

    def __init__(
        self, source: Source, shelf: Shelf, *, anew: bool = False, limits: Limits = DEFAULT_LIMITS
    ) -> None:
        self._source, self._place, self._anew, self._limits = source, shelf.place_of(source), anew, limits
        super().__init__(f"source {source.key}")

    def _made(self) -> Found:
        with self._alone(self._place.alone):
            return self._found()

    def _refused(self, refusal: InputError) -> InputError:
        """A refusal that names the source: a new one, which leads to no place where its address is known."""
        told = InputError(refusal.code, **{**refusal.details, "name": self._source.name})
        if refusal.code != "source_cancelled":
            _LOG.warning(
                "source %s: %s %s", self._source.key, told.code, told.details.get("database_code", "")
            )
        return told

    def _found(self) -> Found:
        place = self._source.place
        if isinstance(place, ByEngine):
            return self._by_engine(place)
        return self._of_files(place) if isinstance(place, Files) else self._of_database(place)

    def _by_engine(self, place: ByEngine) -> Found:
        version = version_of(place)
        kept = self._kept(version)
        if kept is not None:
            return kept
        now, held = datetime.now(tz=UTC), Held.opened(place, self.course)
        try:
            return self._keep(held.part, version, now, held)
        except BaseException:
            held.close()
            raise

    def _of_files(self, place: Files) -> Found:
        paths = files.members(place)
        version = files.version_of(paths)
        kept = self._kept(version)
        if kept is not None:
            return kept
        now = datetime.now(tz=UTC)
        return self._keep(files.rows_of(paths, self._limits), version, now)

    def _of_database(self, place: Database) -> Found:
        with session(_way_to(place), place, self._limits, self.course) as opened:
            version = opened.version()
            kept = self._kept(version)
            if kept is not None:
                return kept
            now, rows = datetime.now(tz=UTC), opened.rows()
        return self._keep(_raw_table(rows, self._source.name), version, now)

    def _kept(self, version: str | None) -> Found | None:
        found = self._place.found
        return found if found is not None and not self._anew and found.is_fresh(version) else None

    def _keep(self, raw: RawTable, version: str | None, now: datetime, held: Held | None = None) -> Found:
        """Put a reading where others find it, as the source's own: no other table is known by its hash."""
        self._go_on()
        source = self._source
        opened = "" if held is None else f" {now} {version}"  # a part is no telling of the rest
        content = hashlib.sha256(f"{source.key} {raw.content_hash}{opened}".encode()).hexdigest()
        told: dict[str, Any] = {"known": dict(source.columns), "currency": source.currency}
        known = replace(raw, name=source.name, content_hash=content, read=now, **told)
        self._place.found = Found(known, version, now, held)
        return self._place.found


def _way_to(place: Database) -> Callable[[Database], Connection]:
    """How a database is connected to."""
    ways: dict[str, Callable[[Database], Connection]] = {
        "postgresql": postgresql.connect,
        "mysql": mysql.connect,
    }
    return ways.get(place.system, dbapi.connect)


def _raw_table(rows: Rows, name: str) -> RawTable:
    """Rows of a database as a table, each column of its type."""
    if not any(map(len, rows.columns)):
        raise InputError("source_empty")
    columns = [column_of(texts, held) for texts, held in zip(rows.columns, rows.types, strict=True)]
    typed = {place: mask for place, (_, mask) in enumerate(columns) if mask is not None}
    return ingest.table_of([array for array, _ in columns], rows.names, typed, name, _hash(rows))


def _hash(rows: Rows) -> str:
    """SHA-256 of names and cells, in whatever parts they came."""
    found = hashlib.sha256(repr((rows.names, rows.types)).encode())
    for column in rows.columns:
        sizes, letters = hashlib.sha256(), hashlib.sha256()
        for part in column.chunks:
            lengths = pc.fill_null(pc.binary_length(part), -1).to_numpy()
            sizes.update(lengths)
            letters.update(_letters(part, int(lengths[lengths > 0].sum())))
        found.update(sizes.digest() + letters.digest())
    return found.hexdigest()


def _letters(part: pa.Array, size: int) -> memoryview:
    """All texts of a part, one after the other; what its memory has beyond them is nobody's."""
    held = part.buffers()[-1]
    return memoryview(b"" if held is None else held)[:size]


def read(source: Source) -> RawTable:
    """A source's rows, for whoever waits for nothing else; what interrupts them ends it.

    Raises
    ------
    InputError
        ``source_by_engine`` of rows an engine has, of which this would be a part.
    """
    if isinstance(source.place, ByEngine):
        raise InputError("source_by_engine", name=source.name, engine=source.place.engine)
    reading = Reading(source, Shelf())
    try:
        while not reading.wait(LOOK):
            pass
        return reading.result().raw
    finally:
        reading.cancel()
