"""Rows of a real PostgreSQL: what they are here, and what is said when there are none."""

from __future__ import annotations

import socket
import time
from datetime import datetime

import numpy as np
import pandas as pd
import psycopg
import pytest

from retention import ingest
from retention.errors import InputError
from retention.ingest import Limits
from retention.sources import Reading, Shelf, read
from retention.text import LANGUAGES, Words
from tests.sources.conftest import PATIENCE, SLOW, begun, going_silent, refusal, run, running, source


def column(database, expression):
    """What one expression becomes."""
    return read(source(database, query=f"SELECT {expression} AS x")).table["x"]


def test_a_table_is_read_as_a_file_with_its_columns_would_be(database):
    raw = read(source(database))
    assert raw.table["customer"].tolist()[:2] == ["00017", "b@example.com"]
    assert raw.table["number"].tolist() == ["0001", "0002", "0003", "0004", "0005"]
    assert raw.table["day"].tolist()[2] == datetime(2024, 2, 10)  # noqa: DTZ001  a day of the shop's
    assert raw.table["total"].tolist()[:3] == [10.10, 40.0, 20.05]
    assert raw.table.isna().to_numpy().nonzero()[0].tolist() == [3, 4]
    assert raw.row_numbers.tolist() == [1, 2, 3, 4, 5]
    intake = ingest.to_orders(raw, ingest.guess(raw).mapping, now=datetime(2025, 1, 1))  # noqa: DTZ001  local
    assert intake.account.purchases == 3
    assert set(intake.account.set_aside) == {"missing_customer", "missing_amount"}


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("0.10::numeric(5, 2)", 0.10),
        ("123456789012.345::numeric", 123456789012.345),
        ("10.5000000000000000000::numeric", 10.5),
        ("100::numeric(20, 0)", 100.0),
        ("-0.05::numeric", -0.05),
        ("'NaN'::numeric", np.nan),
        ("1e20::float8", 1e20),
        ("7::int2", 7),
        ("9007199254740993::int8", "9007199254740993"),
        ("12345678901234567890123::numeric", "12345678901234567890123"),
        ("DATE '2024-03-31'", pd.Timestamp(2024, 3, 31)),
        ("TIMESTAMP '2024-03-31 23:30:00.5'", pd.Timestamp(2024, 3, 31, 23, 30, 0, 500_000)),
        ("'infinity'::date", "infinity"),
        ("DATE '0044-03-15 BC'", "0044-03-15 BC"),
        ("true", True),
        ("'00017'::varchar", "00017"),
        ("'1.234'::text", "1.234"),
        ("ARRAY[1, 2]", "{1,2}"),
        ("'{\"a\": 1}'::jsonb", '{"a": 1}'),
        ("'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
        ("'=cmd|calc'::text", "=cmd|calc"),
        ("NULL::numeric", np.nan),
        ("''::text", ""),
    ],
)
def test_a_cell_keeps_what_it_is(database, expression, value):
    table = read(source(database, query=f"SELECT 1 AS one, {expression} AS x")).table
    found = table["x"].iloc[0]
    assert type(found) is type(value) or isinstance(value, int | float)
    assert found == value or (pd.isna(value) and pd.isna(found))


def test_numbers_a_float_does_not_hold_are_known_for_numbers(database):
    raw = read(source(database, query="SELECT 9007199254740993::int8 AS x UNION ALL SELECT NULL"))
    assert raw.typed["x"].tolist() == [True]  # the blank row is none


def test_whole_numbers_stay_whole_beside_a_gap(database):
    values = "SELECT x, 1 AS one FROM (VALUES (1), (NULL), (3)) AS t (x)"
    assert read(source(database, query=values)).table["x"].dropna().tolist() == [1, 3]


def test_a_moment_of_a_zone_is_by_the_databases_clock(server, database):
    run(server, database, f"ALTER DATABASE {database.rpartition('/')[2]} SET timezone = 'Europe/Rome'")
    late = column(database, "TIMESTAMPTZ '2024-01-31 23:30:00+00'")
    assert late.tolist() == [pd.Timestamp(2024, 2, 1, 0, 30)]


def test_dates_are_read_whatever_way_the_database_writes_them(server, database):
    run(server, database, f"ALTER DATABASE {database.rpartition('/')[2]} SET datestyle = 'German, DMY'")
    assert column(database, "DATE '2024-02-01'").tolist() == [pd.Timestamp(2024, 2, 1)]


def test_letters_come_from_whatever_way_the_database_keeps_them(server):
    server.run("DROP DATABASE IF EXISTS latin", "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0")
    assert column(server.address("latin"), "'Perù'::text").tolist() == ["Perù"]


