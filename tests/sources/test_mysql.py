"""Rows of a real MariaDB: what they are here, and what is said when there are none."""

from __future__ import annotations

import pickle
import signal
import socket
import time
from contextlib import closing
from datetime import datetime

import numpy as np
import pandas as pd
import pytest

from retention import ingest
from retention.errors import InputError
from retention.ingest import Limits
from retention.sources import Reading, Shelf, read, session
from retention.text import LANGUAGES, Words
from tests.sources.conftest import PATIENCE, going_silent, refusal, source
from tests.sources.servers import certify, mariadb, pymysql

SALES = (
    "CREATE TABLE sales (customer varchar(40), number varchar(9), day date, total decimal(10, 2))",
    "INSERT INTO sales VALUES ('00017', '0001', '2024-01-01', 10.10)",
    "INSERT INTO sales VALUES ('b@example.com', '0002', '2024-01-15', 40)",
    "INSERT INTO sales VALUES ('00017', '0003', '2024-02-10', 20.05)",
    "INSERT INTO sales VALUES ('d', '0004', '2024-02-11', NULL), (NULL, '0005', '2024-02-12', 7)",
)
SLOW = {"query": "SELECT customer, sleep(60) FROM sales", "seconds": 600}
RUNNING = "SELECT id FROM information_schema.processlist WHERE user = 'ritorno' AND info LIKE '%sleep%'"


@pytest.fixture(autouse=True, scope="module")
def _driver():
    pymysql()


@pytest.fixture(scope="module")
def server():
    with mariadb() as started:
        yield started


@pytest.fixture
def name(server):
    """The name of a database with sales, nobody else's."""
    found = server.new_database()
    server.run(*SALES, name=found)
    return found


@pytest.fixture
def database(server, name):
    """Its address."""
    return server.address(name)


def begun(server, told):
    """A reading that is in the middle of a long query."""
    reading = Reading(told, Shelf())
    while not server.run(RUNNING):
        assert not reading.wait(0.02)
    return reading


def ended(server):
    """Whether the server is at nothing of ours, soon."""
    until = time.monotonic() + PATIENCE
    while server.run(RUNNING) and time.monotonic() < until:
        time.sleep(0.05)
    return not server.run(RUNNING)


def test_a_table_is_read_as_a_file_with_its_columns_would_be(database):
    raw = read(source(database))
    assert raw.table["customer"].tolist()[:2] == ["00017", "b@example.com"]
    assert raw.table["number"].tolist() == ["0001", "0002", "0003", "0004", "0005"]
    assert raw.table["day"].tolist()[2] == datetime(2024, 2, 10)  # noqa: DTZ001  a day of the shop's
    assert raw.table["total"].tolist()[:3] == [10.10, 40.0, 20.05]
    assert raw.table.isna().to_numpy().nonzero()[0].tolist() == [3, 4]
    intake = ingest.to_orders(raw, ingest.guess(raw).mapping, now=datetime(2025, 1, 1))  # noqa: DTZ001  local
    assert intake.account.purchases == 3
    assert set(intake.account.set_aside) == {"missing_customer", "missing_amount"}


