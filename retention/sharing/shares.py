"""The verbs of sharing: publish, open, list, revoke, purge."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from retention.errors import check_range
from retention.sharing.errors import (
    ExpiredShareError,
    ForColleaguesError,
    SharingError,
    TamperedShareError,
    UnknownShareError,
)
from retention.sharing.keys import Token, new_token, token_of
from retention.sharing.limits import limits_in
from retention.sharing.pack import dump, load
from retention.sharing.place import place
from retention.sharing.pseudonyms import pseudonymised
from retention.sharing.sealed import seal, unseal
from retention.sharing.store import Row, Store
from retention.sharing.terms import USUAL_DAYS, Terms, terms_of_report, terms_of_study

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from retention.sharing.keys import Owner
    from retention.sharing.pack import SharedStudy
    from retention.sharing.store import Entry
    from retention.sharing.terms import ShareKind

LONGEST_TITLE = 200


@dataclass(frozen=True)
class Published:
    """A study that was shared.

    Attributes
    ----------
    token : for its link, behind the ``#``; nobody else has it, and it cannot be had again
    terms : what it is shared under
    """

    token: Token
    terms: Terms


@dataclass(frozen=True, eq=False)
class Opened:
    """A study somebody was given the link of."""

    study: SharedStudy
    terms: Terms


@dataclass(frozen=True)
class SealedReport:
    """A report that was sealed with ``terms.bound`` and a key that is not here."""

    terms: Terms
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Mine:
    """One of an owner's shares.

    Attributes
    ----------
    id : to revoke it by; it opens nothing
    title : None where the owner's key is not the one it was shared with
    created, expires : moments
    over : whether its days are over
    size : bytes
    colleagues_only : whether one must be signed in to open it
    """

    id: str
    kind: ShareKind
    title: str | None
    created: datetime
    expires: datetime
    over: bool
    size: int
    colleagues_only: bool


def _now() -> datetime:
    return datetime.now(tz=UTC)


class Shares:
    """What is shared, on a store.

    Every method may raise `StoreUnreachableError`, within seconds.

    Parameters
    ----------
    now : what time it is
    """

    def __init__(self, store: Store, now: Callable[[], datetime] = _now) -> None:
        self._store = store
        self._now = now

    @property
    def most_days(self) -> int:
        """How many days a share may be opened."""
        return self._store.limits.share_days

    def publish(
        self,
        study: SharedStudy,
        owner: Owner,
        *,
        days: int = USUAL_DAYS,
        colleagues_only: bool = False,
        keep_ids: bool = False,
    ) -> Published:
        """Share a study.

        Parameters
        ----------
        days : it can be opened, from 1 to `most_days`
        colleagues_only : whether only who is signed in may open it
        keep_ids : whether customers keep their names; else they become numbers in random order

        Raises
        ------
        ShareTooLargeError, TooManySharesError, StoreFullError
        InputError
            ``share_days_out_of_range``.
        """
        check_range("share_days", days, 1, self.most_days)
        now, token = self._now(), new_token()
        terms = terms_of_study(token, owner, now, days=days, colleagues_only=colleagues_only)
        title = _sealed_title(owner, study.title, terms)
        payload = seal(token.key, dump(study if keep_ids else pseudonymised(study)), terms.bound)
        self._store.put(Row(terms, title, payload), now)
        return Published(token, terms)

    def open(self, token: str, *, signed_in: bool = False) -> Opened:
        """The study of a link.

        Parameters
        ----------
        token : from the link, whatever stands there
        signed_in : whether who opens it is known to the host

        Raises
        ------
        UnknownShareError, ExpiredShareError, ForColleaguesError, TamperedShareError, ShareVersionError
        """
        try:
            known = token_of(token)
        except ValueError:
            raise UnknownShareError from None
        row = self._found(known.id, "study", signed_in=signed_in)
        return Opened(load(unseal(known.key, row.payload, row.terms.bound)), row.terms)

    def promise_report(self, owner: Owner, *, days: int = USUAL_DAYS, colleagues_only: bool = False) -> Terms:
        """What a report will be shared under, so that it can be sealed with ``terms.bound`` before it is put.

        Raises
        ------
        InputError
            ``share_days_out_of_range``.
        """
        check_range("share_days", days, 1, self.most_days)
        return terms_of_report(owner, self._now(), days=days, colleagues_only=colleagues_only)

    def put_report(self, owner: Owner, terms: Terms, title: str, content: bytes) -> None:
        """Share a report that was sealed with a key that is not here.

        Parameters
        ----------
        terms : as promised
        content : nonce, ciphertext and tag, as `retention.sharing.sealed` lays them out

        Raises
        ------
        TamperedShareError
            If the terms are not the owner's, or not such as are promised.
        ShareTooLargeError, TooManySharesError, StoreFullError
        """
        now = self._now()
        latest = int((now + timedelta(days=self.most_days)).timestamp())
        if terms.kind != "report" or terms.owner != owner.id or not terms.created < terms.expires <= latest:
            raise TamperedShareError
        self._store.put(Row(terms, _sealed_title(owner, title, terms), content), now)

    def report(self, public_id: str, *, signed_in: bool = False) -> SealedReport:
        """A sealed report by its public id.

        Raises
        ------
        UnknownShareError, ExpiredShareError, ForColleaguesError
        """
        row = self._found(public_id, "report", signed_in=signed_in)
        return SealedReport(row.terms, row.payload)

    def mine(self, owner: Owner) -> tuple[Mine, ...]:
        """What an owner shared and has not revoked, the latest first."""
        now = self._now()
        return tuple(_mine(entry, owner, now) for entry in self._store.of_owner(owner.id))

    def revoke(self, owner: Owner, share: str) -> None:
        """Delete a share at once, whichever kind; who has it open keeps what they see.

        Raises
        ------
        UnknownShareError
            If the owner has none of that id.
        """
        if not self._store.remove(owner.id, share):
            raise UnknownShareError

    def revoke_all(self, owner: Owner) -> int:
        """Delete all of an owner's shares at once; how many there were."""
        return self._store.remove_all(owner.id)

    def purge(self) -> int:
        """Delete all shares whose days are over; how many there were."""
        return self._store.purge(self._now())

    def _found(self, share: str, kind: ShareKind, *, signed_in: bool) -> Row:
        row = self._store.get(share)
        if row is None or row.terms.kind != kind:
            raise UnknownShareError
        if row.terms.over(self._now()):
            raise ExpiredShareError(row.terms.last_moment.date())
        if row.terms.colleagues_only and not signed_in:
            raise ForColleaguesError
        return row


def shares_in(environment: Mapping[str, str] = os.environ) -> Shares:
    """The shares of this server, as its environment says where they are and how many there may be.

    Raises
    ------
    ValueError
        For a variable that says nothing usable, naming it.
    """
    return Shares(Store(place(environment), limits_in(environment)))


def _sealed_title(owner: Owner, title: str, terms: Terms) -> bytes:
    return seal(owner.key, title[:LONGEST_TITLE].encode(), terms.of_title)


def _mine(entry: Entry, owner: Owner, now: datetime) -> Mine:
    terms = entry.terms
    try:
        title = unseal(owner.key, entry.title, terms.of_title).decode()
    except SharingError:
        title = None
    return Mine(
        id=terms.id,
        kind=terms.kind,
        title=title,
        created=datetime.fromtimestamp(terms.created, UTC),
        expires=terms.last_moment,
        over=terms.over(now),
        size=entry.size,
        colleagues_only=terms.colleagues_only,
    )
