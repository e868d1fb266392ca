"""The verbs of keeping a visit: keep, note, find, be alive, forget, purge."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from retention.sharing.errors import TamperedShareError
from retention.sharing.keys import visit_of
from retention.sharing.place import place
from retention.sharing.sealed import seal, unseal
from retention.visits.errors import TamperedVisitError
from retention.visits.limits import limits_in
from retention.visits.memory import InMemory
from retention.visits.pack import Choices, File, dump_choices, dump_files, load_choices, load_files
from retention.visits.rows import Row
from retention.visits.table import InDatabase

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from retention.sharing.keys import VisitKeys
    from retention.visits.limits import Limits
    from retention.visits.rows import Place

_MARK = 32  # bytes of what ties choices to their files
_MINUTE = 60  # seconds


@dataclass(frozen=True)
class Found:
    """A visit that was kept.

    Attributes
    ----------
    mark : what its files are known by
    """

    files: tuple[File, ...] = field(repr=False)
    choices: Choices = field(repr=False)
    mark: bytes = field(repr=False)


class Visits:
    """What is kept of visits, in a place that has no key.

    Every method may raise `VisitsUnreachableError`, within seconds.

    Parameters
    ----------
    now : what time it is
    """

    def __init__(
        self, place: Place, limits: Limits, now: Callable[[], datetime] = lambda: datetime.now(tz=UTC)
    ) -> None:
        self.limits = limits
        self._place = place
        self._now = now

    @property
    def seconds(self) -> int:
        """How long a visit is kept after its last sign of life, 0 where none is."""
        return self.limits.keep_minutes * _MINUTE

    def keep(self, secret: str, files: Sequence[File], choices: Choices) -> bytes:
        """Keep files and choices in the place of what was kept under the secret before.

        Returns
        -------
        what the files are known by, for `note`

        Raises
        ------
        TooLargeToKeepError, NoRoomToKeepError
            If a limit is passed; nothing is kept then.
        """
        keys, now = visit_of(secret), self._now()
        packed = dump_files(files)
        mark = hashlib.sha256(packed).digest()
        sealed = seal(keys.key, packed, _bound("files", keys))
        self._place.put(Row(keys.id, self._until(now), sealed, _sealed(choices, mark, keys)), now)
        return mark

    def note(self, secret: str, mark: bytes, choices: Choices) -> bool:
        """Take other choices over; whether the visit is still kept.

        Raises
        ------
        TooLargeToKeepError, NoRoomToKeepError
            If a limit is passed; what was kept stays.
        """
        keys = visit_of(secret)
        return self._place.note(keys.id, _sealed(choices, mark, keys), self._now())

    def find(self, secret: str) -> Found | None:
        """What is kept under a secret, None where nothing is any more.

        Raises
        ------
        TamperedVisitError
            If it is not what was sealed.
        """
        keys = visit_of(secret)
        row = self._place.get(keys.id, self._now())
        if row is None:
            return None
        try:
            files = unseal(keys.key, row.files, _bound("files", keys))
            chosen = unseal(keys.key, row.choices, _bound("choices", keys))
        except TamperedShareError as error:
            raise TamperedVisitError from error
        mark = hashlib.sha256(files).digest()
        if chosen[:_MARK] != mark:
            raise TamperedVisitError
        return Found(load_files(files), load_choices(chosen[_MARK:]), mark)

    def alive(self, secret: str) -> bool:
        """Keep a visit for as long again; whether it is still kept."""
        now = self._now()
        return self._place.touch(visit_of(secret).id, self._until(now), now)

    def forget(self, secret: str) -> None:
        """Delete what is kept under a secret at once."""
        self._place.remove(visit_of(secret).id)

    def purge(self) -> int:
        """Delete all whose time is over; how many there were."""
        return self._place.purge(self._now())

    def _until(self, now: datetime) -> int:
        return int(now.timestamp()) + self.seconds


def visits_in(environment: Mapping[str, str] = os.environ) -> Visits:
    """The visits of this server: in the database its environment names, else in its memory.

    Raises
    ------
    ValueError
        For a variable that says nothing usable, naming it.
    """
    limits = limits_in(environment)
    kept = InDatabase(place(environment), limits) if outlive(environment) else InMemory(limits)
    return Visits(kept, limits)


def outlive(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether visits outlive the server: where its environment names a database."""
    return bool(environment.get("RITORNO_DATABASE_URL", "").strip())


def _sealed(choices: Choices, mark: bytes, keys: VisitKeys) -> bytes:
    """Choices tied to the files they are of, so that neither can be put back beside another's."""
    return seal(keys.key, mark + dump_choices(choices), _bound("choices", keys))


def _bound(part: str, keys: VisitKeys) -> bytes:
    return f"visit {part} 1 {keys.id}".encode()
