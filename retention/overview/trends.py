"""The headline figures period by period, and how the latest differs from those before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from retention.overview.watched import status
from retention.periods import PER_YEAR
from retention.statistics import Z_95, Estimate, minus, ratio_error, wilson

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import ArrayLike, NDArray

    from retention.flows import Flows
    from retention.periods import Period, Window

Name = Literal[
    "customers",
    "orders",
    "revenue_net",
    "average_order",
    "strict_retention",
    "churn",
    "repeat_rate",
    "followed",
]
Unit = Literal["count", "money", "rate"]
Ends = tuple["NDArray[np.float64]", "NDArray[np.float64]"]


@dataclass(frozen=True)
class Change:
    """A period's figure against an earlier one's.

    Attributes
    ----------
    other : the earlier figure
    difference : the later minus the earlier, with its interval but for a count
    relative : difference / other, None where that is not above 0
    """

    other: float
    difference: Estimate
    relative: float | None

    @property
    def is_firm(self) -> bool:
        """Whether it is more than noise, as far as that is known."""
        return self.difference.excludes(0.0)


@dataclass(frozen=True)
class Trend:
    """One figure over the periods of the data.

    Attributes
    ----------
    name, unit : what it is; rates are shares from 0 to 1
    period : month, quarter, year …
    table : one row per period

        - ``period``; ``status`` : "known", "incomplete" or "old" (its customers may be older than the file)
        - ``value``, NaN where nothing can be said; ``low``, ``high`` : 95 %, NaN for a count
        - ``basis`` : customers behind the value
    within : N, the days each period has to wait for its figure, None where it need not
    """

    name: Name
    unit: Unit
    period: Period
    table: pd.DataFrame
    within: int | None = None

    @cached_property
    def known(self) -> pd.DataFrame:
        """The periods that count, in order."""
        usable: pd.DataFrame = self.table[(self.table["status"] == "known") & self.table["value"].notna()]
        return usable

    @cached_property
    def latest(self) -> int | None:
        """The last period that counts."""
        return int(self.known["period"].iloc[-1]) if len(self.known) else None

    @property
    def previous(self) -> int:
        """The period before the last that counts.

        Raises
        ------
        ValueError
            If none counts.
        """
        if self.latest is None:
            raise ValueError("no period counts")
        return self.latest - 1

    def value(self) -> float | None:
        """The figure of the last period that counts."""
        return float(self.known["value"].iloc[-1]) if len(self.known) else None

    def figure(self) -> Estimate | None:
        """The same with its interval, where it has one."""
        return _figure(self.known.iloc[-1]) if len(self.known) else None

    def before(self) -> Change | None:
        """Against the period before; None where that is not known."""
        return self._against(1)

    def year_before(self) -> Change | None:
        """Against the same period a year before; None where that is not known."""
        return self._against(round(PER_YEAR[self.period]))

    def _against(self, back: int) -> Change | None:
        if self.latest is None:
            return None
        earlier = self.known[self.known["period"] == self.latest - back]
        if earlier.empty:
            return None
        apart = minus(_figure(self.known.iloc[-1]), then := _figure(earlier.iloc[0]))
        return Change(then.value, apart, apart.value / then.value if then.value > 0 else None)


def calendar_trends(flows: Flows, order_values: pd.DataFrame, window: Window) -> tuple[Trend, ...]:
    """Customers, orders, net revenue, average order, strict retention and churn per calendar period.

    Strict retention of a period is of those who bought in the one before; each customer counts once, so its
    interval is Wilson's. The average order is gross; its interval comes from how customers differ.

    Parameters
    ----------
    order_values : the table `retention.aggregate.order_values` makes of the same periods
    """
    table, period = flows.table, flows.period
    numbers = table["period"].to_numpy()
    before = table["active"].shift(1).fillna(0).to_numpy()
    values = order_values.set_index("period").reindex(numbers, fill_value=0)
    mean, error = ratio_error(
        *(values[c] for c in ("customers", "whole", "part", "whole2", "cross", "part2"))
    )
    stayed = wilson(table["retained"], before)
    kept = table["strict_retention"].to_numpy(dtype=float)
    active = table["active"]

    def trend(name: Name, unit: Unit, value: ArrayLike, basis: ArrayLike, ends: Ends | None = None) -> Trend:
        return _trend(window, period, name, unit, numbers, value, basis, ends)

    return (
        trend("customers", "count", active, active),
        trend("orders", "count", table["orders"], active),
        trend("revenue_net", "money", table["revenue"], active),
        trend("average_order", "money", mean, active, (mean - Z_95 * error, mean + Z_95 * error)),
        trend("strict_retention", "rate", kept, before, stayed),
        trend("churn", "rate", 1 - kept, before, (1 - stayed[1], 1 - stayed[0])),
    )


def followed_trends(
    followed: pd.DataFrame,
    by_number: pd.DataFrame,
    window: Window,
    period: Period,
    within: int,
    known_from: date,
) -> tuple[Trend, ...]:
    """Who buys again within N days: of new customers, and of all purchases.

    Repeat purchase rate: of the customers won in a period, the share with a second purchase within N days of
    the first. Purchases followed: of all purchases of a period, the share followed by another within N days,
    which is how the days between purchases are to be followed over time (medians by period are bent by
    censoring). Periods count once N more days are observed.

    Parameters
    ----------
    followed, by_number : the tables `retention.aggregate.followed` makes, of all and by number of purchase
    within : N, their days
    known_from : first day from which a first purchase is taken for the first of all
    """
    numbers = np.array(list(window.numbers(period)))
    first = by_number[by_number["group"] == 1]
    firsts = first.set_index("period").reindex(numbers, fill_value=0)
    every = followed.set_index("period").reindex(numbers, fill_value=0)
    share, error = ratio_error(
        *(every[c] for c in ("customers", "whole", "part", "whole2", "cross", "part2"))
    )
    again, won = firsts["part"].to_numpy(dtype=float), firsts["whole"].to_numpy(dtype=float)
    rate = np.divide(again, won, out=np.full(len(won), np.nan), where=won > 0)
    ends = ((share - Z_95 * error).clip(0, 1), (share + Z_95 * error).clip(0, 1))
    return (
        _trend(
            window,
            period,
            "repeat_rate",
            "rate",
            numbers,
            rate,
            won,
            wilson(again, won),
            within,
            known_from,
        ),
        _trend(window, period, "followed", "rate", numbers, share, every["customers"], ends, within),
    )


def _trend(
    window: Window,
    period: Period,
    name: Name,
    unit: Unit,
    numbers: NDArray[np.int64],
    value: ArrayLike,
    basis: ArrayLike,
    ends: Ends | None,
    within: int | None = None,
    old: date | None = None,
) -> Trend:
    nothing = np.full(len(numbers), np.nan)
    low, high = ends or (nothing, nothing)
    known = [status(int(n), period, window, ahead=within or 0, old=old) for n in numbers]
    table = pd.DataFrame(
        {
            "period": numbers,
            "status": known,
            "value": np.asarray(value, dtype=float),
            "low": np.asarray(low),
            "high": np.asarray(high),
            "basis": np.asarray(basis, dtype=np.int64),
        }
    )
    return Trend(name, unit, period, table, within)


def _figure(row: pd.Series) -> Estimate:
    return Estimate.of(float(row["value"]), float(row["low"]), float(row["high"]), "delta")
