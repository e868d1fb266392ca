"""Shops with a known season: customers buy at rates that follow the calendar, and leave after a purchase."""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from retention.lifetime_value.models.clock import Clock, month_of
from tests.lifetime_value import shops

INDEX = (0.85, 0.8, 0.9, 1.0, 1.05, 1.0, 0.95, 0.65, 1.05, 1.1, 1.25, 1.6)
PARAMETERS = (0.7, 8.0, 0.8, 2.6)  # of a BG/NBD in weeks, in which the index is 1 on average over a year
LAST = date(2024, 6, 30)


@dataclass(frozen=True)
class Shop:
    """What is known at the end, and what the same customers buy after it.

    Attributes
    ----------
    states : x, t_x, T, customers
    repeats : (12,) repeat purchase days in each month of the year
    gaps : first_day, last_day, count: from one purchase day to the next, up to the end
    won : day each customer was won on, counted from the end
    bought : day of every repeat purchase, likewise, those to come too
    who : whose each of them is
    """

    states: pd.DataFrame
    repeats: np.ndarray
    gaps: pd.DataFrame
    won: np.ndarray
    bought: np.ndarray
    who: np.ndarray

    @property
    def waits(self):
        """The gaps by their length, as regular buyers are told by."""
        return self.gaps.assign(days=self.gaps["last_day"] - self.gaps["first_day"], followed=True)

    def bought_within(self, days):
        return int(((self.bought > 0) & (self.bought <= days)).sum())


def shop(chance, months, index=INDEX, a_year=840, last=LAST, ahead=366, k=1, *, whole_days=True, pace=None):
    """Customers won evenly over so many months before the last day, lived through one by one.

    Purchases are known to the day, several on one being one; or, as the models tell them, to the moment.
    Every k-th event is a purchase; events come k times as often, so that purchases come as often as with 1.
    `pace` says how much faster all buy on days, counted from the last, than the model knows.
    """
    days = round(months * 30.4375)
    won = -chance.integers(0, days, round(a_year * days / 365.25)).astype(float)
    clock = Clock(7.0, tuple(index), last.toordinal())
    customer, moment = _lived(chance, won, clock, (days, ahead), k, pace)
    if whole_days:
        customer, moment = np.unique([customer, np.floor(moment)], axis=1)
    customer = customer.astype(int)
    again = moment > won[customer]
    customer, moment = customer[again], moment[again]
    known = moment <= 0
    latest = won.copy()
    np.maximum.at(latest, customer[known], moment[known])
    x = np.bincount(customer[known], minlength=won.size)
    people = pd.DataFrame({"x": x, "t_x": latest - won, "T": -won})
    states = people.value_counts(["x", "t_x", "T"]).rename("customers").reset_index()
    in_months = month_of(np.floor(moment[known]).astype(np.int64) + last.toordinal())
    repeats = np.bincount(in_months, minlength=12).astype(float)
    gaps = _gaps(won, customer[known], np.floor(moment[known]), last.toordinal())
    return Shop(states, repeats, gaps, won, moment, customer)


def shocks(chance, sd, last=LAST):
    """Months of which each is faster or slower for the whole shop, by luck of its own."""
    luck = np.exp(chance.normal(0.0, sd, 12 * 200))

    def pace(days):
        day = np.datetime64(last) + days.astype(np.int64)
        return luck[day.astype("datetime64[M]").astype(np.int64)]

    return pace


def trend(a_year):
    """Customers who buy more often by such a share every year."""
    return lambda days: (1.0 + a_year) ** (days / 365.25)


def earlier(made, back):
    """The same shop, without a season, as it was known so many days before, and what followed that day."""
    here = made.won <= -back
    won, who = made.won[here] + back, made.who
    kept = here[who]
    bought, buyer = made.bought[kept] + back, (np.cumsum(here) - 1)[who[kept]]
    known = bought <= 0
    latest = won.copy()
    np.maximum.at(latest, buyer[known], bought[known])
    x = np.bincount(buyer[known], minlength=won.size)
    people = pd.DataFrame({"x": x, "t_x": latest - won, "T": -won})
    states = people.value_counts(["x", "t_x", "T"]).rename("customers").reset_index()
    return replace(made, states=states, won=won, bought=bought, who=buyer)


def _lived(chance, won, clock, span, k, pace):
    """Who buys at which moment: at a steady rate on the clock, until a purchase is the last."""
    (days, ahead), (r, alpha, a, b) = span, PARAMETERS
    rate, leaves = chance.gamma(r, k / alpha, won.size), chance.beta(a, b, won.size)
    calendar = np.arange(-days, ahead + 2.0)
    run = clock.ahead(calendar)
    if pace is not None:
        run = np.concatenate([[0.0], np.cumsum(np.diff(run) * pace(calendar[:-1]))])
    now, here, bought = np.interp(won, calendar, run), np.arange(won.size), []
    while here.size:
        now = now + chance.exponential(size=(k, here.size)).sum(axis=0) / np.maximum(rate[here], 1e-12)
        here, now = here[now < run[-1]], now[now < run[-1]]
        bought.append(np.stack([here, np.interp(now, run, calendar)]))
        stays = chance.random(here.size) >= leaves[here]
        here, now = here[stays], now[stays]
    return np.concatenate(bought, axis=1)


def _gaps(won, customer, day, last):
    """Days from each purchase day of a customer, the first too, to the next."""
    bought = np.concatenate([np.stack([np.arange(won.size), won]), np.stack([customer, day])], axis=1)
    who, when = bought[:, np.lexsort(bought[::-1])]
    same = who[1:] == who[:-1]
    found = pd.DataFrame({"first_day": when[:-1][same] + last, "last_day": when[1:][same] + last})
    return found.astype(int).value_counts().rename("count").reset_index()


def model(index=INDEX, last=LAST, log_sd=0.0, months_sd=0.0, parameters=PARAMETERS, kind="bg_nbd"):
    """The model such a shop follows, its parameters and its index known as well as said."""
    plain = shops.purchase_model(*parameters, kind=kind, log_sd=log_sd)
    return replace(plain, season=shops.season(plain, index, last, months_sd))
