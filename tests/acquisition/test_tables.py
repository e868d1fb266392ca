"""Which months count and whose customers, by hand."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from retention.acquisition.months import (
    counted_months,
    monthly_ratio_draws,
    resampled_months,
    spend_by_purpose,
)
from retention.acquisition.tables import OrderTables, channel_column, without_left_truncated
from retention.flows import Flows
from retention.periods import Window

JANUARY = 12 * 2024
FLOWS = pd.DataFrame(
    {"period": range(JANUARY, JANUARY + 5), "complete": [False, True, True, True, False], "new": 1}
)


def spending(*rows):
    return pd.DataFrame(rows, columns=["month", "purpose", "amount"])


def test_complete_months_between_the_first_and_the_last_spend_count():
    spend = spending((JANUARY + 1, "acquisition", 5.0), (JANUARY + 3, "retention", 7.0))
    assert counted_months(spend, FLOWS) == ((JANUARY + 1, JANUARY + 2, JANUARY + 3), [])
    assert counted_months(spend.iloc[:1], FLOWS) == ((JANUARY + 1,), [])
    assert counted_months(spend.iloc[:0], FLOWS) == ((), [])


def test_spend_outside_the_data_and_in_parts_of_months_is_told():
    spend = spending(
        (JANUARY - 1, "acquisition", 1.0),
        (JANUARY, "acquisition", 2.0),
        (JANUARY + 4, "retention", 3.0),
        (JANUARY + 5, "acquisition", 4.0),
        (JANUARY + 5, "retention", 5.0),
    )
    months, warnings = counted_months(spend, FLOWS)
    assert months == (JANUARY + 1, JANUARY + 2, JANUARY + 3)
    assert {warning.code: warning.details for warning in warnings} == {
        "spend_outside_data": {"amount": 10.0, "months": ["2023-12", "2024-06"]},
        "spend_in_incomplete_months": {"amount": 5.0, "months": ["2024-01", "2024-05"]},
    }


@pytest.mark.parametrize(
    ("purpose", "amount"), [("other", 1.0), ("acquisition", np.nan), ("retention", np.inf)]
)
def test_a_purpose_nobody_knows_and_an_amount_that_is_none_are_errors(purpose, amount):
    with pytest.raises(ValueError, match="must be"):
        counted_months(spending((JANUARY + 1, purpose, amount)), FLOWS)


def test_money_of_each_purpose_and_nothing_in_a_month_without():
    spend = spending(
        (JANUARY, "acquisition", 1.0),
        (JANUARY, "acquisition", 2.0),
        (JANUARY + 2, "retention", 4.0),
        (JANUARY + 3, "retention", 8.0),
    )
    found = spend_by_purpose(spend, [JANUARY, JANUARY + 1, JANUARY + 2])
    assert found["acquisition"].to_dict() == {JANUARY: 3.0, JANUARY + 1: 0.0, JANUARY + 2: 0.0}
    assert found["retention"].to_dict() == {JANUARY: 0.0, JANUARY + 1: 0.0, JANUARY + 2: 4.0}


def test_six_months_are_the_fewest_to_resample():
    assert resampled_months(5).shape == (0, 5)
    drawn = resampled_months(6)
    assert drawn.shape == (1000, 6)
    assert (drawn.sum(axis=1) == 6).all()
    assert drawn.mean(axis=0) == pytest.approx(np.ones(6), abs=0.1)
    assert drawn.var(axis=0) == pytest.approx(np.full(6, 5 / 6), abs=0.15)
    assert np.array_equal(drawn, resampled_months(6))


def test_ratios_of_resampled_months_by_hand():
    picked = np.array([[1, 1], [2, 0], [0, 2]])
    found = monthly_ratio_draws(picked, np.array([10.0, 20.0]), np.array([5.0, 0.0]))
    assert found[:2].tolist() == [6.0, 2.0]
    assert not np.isfinite(found[2])


@pytest.mark.parametrize(
    ("named", "channels", "column"),
    [
        ({"a": ["google", "meta"], "b": ["google", "x"]}, ["Google ", "META"], "a"),
        ({"a": ["google"], "b": ["google", "meta"]}, ["google", "meta"], "b"),
        ({"a": ["google"], "b": ["google"]}, ["google"], "a"),
        ({"a": ["x", None]}, ["google"], None),
        ({"a": ["", None, 3.0]}, ["", " "], None),
        ({}, ["google"], None),
    ],
)
def test_the_column_that_holds_most_channels(named, channels, column):
    assert channel_column(named, channels) == column


@pytest.mark.parametrize(
    ("known_from", "first_month"),
    [(date(2024, 2, 1), JANUARY + 1), (date(2024, 2, 2), JANUARY + 2), (date(2024, 1, 31), JANUARY + 1)],
)
def test_months_with_customers_who_may_be_older_are_left_out(known_from, first_month):
    day = known_from.toordinal()
    starts = pd.DataFrame({"first_day": [day - 1, day, day + 9], "customers": [3, 4, 5]})
    value = pd.DataFrame({"first_day": [day - 1, day], "revenue": [1.0, 2.0]})
    window = Window(date(2024, 1, 1), date(2024, 5, 20))
    tables = OrderTables(Flows("month", FLOWS), FLOWS, None, starts, value, window, day)
    spend = spending(*((JANUARY + place, "acquisition", 1.0) for place in range(5)))
    found, kept, left_out = without_left_truncated(tables, spend)
    assert (found.starts["customers"].tolist(), found.value["revenue"].tolist()) == ([4, 5], [2.0])
    assert (kept["month"].min(), kept["month"].max(), left_out) == (first_month, JANUARY + 4, 3)
    assert tables.unsure_days == (known_from - date(2024, 1, 1)).days
