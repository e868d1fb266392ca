"""The intervals at which orders come again, and when a customer keeps to one of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd

from retention.periods import DAYS_PER_MONTH

if TYPE_CHECKING:
    from numpy.typing import NDArray

IntervalCode = Literal["week", "two_weeks", "month", "two_months", "quarter", "half_year", "year"]
INTERVALS: tuple[IntervalCode, ...] = get_args(IntervalCode)
OF_SHORTER = 0.8  # of the times between purchases that are no pause, the share that must be on time
OF_ALL = 0.6  # of all of them
LEAST_TIMES = 3  # between purchases, from which on a customer is judged
LEAST_CUSTOMERS = 30  # who keep to an interval, and
LEAST_SHARE = 0.05  # of those judged: else there are no subscriptions here
NEARLY_ALL = 0.9  # of those judged, from which on everybody counts, from the first purchase


@dataclass(frozen=True)
class Interval:
    """One interval.

    Attributes
    ----------
    shortest, longest : days from one order to the next that are on time: what the calendar makes of the
        interval, and three days either way (one, for weeks)
    least : times on time, without which a customer may do so by chance
    months : how long it is
    """

    shortest: int
    longest: int
    least: int
    months: float


RULES: dict[IntervalCode, Interval] = {
    "week": Interval(6, 8, 8, 7 / DAYS_PER_MONTH),
    "two_weeks": Interval(13, 15, 4, 14 / DAYS_PER_MONTH),
    "month": Interval(25, 34, 3, 1.0),
    "two_months": Interval(56, 65, 3, 2.0),
    "quarter": Interval(87, 95, 3, 3.0),
    "half_year": Interval(178, 187, 2, 6.0),
    "year": Interval(362, 369, 2, 12.0),
}
BOUNDS = tuple((rule.shortest, rule.longest) for rule in RULES.values())


def kept_to(times: pd.DataFrame) -> NDArray[np.int64]:
    """Place in `INTERVALS` of the interval each customer keeps to, −1 of those who keep to none.

    A customer keeps to an interval who was on time at least so many times as it asks, four in five of the
    times that were not longer (a longer one is a pause), and three in five of all. Of several the one most
    often kept counts. A wait that nobody knows the end of is none of these times.

    Parameters
    ----------
    times : as `retention.aggregate.times_between` counts them: gaps, and for each interval by its place
        ``on_<place>`` and ``early_<place>``, on time and sooner
    """
    all_times = times["gaps"].to_numpy()[:, None]
    places = range(len(INTERVALS))
    on = times[[f"on_{place}" for place in places]].to_numpy()
    early = times[[f"early_{place}" for place in places]].to_numpy()
    least = np.array([rule.least for rule in RULES.values()])
    kept = (on >= least) & (on >= OF_SHORTER * (on + early)) & (on >= OF_ALL * all_times)
    found = np.where(kept, on, 0)
    return np.where(found.any(axis=1), found.argmax(axis=1), -1) if len(times) else np.zeros(0, dtype=int)


@dataclass(frozen=True)
class Kept:
    """Who keeps to an interval, and whether that makes this a shop with subscriptions.

    Attributes
    ----------
    subscribers : customer (its number), interval (place in `INTERVALS`), known (purchases on time after which
        it was known that the customer keeps to it; 0 where everybody counts)
    recognised, judged : customers who keep to one, and who have bought often enough to be judged
    everybody : whether nearly all do, so that everybody counts from the first purchase
    """

    subscribers: pd.DataFrame
    recognised: int
    judged: int
    everybody: bool

    @property
    def found(self) -> bool:
        """Whether there are subscriptions here."""
        return self.recognised >= LEAST_CUSTOMERS and self.recognised >= LEAST_SHARE * self.judged


def who_keeps(times: pd.DataFrame, customers: NDArray[np.int64]) -> Kept:
    """Customers who keep to an interval.

    Who cancels early cannot be told from who buys once, so that a customer counts from when the interval is
    known on. Only where nearly all who can be judged keep to one does everybody count but who buys
    irregularly, those who cannot be judged by the interval most keep to.

    Parameters
    ----------
    times : see `kept_to`, with ``customer``
    customers : (n,) numbers of all customers
    """
    place = kept_to(times)
    judged, recognised = int((times["gaps"] >= LEAST_TIMES).sum()), int((place >= 0).sum())
    table = pd.DataFrame({"customer": times["customer"].to_numpy(), "interval": place})
    table = table[table["interval"] >= 0].reset_index(drop=True)
    sure = int((table["customer"].isin(times.loc[times["gaps"] >= LEAST_TIMES, "customer"])).sum())
    everybody = judged >= LEAST_CUSTOMERS and sure >= NEARLY_ALL * judged
    if not everybody:
        least = np.array([rule.least for rule in RULES.values()])
        return Kept(table.assign(known=least[table["interval"]]), recognised, judged, everybody=False)
    usual = int(table["interval"].mode().iloc[0])
    counted = customers[~np.isin(customers, _irregular(times, place, usual))]
    own = table.set_index("customer")["interval"].reindex(counted).fillna(usual).astype("int64")
    whole = pd.DataFrame({"customer": counted, "interval": own.to_numpy(), "known": 0})
    return Kept(whole, recognised, judged, everybody=True)


def _irregular(times: pd.DataFrame, place: NDArray[np.int64], usual: int) -> NDArray[np.int64]:
    """Customers judged who keep to no interval, and of whose times many were sooner, or none was on time.

    Who was on time and then missed renewals is not among them: to leave these out would be to leave out who
    does not renew.
    """
    on, early = times[f"on_{usual}"], times[f"early_{usual}"]
    odd = (place < 0) & (times["gaps"] >= LEAST_TIMES) & ((on == 0) | (on < OF_SHORTER * (on + early)))
    return times.loc[odd, "customer"].to_numpy()
