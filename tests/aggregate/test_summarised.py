"""Tables of very many customers in few rows: the same sums, and the same spread."""

from datetime import date

import numpy as np
import pytest

from retention import aggregate
from retention.aggregate import summarised
from retention.aggregate.summarised import _standing_for
from retention.engines.in_duckdb import DuckDB
from retention.multiples import lifetime_multiples
from tests.aggregate.engines import assert_same, held_by
from tests.aggregate.shops import LAST, random_shop
from tests.engines.sparks import spark_here

SHOP = random_shop(5, 3000)


@pytest.fixture(scope="module")
def purchases():
    return aggregate.prepare(SHOP)


def moments(table, values):
    number = table["customers"].to_numpy(dtype=float)
    rows = table[values].to_numpy()
    return number.sum(), number @ rows, (rows * number[:, None]).T @ rows


def test_worth_keeps_sums_and_products_of_every_day(purchases):
    exact, few = aggregate.worth_by_age(purchases, (1, 6)), aggregate.worth_summarised(purchases, (1, 6))
    values = ["first_value", "gross_1", "gross_6", "net_1", "net_6"]
    for day, part in exact.groupby("first_day"):
        number, sums, products = moments(part, values)
        found = moments(few[few["first_day"] == day], values)
        assert found[0] == number
        np.testing.assert_allclose(found[1], sums, rtol=1e-9)
        if number >= 2 * len(values):
            np.testing.assert_allclose(found[2], products, rtol=1e-9)


def test_multiples_are_the_same_and_their_intervals_nearly(purchases):
    exact, few = (
        lifetime_multiples(made(purchases, (1, 6)), 0, LAST.toordinal(), (1, 6))
        for made in (aggregate.worth_by_age, aggregate.worth_summarised)
    )
    for one, other in zip(exact, few, strict=True):
        assert other.customers == one.customers
        assert other.multiple.value == pytest.approx(one.multiple.value, rel=1e-9)
        width = one.multiple.high - one.multiple.low
        assert other.multiple.high - other.multiple.low == pytest.approx(width, rel=0.15)


def test_few_customers_stand_for_their_mean():
    points, number = _standing_for(np.array([2.0, 3.0]), np.zeros((2, 2)), 7)
    assert points.tolist() == [[2.0, 3.0]]
    assert number.tolist() == [7]


def test_patterns_are_taken_evenly_where_there_are_many_kinds(purchases, monkeypatch):
    exact = aggregate.patterns(purchases, "month")
    assert aggregate.patterns_sampled(purchases, "month").equals(exact)
    monkeypatch.setattr(summarised, "MOST_PATTERNS", 10)
    monkeypatch.setattr(summarised, "_TAKEN", 300)
    found = aggregate.patterns_sampled(purchases, "month")
    assert found["customers"].sum() == pytest.approx(exact["customers"].sum(), rel=0.01)
    by_cohort = [table.groupby("cohort")["customers"].sum() for table in (found, exact)]
    assert (by_cohort[0] - by_cohort[1]).abs().max() <= exact["customers"].sum() // 300


def test_customers_alike_keep_counts_and_sums(purchases):
    people = aggregate.people(purchases)
    every = aggregate.customers(purchases)
    for grain in aggregate.GRAINS:
        alike = aggregate.alike(people, grain, purchases.window.last)
        assert alike["customers"].sum() == len(every)
        for name in ("revenue", "refunds", "first_value", "orders", "x"):
            assert aggregate.total_of(alike, alike[name]) == pytest.approx(every[name].sum(), rel=1e-9)
        assert (alike["t_x"] <= alike["T"]).all()
        assert ((alike["t_x"] == 0) == (alike["x"] == 0)).all()
        spent = aggregate.total_of(alike, (alike["x"] * alike["m_x"]).fillna(0.0))
        assert spent == pytest.approx((every["x"] * every["m_x"]).sum(), rel=1e-9)
        kinds = every.groupby([every["x"]])["T"].mean() - alike.groupby("x").apply(
            lambda part: np.average(part["T"], weights=part["customers"]), include_groups=False
        )
        assert kinds.abs().max() <= 0.5  # whole days


def test_the_finest_grain_that_leaves_few_rows_is_taken(purchases):
    people = aggregate.people(purchases)
    most = len(aggregate.alike(people, 7, purchases.window.last))
    assert aggregate.grain_of(people, most) == 7
    assert aggregate.grain_of(people, 10**6) == 1
    assert aggregate.grain_of(people, 1) == aggregate.GRAINS[-1]


def test_worths_and_spend_in_steps_keep_sums(purchases):
    people, every = aggregate.people(purchases), aggregate.customers(purchases)
    worths = aggregate.worths(people)
    assert worths["customers"].sum() == len(every)
    assert aggregate.total_of(worths, worths["revenue"]) == pytest.approx(every["revenue"].sum(), rel=1e-9)
    bins, exact = aggregate.spend_in_bins(people), aggregate.spend(every)
    assert bins["customers"].sum() == exact["customers"].sum()
    logs = [float(np.average(np.log(table["m_x"]), weights=table["customers"])) for table in (bins, exact)]
    assert logs[0] == pytest.approx(logs[1], abs=1.3e-5)
    sums = [float(table["m_x"] @ table["customers"]) for table in (bins, exact)]
    assert sums[0] == pytest.approx(sums[1], rel=1e-9)


def test_held_back_customers_together_keep_counts_and_sums(purchases):
    end = date(1970, 2, 1)
    exact, coarse = aggregate.held_back(purchases, end), aggregate.held_back(purchases, end, grain=7)
    for name in ("customers", "spent", "value"):
        assert coarse[name].sum() == pytest.approx(exact[name].sum(), rel=1e-9)
    for name in ("x", "later"):
        assert (coarse[name] @ coarse["customers"]) == exact[name] @ exact["customers"]
    assert len(coarse) <= len(exact)


@pytest.mark.parametrize("opened", [DuckDB, pytest.param(spark_here, marks=pytest.mark.slow)])
def test_engines_give_the_same_customers_alike(purchases, opened):
    with opened() as engine:
        there = aggregate.prepare(held_by(engine, SHOP))
        assert_same(
            aggregate.alike(aggregate.people(purchases), 7, purchases.window.last, "segment"),
            aggregate.alike(aggregate.people(there), 7, purchases.window.last, "segment"),
        )
        assert_same(aggregate.worths(aggregate.people(purchases)), aggregate.worths(aggregate.people(there)))
        assert_same(
            aggregate.worth_summarised(purchases, (1, 6)).groupby("first_day").sum().reset_index(),
            aggregate.worth_summarised(there, (1, 6)).groupby("first_day").sum().reset_index(),
        )
