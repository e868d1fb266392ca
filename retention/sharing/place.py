"""Where the store is: as the host's environment says, by default a file of the user's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Mapping

_FILE = "shares.sqlite"
_POSTGRESQL = ("postgres", "postgresql")  # as hosts write it, without saying by which driver


def place(environment: Mapping[str, str]) -> URL:
    """The database's address.

    ``RITORNO_DATABASE_URL`` names a PostgreSQL, or another SQLite file; else the file lies in the folder
    ``RITORNO_DATA``, by default where the system keeps what programs know of their user.

    Raises
    ------
    ValueError
        For an address that is neither; it is not repeated, for it may hold a password.

    Examples
    --------
    >>> place({"RITORNO_DATABASE_URL": "postgres://ritorno@db/ritorno"}).drivername
    'postgresql+psycopg'
    """
    written = environment.get("RITORNO_DATABASE_URL", "").strip()
    if not written:
        return URL.create("sqlite", database=str(folder(environment) / _FILE))
    try:
        url = make_url(written)
    except ArgumentError:
        url = None
    if url is None or (url.get_backend_name() not in {"sqlite", *_POSTGRESQL}):
        raise ValueError("RITORNO_DATABASE_URL must begin with postgresql:// or sqlite://") from None
    return url.set(drivername="postgresql+psycopg") if url.drivername in _POSTGRESQL else url


def folder(environment: Mapping[str, str]) -> Path:
    """The folder of what is kept on this machine."""
    if environment.get("RITORNO_DATA"):
        return Path(environment["RITORNO_DATA"])
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Ritorno"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Ritorno"
    return Path(environment.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "ritorno"
