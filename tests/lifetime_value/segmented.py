"""Shops whose customers come by several channels, of which some are keener than others."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from benchmarks.simulated_shop import Shop, live
from retention.periods import DAYS_PER_MONTH

CHANNELS = ("adverts", "friends", "search")
SHARES = (0.3, 0.25, 0.45)
USUAL = Shop("bg_nbd", (0.7, 56.0, 0.8, 2.6), (6.25, 3.74, 60.0))
YEAR = 12 * DAYS_PER_MONTH


@dataclass(frozen=True)
class Channels:
    """What is known of customers at the end, and what they bring in the year after it.

    Attributes
    ----------
    people : segment, x, t_x, T in days and m_x, a customer a row
    bought : (3,) purchase days of each channel's customers within the year
    brought : (3,) their value, not discounted
    """

    people: pd.DataFrame
    bought: np.ndarray
    brought: np.ndarray

    @property
    def states(self):
        keys = ["segment", "x", "t_x", "T"]
        return self.people.groupby(keys).size().rename("customers").reset_index()

    @property
    def spent(self):
        again = self.people[self.people["x"] > 0]
        return again.groupby(["segment", "x", "m_x"]).size().rename("customers").reset_index()


def shop(chance, months, pace=(1.0,) * 3, leaving=(1.0,) * 3, worth=(1.0,) * 3, a_year=840, usual=USUAL):
    """Customers won evenly over so many months, each channel's at a pace of its own.

    Parameters
    ----------
    pace : how many times as fast as usual each channel's customers buy
    leaving : by how much the odds of leaving after a purchase are multiplied
    worth : how many times as much they spend
    """
    days = round(months * DAYS_PER_MONTH)
    sizes = np.round(np.array(SHARES) * a_year * days / 365.25).astype(int)
    rows, bought, brought = [], [], []
    for place, size in enumerate(sizes):
        r, alpha, a, b = usual.purchases
        odds, (p, q, gamma) = leaving[place] ** 0.5, usual.spend
        own = replace(
            usual,
            purchases=(r, alpha / pace[place], a * odds, b / odds),
            spend=(p, q, gamma * worth[place]),
        )
        known, days_ahead, value_ahead = _lived(own, size, days, chance)
        rows.append(known.assign(segment=CHANNELS[place]))
        bought.append(days_ahead)
        brought.append(value_ahead)
    return Channels(pd.concat(rows, ignore_index=True), np.array(bought), np.array(brought))


def _lived(own, size, days, chance):
    born = chance.integers(0, days, size).astype(float)
    told = live(own, born, days + YEAR, chance)
    on = pd.DataFrame({"customer": told.customer, "day": np.floor(told.moment), "value": told.value})
    by_day = on.groupby(["customer", "day"], as_index=False)["value"].sum()
    first = by_day.groupby("customer")["day"].transform("min")
    again = by_day[by_day["day"] > first]
    known, ahead = again[again["day"] < days], again[again["day"] >= days]
    each = known.groupby("customer").agg(x=("day", "size"), last=("day", "max"), m_x=("value", "mean"))
    each = each.reindex(np.arange(size))
    x = each["x"].fillna(0).astype(int)
    people = pd.DataFrame(
        {
            "x": x,
            "t_x": (each["last"].fillna(pd.Series(born)) - born).astype(int),
            "T": (days - 1 - born).astype(int),
            "m_x": each["m_x"],
        }
    )
    return people, len(ahead), float(ahead["value"].sum())
