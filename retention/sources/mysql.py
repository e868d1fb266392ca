"""A MySQL or MariaDB: rows that stream, every cell as it writes it, and a second line to stop it by."""

from __future__ import annotations

import socket
from contextlib import closing, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any

from retention.sources import dbapi
from retention.sources.dbapi import ByDriver
from retention.sources.session import FOR_OTHERS, GRACE, TO_FIND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention.sources.configured import Database

_TO_CONNECT = 5  # seconds for each of a host's addresses
_TO_CANCEL = 3.0  # seconds a server has to take a cancel
_ON_ITS_WAY = 1000  # rows at a time
_BIT = 16  # the one type of numbers it writes as bytes (field_types.h)


class MySQL(ByDriver):
    """A connection to one."""

    def _connected(self, patience: float) -> Any:
        """A connection, for which nobody waits longer than for any other."""
        connection = super()._connected(min(patience, TO_FIND))
        connection._read_timeout = patience  # noqa: SLF001  PyMySQL has one for connecting and for answers
        return connection

    def _told(self, told: Mapping[str, Any], patience: float) -> dict[str, Any]:
        """What PyMySQL is told beside the address: to leave cells unread, to hand on rows as they come."""
        return {
            **super()._told(told, patience),
            "connect_timeout": min(_TO_CONNECT, patience),
            "read_timeout": patience,
            "charset": "utf8mb4",
            "program_name": "ritorno",
            "conv": {**import_module("pymysql.converters").encoders, _BIT: int.from_bytes},
            "cursorclass": import_module("pymysql.cursors").SSCursor,
        }

    def begin(self, seconds: float) -> None:
        """Begin a transaction that only reads and sees one moment."""
        super().begin(seconds)
        others = max(1, int(min(FOR_OTHERS, seconds / 2)))
        waits = f"lock_wait_timeout = {others}, innodb_lock_wait_timeout = {others}"
        self.ask(f"SET SESSION {waits}, wait_timeout = {int(seconds + 2 * GRACE)}").close()
        self.ask("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").close()
        self.ask("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY").close()

    def leave(self, cursor: Any) -> None:
        """Have no more of what a cursor is at: only what is on its way is waited for."""
        answer = cursor._result  # noqa: SLF001  nothing else tells whether there are rows to come
        if answer is not None and answer.unbuffered_active:
            self.cancel()
            with suppress(Exception):
                while self.fetch(cursor, _ON_ITS_WAY):
                    pass
            answer.unbuffered_active = False  # or it asks for them when its memory is given back
        super().leave(cursor)

    def cancel(self) -> None:
        """Have it stop what it is at; whoever does not answer is not waited for."""
        with suppress(Exception), closing(self._connected(_TO_CANCEL)) as other:
            other.cursor().execute(f"KILL QUERY {self._connection.thread_id()}")

    def cut(self) -> None:
        """End the line, whatever the server does."""
        line = self._connection._sock  # noqa: SLF001  PyMySQL shows it nowhere else
        with suppress(OSError):
            if line is not None:
                line.shutdown(socket.SHUT_RDWR)


def connect(database: Database) -> ByDriver:
    """A connection, or a refusal, as of `dbapi.connect`."""
    return dbapi.connect(database, MySQL)
