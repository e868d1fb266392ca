"""Visits kept in the database shares are kept in: they outlive the server, and several servers find them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from retention.sharing.database import VISIT_FILES, VISITS, Database
from retention.sharing.errors import SharingError
from retention.visits.errors import VisitsUnreachableError
from retention.visits.rows import Row, check_room, check_size

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import URL

    from retention.visits.limits import Limits


class InDatabase:
    """A `retention.visits.rows.Place` of one server, or of several that share a database."""

    def __init__(self, url: URL, limits: Limits) -> None:
        self._limits = limits
        self._database = Database(url)

    def put(self, row: Row, now: datetime) -> None:
        """Keep a visit in the place of what was kept of it before."""
        check_size(row.size, self._limits)
        with self._writing() as connection:
            gone = _drop(connection, (VISITS.c.id == row.id) | _over(now))
            self._check_room(connection, row.id, row.size)
            told = {"id": row.id, "expires": row.expires, "size": row.size, "choices": row.choices}
            connection.execute(insert(VISITS).values(**told))
            connection.execute(insert(VISIT_FILES).values(id=row.id, files=row.files))
        if gone:
            self._wipe()

    def note(self, visit: str, choices: bytes, now: datetime) -> bool:
        """Take other choices over; whether the visit is there."""
        there = _there(visit, now)
        with self._writing() as connection:
            of_files = select(VISITS.c.size - func.length(VISITS.c.choices)).where(there)
            files = connection.execute(of_files).scalar_one_or_none()
            if files is None:
                return False
            size = int(files) + len(choices)
            check_size(size, self._limits)
            self._check_room(connection, visit, size)
            connection.execute(update(VISITS).where(there).values(choices=choices, size=size))
        return True

    def touch(self, visit: str, expires: int, now: datetime) -> bool:
        """Keep a visit for longer; whether it is there."""
        with self._writing() as connection:
            touched = update(VISITS).where(_there(visit, now)).values(expires=expires)
            return int(connection.execute(touched).rowcount) > 0

    def get(self, visit: str, now: datetime) -> Row | None:
        """A visit by its id, None where there is none."""
        wanted = select(VISITS.c.id, VISITS.c.expires, VISIT_FILES.c.files, VISITS.c.choices)
        wanted = wanted.join(VISIT_FILES, VISIT_FILES.c.id == VISITS.c.id)
        with _answered(), self._database.reading() as connection:
            found = connection.execute(wanted.where(_there(visit, now))).one_or_none()
        return None if found is None else Row(found[0], int(found[1]), bytes(found[2]), bytes(found[3]))

    def remove(self, visit: str) -> None:
        """Delete a visit at once."""
        self._delete(VISITS.c.id == visit)

    def purge(self, now: datetime) -> int:
        """Delete those whose time is over; how many there were. Nothing is made where nothing was kept."""
        return self._delete(_over(now)) if self._database.is_there else 0

    def _check_room(self, connection: Connection, visit: str, size: int) -> None:
        """Nobody else writes meanwhile, so that what is counted here holds until the row is in."""
        counted = select(func.count(), func.coalesce(func.sum(VISITS.c.size), 0)).where(VISITS.c.id != visit)
        others, held = connection.execute(counted).one()
        check_room(int(others), int(held), size, self._limits)

    def _delete(self, which: ColumnElement[bool]) -> int:
        with self._writing() as connection:
            deleted = _drop(connection, which)
        if deleted:
            self._wipe()
        return deleted

    def _wipe(self) -> None:
        with _answered():
            self._database.wipe()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with _answered(), self._database.writing() as connection:
            yield connection


@contextmanager
def _answered() -> Iterator[None]:
    """Say of visits what the store says of shares: that it cannot be used."""
    try:
        yield
    except SharingError as error:
        raise VisitsUnreachableError from error


def _drop(connection: Connection, which: ColumnElement[bool]) -> int:
    """Delete visits with their files; how many there were."""
    connection.execute(delete(VISIT_FILES).where(VISIT_FILES.c.id.in_(select(VISITS.c.id).where(which))))
    return int(connection.execute(delete(VISITS).where(which)).rowcount)


def _there(visit: str, now: datetime) -> ColumnElement[bool]:
    return (VISITS.c.id == visit) & ~_over(now)


def _over(now: datetime) -> ColumnElement[bool]:
    return VISITS.c.expires <= int(now.timestamp())
