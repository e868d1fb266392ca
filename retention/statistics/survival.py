"""How long people wait before they go on, those still waiting included: Kaplan and Meier's estimate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.statistics.intervals import Z_95, Estimate

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

_EQUAL = 1e-12  # shares this close are the same share, computed in another order


@dataclass(frozen=True)
class Survival:
    """Share still waiting by day, with its 95 % interval.

    Attributes
    ----------
    days : (n,) days on which somebody went on or was last seen waiting, ascending
    at_risk : (n,) who waited at least until that day
    waiting : (n,) S(t), share not gone on by the end of that day
    low, high : (n,) ends of the log-log interval of S(t); NaN where it is 0 or 1, which have none
    variance : (n,) Greenwood's sum Σ d / (n·(n − d)), so that Var S = S²·variance; inf where S is 0
    gone_on : how many went on at all
    """

    days: NDArray[np.int64]
    at_risk: NDArray[np.int64]
    waiting: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    variance: NDArray[np.float64]
    gone_on: int

    @property
    def people(self) -> int:
        """How many there are, gone on or waiting."""
        return int(self.at_risk[0]) if self.at_risk.size else 0

    def at_risk_on(self, day: int) -> int:
        """How many waited at least until a day."""
        place = int(np.searchsorted(self.days, day))
        return int(self.at_risk[place]) if place < self.days.size else 0

    def followed_to(self, day: int) -> float:
        """Of how many the share gone on by a day was seen: those who wait then, over the share that does.

        All of them where nobody was lost from sight before; else as many as would tell as much. Nobody where
        nobody waits any more, unless all have gone on.
        """
        if self.gone_on == self.people:
            return float(self.people)
        left, place = self.at_risk_on(day), int(np.searchsorted(self.days, day))
        return left / float(self.waiting[place - 1]) if left and place else float(left)

    def last_day(self, least: int) -> int | None:
        """The last day on which at least so many waited; None where there never were."""
        enough = self.days[self.at_risk >= least]
        return int(enough[-1]) if enough.size else None

    def gone_by(self, day: int) -> Estimate:
        """Share gone on by the end of a day: 1 − S with its interval, without ends where it has none."""
        place = int(np.searchsorted(self.days, day, side="right")) - 1
        if place < 0:
            return Estimate(0.0)
        gone, high, low = (1.0 - float(each[place]) for each in (self.waiting, self.low, self.high))
        return Estimate.of(gone, low, high, "log-log")

    def relative_variance(self, day: int) -> float:
        """Variance of the share gone on by a day, over its square; NaN where nobody has."""
        place = int(np.searchsorted(self.days, day, side="right")) - 1
        if place < 0 or self.waiting[place] == 1.0:
            return np.nan
        if self.waiting[place] == 0.0:
            return 0.0
        waiting = float(self.waiting[place])
        return waiting**2 * float(self.variance[place]) / (1.0 - waiting) ** 2

    def day_of(self, share: float) -> int | None:
        """The first day by whose end a share has gone on; None where it never has."""
        reached = np.flatnonzero(1.0 - self.waiting >= share - _EQUAL)
        return int(self.days[reached[0]]) if reached.size else None


def kaplan_meier(days: ArrayLike, gone_on: ArrayLike, count: ArrayLike) -> Survival:
    """Kaplan and Meier's (1958) estimate from counts, with log-log intervals (Kalbfleisch, Prentice 1980).

    On a day on which one goes on and another was last seen waiting, the latter still was at risk.

    Parameters
    ----------
    days : (n,) whole days waited
    gone_on : (n,) whether the wait ended by going on, else it was cut off by the end of the observation
    count : (n,) how many share the two

    Examples
    --------
    Of five, two go on after 3 and 5 days, one is last seen after 3, two after 8:

    >>> found = kaplan_meier([3, 5, 3, 8], [True, True, False, False], [1, 1, 1, 2])
    >>> found.days.tolist(), found.at_risk.tolist(), found.waiting.round(4).tolist()
    ([3, 5, 8], [5, 3, 2], [0.8, 0.5333, 0.5333])
    """
    waited, weights = np.asarray(days, dtype=np.int64), np.asarray(count, dtype=np.int64)
    each, place = np.unique(waited, return_inverse=True)
    ended = _sums(place, weights, each.size)
    events = _sums(place, weights * np.asarray(gone_on, dtype=bool), each.size)
    at_risk = ended[::-1].cumsum()[::-1]
    waiting = np.cumprod((at_risk - events) / np.maximum(at_risk, 1))
    with np.errstate(divide="ignore"):
        variance = np.cumsum(events / (at_risk * (at_risk - events)).astype(float))
    low, high = _log_log(waiting, variance)
    return Survival(each, at_risk, waiting, low, high, variance, int(events.sum()))


def score_of_waiting_more(one: Survival, other: Survival, day: int) -> float:
    """By how many standard errors more of one group than of another still wait at the end of a day.

    Taken on log(−log S), on which shares of small groups are nearest to normal; 0 where a share is 0 or 1, of
    which no error is known.

    Notes
    -----
    Klein, Logan, Harhoff, Andersen (2007), Statistics in Medicine 26(24), equation 3.

    Examples
    --------
    >>> few, many = (kaplan_meier([5, 9], [True, False], counts) for counts in ([20, 80], [60, 40]))
    >>> round(score_of_waiting_more(few, many, 7), 2)
    5.41
    """
    places = [int(np.searchsorted(group.days, day, side="right")) - 1 for group in (one, other)]
    if min(places) < 0:
        return 0.0
    share, variance = (
        np.array([of[place] for of, place in zip(each, places, strict=True)])
        for each in ((one.waiting, other.waiting), (one.variance, other.variance))
    )
    if not ((share > 0.0) & (share < 1.0)).all():
        return 0.0
    logs = np.log(share)
    told = np.log(-logs)
    return float((told[1] - told[0]) / np.sqrt(np.sum(variance / logs**2)))


def _sums(place: NDArray[np.intp], weights: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    sums = np.zeros(size, dtype=np.int64)
    np.add.at(sums, place, weights)
    return sums


def _log_log(
    waiting: NDArray[np.float64], variance: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ends of the interval that is symmetric in log(−log S)."""
    defined = (waiting > 0.0) & (waiting < 1.0)
    share = np.where(defined, waiting, 0.5)
    spread = Z_95 * np.sqrt(np.where(defined, variance, 0.0)) / -np.log(share)
    ends = (share ** np.exp(sign * spread) for sign in (1.0, -1.0))
    low, high = (np.where(defined, end, np.nan) for end in ends)
    return low, high
