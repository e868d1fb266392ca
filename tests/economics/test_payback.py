from datetime import date, timedelta

import pandas as pd
import pytest

from retention.economics import Multiple, ltv_to_cac, payback, realised_value
from retention.errors import DataWarning
from retention.periods import Window

LAST = date(2024, 12, 31)


def value_of(per_month):
    """Ten customers of one day, observed for as many months as given, each worth so much in each."""
    start = LAST - timedelta(days=int(-(-len(per_month) * 30.4375 // 1)) - 1)
    value = pd.DataFrame(
        {
            "first_day": start.toordinal(),
            "month": range(len(per_month)),
            "revenue": [10.0 * margin for margin in per_month],
            "refunds": 0.0,
        }
    )
    starts = pd.DataFrame({"first_day": [start.toordinal()], "customers": [10]})
    return realised_value(value, starts, Window(start, LAST), margin=1.0)


def test_payback_by_hand():
    result = payback(35.0, value_of([12, 10, 9, 5]))
    assert (result.months, result.reached, result.observed, result.customers) == (4, 36.0, 4, 10)
    assert result.within_a_year is True
    assert result.balance["months"].tolist() == [0, 1, 2, 3, 4]
    assert result.balance["balance"].tolist() == pytest.approx([-35, -23, -13, -4, 1])
    assert result.warnings == ()


def test_reaching_the_cac_exactly_pays_it_back():
    assert payback(22.0, value_of([12, 10, 9])).months == 2


def test_the_first_order_may_pay_at_once():
    assert payback(5.0, value_of([12, 10])).months == 1


def test_not_paid_back_within_what_is_observed():
    result = payback(50.0, value_of([12, 10, 9, 5]))
    assert (result.months, result.reached, result.within_a_year) == (None, 36.0, None)
    assert result.warnings == (DataWarning("not_paid_back", {"cac": 50.0, "reached": 36.0, "months": 4}),)


@pytest.mark.parametrize(("months", "within"), [(11, True), (12, False), (13, False)])
def test_under_twelve_months_is_the_mark(months, within):
    result = payback(float(months), value_of([1] * 14))
    assert (result.months, result.within_a_year) == (months, within)


@pytest.mark.parametrize(("observed", "within"), [(10, None), (11, False)])
def test_eleven_months_unpaid_settle_that_it_is_not_within_the_year(observed, within):
    assert payback(99.0, value_of([1] * observed)).within_a_year is within


def test_without_cac_there_is_nothing_to_pay_back():
    result = payback(None, value_of([12, 10]))
    assert (result.months, result.within_a_year, result.reached) == (None, None, 22.0)
    assert result.balance.empty


def test_without_a_month_observed():
    result = payback(10.0, value_of([]))
    assert (result.months, result.reached, result.observed, result.customers) == (None, None, 0, 0)


@pytest.mark.parametrize(
    ("value", "cac", "expected"),
    [
        (90.0, 30.0, Multiple(3.0, True)),
        (89.0, 30.0, Multiple(89 / 30, False)),
        (None, 30.0, Multiple(None, None)),
        (90.0, None, Multiple(None, None)),
        (90.0, 0.0, Multiple(None, None)),
    ],
)
def test_lifetime_value_over_cac(value, cac, expected):
    assert ltv_to_cac(value, cac) == expected
