"""Visits kept in the server's memory: gone with it, and with nobody else's."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING

from retention.visits.rows import Row, check_room, check_size

if TYPE_CHECKING:
    from datetime import datetime

    from retention.visits.limits import Limits


class InMemory:
    """A `retention.visits.rows.Place` of one server."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._rows: dict[str, Row] = {}
        self._alone = Lock()

    def put(self, row: Row, now: datetime) -> None:
        """Keep a visit in the place of what was kept of it before."""
        with self._alone:
            self._rows.pop(row.id, None)
            self._check(row, now)
            self._rows[row.id] = row

    def note(self, visit: str, choices: bytes, now: datetime) -> bool:
        """Take other choices over; whether the visit is there."""
        with self._alone:
            before = self._there(visit, now)
            if before is None:
                return False
            row = replace(before, choices=choices)
            self._check(row, now)
            self._rows[visit] = row
            return True

    def touch(self, visit: str, expires: int, now: datetime) -> bool:
        """Keep a visit for longer; whether it is there."""
        with self._alone:
            before = self._there(visit, now)
            if before is not None:
                self._rows[visit] = replace(before, expires=expires)
            return before is not None

    def get(self, visit: str, now: datetime) -> Row | None:
        """A visit by its id, None where there is none."""
        with self._alone:
            return self._there(visit, now)

    def remove(self, visit: str) -> None:
        """Delete a visit at once."""
        with self._alone:
            self._rows.pop(visit, None)

    def purge(self, now: datetime) -> int:
        """Delete those whose time is over; how many there were."""
        with self._alone:
            return self._purge(now)

    def _there(self, visit: str, now: datetime) -> Row | None:
        found = self._rows.get(visit)
        return None if found is None or found.over(now) else found

    def _check(self, row: Row, now: datetime) -> None:
        check_size(row.size, self._limits)
        self._purge(now)
        others = [each.size for each in self._rows.values() if each.id != row.id]
        check_room(len(others), sum(others), row.size, self._limits)

    def _purge(self, now: datetime) -> int:
        over = [row.id for row in self._rows.values() if row.over(now)]
        for visit in over:
            del self._rows[visit]
        return len(over)
