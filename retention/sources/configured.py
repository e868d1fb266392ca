"""Sources as a host names them, checked before anybody asks for one."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from retention.allowed import Listed, listed
from retention.engines import SERVER, Place
from retention.ingest import ROLES, TABLE
from retention.sources.statements import only_reads
from retention.sources.systems import FILES, SYSTEMS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import URL

    from retention.allowed import Person
    from retention.engines import EngineCode
    from retention.sources.systems import System

SECONDS = 20  # until the first rows, unless told: with connecting, what does not end is said in half a minute
_KEY = re.compile(r"[a-z0-9_-]{1,40}")
_POSTGRESQL = re.compile(r"postgres(?:ql)?(?:\+psycopg)?://")
_MYSQL = re.compile(r"(?:mysql|mariadb)(?:\+pymysql)?://")
_TABLE = re.compile(r"[^.\"\s]+(?:\.[^.\"\s]+)?")
_LONGEST_NAME = 60  # characters
_MOST_SECONDS = 3_600
_CURRENCY = re.compile(r"[A-Z]{3}")
_OF_ALL = frozenset({"name", "columns", "currency", "who"})
_HERE = _OF_ALL | {"path"}
_LIMITS = frozenset({"engine", "memory_limit", "temporary"})
_BY_ENGINE: dict[str, frozenset[str]] = {
    "duckdb": _HERE | _LIMITS,
    "spark": _HERE | _LIMITS | {"spark", "table"},
}
_MEMORY = 4.0  # GB an engine may use here, unless told
_GB = 1_000_000_000
_LEAST_MEMORY, _MOST_MEMORY = 0.05, 10_000.0  # GB
_CONNECT = "sc://"
_SPARK = re.compile(r"sc://[^/\s@]+(?:/[^@]*)?|local\[(\*|[1-9][0-9]{0,3})\]")
_NAME_OF_TABLE = re.compile(r"[^.\s`\"]+(?:\.[^.\s`\"]+){0,5}")
_THERE = _OF_ALL | {"address", "table", "query", "version", "seconds"}


@dataclass(frozen=True)
class Files:
    """A file on the server, or a folder of Parquet or of text files.

    Attributes
    ----------
    path : of it
    """

    path: Path


@dataclass(frozen=True)
class Database:
    """Rows of a database.

    Attributes
    ----------
    address : as libpq takes it, with user and password; of another system than PostgreSQL, as SQLAlchemy does
    table : of all whose rows, with its schema where it has one; or
    query : that gives them
    version : statement whose answer changes when what the query gives does; None where there is none
    seconds : it may take until the first rows, and for each part of the others
    """

    address: str = field(repr=False)
    table: str | None = None
    query: str | None = None
    version: str | None = None
    seconds: int = SECONDS

    @property
    def system(self) -> str:
        """What it runs on: ``postgresql``, or one of `retention.sources.systems`."""
        return re.split(r"\+|://", self.address, maxsplit=1)[0]


@dataclass(frozen=True)
class ByEngine:
    """Rows that an engine counts where they are, because they are larger than this app's memory.

    Attributes
    ----------
    engine : which
    path : of a file or a folder; ``table:`` and a name for a table of Spark's
    where : it counts, and what it may use
    """

    engine: EngineCode
    path: str
    where: Place

    @property
    def starts_java(self) -> bool:
        """Whether it is Spark on this machine, of which a process can have but one."""
        address = self.where.spark or os.environ.get(SERVER) or ""
        return self.engine == "spark" and not address.startswith(_CONNECT)

    @property
    def files(self) -> Files | None:
        """Files on this server; None of what is elsewhere, whose changes are not seen."""
        here = self.engine == "duckdb" or (self.starts_java and Path(self.path).exists())
        return Files(Path(self.path)) if here else None


@dataclass(frozen=True)
class Source:
    """Sales that a host keeps.

    Attributes
    ----------
    key : by which the host, the command line and the cache know it
    name : as people read it
    place : where its rows are
    columns : role and name of those the host tells; the others are guessed as of any file
    currency : code of what its amounts are in; None where the rows tell, or the visitor does
    who : may see it, of those who sign in; None for whoever may use the server
    """

    key: str
    name: str
    place: Files | Database | ByEngine
    columns: tuple[tuple[str, str], ...] = ()
    currency: str | None = None
    who: Listed | None = None

    def is_open_to(self, person: Person | None) -> bool:
        """Whether somebody may see it.

        Parameters
        ----------
        person : who is signed in, None where nobody is
        """
        return self.who is None or (person is not None and self.who.has(person.address))


def sources_in(section: Any) -> dict[str, Source]:
    """Sources of a host's configuration, by key.

    Parameters
    ----------
    section : what stands under ``sources``, a table a source

    Raises
    ------
    ValueError
        For what cannot be used, naming the source and the setting; addresses, which hold passwords, are not
        repeated.

    Examples
    --------
    >>> sources_in({"sales": {"name": "Sales", "path": "/srv/sales"}})["sales"].place
    Files(path=PosixPath('/srv/sales'))
    """
    if not isinstance(section, dict):
        raise ValueError("sources must be a table, with one a source: [sources.NAME]")  # noqa: TRY004  a host's slip
    wrong = [key for key, told in section.items() if not (isinstance(told, dict) and _KEY.fullmatch(key))]
    if wrong:
        raise ValueError(f"[sources.{wrong[0]}] must be a table, called by small letters, digits, - and _")
    found = {key: _source(key, told) for key, told in section.items()}
    _check_one_java(found)
    return found


def _source(key: str, told: Mapping[str, Any]) -> Source:
    at = f"[sources.{key}]"
    place = _by_engine(at, told) if "engine" in told else _read_whole(at, told)
    return Source(key, _name(at, told), place, _columns(at, told), _currency(at, told), _who(at, told))


def _read_whole(at: str, told: Mapping[str, Any]) -> Files | Database:
    if ("path" in told) == ("address" in told):
        raise ValueError(f"{at} needs either a path or an address")
    _refuse_others(at, told, _HERE if "path" in told else _THERE)
    return Files(Path(_text(at, told, "path"))) if "path" in told else _database(at, told)


def _refuse_others(at: str, told: Mapping[str, Any], known: frozenset[str]) -> None:
    if unknown := sorted(told.keys() - known):
        raise ValueError(f"{at} has no setting {unknown[0]!r} here")


def _by_engine(at: str, told: Mapping[str, Any]) -> ByEngine:
    engine = told["engine"]
    if engine not in ("duckdb", "spark"):
        raise ValueError(f'{at} engine must be "duckdb" or "spark"')
    _refuse_others(at, told, _BY_ENGINE[engine])
    if ("path" in told) == ("table" in told):
        raise ValueError(f"{at} needs a path" + (", or a table" if engine == "spark" else ""))
    path = _text(at, told, "path") if "path" in told else TABLE + _table_of_spark(at, told)
    return ByEngine(engine, path, Place(_memory(at, told), _folder(at, told), _address_of_spark(at, told)))


def _table_of_spark(at: str, told: Mapping[str, Any]) -> str:
    table = _text(at, told, "table")
    if not _NAME_OF_TABLE.fullmatch(table):
        raise ValueError(f"{at} table must be a name, as catalog.schema.name")
    return table


def _memory(at: str, told: Mapping[str, Any]) -> int:
    limit: Any = told.get("memory_limit", _MEMORY)
    if type(limit) not in (int, float) or not _LEAST_MEMORY <= limit <= _MOST_MEMORY:
        raise ValueError(f"{at} memory_limit must be a number of GB, from {_LEAST_MEMORY} on")
    return int(limit * _GB)


def _folder(at: str, told: Mapping[str, Any]) -> str | None:
    if "temporary" not in told:
        return None
    folder = _text(at, told, "temporary")
    if not (Path(folder).is_dir() and os.access(folder, os.W_OK | os.X_OK)):
        raise ValueError(f"{at} temporary must be a folder this app can write to")
    return folder


def _address_of_spark(at: str, told: Mapping[str, Any]) -> str | None:
    """It may hold a token, so that what is wrong with it is not repeated."""
    if "spark" not in told:
        return None
    address = _text(at, told, "spark")
    if not _SPARK.fullmatch(address):
        raise ValueError(f"{at} spark must be sc://host:port, or local[4] for processors of this machine")
    return address


def _check_one_java(found: Mapping[str, Source]) -> None:
    """Refuse a second Spark in this process, which can have but one."""
    by_engine = {key: source.place for key, source in found.items() if isinstance(source.place, ByEngine)}
    here = [key for key, place in by_engine.items() if place.starts_java]
    if len(here) > 1:
        raise ValueError(
            f"[sources.{here[1]}] is a second source with Spark on this machine: name a server, as spark = sc://…"
        )


def _text(at: str, told: Mapping[str, Any], name: str) -> str:
    found = told.get(name)
    if not isinstance(found, str) or not found.strip():
        raise ValueError(f"{at} {name} must be a text")
    return found.strip()


def _name(at: str, told: Mapping[str, Any]) -> str:
    name = _text(at, told, "name")
    if len(name) > _LONGEST_NAME or not name.isprintable() or set(name) & {"/", "\\"}:
        raise ValueError(f"{at} name must have at most {_LONGEST_NAME} signs that can be read, and no slash")
    return name


def _database(at: str, told: Mapping[str, Any]) -> Database:
    if ("table" in told) == ("query" in told):
        raise ValueError(f"{at} needs either a table or a query")
    if "version" in told and "query" not in told:
        raise ValueError(f"{at} version is of a query: a table's is found by itself")
    seconds = told.get("seconds", SECONDS)
    if type(seconds) is not int or not 1 <= seconds <= _MOST_SECONDS:
        raise ValueError(f"{at} seconds must be a whole number from 1 to {_MOST_SECONDS}")
    asked = {name: _statement(at, told, name) for name in ("query", "version") if name in told}
    table = _text(at, told, "table") if "table" in told else None
    if table is not None and not _TABLE.fullmatch(table):
        raise ValueError(f"{at} table must be a name, or schema.name; for any other write a query")
    found = Database(_address(at, told), table, seconds=seconds, **asked)
    if found.system in SYSTEMS:
        _refuse_what_is_no_reading(at, asked)
    return found


def _statement(at: str, told: Mapping[str, Any], name: str) -> str:
    return _text(at, told, name).rstrip("; \n")


def _refuse_what_is_no_reading(at: str, asked: Mapping[str, str]) -> None:
    for name, statement in asked.items():
        if not only_reads(statement):
            raise ValueError(f"{at} {name} must be one statement, SELECT or WITH, which only reads")


def _address(at: str, told: Mapping[str, Any]) -> str:
    address = _text(at, told, "address")
    if _POSTGRESQL.match(address):
        return _of_postgresql(at, _POSTGRESQL.sub("postgresql://", address, count=1))
    address = _MYSQL.sub("mysql://", address, count=1)
    name = address.partition("://")[0]
    if name not in SYSTEMS:
        known = ", ".join(f"{name}://" for name in ("postgresql", *SYSTEMS))
        raise ValueError(f"{at} address must begin with one of {known}")
    return _of_system(at, name, address, SYSTEMS[name])


def _of_postgresql(at: str, address: str) -> str:
    try:
        conninfo_to_dict(address)
    except ProgrammingError:
        pass
    else:
        return address
    # out of the handler: what libpq says quotes the address
    raise ValueError(f"{at} address must be postgresql://user:password@host/name")


def _of_system(at: str, name: str, address: str, system: System) -> str:
    try:
        url: URL | None = make_url(address)
    except (ArgumentError, ValueError):
        url = None
    if url is None or not url.host:  # out of the handler: what is said there may quote the address
        raise ValueError(f"{at} address must be {system.form}")
    if url.query.keys() - system.options:  # not repeated: what is taken for one may be of a password
        raise ValueError(f"{at} address knows no options but {', '.join(sorted(system.options))}")
    for option in sorted(url.query.keys() & FILES):
        if not os.access(str(url.query[option]), os.R_OK):
            raise ValueError(f"{at} address: what {option} names is not there, or may not be read")
    url = url.set(drivername=system.driver)
    if not _has_driver(url):
        raise ValueError(f'{at} needs the driver of {name}, which is not installed: pip install ".[{name}]"')
    return url.render_as_string(hide_password=False)


def _has_driver(url: URL) -> bool:
    """Whether there is a driver that fits what else is installed."""
    try:
        url.get_dialect().import_dbapi()
    except (ImportError, AttributeError, ArgumentError):
        return False
    return True


def _columns(at: str, told: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    found = told.get("columns", {})
    if not isinstance(found, dict) or not all(isinstance(name, str) and name for name in found.values()):
        raise ValueError(f'{at} columns must be a table, as in {{ customer = "buyer", date = "day" }}')
    if unknown := sorted(found.keys() - set(ROLES)):
        raise ValueError(f"{at} columns knows {', '.join(ROLES)}, not {unknown[0]!r}")
    return tuple(found.items())


def _currency(at: str, told: Mapping[str, Any]) -> str | None:
    code = _text(at, told, "currency") if "currency" in told else None
    if code is not None and not _CURRENCY.fullmatch(code):
        raise ValueError(f'{at} currency must be a code, as "EUR"')
    return code


def _who(at: str, told: Mapping[str, Any]) -> Listed | None:
    if "who" not in told:
        return None
    who = told["who"]
    entries = who.split(",") if isinstance(who, str) else who
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        raise ValueError(f"{at} who must be addresses and domains")
    return listed(f"{at} who", entries)
