"""The database of a store: its tables, made by themselves, and transactions that answer in time or say so."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Engine,
    Integer,
    LargeBinary,
    MetaData,
    NullPool,
    String,
    Table,
    create_engine,
    event,
    exc,
    func,
    insert,
    select,
)

from retention.sharing.errors import StoreUnreachableError, StoreVersionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL

VERSION = 1
WAIT = 5  # seconds for a connection, or for others who write
_LONGEST = 30  # seconds a statement may take
_SCHEMA_LOCK = 7_245_301_118  # any number of ours
_BREATH = 0.02  # seconds between two tries
_WRITES = "ritorno_writes"

_METADATA = MetaData()
SHARES = Table(
    "ritorno_shares",
    _METADATA,
    Column("id", String(64), primary_key=True),
    Column("kind", String(8), nullable=False),
    Column("owner", String(64), nullable=False, index=True),
    Column("created", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False, index=True),
    Column("colleagues_only", Boolean, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("title", LargeBinary, nullable=False),
    Column("payload", LargeBinary, nullable=False),
)
VISITS = Table(
    "ritorno_visits",
    _METADATA,
    Column("id", String(64), primary_key=True),
    Column("expires", BigInteger, nullable=False, index=True),
    Column("size", BigInteger, nullable=False),
    Column("choices", LargeBinary, nullable=False),
)
# Apart, so that a visit is kept for longer, or its choices change, without its files being written anew
VISIT_FILES = Table(
    "ritorno_visit_files",
    _METADATA,
    Column("id", String(64), primary_key=True),
    Column("files", LargeBinary, nullable=False),
)
VERSIONS = Table(
    "ritorno_shares_version",
    _METADATA,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
)


class Database:
    """A database with the tables of shares and kept visits in it, made when they are first needed.

    A connection is opened for each transaction and closed after it: shares are few, and none is left to hang
    on a server that has gone, or to be taken along by a process that forks.

    Parameters
    ----------
    url : of SQLite or PostgreSQL, as `retention.sharing.place.place` gives it
    """

    def __init__(self, url: URL) -> None:
        self._url = url
        self._engine: Engine | None = None

    @property
    def is_there(self) -> bool:
        """Whether there may be something in it: SQLite's file is made when it is first needed."""
        sqlite = self._url.get_backend_name() == "sqlite"
        return not sqlite or self._engine is not None or Path(self._url.database or "").exists()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that changes nothing.

        Raises
        ------
        StoreUnreachableError
        """
        with _answered(), self._ready().connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction of which all is kept or nothing; one at a time.

        Raises
        ------
        StoreUnreachableError
        """
        with _answered(), _begun(self._ready()) as connection:
            connection.execute(select(VERSIONS.c.version).with_for_update())
            yield connection

    def wipe(self) -> None:
        """Have what was deleted leave SQLite's files too: its log still holds the pages as they were."""
        engine = self._ready()
        if engine.dialect.name == "sqlite":
            with _answered(), closing(engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _ready(self) -> Engine:
        if self._engine is None:
            with _answered():
                engine = _engine(self._url)
                _make_tables(engine)
            self._engine = engine
        return self._engine


@contextmanager
def _answered() -> Iterator[None]:
    """Say in one way that a database cannot be used, whatever it says itself."""
    try:
        yield
    except (exc.DBAPIError, exc.TimeoutError, OSError) as error:
        raise StoreUnreachableError from error


@contextmanager
def _begun(engine: Engine) -> Iterator[Connection]:
    with engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        yield connection


def _make_tables(engine: Engine) -> None:
    """Make what is not there yet, one process after another.

    Raises
    ------
    StoreVersionError
        If what is there was made by a later version.
    """
    with _begun(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(select(func.pg_advisory_xact_lock(_SCHEMA_LOCK)))
        _METADATA.create_all(connection)
        version = connection.scalar(select(VERSIONS.c.version))
        if version is None:
            connection.execute(insert(VERSIONS).values(one=1, version=VERSION))
        elif version != VERSION:
            raise StoreVersionError(version)


def _engine(url: URL) -> Engine:
    """An engine that puts no values into its errors, which may end in a log."""
    sqlite = url.get_backend_name() == "sqlite"
    given = {"timeout": WAIT} if sqlite else _of_postgresql(url)
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=given)
    if sqlite:
        _own_file(url)
        event.listen(engine, "connect", _as_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _of_postgresql(url: URL) -> dict[str, Any]:
    """Limits of time, each where the address sets none itself."""
    waits = f"-c lock_timeout={WAIT}s -c statement_timeout={_LONGEST}s"
    usual = {
        "connect_timeout": WAIT,
        "options": f"{waits} -c idle_in_transaction_session_timeout={_LONGEST}s",
        "tcp_user_timeout": 1000 * _LONGEST,
        "application_name": "ritorno",
    }
    return {name: value for name, value in usual.items() if name not in url.query}


def _own_file(url: URL) -> None:
    """Make the file where there is none, for its owner's eyes alone."""
    if url.database and url.database != ":memory:":
        path = Path(url.database)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)


def _as_sqlite(connection: Any, _: Any) -> None:
    """A log beside the file, so that readers and a writer do not wait; zeros where something was deleted."""
    connection.isolation_level = None  # transactions begin where we say
    connection.execute(f"PRAGMA busy_timeout = {1000 * WAIT}")
    _open_log(connection)
    connection.execute("PRAGMA secure_delete = ON")


def _open_log(connection: Any) -> None:
    """Open the log, for which SQLite does not wait while another process makes, mends or clears it."""
    latest = time.monotonic() + WAIT
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchall()
        except sqlite3.OperationalError:
            if time.monotonic() > latest:
                raise
            time.sleep(_BREATH)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    """Take the file for writing at once: who begins to read cannot go on to write beside another writer."""
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
