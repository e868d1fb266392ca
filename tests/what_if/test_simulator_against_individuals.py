"""The simulator's sums against customers followed one by one, who share no code with it."""

import numpy as np
import pandas as pd
import pytest

from retention.statistics import Estimate
from retention.what_if import Base, CohortCurve, Plan, constant_retention, purchase_footing, simulate
from tests.lifetime_value import shops
from tests.what_if.individuals import MONTH, Buyers, of_cohorts, ramp, who_stays, within_sampling_error

MONTHS, REVENUE, MARGIN, ANNUAL = 36, 35.0, 0.3, 0.12
DISCOUNTS = (1 + ANNUAL) ** (-np.arange(1, MONTHS + 1) / 12)
AGES = {0: 0.3, 1: 0.2, 4: 0.3, 12: 0.2}
ALPHA, BETA = 0.7, 1.9


def plan(**changed):
    return Plan(0.05, "points", MARGIN, ANNUAL, MONTHS / 12, "without_first", **changed)


def cohort_footing(alpha=ALPHA, beta=BETA, ages=AGES, c=1.0):
    mix = np.zeros((max(ages) + 1, 1))
    mix[list(ages), 0] = list(ages.values())
    shape, empty = np.array([[alpha], [beta], [c]]), pd.DataFrame()
    return CohortCurve(Estimate(alpha), Estimate(beta), empty, empty, shape, mix).footing


def agree(result, when, base, new):
    """Profit of each of today's customers and of the new ones by month, beside the simulation's."""
    for seen, part in ((base, "base"), (new, "new"), (np.concatenate([base, new]), "firm")):
        plain, present = (
            getattr(getattr(sums, part), when) for sums in (result.undiscounted, result.present)
        )
        assert within_sampling_error(seen.sum(axis=1), plain)
        assert within_sampling_error(seen @ DISCOUNTS, present)
    for year in range(3):
        months = slice(12 * year, 12 * year + 12)
        row = result.yearly.iloc[year]
        assert within_sampling_error(base[:, months].sum(axis=1), row[f"base_{when}"])
        assert within_sampling_error(new[:, months] @ DISCOUNTS[months], row[f"new_{when}_present"])


def between_months(footing, asked, size, won, risks, c=1.0):
    """The simulation, and the individuals before and after it asks for, given everybody's risks."""
    result = simulate(Base("month", size, won, REVENUE), asked, footing)
    (today, lived), new = risks
    joined = np.concatenate([-lived, np.repeat(np.arange(1, MONTHS + 1), won)])
    leaves = np.concatenate([today, new])
    factor = (1 - result.retention_after) / (1 - result.retention_before)
    effect = ramp(asked.bites_after * 12, MONTHS)
    chance = np.random.default_rng(20_240_229)
    for when, change in (("before", np.ones(MONTHS)), ("after", 1 - (1 - factor) * effect)):
        present = who_stays(chance, leaves, joined, change, asked.steps == "first", c)
        paid = MARGIN * REVENUE * present
        agree(result, when, paid[:size], paid[size:])
        for part, seen in (("base", present[:size]), ("new", present[size:])):
            for month in (1, 6, 12):
                expected = result.active[f"{part}_{when}"].iloc[month]
                assert within_sampling_error(seen[:, month - 1].astype(float), expected)
    return result


CHANGES = [{}, {"steps": "first"}, {"bites_after": 1.5}]


@pytest.mark.parametrize("changed", CHANGES)
def test_customers_of_one_retention_followed_one_by_one(changed):
    size, won, new_share = 8000, 400, 0.25
    footing = constant_retention(0.72, new_share=new_share)
    lived = np.where(np.arange(size) < new_share * size, 0, 1)
    risks = (np.full(size, 0.28), lived), np.full(won * MONTHS, 0.28)
    between_months(footing, plan(**changed), size, won, risks)


def of_a_curve(changed, size, won, c):
    chance = np.random.default_rng(7)
    today = of_cohorts(chance, ALPHA, BETA, AGES, size, c)
    new = chance.beta(ALPHA, BETA, won * MONTHS)
    result = between_months(cohort_footing(c=c), plan(**changed), size, won, (today, new), c)
    risk, lived = (new, np.zeros(new.size)) if changed.get("steps") == "first" else today
    stays = (1 - risk) ** ((lived + 1) ** c - lived**c)
    assert within_sampling_error(stays, len(stays) * result.retention_before)


POWERS = [1.0, 1.5, 0.6]  # 1: the shifted beta-geometric


@pytest.mark.parametrize("c", POWERS)
@pytest.mark.parametrize("changed", CHANGES)
def test_customers_of_a_cohort_curve_followed_one_by_one(changed, c):
    of_a_curve(changed, size=8000, won=400, c=c)


KINDS = {
    "bg_nbd": (0.6, 20.0, 0.9, 3.5),
    "mbg_nbd": (0.6, 20.0, 0.7, 3.5),
    "pareto_nbd": (0.6, 20.0, 0.7, 150.0),
}
SPEND = (4.0, 4.0, 15.0)


