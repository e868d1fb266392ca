"""Made-up customers: who renew by the month with a known chance, and who buy at moments of their own."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from retention.orders import Orders
from retention.periods import Window

FIRST, DAYS = date(2022, 1, 1), 1096


def orders(rows):
    """Orders from (customer, day from the start, value)."""
    rows = [row for row in rows if row[1] < DAYS]
    table = pd.DataFrame(
        {
            "customer_id": [who for who, _, _ in rows],
            "order_id": [str(n) for n in range(len(rows))],
            "date": pd.Timestamp(FIRST) + pd.to_timedelta([day for _, day, _ in rows], unit="D"),
            "value": [float(value) for _, _, value in rows],
            "kind": "purchase",
        }
    )
    return Orders(table, Window(FIRST, date.fromordinal(FIRST.toordinal() + DAYS - 1)))


def subscribers(seed, customers=800, *, alpha=1.0, beta=15.0, pauses=0.0, extras=0.0):
    """Each renews every month with a chance of their own, Beta(β, α), a day or two off; prices differ.

    Parameters
    ----------
    pauses : chance that who does not renew comes back after two to five months
    extras : chance of an order in between
    """
    draw = np.random.default_rng(seed)
    rows = []
    for who in range(customers):
        day, leaves, value = (
            int(draw.integers(0, DAYS)),
            draw.beta(alpha, beta),
            draw.choice([10.0, 20.0, 35.0]),
        )
        while day < DAYS:
            rows.append((f"s{who}", day, value))
            if draw.random() < extras:
                rows.append((f"s{who}", day + 12, 5.0))
            if draw.random() >= leaves:
                day += 30 + int(draw.integers(-2, 4))
            elif draw.random() < pauses:
                day += int(draw.integers(60, 150))
            else:
                break
            if draw.random() < 0.03:
                value = draw.choice([10.0, 20.0, 35.0])
    return rows


def buyers(seed, customers=2000, *, k=1, name="b"):
    """Customers at a rate of their own, from a week to a year between purchases; k = 4 for regular ones."""
    draw = np.random.default_rng(seed)
    rows = []
    for who in range(customers):
        mean = np.exp(draw.uniform(np.log(7), np.log(365)))
        day = float(draw.integers(0, DAYS // 2))
        while day < DAYS:
            rows.append((f"{name}{who}", int(day), 20.0))
            day += draw.gamma(k, mean / k)
    return rows
