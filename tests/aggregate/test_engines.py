"""The same small tables, whoever counts: in memory, in DuckDB, in Spark, and in Polars."""

import contextlib

import narwhals as nw
import pandas as pd
import pytest

from retention import aggregate
from retention.engines import collected
from retention.engines.in_duckdb import DuckDB
from retention.lifetime_value import Wanted
from retention.study import Study
from retention.study.tables import MOST_ALIKE
from tests.aggregate.engines import PARTS, assert_same, held_by, in_polars, small_tables
from tests.aggregate.shops import random_shop
from tests.engines.sparks import spark_here, spark_server
from tests.simulated import simulated_shop

SHOPS = {"many": random_shop(3, 400), "few": random_shop(8, 5)}
ASKED = [
    ("duckdb", "many", PARTS),
    ("duckdb", "few", PARTS),
    ("polars", "many", PARTS),
    ("polars", "few", PARTS),
    ("spark", "many", ("all",)),
    pytest.param(("spark", "many", ("since", "until")), marks=pytest.mark.slow),
    pytest.param(("spark", "few", PARTS), marks=pytest.mark.slow),
    pytest.param(("server", "many", PARTS), marks=pytest.mark.slow),
]
HELD = ["duckdb", "polars", *(pytest.param(name, marks=pytest.mark.slow) for name in ("spark", "server"))]
MODEL = Wanted("mbg_nbd", 1, season=False)  # the quickest
VERY_MANY = [("duckdb", PARTS), ("spark", ("all",)), ("server", ("all",))]


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
        return spark_here(folder, memory=4_000_000_000)
    from retention.engines.in_spark import Spark  # noqa: PLC0415  after the server was not skipped

    return Spark.at(stack.enter_context(spark_server(folder, memory="4g")))


@pytest.fixture(scope="module", params=ASKED, ids=lambda asked: "-".join((*asked[:2], *asked[2])))
def both(request, opened, tmp_path_factory):
    name, shop, parts = request.param
    orders, folder = SHOPS[shop], tmp_path_factory.mktemp("orders")
    here = aggregate.prepare(orders)
    there = _there(name, opened, orders, here, folder)
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
    _assert_all_same(
        small_tables(here), small_tables(_there(name, opened, retail_study.orders, here, tmp_path))
    )


@pytest.fixture(scope="module")
def very_many():
    return simulated_shop(11, customers=1_000_000)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "parts"), VERY_MANY, ids=[name for name, _ in VERY_MANY])
def test_a_million_customers_are_the_same(very_many, opened, name, parts, tmp_path):
    here = aggregate.prepare(very_many)
    there = _there(name, opened, very_many, here, tmp_path)
    _assert_all_same(small_tables(here, parts), small_tables(there, parts))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["duckdb", "spark"])
def test_the_value_of_a_million_customers_alike_is_that_of_each(very_many, opened, name, tmp_path):
    one_by_one, alike = Study(very_many), Study(held_by(opened(name), very_many, tmp_path))
    alike.most_one_by_one = 999_999
    assert not alike.tables.one_by_one()
    exact, found = (study.value(MODEL) for study in (one_by_one, alike))
    assert found.customers.customers == len(exact.customers.table) == 1_000_000
    assert len(found.customers.table) <= MOST_ALIKE
    assert found.customers.total == pytest.approx(exact.customers.total, rel=1e-3)  # as docs/scale.md states
    assert found.customers.expected_purchases == pytest.approx(exact.customers.expected_purchases, rel=1e-3)
    assert found.at_risk.total.value == pytest.approx(exact.at_risk.total.value, rel=5e-3)
    best = exact.customers.top_20_percent_share
    assert found.customers.top_20_percent_share == pytest.approx(best, rel=2.5e-3)


def _there(name, opened, orders, here, folder):
    """The purchases as an engine holds them."""
    return in_polars(here) if name == "polars" else aggregate.prepare(held_by(opened(name), orders, folder))


def _assert_all_same(here, there):
    for table, ask in here.items():
        assert_same(ask(), there[table](), table)


def _rows(frame):
    return collected(nw.from_native(frame).lazy())
