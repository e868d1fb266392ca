from itertools import permutations

import pytest
from hypothesis import given, strategies as st

from retention.audit import FACTORS, contributions, two_cohorts
from retention.study import Study
from tests.conftest import shop

JANUARY = 12 * 2024
numbers = st.floats(-50, 50, allow_nan=False).map(lambda x: round(x, 3))
FOUR = "abcd"
factors = st.fixed_dictionaries(dict.fromkeys(FOUR, numbers))


def of(orders, cohort):
    return Study(orders).audit.one_cohort("month", cohort)


def product(parts):
    out = 1.0
    for part in parts.values():
        out *= part
    return out


def test_a_cohort_by_hand(small_shop):
    # a and b of January: a pays 10 and 20, b 50; in February a 30, b gets 5 back; in March 40 and 60
    found = of(small_shop, JANUARY)
    assert found.size == 2
    columns = ["age", "active", "orders", "gross", "refunds", "net", "net_per_customer", "average_order"]
    assert found.table[columns].to_numpy().tolist() == [
        [0, 2, 3, 80.0, 0.0, 80.0, 40.0, pytest.approx(80 / 3)],
        [1, 1, 1, 30.0, -5.0, 25.0, 52.5, 30.0],
        [2, 2, 2, 100.0, 0.0, 100.0, 102.5, 50.0],
    ]
    assert found.table["complete"].tolist() == [True, True, False]
    assert found.complete["age"].tolist() == [0, 1]
    assert found.table["net_per_active"].tolist() == [40.0, 25.0, 50.0]


def test_a_month_nobody_bought_in_is_a_row_of_its_own():
    found = of(shop([("a", "2024-01-05", 5), ("a", "2024-03-05", 5)], "2024-01-01", "2024-03-31"), JANUARY)
    assert found.table["active"].tolist() == [1, 0, 1]
    assert found.table["net_per_active"].isna().tolist() == [False, True, False]


def test_only_cohorts_whose_own_period_is_complete_are_offered(small_study):
    assert small_study.audit.cohorts("month") == [JANUARY, JANUARY + 1]


def test_nobody_won_is_an_error(small_shop):
    with pytest.raises(ValueError, match="customers"):
        of(small_shop, JANUARY + 2)


def test_two_cohorts_by_hand():
    # January: 2 customers, one of them again in February: 3 orders of 20, 5 given back. February: 1 customer,
    # 30 then 50. Two ages, margin one half.
    rows = [
        ("a", "2024-01-05", 20),
        ("b", "2024-01-06", 20),
        ("b", "2024-02-06", 20),
        ("b", "2024-02-09", -5),
        ("c", "2024-02-10", 30),
        ("c", "2024-03-10", 50),
    ]
    orders = shop(rows, "2024-01-01", "2024-03-31")
    found = two_cohorts(of(orders, JANUARY), of(orders, JANUARY + 1), 0.5)
    assert found.ages == 2
    assert (found.profit_first, found.profit_second) == (27.5, 40.0)
    assert found.factors["first"].tolist() == [2, 0.75, 1, 20, pytest.approx(55 / 60), 0.5]
    assert found.factors["second"].tolist() == [1, 1, 1, 40, 1, 0.5]
    assert found.factors["change"].sum() == pytest.approx(12.5)
    changes = found.factors.set_index("factor")["change"]
    assert changes["orders_per_active"] == changes["margin"] == 0
    assert changes["size"] < 0 < changes["average_order"]
    assert found.greatest == "size"


def test_the_factors_multiply_to_the_profit(retail_study):
    audit = retail_study.audit
    found = audit.two_cohorts("quarter", *audit.cohorts("quarter")[:2], 0.3)
    assert tuple(found.factors["factor"]) == FACTORS
    assert found.factors["first"].prod() * found.ages == pytest.approx(found.profit_first)
    assert found.factors["second"].prod() * found.ages == pytest.approx(found.profit_second)
    assert found.factors["change"].sum() == pytest.approx(found.profit_second - found.profit_first)


def test_a_cohort_is_that_of_the_heatmap(retail_study):
    heatmap = retail_study.cohorts.table("month").cells.query("cohort == 24131").reset_index()
    found = retail_study.audit.one_cohort(
        "month", 24131
    ).table  # December 2010: 885 customers, then 324, 286, 340
    assert found["active"].tolist()[:4] == [885, 324, 286, 340]
    assert found["net_per_customer"].to_numpy() == pytest.approx(heatmap["cumulative_revenue"].to_numpy())


def test_two_factors_by_hand():
    # 10 × 2 → 20 × 3: ten more at the mean of 2 and 3, one more at the mean of 10 and 20
    assert contributions({"n": 10, "spend": 2}, {"n": 20, "spend": 3}) == {"n": 25, "spend": 15}


def test_a_contribution_is_the_mean_over_all_orders_of_moving_the_factors():
    here, there = {"a": 2.0, "b": 0.0, "c": -5.0}, {"a": 1.0, "b": 7.0, "c": 4.0}
    total = dict.fromkeys(here, 0.0)
    for order in permutations(here):
        now = dict(here)
        for name in order:
            before = product(now)
            now[name] = there[name]
            total[name] += product(now) - before
    assert contributions(here, there) == pytest.approx({name: part / 6 for name, part in total.items()})


@given(factors, factors)
def test_contributions_add_up_exactly_and_change_sign_when_turned(here, there):
    parts = contributions(here, there)
    assert sum(parts.values()) == pytest.approx(product(there) - product(here), rel=1e-9, abs=1e-6)
    back = contributions(there, here)
    for name in FOUR:
        assert parts[name] == pytest.approx(-back[name], rel=1e-9, abs=1e-6)


@given(factors, factors)
def test_a_factor_that_is_alike_explains_nothing(here, there):
    assert contributions(here, {**there, "c": here["c"]})["c"] == 0


def test_the_order_of_the_factors_does_not_matter():
    here, there = {"a": 2.0, "b": 3.0, "c": 5.0}, {"a": 1.0, "b": 7.0, "c": 4.0}
    turned = contributions(dict(reversed(here.items())), there)
    assert contributions(here, there) == pytest.approx(turned)


def test_what_is_not_a_number_explains_nothing():
    parts = contributions({"active": 0.0, "orders": float("nan")}, {"active": 4.0, "orders": 3.0})
    assert parts == {"active": 12.0, "orders": 0.0}
