"""How far a reading is, and the way to break it off: what the one who reads and the one who waits share."""

from __future__ import annotations

import math
import os
import socket
import time
from contextlib import contextmanager, suppress
from threading import Lock
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

_TO_CANCEL = 3.0  # seconds a server has to take a cancel


class Course:
    """The course of a reading.

    Attributes
    ----------
    rows, total : read so far; there are, None where that is not known
    called_off : whether whoever waited does not want it any more
    """

    def __init__(self) -> None:
        self.rows = 0
        self.total: int | None = None
        self.called_off = False
        self._latest = math.inf
        self._connection: psycopg.Connection | None = None
        self._changing = Lock()

    @property
    def overdue(self) -> bool:
        """Whether what is waited for should have come, or failed by itself, by now."""
        return time.monotonic() > self._latest

    @property
    def share(self) -> float | None:
        """How much of it is read, from 0 to 1; None where that is not known."""
        return min(1.0, self.rows / self.total) if self.total else None

    @property
    def connected(self) -> bool:
        """Whether there is a connection."""
        return self._connection is not None

    @contextmanager
    def expecting(self, seconds: float) -> Iterator[None]:
        """Wait for an answer that must come, or fail by itself, within a time."""
        self._latest = time.monotonic() + seconds
        try:
            yield
        finally:
            self._latest = math.inf

    @contextmanager
    def over(self, connection: psycopg.Connection) -> Iterator[None]:
        """Let what runs on a connection be broken off."""
        with self._changing:
            self._connection = connection
        try:
            yield
        finally:
            with self._changing:
                self._connection = None

    def call_off(self) -> None:
        """Have the server stop what it does for this reading; what comes after that is not begun."""
        self.called_off = True
        with self._changing:
            if self._connection is not None:
                with suppress(psycopg.Error):  # it does not answer: then it is not waited for either
                    self._connection.cancel_safe(timeout=_TO_CANCEL)

    def break_off(self) -> None:
        """End the connection, whatever the server does: whoever waits for its answer is told at once."""
        self.called_off = True
        with self._changing, suppress(OSError, psycopg.Error):
            if self._connection is not None:
                with socket.socket(fileno=os.dup(self._connection.fileno())) as line:
                    line.shutdown(socket.SHUT_RDWR)
