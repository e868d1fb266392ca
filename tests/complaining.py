"""A made-up shop some of whose customers complain, with a known effect of complaining and of being heard."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from retention.orders import Orders
from retention.periods import Window

FIRST, DAYS, WITHIN = date(2023, 1, 1), 730, 180
_RETURNS, _MEAN = 0.7, 50  # chance of going on after a purchase, and mean of the days until then


@dataclass(frozen=True)
class Complaining:
    """Orders, complaints, and what would have been seen of the same people had nobody complained."""

    orders: Orders
    complaints: pd.DataFrame


def shop(seed, *, customers=3000, driven_away=0.0, healed=0.0):
    """Complaints follow a purchase by 0 to 9 days, the likelier the more its customer has bought.

    Parameters
    ----------
    driven_away : chance that who complains never returns although they would have
    healed : chance that a resolved complaint, which is every second one, does not drive away
    """
    draw = np.random.default_rng(seed)
    bought, complained = [], []
    for customer in range(customers):
        day, number, gone = int(draw.integers(0, DAYS)), 1, False
        loyal = draw.random() < 0.5
        while True:
            bought.append((f"c{customer}", day, float(draw.choice([10.0, 25.0, 60.0]))))
            goes_on = draw.random() < (0.9 if loyal and number > 2 else _RETURNS)
            later = day + 1 + int(draw.geometric(1 / _MEAN))
            on = day + int(draw.integers(0, 10))
            if draw.random() < 0.05 * min(number, 4) and (not goes_on or later > on) and not gone:
                resolved = int(draw.random() < 0.5)
                complained.append((f"c{customer}", on, resolved))
                gone = True
                goes_on &= not (draw.random() < driven_away and not (resolved and draw.random() < healed))
            if not goes_on or later >= DAYS:
                break
            day, number = later, number + 1
    start = FIRST.toordinal()
    rows = pd.DataFrame(bought, columns=["customer_id", "day", "value"])
    table = pd.DataFrame(
        {
            "customer_id": rows["customer_id"],
            "order_id": [str(n) for n in range(len(rows))],
            "date": pd.Timestamp(FIRST) + pd.to_timedelta(rows["day"], unit="D"),
            "value": rows["value"],
            "kind": "purchase",
        }
    )
    told = pd.DataFrame(complained, columns=["customer_id", "day", "resolved"])
    told = told[told["day"] < DAYS].assign(day=lambda rows: rows["day"] + start)
    window = Window(FIRST, date.fromordinal(start + DAYS - 1))
    return Complaining(Orders(table, window), told.reset_index(drop=True))
