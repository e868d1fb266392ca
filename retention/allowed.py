"""Who may use a server on which people sign in: a host's list of addresses and domains, and how long for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING, Any, Literal

from retention.environment import bounds_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Refusal = Literal["signed_out", "too_long", "nameless", "unverified", "stranger"]
ALLOWED, STATED = "RITORNO_ALLOWED", "RITORNO_UNSTATED"
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*")
_ADDRESS = re.compile(r"[^@\s]+@([^@\s]+)")
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)  # no other letters: that could make two people one
_HOUR = 3600  # seconds


@dataclass(frozen=True)
class Stay:
    """How long somebody stays signed in.

    Attributes
    ----------
    signed_in_hours : from when they signed in
    """

    signed_in_hours: int = 12


@dataclass(frozen=True)
class Person:
    """Somebody a sign-in service knows.

    Attributes
    ----------
    address : of e-mail, in small letters
    until : when they must sign in again, in seconds since 1970
    """

    address: str
    until: float


@dataclass(frozen=True)
class Refused:
    """Why somebody may not use the server, and who says to be them, where anybody does."""

    why: Refusal
    address: str = ""


@dataclass(frozen=True)
class Listed:
    """A host's list of addresses.

    Attributes
    ----------
    domains : all of whose addresses are on it; a domain below one of them is another
    addresses : that are on it besides
    """

    domains: frozenset[str]
    addresses: frozenset[str]

    def has(self, address: str) -> bool:
        """Whether an address, in small letters, is on it."""
        return address in self.addresses or address.rpartition("@")[2] in self.domains


@dataclass(frozen=True)
class Allowed(Listed):
    """Addresses that may use a server.

    Attributes
    ----------
    stay : hours until one must sign in again
    unstated : whether an address counts of which the sign-in service does not say if it was verified; one of
        which it says that it was not never does
    """

    stay: int = Stay.signed_in_hours
    unstated: bool = False

    def look(self, claims: Mapping[str, Any] | None, now: float) -> Person | Refused:
        """Who somebody is, or why they may not use the server.

        Parameters
        ----------
        claims : of their ID token (OpenID Connect Core 1.0, sections 2 and 5.1), None where nobody signed in
        now : seconds since 1970

        Examples
        --------
        >>> claims = {"email": "Anna@Example.com", "email_verified": True, "iat": 0}
        >>> allowed_in({"RITORNO_ALLOWED": "example.com"}).look(claims, now=3600)
        Person(address='anna@example.com', until=43200)
        >>> allowed_in({"RITORNO_ALLOWED": "other.it"}).look(claims, now=3600).why
        'stranger'
        """
        if claims is None:
            return Refused("signed_out")
        address = str(claims.get("email") or "").strip().translate(_SMALL)
        if _ADDRESS.fullmatch(address) is None:
            return Refused("nameless")
        if not self._verified(claims):
            return Refused("unverified", address)
        if not self.has(address):
            return Refused("stranger", address)
        until = _moment(claims) + self.stay * _HOUR
        return Person(address, until) if now < until else Refused("too_long", address)

    def _verified(self, claims: Mapping[str, Any]) -> bool:
        """Whether an address is its bearer's; some services say so as a word."""
        stated = claims.get("email_verified")
        return self.unstated if stated is None else stated is True or stated == "true"


def _moment(claims: Mapping[str, Any]) -> float:
    """When somebody signed in, long ago where that is not said."""
    issued = claims.get("iat")
    return issued if isinstance(issued, int | float) else 0.0


def listed(setting: str, given: Iterable[str]) -> Listed:
    """The list a setting names.

    Parameters
    ----------
    setting : what a host calls it
    given : domains and addresses; blank ones are none

    Raises
    ------
    ValueError
        If it is empty, or for an entry that is neither, naming the setting.
    """
    entries = [entry.strip().translate(_SMALL) for entry in given if entry.strip()]
    if not entries:
        raise ValueError(f'{setting} must name people, as in "example.com, anna@other.it"')
    for entry in entries:
        named = _ADDRESS.fullmatch(entry)
        if not _DOMAIN.fullmatch(named[1] if named else entry):
            raise ValueError(f"{setting} must hold domains and addresses with commas between, not {entry!r}")
    return Listed(
        domains=frozenset(entry for entry in entries if "@" not in entry),
        addresses=frozenset(entry for entry in entries if "@" in entry),
    )


def allowed_in(environment: Mapping[str, str]) -> Allowed:
    """The list of a host: ``RITORNO_ALLOWED``, domains and addresses with commas between.

    ``RITORNO_SIGNED_IN_HOURS`` says for how long, ``RITORNO_UNSTATED`` is ``accept`` where the sign-in
    service does not say whether an address was verified and its administrator alone gives them out.

    Raises
    ------
    ValueError
        If the list is missing or empty, for an entry that is neither, and for any other word, naming the
        variable.
    """
    named = listed(ALLOWED, environment.get(ALLOWED, "").split(","))
    stated = environment.get(STATED, "")
    if stated not in {"", "accept"}:
        raise ValueError(f'{STATED} must be "accept" or left out, not {stated!r}')
    return Allowed(
        domains=named.domains,
        addresses=named.addresses,
        stay=bounds_in(environment, Stay).signed_in_hours,
        unstated=stated == "accept",
    )
