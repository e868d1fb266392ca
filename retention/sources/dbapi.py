"""A database by the driver SQLAlchemy has for it (PEP 249)."""

from __future__ import annotations

import json
from contextlib import contextmanager, suppress
from decimal import Decimal
from threading import Timer
from typing import TYPE_CHECKING, Any

from sqlalchemy import make_url

from retention.errors import InputError
from retention.sources.refusals import codes_of, of_driver, stopped
from retention.sources.session import GRACE, TO_FIND
from retention.sources.systems import SYSTEMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import URL, Dialect

    from retention.sources.cells import ColumnType
    from retention.sources.configured import Database
    from retention.sources.session import Row
    from retention.sources.systems import System


class ByDriver:
    """A connection to one.

    Attributes
    ----------
    failures : what its driver raises: more than PEP 249 names, for what lies below it may raise as well
    """

    failures: type[Exception] = Exception

    def __init__(self, database: Database) -> None:
        self._database, self._system = database, SYSTEMS[database.system]
        self._seconds, self._late = float(database.seconds), False
        self._dialect = _dialect(make_url(database.address))
        self._connection = self._connected(max(TO_FIND, database.seconds + 2 * GRACE))

    def _connected(self, patience: float) -> Any:
        """A connection of the driver's.

        Parameters
        ----------
        patience : seconds until a driver that can gives up an answer itself
        """
        _, told = self._dialect.create_connect_args(make_url(self._database.address))
        return self._dialect.connect(**{**told, **self._told(told, patience)})

    def _told(self, told: Mapping[str, Any], _: float) -> dict[str, Any]:
        """What the driver is told beside what the address tells it."""
        return self._system.told(told, self._database.seconds)

    def begin(self, seconds: float) -> None:
        """Bound its time; there are no transactions that only read."""
        self.allow(seconds)

    def allow(self, seconds: float) -> None:
        """Bound the time until the first rows of a statement to come, and of each part of the others."""
        self._seconds = seconds

    def ask(self, statement: str) -> Fetching:
        """Have one statement answered."""
        cursor = self._connection.cursor()
        try:
            with self._in_time():
                cursor.execute(statement)
        except Exception:
            with suppress(Exception):
                self.leave(cursor)
            raise
        return Fetching(cursor, self)

    def fetch(self, cursor: Any, rows: int) -> Sequence[tuple[Any, ...]]:
        """The next rows of a cursor, as the driver gives them."""
        with self._in_time():
            found: Sequence[tuple[Any, ...]] = cursor.fetchmany(rows)
        return found

    def leave(self, cursor: Any) -> None:
        """Have no more of what a cursor is at."""
        cursor.close()

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """Have what takes too long stopped: no server bounds the time of a part of the rows."""
        waiting = Timer(self._seconds, self._stop)
        waiting.daemon = True
        waiting.start()
        try:
            yield
        finally:
            waiting.cancel()
        if self._late:  # some answer a stopped statement as if it had come to its end
            raise TimeoutError

    def _stop(self) -> None:
        self._late = True
        self.cancel()

    def quoted(self, name: str) -> str:
        """A name as a statement has it."""
        return self._dialect.identifier_preparer.quote_identifier(name)

    def type_of(self, about: Sequence[Any]) -> ColumnType:
        """What a column holds, by its description."""
        held = self._system.types.get(about[1], "text")
        return "whole" if held == "decimal" and about[5] == 0 else held

    def refusal(self, failure: Exception, seconds: int, *, late: bool) -> InputError:
        """Why there is no answer."""
        if self._late:
            return stopped(seconds, late=True)
        return of_driver(failure, self._system, seconds, late=late)

    def cancel(self) -> None:
        """Have it stop what it is at, as far as its driver can."""
        self.close()

    def cut(self) -> None:
        """End the line."""
        self.close()

    def close(self) -> None:
        """End it: what it may still say is of no use to anybody."""
        with suppress(Exception):
            self._connection.close()


class Fetching:
    """What one answers, fetched in parts."""

    def __init__(self, cursor: Any, connection: ByDriver) -> None:
        self._cursor, self._connection = cursor, connection
        about = cursor.description or ()
        self.names = tuple(str(each[0]) for each in about)
        self.types = tuple(map(connection.type_of, about))

    def fetch(self, rows: int) -> Sequence[Row]:
        """The next rows, every cell as text."""
        return [tuple(map(_written, row)) for row in self._connection.fetch(self._cursor, rows)]

    def close(self) -> None:
        """Have no more of them."""
        self._connection.leave(self._cursor)


def connect(database: Database, way: type[ByDriver] = ByDriver) -> ByDriver:
    """A connection.

    Parameters
    ----------
    way : of those to such a database

    Raises
    ------
    InputError
        ``source_unreachable``, ``source_refused``
    """
    answered = True
    try:
        return way(database)
    except Exception as failure:  # noqa: BLE001  drivers raise more than PEP 249 names
        answered = _answered(failure, SYSTEMS[database.system])
    # out of the handler: the driver's error may hold the password
    raise InputError("source_refused" if answered else "source_unreachable")


def _dialect(url: URL) -> Dialect:
    named: Any = url.get_dialect()
    found: Dialect = named(dbapi=named.import_dbapi())
    return found


def _answered(failure: Exception, system: System) -> bool:
    """Whether there is somebody, who lets nobody in; drivers have one class for a line that fails."""
    if system.refuses.intersection(codes_of(failure)):
        return True
    classes = {each.__name__ for each in type(failure).__mro__}
    return not classes & {"OSError", "OperationalError"}


def _written(value: Any) -> str | None:
    """A cell as text, as `retention.sources.cells` reads it."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bytes):
        return rf"\x{value.hex()}"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)  # of days and moments it is ISO 8601
