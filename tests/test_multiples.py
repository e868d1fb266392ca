import numpy as np
import pandas as pd
import pytest

from retention.multiples import AGES, lifetime_multiples, with_value_to_come
from retention.study import Study
from tests.conftest import shop

# z fills the file's first quarter, so that a and b count as new. Ages in months of 30.4375 days.
ROWS = [
    ("z", "2020-01-01", 1000),
    ("z", "2022-12-31", 1000),
    ("a", "2021-01-01", 10),
    ("a", "2021-12-31", 20),  # after 364 days, in the first twelve months
    ("a", "2022-01-02", 40),  # after 366 days: in the second year
    ("a", "2022-02-01", -5),
    ("b", "2021-01-01", 30),
    ("b", "2021-06-01", -6),
    ("c", "2022-06-01", 50),  # not seen for twelve months
]


def of(rows=ROWS, months=(6, 12, 24)):
    return multiples(Study(shop(rows, "2020-01-01", "2022-12-31")), months)


def multiples(study, months):
    known_from, end = study.shop.known_from().toordinal(), study.window.last.toordinal()
    return lifetime_multiples(study.tables.worth_by_age(months), known_from, end, months)


def test_by_hand():
    half, year = of(months=(6, 12))
    assert (half.months, half.customers) == (6, 3)
    assert half.first_order == 30.0
    assert half.multiple.value == pytest.approx((10 + 24 + 50) / 90)
    assert (year.customers, year.first_order) == (2, 20.0)
    assert (year.gross, year.net) == (30.0, 27.0)
    assert year.multiple.value == pytest.approx(54 / 40)
    assert year.gross_multiple == pytest.approx(60 / 40)


def test_everything_is_over_the_same_customers_and_ages_not_reached_are_left_out():
    assert [found.months for found in of()] == [6, 12]  # 729 days are not yet 24 months
    rows = [*ROWS, ("d", "2020-12-01", 5)]
    assert [(found.months, found.customers) for found in of(rows)] == [(6, 4), (12, 3), (24, 1)]


def test_possible_old_customers_are_left_out():
    assert of([("z", "2020-01-02", 5), ("z", "2020-02-02", 500)]) == ()


def test_row_order_and_names_do_not_matter():
    turned = [({"a": "b", "b": "a"}.get(name, name), day, value) for name, day, value in reversed(ROWS)]
    assert of(turned) == of()


def test_worth_by_age_adds_up_to_value_by_age(retail_study):
    worth, by_age = retail_study.tables.worth_by_age((3, 6)), retail_study.tables.value_by_age()
    assert worth["customers"].sum() == 4338
    for months in (3, 6):
        early = by_age[by_age["month"] < months]
        assert (worth[f"gross_{months}"] * worth["customers"]).sum() == pytest.approx(early["revenue"].sum())
        net = early["revenue"].sum() + early["refunds"].sum()
        assert (worth[f"net_{months}"] * worth["customers"]).sum() == pytest.approx(net)
    first = (worth["first_value"] * worth["customers"]).sum() / worth["customers"].sum()
    assert first == pytest.approx(425.66, abs=0.005)


def test_online_retail_is_too_short_for_a_year(retail_study):
    assert [found.months for found in multiples(retail_study, AGES)] == [6]


@pytest.mark.parametrize(
    ("refunds", "net_share"), [((-25.0, -25.0, 0.0), 0.75), ((0.0, 0.0, 0.0), 1.0), ((-300.0, 0.0, 0.0), 0.0)]
)
def test_what_is_to_come_is_less_by_what_goes_back(refunds, net_share):
    # the first customer may be older than the file, and counts for the share of refunds alone
    valued = pd.DataFrame(
        {
            "first_day": [9, 10, 11],
            "first_value": [50.0, 20.0, 30.0],
            "revenue": [100.0, 60.0, 40.0],
            "refunds": refunds,
            "expected_purchases": [9.0, 2.0, 0.5],
            "expected_spend": [9.0, 15.0, 20.0],
        }
    )
    brought = 60 + 40 + refunds[1] + refunds[2] + net_share * (2 * 15 + 0.5 * 20)
    assert with_value_to_come(valued, 10).value == pytest.approx(brought / 50)
    assert with_value_to_come(valued, 12) is None
    assert with_value_to_come(valued.assign(first_value=0.0), 10) is None


def test_its_interval_does_not_hang_on_what_customers_are_called():
    draw = np.random.default_rng(3)
    names = ("first_value", "revenue", "expected_purchases", "expected_spend")
    valued = pd.DataFrame({name: draw.gamma(2.0, 20.0, 60) for name in names})
    valued = valued.assign(first_day=draw.integers(1, 30, 60), refunds=0.0)
    other_names = valued.iloc[draw.permutation(60)].reset_index(drop=True)
    found, again = with_value_to_come(valued, 1), with_value_to_come(other_names, 1)
    assert (again.low, again.high) == pytest.approx((found.low, found.high), rel=1e-12)
    assert found.low < found.value < found.high
