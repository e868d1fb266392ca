from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from retention.cohorts import cohort_table
from retention.periods import Window
from retention.study import Study
from retention.what_if import Base, Doubt, FirstYear, growth_with_age, measured_base
from tests.conftest import shop

JANUARY = 12 * 2023


def table(spend_of, cohorts=8, customers=lambda *_: 100):
    """Cells whose customers each spend what is said of their cohort and age."""
    rows = [
        (
            JANUARY + c,
            JANUARY + c + a,
            customers(c, a),
            customers(c, a),
            customers(c, a) * spend_of(c, a),
            0.0,
        )
        for c in range(cohorts)
        for a in range(12 - c)
    ]
    columns = ["cohort", "period", "customers", "orders", "revenue", "refunds"]
    window = Window(pd.Timestamp("2023-01-01").date(), pd.Timestamp("2023-12-31").date())
    return cohort_table(pd.DataFrame(rows, columns=columns), "month", window)


def test_an_even_growth_is_found_and_sure():
    found = growth_with_age(table(lambda _, age: 20 * 1.03**age))
    assert (found.rate.value, found.rate.low, found.rate.high) == pytest.approx((0.03, 0.03, 0.03))
    assert found.is_seen


def test_two_ages_by_hand():
    # one cohort: 100 customers spend 10 each, then 50 spend 12: a fifth more
    rows = [(str(c), "2024-01-10", 10) for c in range(10)] + [(str(c), "2024-02-10", 12) for c in range(5)]
    found = Study(shop(rows, "2024-01-01", "2024-02-29")).what_if.growth("month")
    assert found.rate.value == pytest.approx(0.2)
    assert (found.rate.ends, found.is_seen) == (None, False)


def test_larger_cells_weigh_more():
    # of age 1, the cell of 900 customers spends as before and that of 100 half: the slope is their average
    rows = table(
        lambda c, a: 5.0 if (a, c) == (1, 0) else 10.0,
        cohorts=2,
        customers=lambda c, _: 100 if c == 0 else 900,
    )
    cells = rows.cells[rows.cells["age"] < 2]
    x, y, w = cells["age"], np.log(cells["revenue"] / cells["customers"]), cells["customers"]
    slope = np.polyfit(x, y, 1, w=np.sqrt(w))[0]
    assert growth_with_age(replace(rows, cells=cells)).rate.value == pytest.approx(np.expm1(slope))


def test_the_interval_holds_the_truth_as_often_as_it_says():
    chance = np.random.default_rng(4)
    even, held = table(lambda _, age: 20 * 1.02**age), 0
    cells = even.cells
    for _ in range(200):
        luck = chance.normal(0, 0.1, 8)[cells["cohort"] - JANUARY] + chance.normal(0, 0.05, len(cells))
        found = growth_with_age(replace(even, cells=cells.assign(revenue=cells["revenue"] * np.exp(luck))))
        held += found.rate.low <= 0.02 <= found.rate.high
    assert 0.85 <= held / 200 <= 0.995


def test_no_growth_is_not_seen():
    chance = np.random.default_rng(5)
    found = growth_with_age(table(lambda *_: 20 * np.exp(chance.normal(0, 0.2))))
    assert not found.is_seen
    assert found.rate.low < 0 < found.rate.high


def test_one_age_has_no_slope():
    rows = [("a", "2024-01-10", 10), ("b", "2024-01-11", 20)]
    assert Study(shop(rows, "2024-01-01", "2024-01-31")).what_if.growth("month") is None


@pytest.mark.parametrize(
    ("past", "ahead", "alike"),
    [(100, 75, True), (100, 74, False), (100, 133, True), (100, 134, False), (0, 50, True)],
)
def test_a_projection_goes_on_where_the_shop_left_off_or_does_not(past, ahead, alike):
    assert FirstYear(past, ahead).alike is alike


def test_the_doubt_of_the_base_by_hand():
    # Four customers a month: a, b in January; a, b, c in February; c, d in March, each order 10 but d's of 30
    rows = [
        (c, f"2024-0{m}-10", 30 if c == "d" else 10)
        for m, who in ((1, "ab"), (2, "abc"), (3, "cd"))
        for c in who
    ]
    study = Study(shop(rows, "2024-01-01", "2024-03-31"))
    base = measured_base(study.shop.flows("month"), study.tables.order_values("month"))
    assert base.doubt.active == pytest.approx(2**-0.5)  # two are active in March
    assert base.doubt.won == pytest.approx(4**-0.5)  # four were won
    # 7 orders of 90 in all, squares 6 · 100 + 900; a, b, then c and d are four different customers
    variation = 1500 / 7 / (90 / 7) ** 2 - 1
    assert base.doubt.revenue == pytest.approx((variation / 4) ** 0.5)
    assert measured_base(study.shop.flows("month")).doubt.revenue == 0.0


def test_a_doubt_moves_draws_and_never_the_estimate():
    active, won, revenue = Doubt(active=0.1, won=0.2).factors(4000)
    assert active[0] == won[0] == 1.0
    assert np.log(active[1:]).std() == pytest.approx(0.1, rel=0.05)
    assert np.log(won[1:]).std() == pytest.approx(0.2, rel=0.05)
    assert abs(np.corrcoef(active[1:], won[1:])[0, 1]) < 0.05
    assert (revenue == 1.0).all()
    base = Base("month", 10.0, 1.0, 5.0, Doubt(active=0.1))
    assert base.estimate == Base("month", 10.0, 1.0, 5.0)
