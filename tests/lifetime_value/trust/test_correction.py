"""What forecasts missed from several days, put right: by hand, and where the truth is known."""

from types import SimpleNamespace as Some

import numpy as np
import pytest

from retention.errors import DataWarning
from retention.lifetime_value import (
    Missed,
    Money,
    Pooled,
    correction,
    expected_purchases,
    fit_purchases,
    verdict,
)
from retention.lifetime_value.trust.purchase_intervals import purchase_intervals
from retention.statistics import Estimate
from tests.lifetime_value import seasonal
from tests.lifetime_value.trust.test_origins import held


def pooled(*expected, actual=100, money=()):
    paid = [None if one is None else Money(100.0, one, one / 100.0 - 1.0) for one in money or expected]
    return Pooled.of([held(float(one), actual, money=of) for one, of in zip(expected, paid, strict=True)])


def test_by_hand_where_forecasts_were_half_and_two_thirds_of_what_came():
    # 100 came where 50 were expected, 100 where 60 were: 200 / 110 together
    found = correction(pooled(50.0, 60.0))
    assert found.purchases.factor == pytest.approx(200 / 110)
    assert (found.purchases.least, found.purchases.most) == pytest.approx((100 / 60, 2.0))
    assert (found.origins, found.too_low) == (2, True)


def test_and_where_they_were_too_high():
    found = correction(pooled(160.0, 200.0, 250.0))
    assert found.purchases.factor == pytest.approx(300 / 610)
    assert (found.purchases.least, found.purchases.most) == pytest.approx((0.4, 0.625))
    assert not found.too_low


def test_the_total_and_its_ends_by_hand():
    told = Missed(1.5, 1.25, 2.0).corrected(200.0, 160.0, 240.0)
    assert (told.value, told.low, told.high) == pytest.approx((300.0, 200.0, 480.0))
    assert Missed(1.5, 1.25, 2.0).corrected(200.0, None, None) == Estimate(300.0)


def test_money_is_put_right_by_what_was_missed_of_money():
    found = correction(pooled(50.0, 60.0, money=(40.0, 80.0)))
    assert found.money.factor == pytest.approx(200 / 120)
    assert (found.money.least, found.money.most) == pytest.approx((1.25, 2.5))
    values = Some(total=1000.0, low=900.0, high=1100.0, expected_purchases=55.0)
    right = found.of(values)
    assert (right.total.value, right.total.low, right.total.high) == pytest.approx(
        (1000 / 0.6, 1125.0, 2750.0)
    )
    assert right.expected_purchases == pytest.approx(100.0)


def test_where_money_is_not_known_from_every_day_it_is_put_right_as_purchases_are():
    found = correction(pooled(50.0, 60.0, money=(40.0, None)))
    assert found.money == found.purchases


@pytest.mark.parametrize("expected", [(50.0, 150.0), (50.0, 100.0), (50.0,), (0.0, 50.0)])
def test_no_correction_of_what_is_off_both_ways_or_known_from_one_day_or_expects_nothing(expected):
    assert correction(pooled(*expected)) is None


def test_nor_where_nobody_bought_after_one_of_the_days():
    some = [held(50.0, 100), held(50.0, 100), held(5.0, 0)]
    assert correction(Pooled.of(some)) is None


def test_what_is_printed_would_have_held_what_came_from_every_one_of_the_days():
    chance = np.random.default_rng(1)
    for _ in range(200):
        actual = chance.integers(50, 500, 3)
        expected = actual * chance.uniform(0.2, 0.95, 3)
        ends = np.stack(
            [expected * chance.uniform(0.7, 1.0, 3), expected * chance.uniform(1.0, 1.3, 3)], axis=1
        )
        tried = [held(*one) for one in zip(expected, actual, strict=True)]
        found = correction(Pooled.of(tried)).purchases
        assert found.least <= found.factor <= found.most
        for came, told, (low, high) in zip(actual, expected, ends, strict=True):
            right = found.corrected(told, low, high)
            assert right.low * (1 - 1e-12) <= came <= right.high * (1 + 1e-12)


def test_only_a_poor_verdict_from_several_days_carries_one():
    assert verdict(pooled(50.0, 60.0)).correction == correction(pooled(50.0, 60.0))
    assert verdict(pooled(80.0, 90.0)).trust == "fair" or verdict(pooled(80.0, 90.0)).trust == "good"
    assert verdict(pooled(80.0, 90.0)).correction is None
    assert verdict(pooled(20.0, 110.0)).correction is None  # poor, but not to one side
    assert verdict(held(20.0, 100)).correction is None
    assert verdict(DataWarning("no_holdout", {"reason": "too_short"})).correction is None


def test_too_little_data_makes_a_verdict_poor_but_corrects_nothing():
    few = DataWarning("too_few_customers", {"customers": 90, "needed": 500})
    said = verdict(pooled(95.0, 97.0), (few,))
    assert (said.trust, said.correction) == ("poor", None)


def forecast(made, days):
    """Total expected by a plain model with its interval."""
    model = fit_purchases(made.states)
    state = tuple(made.states[name].to_numpy(dtype=float) for name in ("x", "t_x", "T"))
    customers = made.states["customers"].to_numpy(dtype=float)
    low, high = purchase_intervals(model, state, customers, np.zeros(customers.size, dtype=int), days)
    return float(expected_purchases(model, *state, days) @ customers), low[-1], high[-1]


def trended(seed, a_year, months=36, days=184):
    """Whether intervals hold before and after, and whether every day missed to one side, under a trend."""
    made = seasonal.shop(
        np.random.default_rng([months, seed]), months, (1.0,) * 12, pace=seasonal.trend(a_year)
    )
    tried = []
    for back in (548, 365, 184):
        earlier = seasonal.earlier(made, back)
        told, low, high = forecast(earlier, days)
        tried.append(held(told, earlier.bought_within(days), ends=(low, high)))
    told, low, high = forecast(made, days)
    came = made.bought_within(days)
    found = correction(Pooled.of(tried))
    right = found.purchases.corrected(told, low, high) if found else Estimate(told, low, high)
    return low <= came <= high, right.low <= came <= right.high, found is not None


@pytest.mark.slow
def test_under_a_trend_of_a_fifth_a_year_corrected_intervals_hold_more_often():
    tried = np.array([trended(seed, 0.2) for seed in range(100)])
    missed = tried[:, 2]
    assert missed.mean() > 0.5
    before, after = tried[missed, :2].mean(axis=0)
    assert before < 0.6
    assert after >= 0.9


def test_a_trend_that_doubles_purchases_every_year_is_put_right():
    before, after, missed = trended(3, 1.0)
    assert (before, after, missed) == (False, True, True)
