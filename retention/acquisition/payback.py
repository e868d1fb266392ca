"""When customers of one quarter, or of one channel, have earned back what winning them cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from retention.acquisition.realised_value import FEWEST_CLUSTERS
from retention.errors import DataWarning
from retention.statistics import DRAWS, LEVELS, SEED, Estimate, middle_95

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.acquisition.realised_value import RealisedValue

# Months within which a sound business has its CAC back, e.g. Skok, "SaaS metrics 2.0", forentrepreneurs.com
HEALTHY_MONTHS = 12
FEWEST_CUSTOMERS = 30  # behind a month of a curve, or all of the group where it is smaller
_STREAM = 1  # of the random numbers: not those the months are resampled with


@dataclass(frozen=True)
class CumulativeValue:
    """Net revenue per customer of a group by age, as far as it can be read, with its draws.

    Attributes
    ----------
    value : of the group, at a margin of 1
    customers : (ages,) those observed to the end of each month of age
    cumulative : (ages,) net revenue per customer so far, money
    draws : (draws, ages) the same with the days of first purchases resampled
    days : (ages,) first days behind each age
    """

    value: RealisedValue
    customers: NDArray[np.int64]
    cumulative: NDArray[np.float64]
    draws: NDArray[np.float64] = field(repr=False)
    days: NDArray[np.int64] = field(repr=False)

    @property
    def won(self) -> int:
        """Customers of the group."""
        return int(self.value.clusters[0].sum())


@dataclass(frozen=True)
class Payback:
    """Cumulative margin per customer of a group less its CAC.

    Attributes
    ----------
    won : customers of the group
    cac : money per customer, as it was: a sum spent over people counted, without an interval
    months : completed months of age at which the balance first reaches 0; None where it does not within those
        observed
    soonest, latest : 95 % ends of `months`; None where that end lies beyond what is observed, and both None
        with fewer than 10 first days
    curve : ``months`` (0, 1 …), ``customers`` observed that long, ``balance``, ``low``, ``high`` (money per
        customer, 95 %, NaN with fewer than 10 first days), ``most`` (whether at least half of the group were)
    """

    won: int
    cac: float
    months: int | None
    soonest: int | None
    latest: int | None
    curve: pd.DataFrame

    @property
    def observed(self) -> int:
        """Months of age the curve covers."""
        return len(self.curve) - 1

    @property
    def balance(self) -> float:
        """Margin less CAC at the last age observed, money per customer."""
        return float(self.curve["balance"].iloc[-1])

    @property
    def lacking(self) -> Estimate:
        """What is missing to the CAC at the last age observed, money per customer; low end 0 or more."""
        last = self.curve.iloc[-1]
        low, high = max(-float(last["high"]), 0.0), -float(last["low"])
        return Estimate.of(-self.balance, low, high, "resampled")

    @property
    def how(self) -> Literal["unobserved", "not_yet", "paid"]:
        """Whether it has paid back, within what was observed."""
        if self.observed == 0:
            return "unobserved"
        return "not_yet" if self.months is None else "paid"

    @property
    def warnings(self) -> tuple[DataWarning, ...]:
        """``not_paid_back`` (``cac``, ``reached``, ``months`` observed) where it does not within these."""
        if self.months is not None or self.observed == 0:
            return ()
        missed = {"cac": self.cac, "reached": self.balance + self.cac, "months": self.observed}
        return (DataWarning("not_paid_back", missed),)


def cumulative_value(value: RealisedValue) -> CumulativeValue:
    """What a group has brought by age, and how sure that is.

    Younger customers are observed for fewer months: each month's mean is over those observed to its end, and
    the curve adds the means up, as in `realised_value`. It is read while at least 30 customers, or all of a
    smaller group, were observed that long. The interval resamples days of first purchases with all who came
    on them.

    Parameters
    ----------
    value : of the group, at a margin of 1
    """
    customers, money, lasted = value.clusters
    ages = np.arange(1, money.shape[1] + 1)
    living = lasted[:, None] >= ages
    behind = customers @ living
    read = int((behind >= max(1, min(FEWEST_CUSTOMERS, int(customers.sum())))).sum())
    living, behind, money = living[:, :read], behind[:read], (money * living)[:, :read]
    draws = _drawn(money, customers[:, None] * living)
    return CumulativeValue(
        value=value,
        customers=behind.astype(np.int64),
        cumulative=np.cumsum(money.sum(axis=0) / behind),
        draws=np.cumsum(draws, axis=1),
        days=living.sum(axis=0).astype(np.int64),
    )


def payback(group: CumulativeValue, cac: float, margin: float) -> Payback:
    """Balance of a group by age, and when it reaches 0.

    Parameters
    ----------
    cac : money per customer of the group
    margin : share of net revenue left as profit, 0 to 1
    """
    so_far, ages = margin * group.cumulative, len(group.cumulative)
    low, high = _ends(margin * group.draws, group.days)
    curve = pd.DataFrame(
        {
            "months": np.arange(ages + 1),
            "customers": np.concatenate([[group.won], group.customers]),
            "balance": np.concatenate([[0.0], so_far]) - cac,
            "low": np.concatenate([[0.0], low]) - cac,
            "high": np.concatenate([[0.0], high]) - cac,
            "most": np.concatenate([[True], 2 * group.customers >= group.won]),
        }
    )
    soonest, latest = _between(margin * group.draws, group.days, cac)
    return Payback(group.won, cac, _first(so_far >= cac), soonest, latest, curve)


def _drawn(money: NDArray[np.float64], customers: NDArray[np.float64]) -> NDArray[np.float64]:
    """Money per customer at each age when first days are resampled, (draws, ages)."""
    days, ages = money.shape
    if days == 0 or ages == 0:
        return np.empty((DRAWS, ages))
    chance = np.random.default_rng((SEED, _STREAM))
    picked = chance.multinomial(days, np.full(days, 1.0 / days), size=DRAWS).astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        per_customer: NDArray[np.float64] = (picked @ money) / (picked @ customers)
    return per_customer


def first_year_draws(value: RealisedValue) -> NDArray[np.float64]:
    """Margin of the first 12 months of those observed so long, with their first days resampled.

    Returns
    -------
    (draws,) empty with fewer than 10 such days
    """
    customers, money, lasted = value.clusters
    old = lasted >= HEALTHY_MONTHS
    if int(old.sum()) < FEWEST_CLUSTERS:
        return np.empty(0)
    brought = money[old, :HEALTHY_MONTHS].sum(axis=1, keepdims=True)
    return _drawn(brought, customers[old, None])[:, 0]


def _ends(
    draws: NDArray[np.float64], days: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Ends of the interval at each age, NaN where too few days stand behind it or a draw has nobody left."""
    if draws.shape[1] == 0:
        return np.empty(0), np.empty(0)
    low, high = middle_95(draws)
    known = days >= FEWEST_CLUSTERS
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def _first(reached: NDArray[np.bool_]) -> int | None:
    hits = np.flatnonzero(reached)
    return int(hits[0]) + 1 if hits.size else None


def _between(
    draws: NDArray[np.float64], days: NDArray[np.int64], cac: float
) -> tuple[int | None, int | None]:
    """Ends of the months to payback; a draw that does not reach it within what is observed is beyond."""
    known = int((days >= FEWEST_CLUSTERS).sum())
    if known == 0:
        return None, None
    reached = draws[:, :known] >= cac
    months = np.where(reached.any(axis=1), reached.argmax(axis=1) + 1, known + 1)
    low, high = (int(end) for end in np.quantile(months, LEVELS, method="inverted_cdf"))
    return (low if low <= known else None), (high if high <= known else None)