def test_letters_nobody_can_tell_are_said_and_not_guessed(server):
    server.run(
        "DROP DATABASE IF EXISTS bytes", "CREATE DATABASE bytes ENCODING 'SQL_ASCII' TEMPLATE template0"
    )
    told = source(server.address("bytes"), query=r"SELECT convert_from('\x50e9'::bytea, 'SQL_ASCII') AS x")
    assert refusal(told).code == "source_not_text"


def test_columns_of_one_name_are_told_apart(database):
    table = read(source(database, query="SELECT customer, total, total, 1 FROM sales")).table
    assert list(table.columns) == ["customer", "total", "total (2)", "?column?"]


def test_a_table_of_a_schema_and_of_capitals_is_found(server, database):
    run(server, database, 'CREATE SCHEMA shop; CREATE TABLE shop."Orders" AS SELECT * FROM sales')
    assert len(read(source(database, table="shop.Orders")).table) == 5


def test_many_rows_come_in_parts_and_in_order(database):
    rows = "SELECT i AS x, repeat('y', 300) AS y FROM generate_series(1, 60000) AS i"
    assert read(source(database, query=rows)).table["x"].tolist() == list(range(1, 60_001))


def test_rows_that_come_slowly_come_in_small_parts(database):
    """All of them take longer than a statement may."""
    rows = "SELECT i AS x, pg_sleep(0.001) FROM generate_series(1, 2500) AS i"
    assert len(read(source(database, query=rows, seconds=2)).table) == 2500


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"table": "nothing"}, "source_no_table"),
        ({"table": "nowhere.nothing"}, "source_no_table"),
        ({"query": "SELECT nothing FROM sales"}, "source_failed"),
        ({"query": "SELECT FROM WHERE"}, "source_failed"),
        ({"query": "SELECT 1 / 0 AS x"}, "source_failed"),
        ({"query": "SELECT customer::int FROM sales"}, "source_failed"),
        ({"query": "SELECT 1 AS x; SELECT 2 AS x"}, "source_failed"),
        ({"query": "DELETE FROM sales"}, "source_failed"),
        ({"query": "SELECT nextval('counted')"}, "source_writes"),
        ({"query": "SELECT wiped()"}, "source_writes"),
        ({"query": "SELECT 1", "version": "SELECT wiped()"}, "source_writes"),
        ({"query": "SELECT full_up()"}, "source_no_room"),
        ({"query": "SELECT pg_sleep(20)", "seconds": 1}, "source_too_slow"),
        ({"query": "SELECT i, pg_sleep(1) FROM generate_series(1, 9) AS i", "seconds": 2}, "source_too_slow"),
        (
            {"query": "SELECT pg_sleep(1.5)", "version": "SELECT pg_sleep(1.2)", "seconds": 2},
            "source_too_slow",
        ),
        ({"query": "SELECT * FROM sales WHERE false"}, "source_empty"),
        ({"table": "empty"}, "source_empty"),
        ({"query": "SELECT NULL AS x"}, "no_rows"),
    ],
)
def test_what_cannot_be_read_is_said_and_changes_nothing(server, database, told, code):
    run(
        server,
        database,
        "CREATE SEQUENCE counted",
        "CREATE TABLE empty (customer text)",
        "CREATE FUNCTION wiped() RETURNS int LANGUAGE plpgsql AS 'BEGIN DELETE FROM sales; RETURN 1; END'",
        "CREATE FUNCTION full_up() RETURNS int LANGUAGE plpgsql AS"
        " 'BEGIN RAISE EXCEPTION USING errcode = ''disk_full''; END'",
    )
    assert refusal(source(database, **told)).code == code
    assert len(read(source(database)).table) == 5


def test_a_message_of_the_database_is_not_repeated(database, caplog):
    said = refusal(source(database, query="SELECT customer::int FROM sales"))  # it quotes the customer
    assert said.details == {"database_code": "22P02", "name": "Shop orders"}
    assert "source sales: source_failed 22P02" in caplog.text
    assert "00017" not in caplog.text


def test_who_may_not_read_a_table_is_told_so(server, database):
    run(server, database, "DROP ROLE IF EXISTS nobody_here", "CREATE ROLE nobody_here LOGIN")
    assert refusal(source(database.replace("ritorno@", "nobody_here@"))).code == "source_forbidden"


def test_a_wrong_password_is_told_from_a_server_that_is_down(server, database, caplog):
    run(server, database, "DROP ROLE IF EXISTS knocking", "CREATE ROLE knocking LOGIN PASSWORD 'right'")
    rules = server.folder / "data" / "pg_hba.conf"
    before = rules.read_text()
    rules.write_text(f"host all knocking 127.0.0.1/32 scram-sha-256\n{before}")
    server.run("SELECT pg_reload_conf()")
    try:
        assert refusal(source(database.replace("ritorno@", "knocking:geheim@"))).code == "source_refused"
        assert refusal(source(database.replace("ritorno@", "knocking@"))).code == "source_refused"
    finally:
        rules.write_text(before)
        server.run("SELECT pg_reload_conf()")
    assert "geheim" not in caplog.text


