"""A season in which all months are alike says, of everything, what a model without one says.

Where all of them run at a speed other than 1, that model is the one with α divided by it.
"""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from retention import lifetime_value
from retention.lifetime_value import Terms
from retention.lifetime_value.trust.holdout import score
from retention.lifetime_value.value.predictions import expected_repeats
from retention.lifetime_value.value.predictive_intervals import predictive_intervals
from retention.what_if.purchase_footing import purchase_footing
from tests.lifetime_value import shops

KINDS = {"bg_nbd": (0.8, 6.0, 0.9, 2.4), "mbg_nbd": (0.8, 6.0, 0.7, 2.4)}
TERMS = Terms(12, 0.1, 0.5, 0.9)
SPEND = shops.spend_model(4.0, 3.5, 20.0, log_sd=0.05)
X, T_X, AGE = np.array([0, 3, 1, 12]), np.array([0, 50, 90, 300]), np.array([100, 120, 95, 500])
DAYS = [1.0, 30.4375, 365.25, 4000.0]


def alike(kind, speed, k=1):
    """A model without a season, and one whose months all run at this speed."""
    r, alpha, a, b = KINDS[kind]
    plain, other = (
        replace(shops.purchase_model(r, one, a, b, kind=kind, log_sd=0.05), k=k)
        for one in (alpha / speed, alpha)
    )
    return plain, replace(other, season=shops.season(other, (speed,) * 12, date(2024, 5, 17)))


@pytest.fixture(
    params=[*((kind, speed) for kind in KINDS for speed in (1.0, 1.3)), ("mbg_nbd", 1.0, 2)], ids=str
)
def pair(request):
    return alike(*request.param)


@pytest.fixture(scope="module")
def people():
    found = shops.simulated_people(np.random.default_rng(3), 300, 700, 0.8, 42.0, 0.9, 2.4, youngest=20)
    return found.assign(first_value=10.0, customer_id=np.arange(300).astype(str))


def same(found, expected, rel=1e-9):
    for one, other in zip(found, expected, strict=True):
        if isinstance(other, pd.DataFrame):
            pd.testing.assert_frame_equal(one, other, rtol=rel, atol=rel)
        else:
            assert np.asarray(one, dtype=float) == pytest.approx(
                np.asarray(other, dtype=float), rel=rel, abs=rel, nan_ok=True
            )


PREDICTIONS = {
    "probability_alive": lambda m: lifetime_value.probability_alive(m, X, T_X, AGE),
    "probability_alive_after": lambda m: lifetime_value.probability_alive_after(m, X, T_X, AGE, DAYS),
    "expected_purchases": lambda m: lifetime_value.expected_purchases(m, X, T_X, AGE, 365.25),
    "expected_while_alive": lambda m: lifetime_value.expected_while_alive(m, X, T_X, AGE, DAYS),
    "expected_purchases_of_new": lambda m: lifetime_value.expected_purchases_of_new(m, DAYS),
    "alive_path": lambda m: [lifetime_value.alive_path(m, np.array([0, 20, 90]), 400, 365.0)],
    "purchase_chances": lambda m: lifetime_value.purchase_chances(m, X, T_X, AGE, 365.25, most=9),
    "readable_chances": lambda m: [lifetime_value.readable_chances(m, X[1:2], T_X[1:2], AGE[1:2], 365.25)],
    "chance_of_purchase": lambda m: lifetime_value.chance_of_purchase(m, X, T_X, AGE, DAYS),
    "median_days": lambda m: lifetime_value.median_days(m, X, T_X, AGE),
}


@pytest.mark.parametrize("what", PREDICTIONS)
def test_of_one_customer(pair, what):
    plain, seasonal = pair
    same(PREDICTIONS[what](seasonal), PREDICTIONS[what](plain))


def _values(people, model):
    found = lifetime_value.customer_values(people, model, SPEND, margin=0.5)
    return found.table, found.total, found.low, found.high, found.expected_purchases


def _new(people, model):
    found = lifetime_value.new_customer(model, SPEND, people["first_value"], TERMS, draws=20)
    return found.value, found.draws


def _at_risk(people, model):
    found = lifetime_value.value_at_risk(people, model, SPEND, TERMS)
    return found.total.value, found.total.low, found.total.high, found.each.low, found.each.high


def _footing(people, model):
    base, footing = purchase_footing(people, model, SPEND, period="month", won_per_period=20.0, draws=20)
    return base.active, base.revenue_per_active, footing.retention


BASES = {
    "customer_values": _values,
    "groups": lambda people, m: predictive_intervals([people[:100], people[100:]], m, SPEND, TERMS)[:2],
    "new_customer": _new,
    "customer_intervals": lambda people, m: [lifetime_value.customer_intervals(people[:50], m, SPEND, TERMS)],
    "matrix": lambda people, m: [lifetime_value.frequency_recency(m, people, "expected_purchases")],
}


@pytest.mark.parametrize("what", BASES)
def test_of_all_customers(people, pair, what):
    plain, seasonal = pair
    same(BASES[what](people, seasonal), BASES[what](people, plain))


def test_of_the_footing_of_a_simulation(people, pair):
    plain, seasonal = pair
    even = plain.parameters == seasonal.parameters
    # Customers are taken together by steps of ln(α + T), which begin elsewhere on another scale
    same(_footing(people, seasonal), _footing(people, plain), 1e-9 if even else 1e-3)


def test_of_value_at_risk(people, pair):
    plain, seasonal = pair
    same(_at_risk(people, seasonal), _at_risk(people, plain))


def test_of_a_holdout():
    held = shops.hold_back(shops.cdnow(shops.HOLDOUT_END))
    plain = lifetime_value.fit_purchases(held.states)
    # known to be even: one that might not be could have taken up the shocks of single months
    season = replace(shops.season(plain, (1.0,) * 12, held.until), width=0.0)
    with_ones, without = (score(held, model) for model in (replace(plain, season=season), plain))
    same([with_ones.tracked.astype(float)], [without.tracked.astype(float)])
    same([with_ones.by_frequency], [without.by_frequency])
    assert [with_ones.expected, with_ones.low, with_ones.high] == pytest.approx(
        [without.expected, without.low, without.high], rel=1e-9
    )


def test_repeats_expected_by_a_day_are_those_of_each_customer():
    model = shops.purchase_model(*KINDS["mbg_nbd"], kind="mbg_nbd")
    won, days = -np.arange(80.0, 272.0), np.array([-300.0, -100.0, 0.0, 273.0])
    found = expected_repeats(model, won, np.arange(192.0), days)
    lived = np.maximum(days[:, None] - won, 0.0)
    assert found == pytest.approx(lifetime_value.expected_purchases_of_new(model, lived) @ np.arange(192.0))
    assert found[0] == pytest.approx(0.0, abs=1e-9)
