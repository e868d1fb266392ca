"""How often the interval of the gain holds what it speaks of, on shops whose truth is known."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from retention.orders import Orders
from retention.periods import Window
from retention.study import Study
from retention.what_if import Base, Plan, constant_retention, simulate

MONTHS, WON, SPENT, LEAVES = 24, 60, 50.0, (1.2, 3.0)
FIRST = date(2023, 1, 1)
PLAN = Plan(0.05, "points", 0.4, 0.1, 3.0, "without_first")


def shop_of(seed, leaves):
    """A shop that wins about 60 customers a month; each buys every month until it leaves for good.

    leaves : of each of so many customers the chance to leave after a month
    """
    chance = np.random.default_rng(seed)
    won = np.repeat(np.arange(MONTHS), chance.poisson(WON, MONTHS))
    stay = chance.geometric(leaves(chance, won.size))
    spend = SPENT * chance.gamma(2.0, 0.5, won.size)
    who, month = np.repeat(np.arange(won.size), stay), np.concatenate([np.arange(n) for n in stay])
    month = month + won[who]
    who, month = who[month < MONTHS], month[month < MONTHS]
    starts = pd.date_range(FIRST, periods=MONTHS + 1, freq="MS")
    table = pd.DataFrame(
        {
            "customer_id": who.astype(str),
            "order_id": np.arange(who.size).astype(str),
            "date": starts[month] + pd.to_timedelta(chance.integers(0, 28, who.size), unit="D"),
            "value": spend[who] * chance.gamma(4.0, 0.25, who.size),
            "kind": "purchase",
        }
    )
    return Study(Orders(table, Window(FIRST, starts[-1].date() - timedelta(days=1))))


def gain(base, footing):
    return simulate(base, PLAN, footing).present.firm.absolute


def held(base, footing, truth):
    return gain(base, footing).excludes(truth) is False


def of_constant(seeds):
    """Covered with the base's doubt, and without it."""
    rate = 0.75
    active = WON * (1 - rate**MONTHS) / (1 - rate)
    truth = gain(Base("month", active, WON, SPENT), constant_retention(rate, new_share=WON / active)).value
    for seed in seeds:
        study = shop_of(seed, lambda _, n: np.full(n, 1 - rate)).what_if
        base, footing = study.base("month"), study.constant("month", strict=True)
        yield held(base, footing, truth), held(replace(base, doubt=type(base.doubt)()), footing, truth)


def of_cohorts(seeds):
    """The same where customers differ and the cohorts' curve tells how they stay."""
    alpha, beta = LEAVES
    risk = (np.arange(20_000) + 0.5) / 20_000
    from scipy.stats import beta as distribution  # noqa: PLC0415

    theta = distribution.ppf(risk, alpha, beta)
    there = np.array([np.mean((1 - theta) ** age) for age in range(MONTHS)])
    active = WON * there.sum()
    for seed in seeds:
        study = shop_of(seed, lambda chance, n: chance.beta(alpha, beta, n)).what_if
        base, curve = study.base("month"), study.curve("month")
        mix = np.zeros((len(curve.mix), 1))
        mix[:MONTHS, 0] = there[: len(mix)] / there.sum()
        known = replace(curve, draws=np.array([[alpha], [beta]]), mix=mix)
        truth = gain(Base("month", active, WON, SPENT), known.footing).value
        footing = curve.footing
        yield held(base, footing, truth), held(replace(base, doubt=type(base.doubt)()), footing, truth)


@pytest.mark.slow
@pytest.mark.parametrize("shops", [of_constant, of_cohorts])
def test_the_gain_is_held_as_often_as_said_with_the_doubt_of_the_base(shops):
    with_doubt, without = np.mean(list(shops(range(200))), axis=0)
    assert 0.92 <= with_doubt <= 1.0
    assert without < with_doubt
