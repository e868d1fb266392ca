"""The same small tables, whoever counts: in memory and in DuckDB."""

import pandas as pd
import pytest

from retention import aggregate
from retention.engines.in_duckdb import DuckDB
from tests.aggregate.engines import assert_same, in_duckdb, small_tables
from tests.aggregate.shops import random_shop
from tests.simulated import simulated_shop

SHOPS = {"many": random_shop(3, 400), "few": random_shop(8, 5)}


@pytest.fixture(scope="module")
def engine():
    with DuckDB() as engine:
        yield engine


@pytest.fixture(scope="module", params=SHOPS)
def both(request, engine):
    orders = SHOPS[request.param]
    here, there = aggregate.prepare(orders), aggregate.prepare(in_duckdb(orders, engine))
    return small_tables(here), small_tables(there), here, there


def test_every_small_table_is_the_same(both):
    here, there, *_ = both
    for name, ask in here.items():
        assert_same(ask(), there[name](), name)


def test_the_purchases_themselves_are_the_same(both):
    *_, here, there = both
    assert_same(here.table.drop(columns="order"), there.table.df()[here.table.columns.drop("order")])
    assert_same(here.refunds, there.refunds.df())


def test_names_and_numbers_are_looked_up(both):
    *_, here, there = both
    numbers = pd.Series([0, 2, 1])
    assert there.names_of(numbers).tolist() == here.names_of(numbers).tolist()
    names = pd.Index(["c1", "nobody", "c0"])
    assert there.numbers_of(names).tolist() == here.numbers_of(names).tolist()
    assert there.customer_number("c1") == here.customer_number("c1")
    assert not there.empty
    assert there.since(10**6).empty


def test_online_retail_is_the_same(retail_study, engine):
    here, there = retail_study.purchases, aggregate.prepare(in_duckdb(retail_study.orders, engine))
    tables = small_tables(there)
    for name, ask in small_tables(here).items():
        assert_same(ask(), tables[name](), name)


@pytest.mark.slow
def test_a_million_customers_are_the_same(engine):
    orders = simulated_shop(11, customers=1_000_000)
    here, there = aggregate.prepare(orders), aggregate.prepare(in_duckdb(orders, engine))
    tables = small_tables(there)
    for name, ask in small_tables(here).items():
        assert_same(ask(), tables[name](), name)
