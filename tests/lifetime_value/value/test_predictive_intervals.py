from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from retention import aggregate
from retention.errors import DataWarning
from retention.lifetime_value import customer_values, fit_purchases
from retention.lifetime_value.value.customer_base import CustomerBase, effect_of
from retention.lifetime_value.value.discounting import Terms
from tests.lifetime_value import shops


def valued_again(base, purchases, parameters, spend, terms):
    tried = np.array([parameters])
    effect = effect_of(base.grid, tried, purchases, terms)
    return base.totals(tried, np.array([spend.parameters]), effect)[0, 0]


@pytest.mark.parametrize(("months", "within"), [(12, 1e-3), (60, 5e-3)])  # of intervals 30 % and 50 % wide
def test_other_parameters_value_the_base_as_if_customer_by_customer(people, purchases, spend, months, within):
    other, dearer = (
        replace(purchases, parameters=(0.28, 4.0, 1.0, 2.2)),
        replace(spend, p=5.0, q=3.2, gamma=18.0),
    )
    base = CustomerBase.of([people], purchases, Terms(months))
    quick = valued_again(base, purchases, other.parameters, dearer, Terms(months))
    exact = customer_values(people, other, dearer, horizon_months=months).total
    assert quick == pytest.approx(exact, rel=within)


def test_at_the_fit_the_base_is_worth_the_total(people, purchases, spend):
    base = CustomerBase.of([people], purchases, Terms())
    total = valued_again(base, purchases, purchases.parameters, spend, Terms())
    assert total == pytest.approx(72691.45, abs=0.02)


def test_customers_won_on_one_day_are_valued_too(purchases, spend):
    people = pd.DataFrame({"x": [0, 3], "t_x": [0, 90], "T": [200, 200], "m_x": [np.nan, 30.0]})
    base = CustomerBase.of([people], purchases, Terms())
    other = np.array(purchases.parameters) * 1.3
    changed = replace(purchases, parameters=tuple(other.tolist()))
    exact = customer_values(people, changed, spend).total
    assert valued_again(base, purchases, other, spend, Terms()) == pytest.approx(exact, rel=2e-3)


def test_with_known_parameters_the_interval_is_that_of_simulated_futures():
    # Customers of one state, each future told step by step; α in days.
    chance = np.random.default_rng(9)
    model, money = shops.purchase_model(1.0, 60.0, 0.8, 3.0, "day"), shops.spend_model(4.0, 4.0, 30.0)
    people = pd.DataFrame({"x": 2, "t_x": 150, "T": 180, "m_x": 12.0}, index=range(200))
    values = customer_values(people, model, money, horizon_months=6, discount_rate=0.0)
    alive = float(values.table["p_alive"].iloc[0])
    totals = [simulated_total(chance, alive, 200, 6 * 30.4375) for _ in range(400)]
    assert values.total == pytest.approx(np.mean(totals), rel=0.02)
    spread = np.quantile(totals, 0.975) - np.quantile(totals, 0.025)
    assert values.high - values.low == pytest.approx(spread, rel=0.2)


def simulated_total(chance, alive, customers, days):
    total = 0.0
    for _ in range(int(chance.binomial(customers, alive))):
        times = shops.live(chance, chance.gamma(3.0) / 240.0, chance.beta(0.8, 5.0), days)
        scale = chance.gamma(4.0 * 2 + 4.0) / (30.0 + 2 * 12.0)
        total += float(chance.gamma(4.0, size=len(times)).sum()) / scale
    return total


def test_the_interval_contains_the_total_and_does_not_change_between_runs(people, purchases, spend):
    once, again = (customer_values(people, purchases, spend) for _ in range(2))
    assert once.low < once.total < once.high
    assert (once.low, once.high) == (again.low, again.high)


def test_parameters_less_well_known_widen_the_interval(people, purchases, spend):
    surer = customer_values(people, replace(purchases, covariance=purchases.covariance / 100), spend)
    usual = customer_values(people, purchases, spend)
    assert usual.high - usual.low > 1.05 * (surer.high - surer.low)


def test_an_interval_around_a_mean_that_may_be_infinite_is_open_above(people, purchases, spend):
    shaky = replace(spend, q=1.2, covariance=np.diag([0.01, 0.04, 0.01]))
    values = customer_values(people, purchases, shaky)
    assert values.high is None
    assert values.low is not None
    assert values.warnings[-1] == DataWarning(
        "interval_not_available", {"reason": "infinite_mean_spend", "q": 1.2}
    )


def test_spend_that_is_not_known_has_no_interval(people, purchases, spend):
    unknown = replace(spend, warnings=(DataWarning("spend_not_identified", {"customers": 1}),))
    values = customer_values(people, purchases, unknown)
    assert (values.low, values.high) == (None, None)
    assert values.warnings[-1].details["reason"] == "spend_not_identified"


def test_where_dropout_is_not_identified_the_interval_spans_every_account_of_it():
    chance = np.random.default_rng(5)
    people = shops.simulated_people(chance, 500, 300, 0.8, 60.0, 0.0, 1.0, youngest=60)
    model, money = fit_purchases(aggregate.states(people)), shops.spend_model(4.0, 4.0, 15.0)
    values = customer_values(people, model, money, horizon_months=36)
    others = [
        customer_values(
            people,
            replace(shops.unsure(model), parameters=(r, alpha, a, b)),
            money,
            horizon_months=36,
        ).total
        for r, alpha, a, b in model.alternatives[::8]
    ]
    assert values.low < min(others)
    assert values.high > max(others)
    assert "dropout_not_identified" in [warning.code for warning in values.warnings]


@pytest.mark.slow
def test_nineteen_futures_in_twenty_fall_inside():
    chance, inside, runs = np.random.default_rng(21), 0, 60
    for _ in range(runs):
        inside += one_future_is_inside(chance)
    assert inside / runs >= 0.85  # 95 % of 60 is 57 ± 1.7


def one_future_is_inside(chance):
    """Whether the second half of a simulated year falls into the interval made from its first half."""
    rows, to_come = [], 0.0
    for _ in range(800):
        age = int(chance.integers(60, 240))
        rate, leaves = chance.gamma(0.8) / 40.0 + 1e-12, chance.beta(0.9, 2.5)
        times = np.array(shops.live(chance, rate, leaves, age + 6 * 30.4375))
        worth = chance.gamma(4.0, size=times.size) / (chance.gamma(4.0) / 20.0)
        days = np.unique(np.ceil(times[times <= age]))
        mean = float(worth[times <= age].sum() / days.size) if days.size else np.nan
        rows.append((days.size, int(days.max(initial=0)), age, mean))
        to_come += float(worth[times > age].sum())
    people = pd.DataFrame(rows, columns=["x", "t_x", "T", "m_x"])
    models = shops.fitted_or_refused(aggregate.states(people), aggregate.spend(people))
    values = customer_values(people, *models, horizon_months=6, discount_rate=0.0)
    return values.low <= to_come <= values.high
