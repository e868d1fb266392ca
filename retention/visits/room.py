"""How many visitors have something loaded at once, and how much one of them may have."""

from __future__ import annotations

import gc
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakSet

from retention.visits.errors import ServerFullError, VisitTooLargeError

if TYPE_CHECKING:
    from retention.visits.limits import Limits


class Seat:
    """A visitor's place: it is free again once the visit that holds it is let go."""


class Room:
    """The places of a server."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._taken: WeakSet[Seat] = WeakSet()
        self._alone = Lock()

    def admit(self, seat: Seat) -> None:
        """Give a visitor a place, who keeps one they have.

        Raises
        ------
        ServerFullError
            If all are taken.
        """
        with self._alone:
            if seat in self._taken:
                return
            if self._is_full():
                gc.collect()  # who has left may not have been noticed
            if self._is_full():
                raise ServerFullError(self._limits.visitors)
            self._taken.add(seat)

    def check(self, size: int) -> None:
        """Refuse what would take too much memory.

        Parameters
        ----------
        size : bytes of all a visitor would have loaded

        Raises
        ------
        VisitTooLargeError
        """
        if size > self._limits.visit_bytes:
            raise VisitTooLargeError(size, self._limits.visit_bytes)

    def _is_full(self) -> bool:
        return len(self._taken) >= self._limits.visitors
