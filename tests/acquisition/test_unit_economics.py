"""What a customer kept is worth, over as many months as a customer won, and a customer won beside the CAC."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from retention.acquisition import RetainedValue, ltv_to_cac, retained_value, rooms, usual_position
from retention.flows import Measured, Retention
from retention.statistics import Estimate

REVENUE = 80.0  # per active customer and month


def measured(rate):
    one = Measured(Estimate(rate, rate, rate), np.array([rate]))
    strict = Measured(Estimate(0.1, 0.1, 0.1), np.array([0.1]))
    return Retention(strict, one, transitions=5, retained=1, returned=1, at_risk=1)


NAN = float("nan")
CHANNELS = pd.DataFrame(
    {
        "channel": ["ads", "friends", "tv", "mail", "none"],
        "cac": [30.0, 8.0, 60.0, NAN, 5.0],
        "cac_low": [25.0, 6.0, NAN, NAN, 4.0],
        "cac_high": [36.0, 9.0, NAN, NAN, 6.0],
    }
)


def test_channels_stand_by_what_a_customer_may_cost_less_what_one_costs():
    most = {"ads": Estimate(35.0, 31.0, 39.0), "friends": Estimate(40.0, 30.0, 50.0)}
    most |= {"tv": Estimate(45.0, 40.0, 50.0), "mail": Estimate(50.0), "none": None}
    worth = SimpleNamespace(by_channel={name: SimpleNamespace(margin=of) for name, of in most.items()})
    found = rooms(CHANNELS, worth)
    assert [(room.channel, room.left, room.stands) for room in found] == [
        ("friends", 32.0, "below"),
        ("ads", 5.0, "unsure"),  # one may cost 36, and may bring 31
        ("tv", -15.0, "above"),
    ]
    assert rooms(CHANNELS[["channel"]], worth) == rooms(CHANNELS.head(0), worth) == ()


def test_twelve_months_by_hand():
    found = retained_value(REVENUE, 0.25, measured(0.5))
    assert (found.one_month, found.months, found.retention) == (20.0, 12, 0.5)
    assert found.value == pytest.approx(20 * (2 - 0.5**11))  # 1 + 1/2 + … + 1/2^11


def test_customers_who_leave_one_by_one_bring_as_much():
    chance, rate = np.random.default_rng(5), 0.611
    brought = []
    for _ in range(20_000):
        paid = 20.0
        for _ in range(11):
            if chance.random() >= rate:
                break
            paid += 20.0
        brought.append(paid)
    error = np.std(brought) / np.sqrt(len(brought))
    assert retained_value(REVENUE, 0.25, measured(rate)).value == pytest.approx(
        np.mean(brought), abs=4 * error
    )


def test_where_retention_cannot_be_measured_the_month_alone_counts():
    found = retained_value(REVENUE, 0.25, None)
    assert (found.value, found.months, found.retention) == (20.0, 1, None)


def test_a_rate_that_counts_the_returning_stops_at_one():
    found = retained_value(REVENUE, 0.25, measured(1.034))
    assert (found.retention, found.value) == (1.0, 240.0)


def test_nobody_who_stays_leaves_the_month():
    assert retained_value(REVENUE, 0.25, measured(0.0)).value == 20.0


@given(rate=st.floats(0.0, 1.0), months=st.integers(1, 36))
def test_it_is_never_less_than_the_month_nor_more_than_all_of_them(rate, months):
    assert 10.0 <= RetainedValue(10.0, months, rate).value <= 10.0 * months * (1 + 1e-12)


@pytest.mark.parametrize(
    ("value", "cac", "expected"),
    [
        (90.0, 30.0, Estimate(3.0)),
        (89.0, 30.0, Estimate(89 / 30)),
        (None, 30.0, None),
        (90.0, None, None),
        (90.0, 0.0, None),
    ],
)
def test_lifetime_value_over_cac(value, cac, expected):
    assert ltv_to_cac(value, cac) == expected


@pytest.mark.parametrize(
    ("multiple", "stands"),
    [
        (Estimate(2.59, 2.37, 2.84), "below"),
        (Estimate(2.59, 2.37, 3.0), "unsure"),
        (Estimate(3.2, 3.0, 3.5), "unsure"),
        (Estimate(3.2, 3.1, 3.5), "above"),
        (Estimate(2.99), "below"),
        (Estimate(3.01), "above"),
    ],
)
def test_ltv_to_cac_lies_below_the_usual_three_above_it_or_cannot_be_told(multiple, stands):
    assert usual_position(multiple) == stands
