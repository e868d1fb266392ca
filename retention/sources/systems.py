"""Databases beside PostgreSQL: what each is called, and what its driver calls types and refusals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from retention.sources.cells import ColumnType
    from retention.sources.refusals import SourceRefusal


@dataclass(frozen=True)
class System:
    """One of them.

    Attributes
    ----------
    form : of its addresses
    driver : by which SQLAlchemy knows it
    options : an address may set
    types : of its columns, by what its driver calls their types; every other is text
    refuses : codes of a server that lets nobody in
    refusals : by the code of a statement's failure
    stopped : codes of a statement that was
    told : what its driver is told beside the address, given what the address tells it, and the seconds of a
        statement
    """

    form: str
    driver: str
    options: frozenset[str]
    types: Mapping[int | str, ColumnType]
    refusals: Mapping[str, SourceRefusal]
    stopped: frozenset[str]
    refuses: frozenset[str] = frozenset()
    told: Callable[[Mapping[str, Any], int], dict[str, Any]] = lambda *_: {}


def _each(codes: str, refusal: SourceRefusal) -> dict[str, SourceRefusal]:
    return dict.fromkeys(codes.split(), refusal)


# Types: MySQL's field_types.h. Codes: the server error reference of MySQL and of MariaDB, and the client's
# (2000 and on); PyMySQL has 0 for a connection that is closed
_MYSQL = System(
    form="mysql://user:password@host/name",
    driver="mysql+pymysql",
    options=frozenset({"ssl_ca", "ssl_capath", "ssl_cert", "ssl_key", "ssl_check_hostname"}),
    types={
        **dict.fromkeys((1, 2, 3, 8, 9, 13, 16), "whole"),
        **dict.fromkeys((0, 246), "decimal"),
        **dict.fromkeys((4, 5), "float"),
        **dict.fromkeys((10, 14), "day"),
        **dict.fromkeys((7, 12), "moment"),
    },
    refusals={
        **_each("1049 1109 1146", "source_no_table"),
        **_each("1044 1142 1143 1227 1370", "source_forbidden"),
        **_each("1792", "source_writes"),
        **_each("1205 1213", "source_locked"),
        **_each("3 1021 1037 1038 1040 1041 1114 1203 1226", "source_no_room"),
        **_each("0 1053 1077 1158 1159 1160 1161 1927 2006 2013 2055 4031", "source_lost"),
    },
    stopped=frozenset({"1317", "1969", "3024"}),
    refuses=frozenset(
        {"1040", "1044", "1045", "1049", "1129", "1130", "1203", "1226", "1698", "3118", "3159"}
    ),
)


def _bounded_jobs(told: Mapping[str, Any], seconds: int) -> dict[str, Any]:
    """Have BigQuery end a job itself: nobody here knows of it before it has ended."""
    told["client"].default_query_job_config.job_timeout_ms = 1000 * seconds
    return {}


# Types: INFORMATION_SCHEMA's and the API's names. Codes: HTTP
_BIGQUERY = System(
    form="bigquery://project/dataset",
    driver="bigquery",
    options=frozenset({"credentials_path", "location", "maximum_bytes_billed"}),
    types={
        **dict.fromkeys(("BOOL", "BOOLEAN"), "truth"),
        **dict.fromkeys(("INT64", "INTEGER"), "whole"),
        **dict.fromkeys(("NUMERIC", "BIGNUMERIC"), "decimal"),
        **dict.fromkeys(("FLOAT64", "FLOAT"), "float"),
        "DATE": "day",
        "DATETIME": "moment",
        "TIMESTAMP": "zoned",
    },
    refusals={
        **_each("404", "source_no_table"),
        **_each("401 403", "source_forbidden"),
        **_each("429", "source_no_room"),
        **_each("500 502 503 504", "source_lost"),
    },
    stopped=frozenset({"499"}),
    told=_bounded_jobs,
)


def _bounded_statements(_: Mapping[str, Any], seconds: int) -> dict[str, Any]:
    """Have Snowflake end a statement itself, and learn nothing of this machine."""
    limits = {"STATEMENT_TIMEOUT_IN_SECONDS": seconds, "CLIENT_TELEMETRY_ENABLED": False}
    return {"login_timeout": 20, "session_parameters": {**limits, "QUERY_TAG": "ritorno"}}


# Types: the connector's FIELD_TYPES, in their order. Codes: SQLSTATE
_SNOWFLAKE = System(
    form="snowflake://user:password@account/database/schema",
    driver="snowflake",
    options=frozenset({"warehouse", "role", "authenticator", "private_key_file", "private_key_file_pwd"}),
    types={
        0: "decimal",
        1: "float",
        3: "day",
        4: "moment",
        6: "zoned",
        7: "zoned",
        8: "moment",
        13: "truth",
    },
    refusals={
        **_each("02000 42S02", "source_no_table"),
        **_each("42501", "source_forbidden"),
        **_each("08001 08003 08006", "source_lost"),
    },
    stopped=frozenset({"57014"}),
    told=_bounded_statements,
)
# Options that name one
FILES = frozenset({"ssl_ca", "ssl_capath", "ssl_cert", "ssl_key", "credentials_path", "private_key_file"})
SYSTEMS: Mapping[str, System] = {"mysql": _MYSQL, "bigquery": _BIGQUERY, "snowflake": _SNOWFLAKE}
