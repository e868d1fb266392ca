"""Rows of a database: one transaction that only reads, in parts, within bounds of time and size."""

from __future__ import annotations

import hashlib
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import pyarrow as pa
import pyarrow.compute as pc

from retention.errors import InputError
from retention.sources.cells import DATED
from retention.sources.course import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from retention.ingest import Limits
    from retention.sources.cells import ColumnType
    from retention.sources.configured import Database
    from retention.sources.course import Course

TO_FIND = 20  # seconds until there is a connection, the look-up of a host's name included
GRACE = 3  # seconds beyond a statement's time until the connection is given up
FOR_OTHERS = 5  # seconds for those who hold what is to be read
_LEAST = 1  # second that is left for the first rows
_ALMOST = 0.9  # of the time a statement had: clocks differ
_FIRST, _MOST = 500, 20_000  # rows of the first part, and of any
_PART = 8 << 20  # bytes of a part
_INSTANT = 1e-4  # seconds
_ANSWER = 100  # rows of a version, of which one is enough

Row = tuple[str | None, ...]


class Answer(Protocol):
    """What a database answers a statement: columns, and rows to be fetched in parts.

    Attributes
    ----------
    names, types : (m,) of the columns
    """

    names: tuple[str, ...]
    types: tuple[ColumnType, ...]

    def fetch(self, rows: int) -> Sequence[Row]:
        """The next rows, every cell as text; none at the end."""

    def close(self) -> None:
        """Have no more of it."""


class Connection(Line, Protocol):
    """A connection, as each database has its own.

    Attributes
    ----------
    failures : what its driver raises
    """

    failures: type[Exception]

    def begin(self, seconds: float) -> None:
        """Begin a transaction that only reads and sees one moment, where there is such; bound its time."""

    def allow(self, seconds: float) -> None:
        """Bound the time until the first rows of a statement to come, and of each part of the others."""

    def ask(self, statement: str) -> Answer:
        """Have one statement answered."""

    def quoted(self, name: str) -> str:
        """A name as a statement has it."""

    def refusal(self, failure: Exception, seconds: int, *, late: bool) -> InputError:
        """Why there is no answer: a failure of the driver in our words, which repeat none of its own.

        Parameters
        ----------
        seconds : a host gives it
        late : whether they are over
        """

    def close(self) -> None:
        """End it."""


@dataclass(frozen=True)
class Rows:
    """Rows as they came, every cell as text.

    Attributes
    ----------
    names, types : (m,) of the columns
    columns : (m,) arrays of texts
    """

    names: tuple[str, ...]
    types: tuple[ColumnType, ...]
    columns: tuple[pa.ChunkedArray, ...] = field(repr=False)


class Session:
    """A transaction of a database: it sees one moment, and changes nothing.

    Parameters
    ----------
    database : whose
    limits : of what may be read
    course : told how far it is
    """

    def __init__(self, connection: Connection, database: Database, limits: Limits, course: Course) -> None:
        self._connection, self._database, self._limits, self._course = connection, database, limits, course
        self._allowed, self._began = float(database.seconds), time.monotonic()

    def begin(self) -> None:
        """Begin it."""
        with self._answering():
            self._connection.begin(self._allowed)

    def version(self) -> str | None:
        """What changes when the rows do: a table's number of rows and its latest days; None of a query alone.

        Of a table it tells the course how many rows there are.
        """
        database = self._database
        if database.table is not None:
            found = self._found(self._state_of(self._table()))
            self._course.total = int(found[0][0] or 0)
        elif database.version is not None:
            found = self._found(database.version)
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
        with self._asked(self._database.query or f"SELECT * FROM {self._table()}") as answer:  # noqa: S608  the host's
            if len(answer.names) > self._limits.columns:
                raise InputError("too_many_columns", columns=len(answer.names), limit=self._limits.columns)
            parts = list(self._parts(answer))
        count = len(answer.names)
        columns = (pa.chunked_array([part[i] for part in parts], pa.string()) for i in range(count))
        return Rows(answer.names, answer.types, tuple(columns))

    def _table(self) -> str:
        return ".".join(map(self._connection.quoted, (self._database.table or "").split(".")))

    def _state_of(self, table: str) -> str:
        with self._asked(f"SELECT * FROM {table} LIMIT 0") as answer:  # noqa: S608  quoted
            self._fetched(answer, 1)  # to its end: some have one answer at a time
            columns = zip(answer.names, answer.types, strict=True)
            dated = [self._connection.quoted(name) for name, held in columns if held in DATED]
        asked = ", ".join(["count(*)", *(f"max({name})" for name in dated)])
        return f"SELECT {asked} FROM {table}"  # noqa: S608  quoted

    def _found(self, statement: str) -> Sequence[Row]:
        with self._asked(statement) as answer, self._answering():
            return answer.fetch(_ANSWER)

    def _allow(self, seconds: float) -> None:
        self._allowed = seconds
        with self._answering():
            self._connection.allow(seconds)

    @contextmanager
    def _asked(self, statement: str) -> Iterator[Answer]:
        """A statement whose rows are fetched in parts."""
        with self._answering():
            answer = self._connection.ask(statement)
        try:
            yield answer
        finally:
            with suppress(self._connection.failures), self._course.expecting(GRACE):
                answer.close()

    def _parts(self, answer: Answer) -> Iterator[list[pa.Array]]:
        """Columns of each part of the rows, as large as is good to handle."""
        size, wanted, began = 0, _FIRST, time.monotonic()
        while rows := self._fetched(answer, wanted):
            took = time.monotonic() - began
            if self._course.rows == 0:
                self._allow(self._database.seconds)
            part = [pa.array(column, pa.string()) for column in zip(*rows, strict=True)]
            self._refuse_long_cells(answer.names, part)
            size += sum(column.nbytes for column in part)
            self._course.rows += len(rows)
            self._refuse_excess(self._course.rows, size)
            yield part
            wanted = _wanted(len(rows) / max(took, _INSTANT), size / self._course.rows)
            began = time.monotonic()

    def _fetched(self, answer: Answer, wanted: int) -> Sequence[Row]:
        with self._answering():
            return answer.fetch(wanted)

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
            with self._course.expecting(self._allowed + GRACE):
                yield
        except self._connection.failures as failure:
            late = time.monotonic() - began >= _ALMOST * self._allowed
            refusal = self._connection.refusal(failure, self._database.seconds, late=late)
        if refusal is not None:  # out of the handler: the driver's error holds the password
            raise InputError("source_cancelled") if self._course.called_off else refusal


@contextmanager
def session(
    connect: Callable[[Database], Connection], database: Database, limits: Limits, course: Course
) -> Iterator[Session]:
    """A transaction of a database, whose connection is closed after it.

    Parameters
    ----------
    connect : refuses in our words where nobody answers, or who does lets nobody in
    """
    with course.expecting(TO_FIND):
        connection = connect(database)
    try:
        with course.over(connection):
            opened = Session(connection, database, limits, course)
            opened.begin()
            yield opened
    finally:
        connection.close()


def _wanted(pace: float, width: float) -> int:
    """Rows of the next part: few where they come slowly, so that what is there can be told, or are wide.

    Parameters
    ----------
    pace : rows a second
    width : bytes of a row
    """
    return max(1, min(_MOST, int(pace), int(_PART / max(width, 1))))