@pytest.mark.parametrize("told", [{"table": "shop"}, {"query": "SELECT * FROM shop WHERE 1 LIKE '%'"}])
def test_the_sample_shop_gives_the_orders_of_its_file(server, name, told):
    file = ingest.open_sample("shop")
    texts = file.table.astype(object).where(file.table.notna(), None)
    columns = ", ".join(f"`{each}` text" for each in texts)
    server.run(f"CREATE TABLE shop ({columns}) CHARACTER SET utf8mb4", name=name)
    with closing(server.connection(name)) as connection, connection.cursor() as cursor:
        places = ", ".join(["%s"] * len(texts.columns))
        cursor.executemany(f"INSERT INTO shop VALUES ({places})", texts.to_numpy().tolist())  # noqa: S608  ours
    raw = read(source(server.address(name), **told))
    of_file, of_source = (ingest.to_orders(each, ingest.guess(each).mapping) for each in (file, raw))
    pd.testing.assert_frame_equal(of_source.orders.table, of_file.orders.table)
    assert of_source.account.purchases == of_file.account.purchases > 10_000


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("CAST(0.10 AS decimal(5, 2))", 0.10),
        ("123456789012.345", 123456789012.345),
        ("CAST(10.5 AS decimal(40, 20))", 10.5),
        ("CAST(-0.05 AS decimal(5, 2))", -0.05),
        ("CAST(100 AS decimal(20, 0))", 100),
        ("1e20", 1e20),
        ("7", 7),
        ("9007199254740993", "9007199254740993"),
        ("CAST(18446744073709551615 AS unsigned)", "18446744073709551615"),
        ("CAST('12345678901234567890123' AS decimal(30))", "12345678901234567890123"),
        ("CAST('0.12345678901234567890' AS decimal(30, 20))", "0.1234567890123456789"),
        ("DATE '2024-03-31'", pd.Timestamp(2024, 3, 31)),
        ("TIMESTAMP '2024-03-31 23:30:00.5'", pd.Timestamp(2024, 3, 31, 23, 30, 0, 500_000)),
        ("CAST('0000-00-00' AS date)", "0000-00-00"),
        ("TIME '01:02:03'", "01:02:03"),
        ("TRUE", 1),
        ("'00017'", "00017"),
        ("'1.234'", "1.234"),
        ("'Però 日本 🎉'", "Però 日本 🎉"),
        ("JSON_OBJECT('a', 1)", '{"a": 1}'),
        ("x'00ff'", r"\x00ff"),
        ("'=cmd|calc'", "=cmd|calc"),
        ("'100%s'", "100%s"),
        ("CAST(NULL AS decimal(5, 2))", np.nan),
        ("''", ""),
    ],
)
def test_a_cell_keeps_what_it_is(server, name, expression, value):
    server.run("SET GLOBAL sql_mode = ''")
    found = read(source(server.address(name), query=f"SELECT 1 AS one, {expression} AS x")).table["x"].iloc[0]
    assert type(found) is type(value) or isinstance(value, int | float)
    assert found == value or (pd.isna(value) and pd.isna(found))


def test_columns_of_every_kind_keep_what_they_hold(server, name):
    server.run(
        "CREATE TABLE kinds (flag bit(1), small tinyint, tall int(6) zerofill, single float, wide double,"
        " born year, kind enum('shop', 'web'), notes longtext CHARACTER SET latin1)",
        "INSERT INTO kinds VALUES (b'1', -7, 42, 10.1, 0.1, 2024, 'web', 'Perù')",
        name=name,
    )
    found = read(source(server.address(name), table="kinds")).table.iloc[0]
    assert found.tolist() == [1, -7, 42, 10.1, 0.1, 2024, "web", "Perù"]


def test_numbers_a_float_does_not_hold_are_known_for_numbers(database):
    raw = read(source(database, query="SELECT 9007199254740993 AS x UNION ALL SELECT NULL"))
    assert raw.typed["x"].tolist() == [True]  # the blank row is none


def test_a_moment_of_a_zone_is_by_the_databases_clock(server, name):
    server.run(
        "CREATE TABLE late (x timestamp NOT NULL)",
        "SET time_zone = '+00:00'",
        "INSERT INTO late VALUES ('2024-01-31 23:30:00')",
        "SET GLOBAL time_zone = '+01:00'",
        name=name,
    )
    found = read(source(server.address(name), query="SELECT x, 1 AS one FROM late")).table["x"]
    server.run("SET GLOBAL time_zone = 'SYSTEM'")
    assert found.tolist() == [pd.Timestamp(2024, 2, 1, 0, 30)]


def test_columns_of_one_name_are_told_apart(database):
    table = read(source(database, query="SELECT customer, total, total FROM sales")).table
    assert list(table.columns) == ["customer", "total", "total (2)"]


def test_a_table_of_another_database_is_found_by_its_name(server, name):
    other = server.new_database()
    server.run(f"CREATE TABLE `{other}`.`all Orders` AS SELECT * FROM sales", name=name)  # noqa: S608  ours
    server.run(f"CREATE VIEW `{other}`.seen AS SELECT * FROM `{other}`.`all Orders`", name=name)  # noqa: S608  ours
    assert len(read(source(server.address(name), table=f"{other}.seen")).table) == 5
    assert len(read(source(server.address(name), query=f"SELECT * FROM `{other}`.`all Orders`")).table) == 5  # noqa: S608  ours


