"""What a host may write of a source, and what keeps a server from starting, without a secret in it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from sqlalchemy import URL

from retention.allowed import Person
from retention.engines import Place
from retention.errors import InputError
from retention.sources import ByEngine, Database, Files, configured, sources_in, sources_of

ADDRESS = "postgresql://reader:geheim@db.example.com/shop"
FILES = {"name": "Shop", "path": "/srv/sales"}
ROWS = {"name": "Shop", "address": ADDRESS, "table": "public.orders"}


def only(told):
    return sources_in({"shop": told})["shop"]


def test_a_folder_is_read_where_it_is():
    assert only(FILES).place == Files(Path("/srv/sales"))


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_database_is_written_as_hosts_write_it(scheme):
    address = ADDRESS.replace("postgresql", scheme)
    assert only({**ROWS, "address": address}).place == Database(ADDRESS, "public.orders")


@pytest.fixture
def _drivers(monkeypatch):
    """Have every driver, here or not."""
    monkeypatch.setattr(configured, "_has_driver", lambda _: True)


@pytest.mark.usefixtures("_drivers")
@pytest.mark.parametrize(
    ("address", "kept", "system"),
    [
        ("mysql://reader:geheim@db/shop", "mysql+pymysql://reader:geheim@db/shop", "mysql"),
        ("mysql+pymysql://reader@db:3307/shop", "mysql+pymysql://reader@db:3307/shop", "mysql"),
        ("mariadb://reader:gehe%40im@db/shop?ssl_ca=/", "mysql+pymysql://reader:gehe%40im@db/shop?ssl_ca=%2F", "mysql"),  # noqa: E501
        ("bigquery://project/dataset?location=EU", "bigquery://project/dataset?location=EU", "bigquery"),
        ("snowflake://reader:geheim@account/db/schema?warehouse=w", "snowflake://reader:geheim@account/db/schema?warehouse=w", "snowflake"),  # noqa: E501
    ],
)  # fmt: skip
def test_other_databases_are_written_likewise(address, kept, system):
    place = only({**ROWS, "address": address}).place
    assert place == Database(kept, "public.orders")
    assert place.system == system


@pytest.mark.usefixtures("_drivers")
@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"address": "mysql:///shop"}, "mysql://user:password@host/name"),
        ({"address": "mysql://reader:geheim@db:port/shop"}, "mysql://user:password@host/name"),
        ({"address": "bigquery://"}, "bigquery://project/dataset"),
        ({"address": "snowflake:geheim"}, "postgresql://, mysql://, bigquery://, snowflake://"),
        ({"address": "mysql://reader:x@db/shop?local_infile=1"}, "ssl_ca"),
        ({"address": "snowflake://reader:x@account/db?geheim=1"}, "warehouse"),
        ({"address": "mysql://reader:x@db/shop?ssl_ca=/nowhere/geheim.pem"}, "what ssl_ca names"),
        ({"query": "DELETE FROM orders"}, "query must be one statement"),
        ({"query": "SELECT 1; DELETE FROM orders"}, "query must be one statement"),
        ({"query": "SELECT 1", "version": "CALL counted()"}, "version must be one statement"),
    ],
)
def test_what_cannot_be_used_of_other_databases_is_named_and_no_secret_repeated(told, named):
    usual = {"name": "Shop", "address": "mysql://reader:geheim@db/shop"}
    with pytest.raises(ValueError, match=r"\[sources\.shop\]") as refused:
        only({**usual, **({} if "query" in told else {"table": "orders"}), **told})
    assert named in str(refused.value)
    assert "geheim" not in str(refused.value)
    assert refused.value.__context__ is None


@pytest.mark.parametrize("missing", ["import pymysql", "fits nothing"])
def test_a_driver_that_is_not_there_is_named_with_what_installs_it(monkeypatch, missing):
    if missing == "import pymysql":
        monkeypatch.setitem(sys.modules, "pymysql", None)
    else:
        monkeypatch.setattr(URL, "get_dialect", lambda _: object())
    with pytest.raises(ValueError, match=r"pip install \"\.\[mysql\]\"") as refused:
        only({**ROWS, "address": "mysql://reader:geheim@db/shop"})
    assert "geheim" not in str(refused.value)


def test_what_else_a_host_tells_is_kept():
    told = {
        "columns": {"customer": "buyer"},
        "currency": "EUR",
        "seconds": 300,
        "query": "SELECT 1; ",
        "version": "SELECT 2;",
    }
    found = only({"name": "Shop", "address": ADDRESS, **told})
    assert (found.columns, found.currency) == ((("customer", "buyer"),), "EUR")
    assert found.place == Database(ADDRESS, None, "SELECT 1", "SELECT 2", 300)


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({}, "either a path or an address"),
        ({**FILES, "address": ADDRESS}, "either a path or an address"),
        ({**FILES, "table": "x"}, "'table'"),
        ({**FILES, "name": " "}, "name"),
        ({**FILES, "name": "x" * 61}, "name"),
        ({**FILES, "name": "a\nb"}, "name"),
        ({**FILES, "name": "a/b"}, "name"),
        ({**FILES, "path": 3}, "path"),
        ({**FILES, "columns": {"buyer": "x"}}, "'buyer'"),
        ({**FILES, "columns": "x"}, "columns"),
        ({**FILES, "currency": "euro"}, "currency"),
        ({**FILES, "who": []}, "who"),
        ({**FILES, "who": "not an address"}, "who"),
        ({**FILES, "who": 3}, "who"),
        ({"name": "Shop", "address": ADDRESS}, "either a table or a query"),
        ({**ROWS, "query": "SELECT 1"}, "either a table or a query"),
        ({**ROWS, "version": "SELECT 1"}, "version"),
        ({**ROWS, "seconds": 0}, "seconds"),
        ({**ROWS, "seconds": "25"}, "seconds"),
        ({**ROWS, "seconds": True}, "seconds"),
        ({**ROWS, "table": 'orders"; DROP TABLE orders; --'}, "table"),
        ({**ROWS, "address": "oracle://reader:geheim@db/shop"}, "postgresql://"),
        ({**ROWS, "address": "postgresql://reader:geheim@db:99999999/shop?nonsense=1"}, "postgresql://"),
        ({**ROWS, "address": "host=db password=geheim"}, "postgresql://"),
        ("text", "must be a table"),
        ({**FILES, "engine": "polars"}, "engine"),
        ({**FILES, "engine": ["duckdb"]}, "engine"),
        ({**FILES, "memory_limit": 4}, "'memory_limit'"),
        ({**FILES, "engine": "duckdb", "spark": "sc://host"}, "'spark'"),
        ({**FILES, "engine": "duckdb", "address": ADDRESS}, "'address'"),
        ({"name": "Shop", "engine": "duckdb"}, "needs a path"),
        ({"name": "Shop", "engine": "duckdb", "table": "lake.orders"}, "'table'"),
        ({**FILES, "engine": "duckdb", "memory_limit": 0}, "memory_limit"),
        ({**FILES, "engine": "duckdb", "memory_limit": "4"}, "memory_limit"),
        ({**FILES, "engine": "duckdb", "memory_limit": True}, "memory_limit"),
        ({**FILES, "engine": "duckdb", "temporary": "/nowhere/at/all"}, "temporary"),
        ({**FILES, "engine": "spark", "table": "lake.orders"}, "or a table"),
        ({"name": "Shop", "engine": "spark"}, "or a table"),
        ({"name": "Shop", "engine": "spark", "table": "a b"}, "table"),
        ({**FILES, "engine": "spark", "spark": "https://host/;token=geheim"}, "sc://host:port"),
        ({**FILES, "engine": "spark", "spark": "sc://user:geheim@host"}, "sc://host:port"),
    ],
)
def test_what_cannot_be_used_is_named_and_no_secret_repeated(told, named):
    with pytest.raises(ValueError, match=r"\[sources\.shop\]") as refused:
        only(told)
    assert named in str(refused.value)
    assert "geheim" not in str(refused.value)
    assert refused.value.__context__ is None


def test_an_engine_counts_rows_where_they_are(tmp_path):
    found = only({**FILES, "engine": "duckdb", "memory_limit": 2.5, "temporary": str(tmp_path)})
    assert found.place == ByEngine("duckdb", "/srv/sales", Place(2_500_000_000, str(tmp_path)))
    assert only({**FILES, "engine": "duckdb"}).place.where == Place(4_000_000_000)


def test_a_table_of_a_spark_server_is_named_and_its_token_not_printed():
    told = {
        "name": "Shop",
        "engine": "spark",
        "table": "lake.sales.orders",
        "spark": "sc://host/;token=geheim",
    }
    found = only(told)
    assert found.place.path == "table:lake.sales.orders"
    assert found.place.where.spark == "sc://host/;token=geheim"
    assert found.place.files is None
    assert "geheim" not in repr(found)


def test_one_process_starts_one_java(monkeypatch):
    monkeypatch.delenv("SPARK_REMOTE", raising=False)
    here = {**FILES, "engine": "spark"}
    with pytest.raises(ValueError, match=r"\[sources\.b\] is a second source with Spark on this machine"):
        sources_in({"a": here, "b": {**here, "spark": "local[2]"}})
    assert (
        len(sources_in({"a": here, "b": {**here, "spark": "sc://one"}, "c": {**here, "spark": "sc://two"}}))
        == 3
    )
    monkeypatch.setenv("SPARK_REMOTE", "sc://one")
    assert len(sources_in({"a": here, "b": here})) == 2


@pytest.mark.parametrize("key", ["Shop", "a b", "../x", "", "x" * 41])
def test_a_key_that_an_address_could_not_hold_is_refused(key):
    with pytest.raises(ValueError, match="called by small letters"):
        sources_in({key: FILES})


def test_a_password_is_not_printed():
    assert "geheim" not in repr(only(ROWS))


def test_without_a_list_a_source_is_for_whoever_may_use_the_server():
    assert only(FILES).is_open_to(None)
    assert only(FILES).is_open_to(Person("anna@example.com", 0))


@pytest.mark.parametrize("who", ["example.com, eve@other.it", ["Example.com", "eve@other.it"]])
def test_with_a_list_it_is_for_those_on_it_and_for_nobody_unknown(who):
    source = only({**FILES, "who": who})
    opens = [None, "anna@example.com", "eve@other.it", "adam@other.it", "anna@sub.example.com"]
    people = [each and Person(each, 0) for each in opens]
    assert [source.is_open_to(each) for each in people] == [False, True, True, False, False]


def test_the_file_streamlit_reads_is_read(tmp_path):
    file = tmp_path / "secrets.toml"
    file.write_text('[auth]\nclient_id = "x"\n[sources.shop]\nname = "Shop"\npath = "/srv/sales"\n')
    assert sources_of(str(file)) == sources_in({"shop": FILES})
    file.write_text('[auth]\nclient_id = "x"\n')
    assert sources_of(str(file)) == {}


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "cannot_open"), ('password = "geheim', "sources_wrong"), (b"\xff", "sources_wrong"), ('[sources.shop]\naddress = "geheim"\n', "sources_wrong"), ('sources = "geheim"', "sources_wrong")],  # noqa: E501
)  # fmt: skip
def test_one_that_cannot_be_used_is_refused_without_what_it_says(tmp_path, content, code):
    file = tmp_path / "secrets.toml"
    if content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as refused:
        sources_of(str(file))
    assert refused.value.code == code
    assert "geheim" not in str(refused.value)
