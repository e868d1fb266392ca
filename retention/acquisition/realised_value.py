"""What customers have been worth so far: margin per customer by the months since the first purchase."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.errors import DataWarning, check_range
from retention.periods import DAYS_PER_MONTH
from retention.statistics import Estimate, half_width

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.periods import Window

FEWEST_CLUSTERS = 10  # first days behind an interval; under it the spread between them is itself a guess


@dataclass(frozen=True)
class ValueAt:
    """Margin per customer at an age, over the customers observed that long and no others.

    Attributes
    ----------
    months : age, in months of 30.4375 days since the first purchase
    margin : money, without an interval with fewer than 10 first days; None where nobody is observed that long
    customers : how many are
    warnings : ``not_observed_long_enough`` (``months`` asked, ``longest`` observed)
    """

    months: int
    margin: Estimate | None
    customers: int
    warnings: tuple[DataWarning, ...] = ()


@dataclass(frozen=True)
class RealisedValue:
    """Margin per customer so far, net of refunds.

    Attributes
    ----------
    curve : one row per completed month of age: ``months`` (1, 2 …), ``customers`` (observed that long),
        ``margin`` (in that month, per customer), ``cumulative`` (the sum so far), both in money
    """

    curve: pd.DataFrame
    _customers: NDArray[np.float64] = field(repr=False)
    _observed: NDArray[np.int64] = field(repr=False)
    _money: NDArray[np.float64] = field(repr=False)

    @property
    def clusters(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
        """Each first day's customers, their margin by month of age, and the full months they are observed."""
        return self._customers, self._money, self._observed

    def scaled(self, margin: float) -> RealisedValue:
        """The same at another margin: all money times as much.

        Raises
        ------
        InputError
            ``margin_out_of_range``.
        """
        check_range("margin", margin, 0.0, 1.0)
        money = {name: margin * self.curve[name] for name in ("margin", "cumulative")}
        return replace(self, curve=self.curve.assign(**money), _money=margin * self._money)

    def at(self, months: int = 12) -> ValueAt:
        """Mean margin of the first months, all of it over the same customers.

        The interval treats those who first bought on one day as one cluster: their sums are all the small
        tables keep, and their spread from day to day holds the spread between customers. It is the linearised
        variance of a ratio of totals with Student's t at clusters − 1 degrees of freedom (Cochran 1977,
        Sampling Techniques, §6.3).

        Raises
        ------
        ValueError
            If `months` is not at least 1.
        """
        if months < 1:
            raise ValueError("an age is at least one month")
        old_enough = self._observed >= months
        count = self._customers[old_enough]
        if count.sum() == 0:
            missing = {"months": months, "longest": len(self.curve)}
            return ValueAt(months, None, 0, warnings=(DataWarning("not_observed_long_enough", missing),))
        money = self._money[old_enough, :months].sum(axis=1)
        value = float(money.sum() / count.sum())
        return ValueAt(months, _of_clusters(money, count, value), int(count.sum()))


def realised_value(
    value_by_age: pd.DataFrame, starts: pd.DataFrame, window: Window, *, margin: float
) -> RealisedValue:
    """Cumulative net margin per customer by age.

    Younger customers are observed for fewer months. Each month's mean is over those observed to its end, and
    the curve is the sum of these means: dividing all the money by all the customers would count months not
    yet lived as months without a purchase, and a mean of each age's own customers would rise or fall as
    cohorts leave it. The curve therefore mixes customers; `RealisedValue.at` does not.

    Parameters
    ----------
    value_by_age : ``first_day``, ``month`` (0 for the first 30.4375 days), ``revenue``, ``refunds``
        (negative), as `retention.aggregate.value_by_age` makes it
    starts : ``first_day``, ``customers``, one row per day on which customers first bought
    window : its last day ends the observation
    margin : share of net revenue left as profit, 0 to 1

    Raises
    ------
    InputError
        ``margin_out_of_range``.
    ValueError
        If there is money on a first day without customers.
    """
    check_range("margin", margin, 0.0, 1.0)
    first_days = starts["first_day"].to_numpy(dtype=np.int64)
    customers = starts["customers"].to_numpy(dtype=float)
    observed = _full_months(window.last.toordinal() - first_days + 1)
    money = margin * _money(value_by_age, first_days, int(observed.max(initial=0)))
    return RealisedValue(_curve(money, customers, observed), customers, observed, money)


def _full_months(days: NDArray[np.int64]) -> NDArray[np.int64]:
    """Months of age that lie wholly inside a number of days observed, the first purchase's included."""
    return np.floor(days / DAYS_PER_MONTH).astype(np.int64)


def _money(value_by_age: pd.DataFrame, first_days: NDArray[np.int64], months: int) -> NDArray[np.float64]:
    """Net revenue, (first days, months)."""
    row = pd.Index(first_days).get_indexer(pd.Index(value_by_age["first_day"]))
    if (row < 0).any():
        raise ValueError("value_by_age has a first day that starts does not")
    table = np.zeros((len(first_days), months))
    month = value_by_age["month"].to_numpy(dtype=np.int64)
    net = (value_by_age["revenue"] + value_by_age["refunds"]).to_numpy(dtype=float)
    inside = month < months
    np.add.at(table, (row[inside], month[inside]), net[inside])
    return table


def _curve(
    money: NDArray[np.float64], customers: NDArray[np.float64], observed: NDArray[np.int64]
) -> pd.DataFrame:
    months = np.arange(1, money.shape[1] + 1)
    cumulative_value = observed[:, np.newaxis] >= months
    behind = customers @ cumulative_value
    margin = (money * cumulative_value).sum(axis=0) / behind
    return pd.DataFrame(
        {
            "months": months,
            "customers": behind.astype(np.int64),
            "margin": margin,
            "cumulative": margin.cumsum(),
        }
    )


def _of_clusters(money: NDArray[np.float64], customers: NDArray[np.float64], value: float) -> Estimate:
    clusters = len(money)
    if clusters < FEWEST_CLUSTERS:
        return Estimate(value)
    residual = money - value * customers
    variance = clusters / (clusters - 1) * float(residual @ residual) / float(customers.sum()) ** 2
    half = half_width(variance**0.5, clusters - 1)
    return Estimate(value, value - half, value + half, "student")
