"""What a browser is given to hold: a secret, sealed with the server's key, for one purpose and a while."""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from retention.sharing.errors import StoreUnreachableError, TamperedShareError
from retention.sharing.place import folder
from retention.sharing.sealed import seal, unseal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SECRET = "RITORNO_SECRET"  # noqa: S105  the name of a variable
_FILE = "server.key"
_KEY = 32  # bytes
_LEAST = 16  # characters of a secret that is given


class Tickets:
    """Secrets for browsers to hold.

    Parameters
    ----------
    key : (32,) bytes, the server's own
    now : what time it is
    """

    def __init__(self, key: bytes, now: Callable[[], datetime] = lambda: datetime.now(tz=UTC)) -> None:
        self._key = key
        self._now = now

    def issue(self, purpose: str, secret: str, seconds: int) -> str:
        """A secret as letters, digits, - and _ that say nothing of it.

        Parameters
        ----------
        seconds : it is good for
        """
        until = int(self._now().timestamp()) + seconds
        held = seal(self._key, json.dumps([until, secret]).encode(), _bound(purpose))
        return base64.urlsafe_b64encode(held).decode().rstrip("=")

    def read(self, purpose: str, ticket: str) -> str | None:
        """The secret of a ticket; None where it is not ours, for another purpose, or no longer good."""
        padded = ticket + "=" * (-len(ticket) % 4)
        try:
            held = unseal(self._key, base64.b64decode(padded, b"-_", validate=True), _bound(purpose))
        except (binascii.Error, ValueError, TamperedShareError):
            return None
        until, secret = json.loads(held)
        return None if self._now().timestamp() >= until else str(secret)


def tickets_in(environment: Mapping[str, str] = os.environ) -> Tickets:
    """The tickets of this server; see `server_secret_in`."""
    secret = server_secret_in(environment)
    return Tickets(HKDF(SHA256(), _KEY, salt=None, info=b"ritorno tickets 1").derive(secret))


def server_secret_in(environment: Mapping[str, str] = os.environ) -> bytes:
    """The server's own secret: ``RITORNO_SECRET``, else a key kept beside the store's file.

    Raises
    ------
    StoreUnreachableError
        If that file can neither be read nor made.
    ValueError
        If the secret is shorter than 16 characters.
    """
    given = environment.get(SECRET, "")
    if given and len(given) < _LEAST:
        raise ValueError(f"{SECRET} must have at least {_LEAST} characters")
    try:
        return given.encode() or _kept(folder(environment) / _FILE)
    except OSError as error:
        raise StoreUnreachableError from error


def _bound(purpose: str) -> bytes:
    return b"ticket " + purpose.encode()


def _kept(path: Path) -> bytes:
    """The key of a file, which is made whole by whichever process comes first, for its owner's eyes alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, made = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_KEY))
        try:
            Path(path).hardlink_to(made)
        except FileExistsError:
            pass  # another process was faster, and its key is the one
        finally:
            Path(made).unlink()
    return path.read_bytes()
