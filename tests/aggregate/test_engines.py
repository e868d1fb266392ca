"""The same small tables, whoever counts: in memory, in DuckDB and in Spark."""

import contextlib

import narwhals as nw
import pandas as pd
import pytest

from retention import aggregate
from retention.engines import collected
from retention.engines.in_duckdb import DuckDB
from tests.aggregate.engines import PARTS, assert_same, held_by, small_tables
from tests.aggregate.shops import random_shop
from tests.engines.sparks import spark_here, spark_server
from tests.simulated import simulated_shop

SHOPS = {"many": random_shop(3, 400), "few": random_shop(8, 5)}
ASKED = [
    ("duckdb", "many", PARTS),
    ("duckdb", "few", PARTS),
    ("spark", "many", ("all",)),
    pytest.param(("spark", "many", ("since", "until")), marks=pytest.mark.slow),
    pytest.param(("spark", "few", PARTS), marks=pytest.mark.slow),
    pytest.param(("server", "many", PARTS), marks=pytest.mark.slow),
]
HELD = ["duckdb", pytest.param("spark", marks=pytest.mark.slow)]


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    """An engine by its name, opened once it is asked for."""
    engines = {}
    with contextlib.ExitStack() as stack:

        def named(name):
            if name not in engines:
                folder = tmp_path_factory.mktemp(name)
                engines[name] = stack.enter_context(_engine(name, folder, stack))
            return engines[name]

        yield named


def _engine(name, folder, stack):
    if name == "duckdb":
        return DuckDB()
    if name == "spark":
        return spark_here(folder)
    from retention.engines.in_spark import Spark  # noqa: PLC0415  after the server was not skipped

    return Spark.at(stack.enter_context(spark_server(folder)))


@pytest.fixture(scope="module", params=ASKED, ids=lambda asked: "-".join((*asked[:2], *asked[2])))
def both(request, opened, tmp_path_factory):
    name, shop, parts = request.param
    orders, folder = SHOPS[shop], tmp_path_factory.mktemp("orders")
    here, there = aggregate.prepare(orders), aggregate.prepare(held_by(opened(name), orders, folder))
    return small_tables(here, parts), small_tables(there, parts), here, there


def test_every_small_table_is_the_same(both):
    here, there, *_ = both
    for name, ask in here.items():
        assert_same(ask(), there[name](), name)


def test_the_purchases_themselves_are_the_same(both):
    *_, here, there = both
    table, refunds = (_rows(there.table), _rows(there.refunds))
    assert_same(here.table.drop(columns="order"), table[here.table.columns.drop("order")])
    assert_same(here.refunds, refunds)


def test_names_and_numbers_are_looked_up(both):
    *_, here, there = both
    numbers = pd.Series([0, 2, 1])
    assert there.names_of(numbers).tolist() == here.names_of(numbers).tolist()
    names = pd.Index(["c1", "nobody", "c0"])
    assert there.numbers_of(names).tolist() == here.numbers_of(names).tolist()
    assert there.customer_number("c1") == here.customer_number("c1")
    assert not there.empty
    assert there.since(10**6).empty


@pytest.mark.parametrize("name", HELD)
def test_online_retail_is_the_same(retail_study, opened, name, tmp_path):
    here = retail_study.purchases
    there = aggregate.prepare(held_by(opened(name), retail_study.orders, tmp_path))
    tables = small_tables(there)
    for table, ask in small_tables(here).items():
        assert_same(ask(), tables[table](), table)


@pytest.mark.slow
def test_a_million_customers_are_the_same(opened):
    orders = simulated_shop(11, customers=1_000_000)
    here, there = aggregate.prepare(orders), aggregate.prepare(held_by(opened("duckdb"), orders))
    tables = small_tables(there)
    for name, ask in small_tables(here).items():
        assert_same(ask(), tables[name](), name)


def _rows(frame):
    return collected(nw.from_native(frame).lazy())
