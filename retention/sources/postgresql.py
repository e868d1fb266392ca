"""Rows of a PostgreSQL: one transaction that only reads, in parts, within bounds of time and size."""

from __future__ import annotations

import hashlib
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import psycopg
import pyarrow as pa
import pyarrow.compute as pc
from psycopg import sql
from psycopg.postgres import types
from psycopg.types.string import TextLoader

from retention.errors import InputError
from retention.sources.cells import DATED
from retention.sources.refusals import of_connecting, of_statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from psycopg.abc import Query

    from retention.ingest import Limits
    from retention.sources.configured import Database
    from retention.sources.course import Course

_TO_CONNECT = 5  # seconds for each of a host's addresses
_FOR_OTHERS = 5  # who hold what is to be read
_TO_FIND = 20  # seconds for all of them, the look-up of its name included
_GRACE = 3  # seconds beyond a statement's time until the connection is given up
_LEAST = 1  # second that is left for the first rows
_ALMOST = 0.9  # of the time a statement had: clocks differ
_FIRST, _MOST = 500, 20_000  # rows of the first part, and of any
_PART = 8 << 20  # bytes of a part
_INSTANT = 1e-4  # seconds
_ANSWER = 100  # rows of a version, of which one is enough


@dataclass(frozen=True)
class Rows:
    """Rows as they came, every cell as text.

    Attributes
    ----------
    names, oids : (m,) of the columns, and of their types
    columns : (m,) arrays of texts
    """

    names: tuple[str, ...]
    oids: tuple[int, ...]
    columns: tuple[pa.ChunkedArray, ...] = field(repr=False)


