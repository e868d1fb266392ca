"""Rows of sealed bytes: put, found, listed, removed. The store has no key and opens nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, func, insert, select

from retention.sharing.database import SHARES, Database
from retention.sharing.errors import ShareTooLargeError, StoreFullError, TooManySharesError
from retention.sharing.terms import Terms

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import URL

    from retention.sharing.limits import Limits

_TERMS = [SHARES.c[field.name] for field in fields(Terms)]


@dataclass(frozen=True)
class Row:
    """A share as it is stored.

    Attributes
    ----------
    title : sealed with the owner's key
    payload : sealed with the share's, or where the server has no key
    """

    terms: Terms
    title: bytes
    payload: bytes

    @property
    def size(self) -> int:
        """Its sealed bytes."""
        return len(self.title) + len(self.payload)


@dataclass(frozen=True)
class Entry:
    """A share as its owner's list has it: without its payload, but with its size in bytes."""

    terms: Terms
    title: bytes
    size: int


class Store:
    """All shares of a server, or of several that share a database.

    Every method may raise `StoreUnreachableError`, and at first use `StoreVersionError`.
    """

    def __init__(self, url: URL, limits: Limits) -> None:
        self.limits = limits
        self._database = Database(url)

    def put(self, row: Row, now: datetime) -> None:
        """Keep a share; a process that is killed meanwhile leaves nothing of it.

        Raises
        ------
        ShareTooLargeError, TooManySharesError, StoreFullError
            If it passes a limit; nothing is kept then.
        """
        if row.size > self.limits.share_bytes:
            raise ShareTooLargeError(row.size, self.limits.share_bytes)
        with self._database.writing() as connection:
            connection.execute(delete(SHARES).where(_over(now)))
            self._check_room(connection, row)
            values = {**vars(row.terms), "size": row.size, "title": row.title, "payload": row.payload}
            connection.execute(insert(SHARES).values(**values))

    def _check_room(self, connection: Connection, row: Row) -> None:
        """Nobody else writes meanwhile, so that what is counted here holds until the row is in."""
        theirs = select(func.count()).where(SHARES.c.owner == row.terms.owner)
        if connection.execute(theirs).scalar_one() >= self.limits.shares_each:
            raise TooManySharesError(self.limits.shares_each)
        held = connection.execute(select(func.coalesce(func.sum(SHARES.c.size), 0))).scalar_one()
        if int(held) + row.size > self.limits.store_bytes:
            raise StoreFullError

    def get(self, share: str) -> Row | None:
        """A share by its id, None where there is none."""
        wanted = select(*_TERMS, SHARES.c.title, SHARES.c.payload).where(SHARES.c.id == share)
        with self._database.reading() as connection:
            found = connection.execute(wanted).mappings().one_or_none()
        return None if found is None else _row(found)

    def of_owner(self, owner: str) -> list[Entry]:
        """All of an owner, the latest first."""
        wanted = select(*_TERMS, SHARES.c.title, SHARES.c.size).where(SHARES.c.owner == owner)
        with self._database.reading() as connection:
            found = connection.execute(wanted.order_by(SHARES.c.created.desc(), SHARES.c.id)).mappings().all()
        return [Entry(_terms(each), bytes(each["title"]), int(each["size"])) for each in found]

    def remove(self, owner: str, share: str) -> bool:
        """Delete a share of an owner at once; whether there was one."""
        return self._delete((SHARES.c.owner == owner) & (SHARES.c.id == share)) > 0

    def remove_all(self, owner: str) -> int:
        """Delete all of an owner at once; how many there were."""
        return self._delete(SHARES.c.owner == owner)

    def purge(self, now: datetime) -> int:
        """Delete those whose days are over; how many there were. Nothing is made where nothing was kept."""
        return self._delete(_over(now)) if self._database.is_there else 0

    def _delete(self, which: ColumnElement[bool]) -> int:
        with self._database.writing() as connection:
            deleted = int(connection.execute(delete(SHARES).where(which)).rowcount)
        if deleted:
            self._database.wipe()
        return deleted


def _over(now: datetime) -> ColumnElement[bool]:
    return SHARES.c.expires <= int(now.timestamp())


def _row(found: RowMapping) -> Row:
    return Row(_terms(found), bytes(found["title"]), bytes(found["payload"]))


def _terms(found: RowMapping) -> Terms:
    return Terms(**{column.name: found[column.name] for column in _TERMS})