def test_a_database_that_is_not_there_lets_nobody_in(server):
    assert refusal(source(server.address("nothing"))).code == "source_refused"


def test_a_server_that_is_down_is_told(free_port):
    assert refusal(source(f"postgresql://a:geheim@127.0.0.1:{free_port}/x")).code == "source_unreachable"


def test_a_host_nobody_knows_is_told():
    assert refusal(source("postgresql://a@nowhere.invalid/x")).code == "source_unreachable"


def test_a_server_that_takes_and_never_answers_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"postgresql://a:geheim@127.0.0.1:{silent.getsockname()[1]}/x"
        assert refusal(source(address)).code == "source_unreachable"


def test_a_line_that_goes_silent_is_given_up(server, database):
    with going_silent(server) as (port, cut):
        address = database.replace(str(server.port), str(port))
        rows = "SELECT i, pg_sleep(0.001) FROM generate_series(1, 100000) AS i"
        reading = Reading(source(address, query=rows, seconds=2), Shelf())
        while not reading.course.rows:
            assert not reading.wait(0.05)
        cut.set()
        until = time.monotonic() + PATIENCE
        while not reading.wait(0.1):
            assert time.monotonic() < until
        with pytest.raises(InputError) as refused:
            reading.result()
        assert refused.value.code == "source_lost"


def test_cancelling_ends_the_query_on_the_server(database):
    reading = begun(database, **SLOW)
    reading.cancel()
    with pytest.raises(InputError) as refused:
        reading.result()
    assert refused.value.code == "source_cancelled"
    assert running(database) == 0


def test_a_query_that_somebody_stops_there_is_told(server, database):
    reading = begun(database, **SLOW)
    run(
        server,
        database,
        "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE application_name = 'ritorno'",
    )
    with pytest.raises(InputError) as refused:
        reading.result()
    assert refused.value.code == "source_stopped"


def test_a_server_that_goes_away_in_the_middle_is_told(server, database):
    reading = begun(database, **SLOW)
    run(
        server,
        database,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ritorno'",
    )
    with pytest.raises(InputError) as refused:
        reading.result()
    assert refused.value.code == "source_lost"


def test_a_table_somebody_holds_is_not_waited_for_long(database):
    with psycopg.connect(database) as holding:
        holding.execute("LOCK TABLE sales")
        assert refusal(source(database, seconds=2)).code == "source_locked"


@pytest.mark.parametrize(
    ("told", "limits", "code"),
    [
        ({}, Limits(rows=4), "source_too_many_rows"),
        ({"query": "SELECT * FROM sales"}, Limits(rows=4), "source_too_many_rows"),
        ({"query": "SELECT repeat('x', 1000) AS x FROM generate_series(1, 9000)"}, Limits(expanded_bytes=1 << 20), "source_too_large"),  # noqa: E501
        ({"query": "SELECT repeat('x', 2000000) AS notes"}, Limits(), "source_cell_too_long"),
        ({}, Limits(columns=3), "too_many_columns"),
    ],
)  # fmt: skip
def test_what_is_too_large_is_refused_with_what_to_do(database, told, limits, code):
    said = refusal(source(database, **told), limits)
    assert said.code == code
    if code in {"source_too_many_rows", "source_too_large"}:
        for language in LANGUAGES:
            assert "--engine duckdb" in Words(language).error(said)


def test_as_many_rows_as_the_limit_are_read(database):
    reading = Reading(source(database), Shelf(), limits=Limits(rows=5))
    assert len(reading.result().raw.table) == 5


def test_how_far_it_is_can_be_said(database):
    reading = Reading(source(database), Shelf())
    assert len(reading.result().raw.table) == 5
    assert (reading.course.rows, reading.course.total, reading.course.share) == (5, 5, 1.0)


def test_columns_and_currency_a_host_tells_are_taken(database):
    query = "SELECT customer AS a, number AS b, day AS c, total AS d, 3 AS amount FROM sales"
    told = {"columns": {"customer": "a", "date": "c", "amount": "d"}, "currency": "EUR"}
    raw = read(source(database, query=query, **told))
    found = ingest.guess(raw)
    assert (found.mapping.customer, found.mapping.date, found.mapping.amount) == ("a", "c", "d")
    assert ingest.to_orders(raw, found.mapping).orders.currency == "EUR"


def test_a_column_a_host_tells_that_is_not_there_is_named(database):
    raw = read(source(database, columns={"customer": "buyer"}))
    with pytest.raises(InputError) as refused:
        ingest.guess(raw)
    assert (refused.value.code, refused.value.details["column"]) == ("no_such_column", "buyer")
