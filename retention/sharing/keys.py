"""What is derived of a secret: the id a row is found by, and the key it is sealed with.

Both come of the same secret by HKDF-SHA256 (RFC 5869) with different infos, so that an id says nothing of a
key. Secrets are random and long enough (256 bits) to need no salt and no stretching.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_BYTES = 32  # of a secret, an id and a key
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")  # so many bytes in the letters of an address
_LEAST_SECRET = 16  # bytes of a server's own


@dataclass(frozen=True)
class Token:
    """The secret in a link.

    Attributes
    ----------
    text : it, for an address; whoever has it can open the share
    id : what the store finds the share by
    key : what the share is sealed with
    """

    text: str = field(repr=False)
    id: str
    key: bytes = field(repr=False)


@dataclass(frozen=True)
class Owner:
    """Who shares something.

    Attributes
    ----------
    id : what the store knows them by
    key : what titles are sealed with, so that only they can read them in a list
    """

    id: str
    key: bytes = field(repr=False)


@dataclass(frozen=True)
class VisitKeys:
    """What a kept visit is found by, and sealed with.

    Attributes
    ----------
    id : what the store finds it by
    key : what it is sealed with
    """

    id: str
    key: bytes = field(repr=False)


def new_secret() -> str:
    """256 random bits in letters, digits, - and _."""
    return secrets.token_urlsafe(_BYTES)


def new_token() -> Token:
    """A token for one share."""
    return token_of(new_secret())


def token_of(text: str) -> Token:
    """The token of a link.

    Raises
    ------
    ValueError
        For text that is no token of ours.

    Examples
    --------
    >>> token_of("x" * 43).id == token_of("x" * 43).id != token_of("y" * 43).id
    True
    """
    secret = _secret(text)
    return Token(text, _derived(secret, "share id").hex(), _derived(secret, "share key"))


def owner_of(text: str) -> Owner:
    """The owner who holds a secret, made by `new_secret` and kept by their browser.

    Raises
    ------
    ValueError
        For text that is no secret of ours.
    """
    return _owner(_secret(text))


def visit_of(text: str) -> VisitKeys:
    """The visit whose secret a browser holds, made by `new_secret`.

    Raises
    ------
    ValueError
        For text that is no secret of ours.
    """
    secret = _secret(text)
    return VisitKeys(_derived(secret, "visit id").hex(), _derived(secret, "visit key"))


def owner_by_address(address: str, server_secret: bytes) -> Owner:
    """The owner who is signed in with an address.

    Addresses can be guessed: without the server's secret, who reads the store could try them one by one.

    Raises
    ------
    ValueError
        If the server's secret is shorter than 16 bytes.
    """
    if len(server_secret) < _LEAST_SECRET:
        raise ValueError(f"a server's secret has at least {_LEAST_SECRET} bytes")
    same = address.strip().casefold().encode()
    return _owner(hmac.digest(server_secret, b"ritorno address 1\n" + same, hashlib.sha256))


def _owner(secret: bytes) -> Owner:
    return Owner(_derived(secret, "owner id").hex(), _derived(secret, "owner key"))


def _secret(text: str) -> bytes:
    if not _SECRET.fullmatch(text):
        raise ValueError("a secret is 43 letters, digits, - and _")
    return text.encode()


def _derived(secret: bytes, what: str) -> bytes:
    return HKDF(SHA256(), _BYTES, salt=None, info=f"ritorno {what} 1".encode()).derive(secret)