def spent(chance, mean, who):
    """What each purchase of a customer is worth: Gamma around the customer's own mean."""
    return chance.gamma(SPEND[0], size=who.size) / SPEND[0] * mean[who]


def history(chance, kind, size):
    """Customers won at any time in the last 400 days, what is seen of them, and what is not."""
    buyers = Buyers(chance, kind, KINDS[kind], size)
    mean = SPEND[0] / (chance.gamma(SPEND[1], size=size) / SPEND[2])
    age = chance.uniform(2, 400, size)
    who, time, alive = buyers.live(buyers.first(1.0), np.zeros(size), age, lambda *_: 1.0)
    x = np.bincount(who, minlength=size)
    last = np.zeros(size)
    np.maximum.at(last, who, time)
    money = np.bincount(who, spent(chance, mean, who), size)
    seen = pd.DataFrame({"x": x, "t_x": last, "T": age, "m_x": money / np.where(x > 0, x, np.nan)})
    seen["first_value"] = spent(chance, mean, np.arange(size))
    return buyers, mean, alive, seen


def by_month(size, who, when, value):
    month = np.minimum((when / MONTH).astype(int), MONTHS - 1)
    return np.bincount(who * MONTHS + month, value, size * MONTHS).reshape(size, MONTHS)


def future_of(chance, kind, footing_size, people, change, first_only, won):
    """Money by month of today's customers and of new ones, and how many are there at the end."""
    buyers, mean, alive, seen = people
    young = seen["T"].to_numpy() < MONTH
    zero, end = np.zeros(footing_size), np.full(footing_size, MONTHS * MONTH)

    def today(who, when):
        month = (when / MONTH).astype(int)
        return np.where((not first_only) | (young[who] & (month == 0)), change[month], 1.0)

    who, when, left = buyers.live(alive, zero, end, today)
    base = by_month(footing_size, who, when, spent(chance, mean, who))
    count = won * MONTHS
    joined = chance.uniform(0, MONTHS * MONTH, count)
    new = Buyers(chance, kind, KINDS[kind], count)
    means = SPEND[0] / (chance.gamma(SPEND[1], size=count) / SPEND[2])
    begun = (joined / MONTH).astype(int)

    def coming(who, when):
        month = (when / MONTH).astype(int)
        return np.where((not first_only) | (month <= begun[who] + 1), change[month], 1.0)

    there = new.first(change[begun])
    who, when, still = new.live(there, joined, np.full(count, MONTHS * MONTH), coming)
    everyone = np.concatenate([who, np.arange(count)])
    moments = np.concatenate([when, joined])
    fresh = by_month(count, everyone, moments, spent(chance, means, everyone))
    return base, fresh, left, still


def any_time(kind, changed, size, won):
    chance = np.random.default_rng(99)
    people = history(chance, kind, size)
    model = shops.purchase_model(*KINDS[kind], unit="day", kind=kind)
    base, footing = purchase_footing(
        people[3], model, shops.spend_model(*SPEND), period="month", won_per_period=won, draws=0
    )
    result = simulate(base, plan(**changed), footing)
    assert within_sampling_error(people[2].astype(float), base.active)
    steps = changed.get("steps", "all")
    factor = float(footing.factor(np.array([result.retention_after]), steps)[0])
    effect = ramp(changed.get("bites_after", 0) * 12, MONTHS)
    for when, change in (("before", np.ones(MONTHS)), ("after", 1 - (1 - factor) * effect)):
        today, new, left, still = future_of(chance, kind, size, people, change, steps == "first", won)
        # New customers' first purchases are worth what those of the customers seen were worth on average.
        agree(result, when, MARGIN * today, MARGIN * new)
        assert within_sampling_error(left.astype(float), result.active[f"base_{when}"].iloc[-1])
        assert within_sampling_error(still.astype(float), result.active[f"new_{when}"].iloc[-1])


CASES = [
    ("bg_nbd", {}),
    ("bg_nbd", {"bites_after": 1.5}),
    ("bg_nbd", {"steps": "first"}),
    ("mbg_nbd", {}),
    ("mbg_nbd", {"steps": "first"}),
    ("pareto_nbd", {}),
]


@pytest.mark.parametrize(("kind", "changed"), CASES)
def test_buyers_of_a_purchase_model_followed_one_by_one(kind, changed):
    any_time(kind, changed, size=6000, won=150)


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "changed"), CASES)
def test_many_buyers_of_a_purchase_model_followed_one_by_one(kind, changed):
    any_time(kind, changed, size=100_000, won=2000)


@pytest.mark.slow
@pytest.mark.parametrize("c", POWERS)
@pytest.mark.parametrize("changed", CHANGES)
def test_many_customers_of_a_cohort_curve_followed_one_by_one(changed, c):
    of_a_curve(changed, size=200_000, won=10_000, c=c)
