"""How far a reading is, and the way to break it off: what the one who reads and the one who waits share."""

from __future__ import annotations

import math
import time
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.engines import Asking, Beyond


class Line(Protocol):
    """A connection, for whoever breaks off what runs on it, from another thread."""

    def cancel(self) -> None:
        """Have the server stop what it is at, and wait for it a moment."""

    def cut(self) -> None:
        """End it, whatever the server does."""


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
        self._line: Line | None = None
        self._asking: Asking | None = None
        self._changing = Lock()

    @property
    def overdue(self) -> bool:
        """Whether what is waited for should have come, or failed by itself, by now."""
        return time.monotonic() > self._latest

    @property
    def share(self) -> float | None:
        """How much of it is read, from 0 to 1; None where that is not known."""
        asking = self._asking
        if asking is not None:
            return asking.share()
        return min(1.0, self.rows / self.total) if self.total else None

    @property
    def connected(self) -> bool:
        """Whether there is somebody who can be told to stop."""
        return self._line is not None or self._asking is not None

    @contextmanager
    def expecting(self, seconds: float) -> Iterator[None]:
        """Wait for an answer that must come, or fail by itself, within a time."""
        self._latest = time.monotonic() + seconds
        try:
            yield
        finally:
            self._latest = math.inf

    @contextmanager
    def over(self, line: Line) -> Iterator[None]:
        """Let what runs on a connection be broken off."""
        with self._changing:
            self._line = line
        try:
            yield
        finally:
            with self._changing:
                self._line = None

    @contextmanager
    def at(self, engine: Beyond) -> Iterator[None]:
        """Let what this thread asks of an engine be broken off."""
        asking = engine.asking()
        with self._changing:
            self._asking = asking
        try:
            yield
        finally:
            with self._changing:
                self._asking = None

    def call_off(self) -> None:
        """Have the server stop what it does for this reading; what comes after that is not begun."""
        self.called_off = True
        with self._changing:
            if self._line is not None:
                self._line.cancel()
            if self._asking is not None:
                self._asking.stop()

    def break_off(self) -> None:
        """End the connection, whatever the server does: whoever waits for its answer is told at once."""
        self.called_off = True
        with self._changing:
            if self._line is not None:
                self._line.cut()
