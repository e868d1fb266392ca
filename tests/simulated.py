"""A made-up shop whose drop-off is known: what a customer does after each purchase is drawn, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from retention.orders import Orders
from retention.periods import Window


@dataclass(frozen=True)
class Going:
    """After a purchase a share goes on; those who do wait a geometric number of days of this mean."""

    goes_on: float
    days: float

    def within(self, day):
        """Share gone on by the end of a day."""
        return self.goes_on * (1 - (1 - 1 / self.days) ** day)


DROP_OFF = {1: Going(0.5, 90), 2: Going(0.8, 60), 3: Going(0.6, 60)}
LATER = Going(0.9, 40)
FIRST, DAYS = date(2023, 1, 1), 540


def simulated_shop(seed, customers=4000, drop_off=DROP_OFF, later_on=LATER):
    """The orders of a year and a half, cut off at its end; customers are won evenly over all of it."""
    draw = np.random.default_rng(seed)
    customer, day = np.arange(customers), draw.integers(0, DAYS, customers)
    bought = []
    while customer.size:
        bought.append(pd.DataFrame({"customer_id": customer.astype(str), "day": day}))
        going = drop_off.get(len(bought), later_on)
        later = day + draw.geometric(1 / going.days, customer.size)
        goes_on = (draw.random(customer.size) < going.goes_on) & (later < DAYS)
        customer, day = customer[goes_on], later[goes_on]
    orders = pd.concat(bought, ignore_index=True)
    table = pd.DataFrame(
        {
            "customer_id": orders["customer_id"],
            "order_id": [str(n) for n in range(len(orders))],
            "date": pd.Timestamp(FIRST) + pd.to_timedelta(orders["day"], unit="D"),
            "value": 10.0 + draw.random(len(orders)),
            "kind": "purchase",
        }
    )
    return Orders(table, Window(FIRST, date.fromordinal(FIRST.toordinal() + DAYS - 1)))
