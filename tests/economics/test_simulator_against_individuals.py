"""The simulator's sums against customers followed one by one, who share no code with it."""

import numpy as np
import pytest

from retention.economics import Base, Plan, simulate

MONTHS, ACTIVE, WON, REVENUE, MARGIN, ANNUAL = 36, 40_000, 1_500, 35.0, 0.3, 0.12


def bought(generator, retention, starts, already_customers):
    """Whether each customer buys in each month until the first without: (customers, months)."""
    month = np.arange(1, MONTHS + 1)
    renewals = generator.geometric(1 - retention, size=len(starts)) - 1
    first = starts if not already_customers else starts + 1
    last = starts + renewals
    return (month >= first[:, None]) & (month <= last[:, None])


def within_sampling_error(per_customer, expected):
    error = per_customer.std(ddof=1) * np.sqrt(len(per_customer))
    return abs(per_customer.sum() - expected) < 4 * error


@pytest.mark.parametrize(("retention", "when"), [(0.72, "before"), (0.77, "after")])
def test_customers_followed_one_by_one_bring_the_same_profit(retention, when):
    plan = Plan(0.72, 0.05, "points", MARGIN, ANNUAL, MONTHS / 12, "without_first")
    result = simulate(Base("month", ACTIVE, WON, REVENUE), plan)
    generator = np.random.default_rng(20_240_229)
    base = bought(generator, retention, np.zeros(ACTIVE, dtype=int), already_customers=True)
    new = bought(generator, retention, np.repeat(np.arange(1, MONTHS + 1), WON), already_customers=False)
    payment = MARGIN * REVENUE
    discounted = payment * (1 + ANNUAL) ** (-np.arange(1, MONTHS + 1) / 12)
    firm = np.concatenate([base, new])
    for seen, part in ((base, "base"), (new, "new"), (firm, "firm")):
        plain, present = (getattr(getattr(sums, part), when) for sums in (result.plain, result.present))
        assert within_sampling_error(payment * seen.sum(axis=1), plain)
        assert within_sampling_error(seen @ discounted, present)
    for year in range(3):
        months = slice(12 * year, 12 * year + 12)
        row = result.yearly.iloc[year]
        assert within_sampling_error(payment * base[:, months].sum(axis=1), row[f"base_{when}"])
        assert within_sampling_error(new[:, months] @ discounted[months], row[f"new_{when}_present"])
