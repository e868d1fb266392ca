"""A PostgreSQL: a cursor at the server, and every cell as it writes it."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

import psycopg
from psycopg import sql
from psycopg.postgres import types
from psycopg.types.string import TextLoader

from retention.sources.refusals import of_connecting, of_sqlstate
from retention.sources.session import FOR_OTHERS, GRACE, TO_FIND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention.errors import InputError
    from retention.sources.cells import ColumnType
    from retention.sources.configured import Database
    from retention.sources.session import Row

_TO_CONNECT = 5  # seconds for each of a host's addresses
_TO_CANCEL = 3.0  # seconds a server has to take a cancel
# Object identifiers of PostgreSQL's own types (pg_type.dat); every other is text
_TYPES: dict[int, ColumnType] = {
    16: "truth",
    20: "whole",
    21: "whole",
    23: "whole",
    26: "whole",
    700: "float",
    701: "float",
    1082: "day",
    1114: "moment",
    1184: "zoned",
    1700: "decimal",
}


class PostgreSQL:
    """A connection to one.

    Attributes
    ----------
    failures : what its driver raises
    """

    failures: type[Exception] = psycopg.Error

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def begin(self, seconds: float) -> None:
        """Begin a transaction that only reads and sees one moment; have it write as we read."""
        self._connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        self._connection.read_only = True
        self.allow(seconds)
        self._set("lock_timeout", _milliseconds(min(FOR_OTHERS, seconds / 2)))
        self._set("idle_in_transaction_session_timeout", _milliseconds(seconds + 2 * GRACE))
        self._set("DateStyle", "ISO")

    def allow(self, seconds: float) -> None:
        """Bound the time of each statement to come."""
        self._set("statement_timeout", _milliseconds(seconds))

    def _set(self, name: str, value: str) -> None:
        told = sql.SQL("SET LOCAL {} = {}").format(sql.Identifier(name), sql.Literal(value))
        self._connection.execute(told)

    def ask(self, statement: str) -> Fetching:
        """Have one statement answered; one alone, for a cursor is of one."""
        cursor = self._connection.cursor("ritorno")
        try:
            cursor.execute(statement.encode())
        except psycopg.Error:
            with suppress(psycopg.Error):
                cursor.close()
            raise
        return Fetching(cursor)

    def quoted(self, name: str) -> str:
        """A name as a statement has it."""
        return sql.Identifier(name).as_string(self._connection)

    def refusal(self, failure: Exception, seconds: int, *, late: bool) -> InputError:
        """Why there is no answer; without a code it is the connection itself."""
        return of_sqlstate(cast("psycopg.Error", failure).sqlstate, seconds, late=late)

    def cancel(self) -> None:
        """Have it stop what it is at."""
        with suppress(psycopg.Error):  # it does not answer: then it is not waited for either
            self._connection.cancel_safe(timeout=_TO_CANCEL)

    def cut(self) -> None:
        """End the line, whatever the server does."""
        with (
            suppress(OSError, psycopg.Error),
            socket.socket(fileno=os.dup(self._connection.fileno())) as line,
        ):
            line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """End it."""
        self._connection.close()


class Fetching:
    """What one answers, fetched in parts by a cursor at the server."""

    def __init__(self, cursor: psycopg.ServerCursor[tuple[Any, ...]]) -> None:
        about = cursor.description or ()
        self._cursor = cursor
        self.names = tuple(each.name for each in about)
        self.types: tuple[ColumnType, ...] = tuple(_TYPES.get(each.type_code, "text") for each in about)

    def fetch(self, rows: int) -> Sequence[Row]:
        """The next rows."""
        return self._cursor.fetchmany(rows)

    def close(self) -> None:
        """Have no more of them."""
        self._cursor.close()


def connect(database: Database) -> PostgreSQL:
    """A connection.

    Raises
    ------
    InputError
        ``source_unreachable``, ``source_refused``
    """
    refusal = None
    try:
        connection = psycopg.connect(
            database.address,
            connect_timeout=_TO_CONNECT,
            tcp_user_timeout=1000 * TO_FIND,
            application_name="ritorno",
            client_encoding="UTF8",
        )
    except psycopg.Error as error:
        refusal = of_connecting(error)
    if refusal is not None:  # out of the handler: the driver's error holds the password
        raise refusal
    for each in types:
        for oid in (each.oid, each.array_oid):
            connection.adapters.register_loader(oid, TextLoader)
    return PostgreSQL(connection)


def _milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:.0f}ms"
