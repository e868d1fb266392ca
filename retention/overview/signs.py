"""Three signs that customers become more loyal: they stay longer, spend more at a time, come back sooner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np
import pandas as pd

from retention.overview.slope import Slope, slope
from retention.overview.watched import settled_from, status
from retention.statistics import Z_95, holm, holm_levels, ratio_error, wilson

if TYPE_CHECKING:
    from retention.periods import Period, Window
    from retention.statistics import Estimate

SignName = Literal["lifetime", "average_order", "gap"]
SIGNS: tuple[SignName, ...] = get_args(SignName)
Verdict = Literal["yes", "no", "noise", "too_few"]
SIGNIFICANT = 0.05  # of the corrected p
FEW = 10  # customers won in a month below which it is left out


@dataclass(frozen=True)
class Sign:
    """One measure of the customers won in each month, all watched for the same number of days.

    Attributes
    ----------
    name : "lifetime" : share with a purchase N + 1 to 2N days after the first; "average_order" : mean gross
        order of the first 2N days, in the file's currency; "gap" : share of the purchases of the first N days
        that were followed by another within N days
    within : N, days
    period : month
    table : one row per month

        - ``period``, ``value``, ``low``, ``high`` (95 %), ``customers``
        - ``status`` : "known"; left out of the line are "old" (first quarter of the file),
          "incomplete" (not all watched for 2N days) and "few" (fewer than 10 customers)
    line : through the known months, None with too few of them
    corrected_p : of a line that neither rises nor falls, corrected for there being three signs (Holm)
    told : the line's rise per month, its interval wide enough to say the same as `corrected_p`
    """

    name: SignName
    within: int
    period: Period
    table: pd.DataFrame
    line: Slope | None
    corrected_p: float | None = None
    told: Estimate | None = None

    @property
    def stays_from(self) -> int:
        """First day after the first purchase on which another one counts as staying."""
        return self.within + 1

    @property
    def watched_days(self) -> int:
        """2N: days everybody is watched for."""
        return 2 * self.within

    @property
    def known(self) -> pd.DataFrame:
        """The months the line goes through."""
        usable: pd.DataFrame = self.table[self.table["status"] == "known"]
        return usable

    @property
    def verdict(self) -> Verdict:
        """Whether the sign shows: "yes", "no" (the opposite does), "noise", or "too_few" months to tell."""
        if self.line is None or self.corrected_p is None:
            return "too_few"
        if self.corrected_p >= SIGNIFICANT:
            return "noise"
        return "yes" if self.line.per_period.value > 0 else "no"


def signs(won: pd.DataFrame, window: Window, within: int) -> tuple[Sign, Sign, Sign]:
    """The three signs by the month customers were won in.

    Every customer is watched for the same 2N days from the first purchase on, so that neither customers who
    were just won nor the mix of new and old ones bends the line; months differ in their customers alone.

    Parameters
    ----------
    won : the table `retention.aggregate.early_life` makes by months
    within : N, its days
    """
    old = settled_from(window)
    waits = [status(number, "month", window, ahead=2 * within, old=old) for number in won["period"]]
    few = won["customers"].to_numpy() < FEW
    table = won.assign(status=np.where((np.array(waits, dtype=object) == "known") & few, "few", waits))
    of_orders = table[["customers", "orders", "revenue", "orders2", "orders_revenue", "revenue2"]]
    of_gaps = table[["customers", "purchases", "followed", "purchases2", "purchases_followed", "followed2"]]
    share = table["stayed"] / table["customers"]
    share_error = (share * (1 - share) / table["customers"]) ** 0.5
    series = {
        "lifetime": (share, share_error),
        "average_order": _ratio(of_orders),
        "gap": _ratio(of_gaps),
    }
    found = [_sign(name, within, table, *series[name]) for name in SIGNS]
    lifetime, average_order, gap = _together(found, [series[name] for name in SIGNS])
    return lifetime, average_order, gap


def _together(found: list[Sign], series: list[tuple[pd.Series, pd.Series]]) -> list[Sign]:
    """The signs as three looks at one shop: each judged as strictly as that asks for."""
    judged = [place for place, sign in enumerate(found) if sign.line is not None]
    chances = [sign.line.p for sign in found if sign.line is not None]
    for place, p, level in zip(judged, holm(chances), holm_levels(chances), strict=True):
        wide = _line(found[place].table, *series[place], float(level))
        told = None if wide is None else wide.per_period
        found[place] = replace(found[place], corrected_p=float(p), told=told)
    return found


def _ratio(sums: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    value, error = ratio_error(*(sums[name] for name in sums.columns))
    return pd.Series(value, index=sums.index), pd.Series(error, index=sums.index)


def _sign(name: SignName, within: int, won: pd.DataFrame, value: pd.Series, error: pd.Series) -> Sign:
    low, high = value - Z_95 * error, value + Z_95 * error
    if name == "lifetime":
        low, high = (pd.Series(end, index=value.index) for end in wilson(won["stayed"], won["customers"]))
    table = pd.DataFrame(
        {
            "period": won["period"],
            "status": won["status"],
            "value": value,
            "low": low,
            "high": high,
            "customers": won["customers"],
        }
    )
    return Sign(name, within, "month", table, _line(table, value, error))


def _line(
    table: pd.DataFrame, value: pd.Series, error: pd.Series, level: float = SIGNIFICANT
) -> Slope | None:
    used = table["status"] == "known"
    return slope(table["period"][used], value[used], table["customers"][used], error[used], level)