class Session:
    """A transaction of a database: it sees one moment, and changes nothing.

    Parameters
    ----------
    database : whose
    limits : of what may be read
    course : told how far it is
    """

    def __init__(
        self, connection: psycopg.Connection, database: Database, limits: Limits, course: Course
    ) -> None:
        self._connection, self._database, self._limits, self._course = connection, database, limits, course
        self._allowed, self._began = float(database.seconds), time.monotonic()

    def prepare(self) -> None:
        """Bound its time, and have it write as we read."""
        self._allow(self._allowed)
        self._set("lock_timeout", _milliseconds(min(_FOR_OTHERS, self._allowed / 2)))
        self._set("idle_in_transaction_session_timeout", _milliseconds(self._allowed + 2 * _GRACE))
        self._set("DateStyle", "ISO")

    def _allow(self, seconds: float) -> None:
        """Bound the time of each statement to come."""
        self._allowed = seconds
        self._set("statement_timeout", _milliseconds(seconds))

    def _set(self, name: str, value: str) -> None:
        with self._answering():
            told = sql.SQL("SET LOCAL {} = {}").format(sql.Identifier(name), sql.Literal(value))
            self._connection.execute(told)

    def version(self) -> str | None:
        """What changes when the rows do: a table's number of rows and its latest days; None of a query alone.

        Of a table it tells the course how many rows there are.
        """
        database = self._database
        if database.table is not None:
            found = self._answer(self._state_of(_named(database.table)))
            self._course.total = int(found[0][0])
        elif database.version is not None:
            found = self._answer(database.version.encode())
        else:
            return None
        return hashlib.sha256(repr(found).encode()).hexdigest()

    def rows(self) -> Rows:
        """All rows: the first ones in what is left of a statement's time, the others each in all of it.

        Raises
        ------
        InputError
            ``source_too_many_rows``, ``source_too_large``, ``source_cell_too_long``, ``too_many_columns``
        """
        self._refuse_excess(self._course.total or 0)
        self._allow(max(_LEAST, self._database.seconds - (time.monotonic() - self._began)))
        with self._asked(self._everything()) as cursor:
            about = cursor.description or ()
            if len(about) > self._limits.columns:
                raise InputError("too_many_columns", columns=len(about), limit=self._limits.columns)
            names, oids = tuple(each.name for each in about), tuple(each.type_code for each in about)
            parts = list(self._parts(cursor, names))
        columns = (pa.chunked_array([part[i] for part in parts], pa.string()) for i in range(len(names)))
        return Rows(names, oids, tuple(columns))

    def _everything(self) -> Query:
        database = self._database
        if database.table is None:
            return (database.query or "").encode()
        return sql.SQL("SELECT * FROM {}").format(_named(database.table))

    def _state_of(self, table: sql.Identifier) -> Query:
        with self._asked(sql.SQL("SELECT * FROM {} LIMIT 0").format(table)) as cursor:
            dated = [each.name for each in cursor.description or () if each.type_code in DATED]
        asked = [sql.SQL("count(*)"), *(sql.SQL("max({})").format(sql.Identifier(name)) for name in dated)]
        return sql.SQL("SELECT {} FROM {}").format(sql.SQL(", ").join(asked), table)

    def _answer(self, query: Query) -> list[tuple[Any, ...]]:
        with self._asked(query) as cursor, self._answering():
            return cursor.fetchmany(_ANSWER)

    @contextmanager
    def _asked(self, query: Query) -> Iterator[psycopg.ServerCursor[tuple[Any, ...]]]:
        """A statement whose rows are fetched in parts; one alone, for a cursor is of one."""
        cursor = self._connection.cursor("ritorno")
        try:
            with self._answering():
                cursor.execute(query)
            yield cursor
        finally:
            with suppress(psycopg.Error), self._course.expecting(_GRACE):
                cursor.close()

    def _parts(
        self, cursor: psycopg.ServerCursor[tuple[Any, ...]], names: Sequence[str]
    ) -> Iterator[list[pa.Array]]:
        """Columns of each part of the rows, as large as is good to handle."""
        size, wanted, began = 0, _FIRST, time.monotonic()
        while rows := self._fetched(cursor, wanted):
            took = time.monotonic() - began
            if self._course.rows == 0:
                self._allow(self._database.seconds)
            part = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
            self._refuse_long_cells(names, part)
            size += sum(column.nbytes for column in part)
            self._course.rows += len(rows)
            self._refuse_excess(self._course.rows, size)
            yield part
            wanted = _wanted(len(rows) / max(took, _INSTANT), size / self._course.rows)
            began = time.monotonic()

    def _fetched(self, cursor: psycopg.ServerCursor[tuple[Any, ...]], wanted: int) -> list[tuple[Any, ...]]:
        with self._answering():
            return cursor.fetchmany(wanted)

    def _refuse_excess(self, rows: int, size: int = 0) -> None:
        if rows > self._limits.rows:
            raise InputError("source_too_many_rows", limit=self._limits.rows)
        if size > self._limits.expanded_bytes:
            raise InputError("source_too_large")

    def _refuse_long_cells(self, names: Sequence[str], part: Sequence[pa.Array]) -> None:
        for name, column in zip(names, part, strict=True):
            longest = pc.max(pc.binary_length(column)).as_py() or 0
            if longest > self._limits.line_bytes:
                raise InputError("source_cell_too_long", column=name, limit=self._limits.line_bytes)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Wait for one answer: why there is none is said in our words."""
        if self._course.called_off:
            raise InputError("source_cancelled")
        began, refusal = time.monotonic(), None
        try:
            with self._course.expecting(self._allowed + _GRACE):
                yield
        except psycopg.Error as error:
            late = time.monotonic() - began >= _ALMOST * self._allowed
            refusal = of_statement(error, self._database.seconds, late=late)
        if refusal is not None:  # out of the handler: the driver's error holds the password
            raise InputError("source_cancelled") if self._course.called_off else refusal


@contextmanager
def session(database: Database, limits: Limits, course: Course) -> Iterator[Session]:
    """A transaction of a database, whose connection is closed after it."""
    connection = _connected(database, course)
    try:
        with course.over(connection):
            opened = Session(connection, database, limits, course)
            opened.prepare()
            yield opened
    finally:
        connection.close()


def _connected(database: Database, course: Course) -> psycopg.Connection:
    refusal = None
    try:
        with course.expecting(_TO_FIND):
            connection = psycopg.connect(
                database.address,
                connect_timeout=_TO_CONNECT,
                tcp_user_timeout=1000 * _TO_FIND,
                application_name="ritorno",
                client_encoding="UTF8",
            )
    except psycopg.Error as error:
        refusal = of_connecting(error)
    if refusal is not None:  # out of the handler: the driver's error holds the password
        raise refusal
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = True
    for each in types:
        for oid in (each.oid, each.array_oid):
            connection.adapters.register_loader(oid, TextLoader)
    return connection


def _wanted(pace: float, width: float) -> int:
    """Rows of the next part: few where they come slowly, so that what is there can be told, or are wide.

    Parameters
    ----------
    pace : rows a second
    width : bytes of a row
    """
    return max(1, min(_MOST, int(pace), int(_PART / max(width, 1))))


def _milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.0f}ms"


def _named(table: str) -> sql.Identifier:
    return sql.Identifier(*table.split("."))
