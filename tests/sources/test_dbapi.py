"""What drivers give and raise that cannot be tried here: a stand-in does as PEP 249 and their manuals say."""

from __future__ import annotations

import datetime as dt
import threading
import time
from decimal import Decimal
from types import SimpleNamespace

import pandas as pd
import pytest

from retention.errors import InputError
from retention.sources import Database, Reading, Shelf, Source, dbapi
from retention.sources.refusals import of_driver
from retention.sources.systems import SYSTEMS
from tests.sources.conftest import refusal

SNOWFLAKE = Database("snowflake://reader:geheim@account/shop/public", query="SELECT 1", seconds=1)
AHEAD = dt.timezone(dt.timedelta(hours=2))


class OperationalError(Exception):
    """As every driver has."""


class Failure(Exception):  # noqa: N818  as drivers name them
    """Of a driver, with what it is known by."""

    def __init__(self, *args, **known):
        super().__init__(*args)
        self.__dict__.update(known)


class Driver:
    """A connection whose cursors answer what they are told to: columns with their type codes, and rows."""

    def __init__(self, columns=(), rows=(), fails=None, waits=False):
        self.columns, self.rows, self.fails, self.waits = columns, list(rows), fails, waits
        self.closed, self.told, self.asked = threading.Event(), {}, []

    def connected(self, **told):
        self.told = told
        if isinstance(self.fails, Exception):
            raise self.fails
        return self

    def cursor(self):
        cursor = SimpleNamespace(close=lambda: None, fetchmany=self.fetchmany, execute=self.execute)
        cursor.description = [
            (name, code, None, None, None, scale, True) for name, code, scale in self.columns
        ]
        return cursor

    def execute(self, statement):
        self.asked.append(statement)
        if self.waits:
            self.closed.wait(20)
            raise Failure("closed")

    def fetchmany(self, rows):
        found, self.rows = self.rows[:rows], self.rows[rows:]
        return found

    def close(self):
        self.closed.set()


@pytest.fixture
def source(monkeypatch):
    """A source of a driver's."""

    def made(driver, database=SNOWFLAKE):
        dialect = SimpleNamespace(create_connect_args=lambda _: ([], {}), connect=driver.connected)
        monkeypatch.setattr(dbapi, "_dialect", lambda _: dialect)
        return Source("sales", "Shop orders", database)

    return made


def test_values_of_every_type_keep_what_they_hold(source):
    columns = {
        "customer": (2, None, "00017", "00017"),
        "whole": (0, 0, 7, 7),
        "total": (0, 2, Decimal("10.10"), 10.10),
        "exact": (0, 30, Decimal("0.12345678901234567890"), "0.1234567890123456789"),
        "tiny": (0, 9, Decimal("1E-7"), 1e-7),
        "float": (1, None, 0.1, 0.1),
        "day": (3, None, dt.date(2024, 3, 31), pd.Timestamp(2024, 3, 31)),
        "moment": (8, None, dt.datetime(2024, 3, 31, 23, 30), pd.Timestamp(2024, 3, 31, 23, 30)),  # noqa: DTZ001  by its clock
        "zoned": (7, None, dt.datetime(2024, 3, 31, 23, 30, tzinfo=AHEAD), pd.Timestamp(2024, 3, 31, 23, 30)),
        "true": (13, None, True, True),
        "bytes": (11, None, b"\x00\xff", r"\x00ff"),
        "tree": (5, None, {"a": [1]}, '{"a": [1]}'),
        "list": (0, 0, [1, 2], "[1, 2]"),  # of a column whose type tells that of its members
        "nothing": (0, 2, None, None),
    }  # fmt: skip
    driver = Driver(
        [(name, code, scale) for name, (code, scale, *_) in columns.items()],
        [[value for _, _, value, _ in columns.values()]],
    )
    found = Reading(source(driver), Shelf()).result().raw.table.iloc[0]
    for name, (*_, expected) in columns.items():
        if name == "nothing":
            continue  # a column without a cell is none
        assert found[name] == expected, name


def test_a_statement_that_takes_too_long_is_stopped_and_told(source):
    driver = Driver(waits=True)
    said = refusal(source(driver))
    assert (said.code, said.details["limit"]) == ("source_too_slow", 1)
    assert driver.closed.is_set()


def test_cancelling_closes_the_connection(source):
    driver = Driver(waits=True)
    reading = Reading(source(driver, Database(SNOWFLAKE.address, query="SELECT 1", seconds=60)), Shelf())
    while not driver.asked:
        assert not reading.wait(0.02)
    reading.cancel()
    with pytest.raises(InputError) as refused:
        reading.result()
    assert refused.value.code == "source_cancelled"
    assert driver.closed.is_set()


def test_a_driver_that_never_gives_up_is_given_up(source):
    driver = Driver(waits=True)
    driver.close = lambda: None
    began = time.monotonic()
    assert refusal(source(driver)).code == "source_lost"
    assert time.monotonic() - began < 20
    driver.closed.set()


@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (OperationalError("geheim"), "source_unreachable"),
        (ConnectionRefusedError("geheim"), "source_unreachable"),
        (Failure("wrong password geheim"), "source_refused"),
    ],
)
def test_why_there_is_no_connection_is_said(source, failure, code):
    assert refusal(source(Driver(fails=failure))).code == code


def test_snowflake_is_told_to_bound_statements_and_to_report_nothing(source):
    driver = Driver([("x", 0, 0)], [(1,)])
    Reading(source(driver), Shelf()).result()
    told = driver.told["session_parameters"]
    assert told["STATEMENT_TIMEOUT_IN_SECONDS"] == 1
    assert told["CLIENT_TELEMETRY_ENABLED"] is False


def test_bigquery_is_told_to_bound_jobs():
    client = SimpleNamespace(default_query_job_config=SimpleNamespace())
    assert SYSTEMS["bigquery"].told({"client": client}, 20) == {}
    assert client.default_query_job_config.job_timeout_ms == 20_000


@pytest.mark.parametrize(
    ("system", "failure", "code"),
    [
        ("bigquery", Failure(Failure("not found", code=404)), "source_no_table"),
        ("bigquery", Failure("denied", code=403), "source_forbidden"),
        ("bigquery", Failure(Failure("later", code=503)), "source_lost"),
        ("bigquery", Failure(Failure("wrong", code=400)), "source_failed"),
        ("snowflake", Failure("no such", errno=2003, sqlstate="42S02"), "source_no_table"),
        ("snowflake", Failure("no right", errno=3001, sqlstate="42501"), "source_forbidden"),
        ("snowflake", Failure("cancelled", errno=604, sqlstate="57014"), "source_stopped"),
        ("snowflake", Failure("syntax", errno=1003, sqlstate="42000"), "source_failed"),
        ("snowflake", ConnectionResetError(), "source_lost"),
        ("mysql", Failure(2013, "gone"), "source_lost"),
        ("mysql", UnicodeDecodeError("utf-8", b"\xe9", 0, 1, "x"), "source_not_text"),
        ("mysql", Failure(), "source_failed"),
    ],
)
def test_what_a_driver_raises_is_said_in_our_words(system, failure, code):
    assert of_driver(failure, SYSTEMS[system], 20, late=False).code == code


def test_a_failure_without_a_code_is_known_by_its_class():
    assert of_driver(Failure("geheim"), SYSTEMS["snowflake"], 20, late=False).details == {
        "database_code": "Failure"
    }
