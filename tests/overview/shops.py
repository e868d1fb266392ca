"""Shops whose truth is known: customers arrive evenly, buy at rates of their own, and leave by chance."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from retention.orders import Orders
from retention.periods import Window

FIRST = date(2022, 1, 1)
DAYS = 730


def simulated(seed, *, customers=900, before=0, trend=0.0, days=DAYS, shape=1.5):
    """Orders of a shop that was open for `before` days when its file begins.

    With `trend`, what customers do grows evenly with the day they were won on: over the whole time their
    rate of buying by the factor 1 + trend, what they spend likewise; their chance of leaving shrinks by it.
    `shape` is that of the rates, 1 / 30 a day on average: the smaller, the more unlike are the customers.
    """
    generator = np.random.default_rng(seed)
    won = generator.uniform(-before, days, round(customers * (days + before) / days))
    better = 1 + trend * np.clip(won / days, 0, 1)
    rate = generator.gamma(shape, 1 / (30 * shape), len(won)) * better
    leaves = np.clip(generator.beta(1, 4, len(won)) / better, 0, 1)
    spend = 1 / generator.gamma(4, 1 / 120, len(won)) * better
    who, when = [np.arange(len(won))], [won]
    here, now = np.arange(len(won)), won
    while len(here):
        stays = generator.uniform(size=len(here)) >= leaves[here]
        here, now = here[stays], now[stays] + generator.exponential(1 / rate[here[stays]])
        here, now = here[now < days], now[now < days]
        who.append(here)
        when.append(now)
    who, when = np.concatenate(who), np.concatenate(when)
    who, when = who[when >= 0], when[when >= 0]
    table = pd.DataFrame(
        {
            "customer_id": who.astype(str),
            "order_id": np.arange(len(who)).astype(str),
            "date": pd.Timestamp(FIRST) + pd.to_timedelta(np.floor(when * 1440), unit="min"),
            "value": np.round(spend[who] * generator.gamma(4, 0.25, len(who)) + 0.01, 2),
            "kind": "purchase",
            "segment": np.where(who % 3 == 0, "web", "shop"),
        }
    )
    return Orders(table, Window(FIRST, FIRST + timedelta(days=days - 1)))
