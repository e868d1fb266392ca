"""A visit as it is kept, and the places it can be kept in. A place has no key and opens nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from retention.visits.errors import NoRoomToKeepError, TooLargeToKeepError

if TYPE_CHECKING:
    from datetime import datetime

    from retention.visits.limits import Limits


@dataclass(frozen=True)
class Row:
    """A visit as it is kept.

    Attributes
    ----------
    id : derived of its secret
    expires : moment, in seconds since 1970
    files, choices : sealed, each by itself, so that a choice can change without the files
    """

    id: str
    expires: int
    files: bytes = field(repr=False)
    choices: bytes = field(repr=False)

    @property
    def size(self) -> int:
        """Its sealed bytes."""
        return len(self.files) + len(self.choices)

    def over(self, now: datetime) -> bool:
        """Whether its time is over."""
        return now.timestamp() >= self.expires


class Place(Protocol):
    """Where visits are kept; what is over counts as gone.

    Every method may raise `VisitsUnreachableError`.
    """

    def put(self, row: Row, now: datetime) -> None:
        """Keep a visit in the place of what was kept of it before.

        Raises
        ------
        TooLargeToKeepError, NoRoomToKeepError
            If it passes a limit; nothing of it is kept then.
        """

    def note(self, visit: str, choices: bytes, now: datetime) -> bool:
        """Take other choices over; whether the visit is there.

        Raises
        ------
        TooLargeToKeepError, NoRoomToKeepError
            As `put`, but what was kept stays.
        """

    def touch(self, visit: str, expires: int, now: datetime) -> bool:
        """Keep a visit for longer; whether it is there."""

    def get(self, visit: str, now: datetime) -> Row | None:
        """A visit by its id, None where there is none."""

    def remove(self, visit: str) -> None:
        """Delete a visit at once."""

    def purge(self, now: datetime) -> int:
        """Delete those whose time is over; how many there were."""


def check_size(size: int, limits: Limits) -> None:
    """Refuse what is too large to be kept.

    Raises
    ------
    TooLargeToKeepError
    """
    if size > limits.keep_bytes:
        raise TooLargeToKeepError(size, limits.keep_bytes)


def check_room(others: int, held: int, size: int, limits: Limits) -> None:
    """Refuse what there is no room for.

    Parameters
    ----------
    others, held : how many other visits are kept, and their bytes

    Raises
    ------
    NoRoomToKeepError
    """
    if others >= limits.kept_visits or held + size > limits.kept_bytes:
        raise NoRoomToKeepError