def test_many_rows_come_in_parts_and_in_order(database, monkeypatch):
    told = source(database, query="SELECT seq AS x, repeat('y', 300) AS y FROM seq_1_to_60000")
    raw = read(told)
    assert raw.table["x"].tolist() == list(range(1, 60_001))
    monkeypatch.setattr(session, "_FIRST", 7)
    assert read(told).content_hash == raw.content_hash


def test_rows_that_come_slowly_come_in_small_parts(database):
    """All of them take longer than the first ones may."""
    rows = "SELECT seq AS x, sleep(0.001) AS y, repeat('z', 20000) AS z FROM seq_1_to_2500"
    assert len(read(source(database, query=rows, seconds=2)).table) == 2500


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"table": "nothing"}, "source_no_table"),
        ({"table": "nowhere.nothing"}, "source_forbidden"),  # which tells nobody whether it is there
        ({"query": "SELECT nothing FROM sales"}, "source_failed"),
        ({"query": "SELECT FROM WHERE"}, "source_failed"),
        ({"query": "SELECT customer FROM sales PROCEDURE x()"}, "source_failed"),
        ({"query": "SELECT nextval(counted)"}, "source_writes"),
        ({"query": "SELECT wiped()"}, "source_writes"),
        ({"query": "SELECT 1", "version": "SELECT wiped()"}, "source_writes"),
        ({"query": "SELECT full_up()"}, "source_no_room"),
        ({"query": "SELECT seq, sleep(20) FROM seq_1_to_3", "seconds": 1}, "source_too_slow"),
        ({"query": "SELECT sleep(20)", "seconds": 1}, "source_too_slow"),
        ({"query": "SELECT 1", "version": "SELECT sleep(20)", "seconds": 1}, "source_too_slow"),
        ({"query": "SELECT repeat('x', 20000), sleep(1) FROM seq_1_to_9", "seconds": 2}, "source_too_slow"),
        ({"query": "SELECT * FROM sales WHERE false"}, "source_empty"),
        ({"table": "empty"}, "source_empty"),
        ({"query": "SELECT NULL AS x"}, "no_rows"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_changes_nothing(server, name, told, code):
    server.run(
        "CREATE SEQUENCE counted",
        f"GRANT INSERT, DELETE ON {name}.* TO ritorno@`127.0.0.1`",
        "CREATE TABLE empty (customer text)",
        "CREATE FUNCTION wiped() RETURNS int BEGIN DELETE FROM sales; RETURN 1; END",
        "CREATE FUNCTION full_up() RETURNS int"
        " BEGIN SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1114; RETURN 1; END",
        name=name,
    )
    assert refusal(source(server.address(name), **told)).code == code
    assert ended(server)
    assert len(read(source(server.address(name))).table) == 5


def test_a_query_that_only_begins_like_a_reading_changes_nothing(server, name):
    server.run(f"GRANT DELETE ON {name}.* TO ritorno@`127.0.0.1`")
    told = source(server.address(name), query="WITH x AS (SELECT 1) DELETE FROM sales")
    assert refusal(told).code in {
        "source_failed",
        "source_writes",
    }  # MariaDB's grammar has no such, MySQL's has
    assert len(read(source(server.address(name))).table) == 5


def test_a_message_of_the_database_is_not_repeated(server, name, caplog):
    server.run(
        "CREATE FUNCTION telling() RETURNS int"
        " BEGIN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'customer 00017'; RETURN 1; END",
        name=name,
    )
    said = refusal(source(server.address(name), query="SELECT telling()"))
    assert said.details == {"database_code": "1644", "name": "Shop orders"}
    assert "source sales: source_failed 1644" in caplog.text
    assert "00017" not in caplog.text


def test_who_may_not_read_a_table_is_told_so(server, name):
    server.run(
        "CREATE OR REPLACE USER nobody_here@`127.0.0.1`",
        f"GRANT INSERT ON {name}.* TO nobody_here@`127.0.0.1`",
    )
    assert refusal(source(server.address(name, "nobody_here"))).code == "source_forbidden"


def test_a_wrong_password_is_told_from_a_server_that_is_down(server, name, caplog):
    for user in ("ritorno:falsch", "ritorno", "unknown:falsch"):
        assert refusal(source(server.address(name, user))).code == "source_refused"
    assert "falsch" not in caplog.text


def test_a_database_that_is_not_there_lets_nobody_in(server):
    assert refusal(source(server.address("nothing"))).code == "source_refused"


def test_a_server_that_is_down_is_told(free_port):
    assert refusal(source(f"mysql://a:geheim@127.0.0.1:{free_port}/x")).code == "source_unreachable"


def test_a_host_nobody_knows_is_told():
    assert refusal(source("mysql://a@nowhere.invalid/x")).code == "source_unreachable"


def test_a_server_that_takes_and_never_answers_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"mysql://a:geheim@127.0.0.1:{silent.getsockname()[1]}/x"
        told, shelf = source(address, seconds=600), Shelf()
        assert refusal(told, shelf=shelf).code == "source_unreachable"
        until = time.monotonic() + PATIENCE
        while shelf.place_of(told).alone.locked():  # whoever comes next need not wait for this one
            assert time.monotonic() < until
            time.sleep(0.1)


def silent_in_the_middle(server, name):
    """A line that carries nothing any more after the first rows, and what is said of it."""
    with going_silent(server) as (port, cut):
        address = server.address(name).replace(str(server.port), str(port))
        rows = "SELECT seq AS x, sleep(0.001), repeat('y', 9000) FROM seq_1_to_100000"
        reading = Reading(source(address, query=rows, seconds=2), Shelf())
        while not reading.course.rows:
            assert not reading.wait(0.05)
        cut.set()
        until = time.monotonic() + PATIENCE
        while not reading.wait(0.1):
            assert time.monotonic() < until
        with pytest.raises(InputError) as refused:
            reading.result()
    assert ended(server)
    return refused.value.code


def test_a_line_that_goes_silent_is_given_up(server, name):
    assert silent_in_the_middle(server, name) == "source_lost"


def test_cancelling_ends_the_query_on_the_server(server, database):
    reading = begun(server, source(database, **SLOW))
    reading.cancel()
    with pytest.raises(InputError) as refused:
        reading.result()
    assert refused.value.code == "source_cancelled"
    assert not server.run(RUNNING)


def test_cancelling_in_the_middle_of_the_rows_ends_them_there_too(server, database):
    rows = "SELECT seq AS x, sleep(0.001), repeat('y', 9000) FROM seq_1_to_100000"
    reading = begun(server, source(database, query=rows))
    while not reading.course.rows:
        assert not reading.wait(0.02)
    reading.cancel()
    assert reading.wait(PATIENCE)
    with pytest.raises(InputError) as refused:
        reading.result()
    assert refused.value.code == "source_cancelled"
    assert ended(server)


@pytest.mark.parametrize(("statement", "code"), [("KILL QUERY", "source_stopped"), ("KILL", "source_lost")])
def test_a_query_that_somebody_stops_there_is_told(server, database, statement, code):
    reading = begun(server, source(database, **SLOW))
    for (number,) in server.run(RUNNING):
        server.run(f"{statement} {number}")
    with pytest.raises(InputError) as refused:
        reading.result()
    assert refused.value.code == code


def test_a_server_without_a_certificate_that_goes_away_in_the_middle_is_told():
    with mariadb(secure=False) as server:
        name = server.new_database()
        server.run(*SALES, name=name)
        assert len(read(source(server.address(name))).table) == 5
        assert silent_in_the_middle(server, name) == "source_lost"
        reading = begun(server, source(server.address(name), **SLOW))
        server.process.send_signal(signal.SIGKILL)
        until = time.monotonic() + PATIENCE
        while not reading.wait(0.1):
            assert time.monotonic() < until
        with pytest.raises(InputError) as refused:
            reading.result()
        assert refused.value.code == "source_lost"
        assert refusal(source(server.address(name))).code == "source_unreachable"


def test_a_table_somebody_holds_is_not_waited_for_long(server, name):
    with closing(server.connection(name)) as holding, holding.cursor() as cursor:
        cursor.execute("LOCK TABLES sales WRITE")
        assert refusal(source(server.address(name), seconds=4)).code == "source_locked"


@pytest.mark.parametrize(
    ("told", "limits", "code"),
    [
        ({}, Limits(rows=4), "source_too_many_rows"),
        ({"query": "SELECT seq FROM seq_1_to_100000000"}, Limits(rows=4), "source_too_many_rows"),
        ({"query": "SELECT repeat('x', 1000) AS x FROM seq_1_to_900000"}, Limits(expanded_bytes=1 << 20), "source_too_large"),  # noqa: E501
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


def test_how_far_it_is_can_be_said(database):
    reading = Reading(source(database), Shelf())
    assert len(reading.result().raw.table) == 5
    assert (reading.course.rows, reading.course.total, reading.course.share) == (5, 5, 1.0)


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO sales SELECT * FROM sales LIMIT 1",
        "DELETE FROM sales WHERE customer = 'd'",
        "UPDATE sales SET day = '2024-03-01' WHERE customer = 'd'",
    ],
)
def test_a_table_with_other_rows_or_later_days_is_read_again(server, name, change):
    shelf, told = Shelf(), source(server.address(name))
    first = Reading(told, shelf).result()
    server.run("UPDATE sales SET total = total + 1", name=name)  # neither a row nor a day more
    assert Reading(told, shelf).result() is first
    server.run(change, name=name)
    assert Reading(told, shelf).result().raw.content_hash != first.raw.content_hash


@pytest.mark.parametrize(
    "version",
    ["SELECT sum(total) FROM sales", "SELECT seq + (SELECT sum(total) FROM sales) FROM seq_1_to_9999"],
)
def test_a_query_is_read_again_when_its_version_changes(server, name, version):
    shelf = Shelf()
    told = source(server.address(name), query="SELECT * FROM sales", version=version)
    first = Reading(told, shelf).result()
    assert Reading(told, shelf).result() is first
    server.run("UPDATE sales SET total = total + 1", name=name)
    assert Reading(told, shelf).result() is not first


def test_rows_are_those_of_one_moment(server, name):
    """What is added once a transaction has begun is not seen in it."""
    query = "SELECT *, (SELECT count(*) FROM sales) AS counted FROM sales"
    told = source(server.address(name), query=query, version="SELECT 1, sleep(1)")
    reading = begun(server, told)
    server.run("INSERT INTO sales SELECT * FROM sales", name=name)
    assert reading.result().raw.table["counted"].tolist() == [5] * 5


def test_a_line_is_safe_where_the_address_names_whom_to_trust(server, name, tmp_path):
    certify(tmp_path)
    server.run(
        "CREATE OR REPLACE USER safe@`127.0.0.1` IDENTIFIED BY 'geheim' REQUIRE SSL",
        f"GRANT SELECT ON {name}.* TO safe@`127.0.0.1`",
    )
    address = f"{server.address(name, 'safe:geheim')}?ssl_ca="
    query = "SELECT variable_value FROM information_schema.session_status WHERE variable_name = 'SSL_VERSION'"
    ours, other = server.folder / "certificate.pem", tmp_path / "certificate.pem"
    found = read(source(f"{address}{ours}", query=query)).table
    assert found.iloc[0, 0].startswith("TLS")
    assert refusal(source(f"{address}{other}")).code == "source_unreachable"
    elsewhere = f"{address}{ours}".replace("127.0.0.1", "localhost")
    assert refusal(source(elsewhere)).code == "source_unreachable"


def test_neither_what_is_read_nor_a_refusal_holds_the_address(database):
    raw = read(source(database))
    assert b"geheim" not in pickle.dumps(raw)
    with pytest.raises(InputError) as refused:
        read(source(database, table="nothing"))
    frames = []
    place = refused.value.__traceback__
    while place is not None:
        frames.append(place.tb_frame.f_globals["__name__"])
        place = place.tb_next
    assert not {"retention.sources.dbapi", "retention.sources.session"} & set(frames)
    assert b"geheim" not in pickle.dumps(refused.value)


def test_who_reads_twice_at_once_reads_once(database):
    shelf, told = Shelf(), source(database, query="SELECT *, sleep(0.2) FROM sales")
    first, second = Reading(told, shelf), Reading(told, shelf)
    assert second.result() is first.result()
