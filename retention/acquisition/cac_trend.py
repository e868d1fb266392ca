"""Whether adverts are getting dearer: how the cost of a new customer moves, and if by more than chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from retention.acquisition.months import FEWEST_MONTHS
from retention.statistics import Estimate, half_width

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from retention.acquisition.costs import AcquisitionCosts

Direction = Literal["dearer", "cheaper", "unsure"]
FULL_YEARS = 24  # months under which a season looks like a trend
_FEWEST_WITH_CUSTOMERS = 3
_STEPS = 50
_SAME = 1e-10
_BEYOND = float(np.log(10.0))  # what months have cost, as a factor
_WIDEST = float(np.log(10.0))  # half an interval of the change a month, as a factor: nothing is known


@dataclass(frozen=True)
class CacTrend:
    """How a CAC moves from month to month.

    Attributes
    ----------
    channel : None for all new customers
    first, last : months between which it was looked at, as numbers of `retention.periods`
    months : those with acquisition spend among them
    per_month : relative change a month: 0.02 is 2 % dearer each
    at_first, at_last : CAC of the first and the last month on the fitted line, money
    """

    channel: str | None
    first: int
    last: int
    months: int
    per_month: Estimate
    at_first: float
    at_last: float

    @property
    def direction(self) -> Direction:
        """Which way it moves; "unsure" where chance alone could do the same."""
        low, high = self.per_month.bounds
        if low > 0:
            return "dearer"
        return "cheaper" if high < 0 else "unsure"

    @property
    def by_direction(self) -> Estimate:
        """The change a month as it is told: how much it rises, or how much it falls where it is cheaper."""
        if self.direction != "cheaper":
            return self.per_month
        low, high = self.per_month.bounds
        return Estimate(-self.per_month.value, -high, -low, self.per_month.method)

    @property
    def in_all(self) -> float:
        """Relative change from the first month to the last."""
        return self.at_last / self.at_first - 1.0


def cac_trends(costs: AcquisitionCosts) -> tuple[CacTrend, ...]:
    """The trend of the blended CAC, then of each channel that customers name, the dearest budget first.

    Left out is a series too short or too empty for one, see `cac_trend`.
    """
    found = [cac_trend(costs.monthly)]
    if "new" in costs.channels:
        named = costs.channels.loc[costs.channels["channel"] != "", "channel"]
        each = costs.channel_months
        found += [cac_trend(each[each["channel"] == channel], channel) for channel in named]
    return tuple(trend for trend in found if trend is not None)


def cac_trend(months: pd.DataFrame, channel: str | None = None) -> CacTrend | None:
    """Log-linear trend of acquisition spend over new customers.

    New customers of a month are taken as counts with mean spend / CAC, where CAC = e^(a + b·month), fitted
    by quasi-likelihood: their spread about the line is measured from the months, and no less than that of
    independent customers. The interval is b's, with Student's t at months − 2 degrees of freedom: with
    so few months, resampling them would promise more than they hold. A month with spend and without customers
    counts; one without spend has no CAC. Seasons are not taken out.

    Parameters
    ----------
    months : ``month``, ``acquisition`` (money), ``new`` (customers)

    Returns
    -------
    None with fewer than 6 months of spend, or fewer than 3 of these with customers; or where these are so
    few that the line leaves what any month has cost, tenfold

    Notes
    -----
    McCullagh, Nelder (1989), Generalized Linear Models, §6.2.
    """
    paid = months[months["acquisition"] > 0].sort_values("month")
    if len(paid) < FEWEST_MONTHS or int((paid["new"] > 0).sum()) < _FEWEST_WITH_CUSTOMERS:
        return None
    number, spent, won = (paid[name].to_numpy(dtype=float) for name in ("month", "acquisition", "new"))
    middle = float(np.average(number, weights=spent))
    level, slope, error = _line(number - middle, np.log(spent), won)
    half = half_width(error, len(paid) - 2)
    first, last = int(number[0]), int(number[-1])
    at_ends = level + slope * (np.array([first, last]) - middle)
    seen = np.log(spent[won > 0] / won[won > 0])
    if at_ends.min() < seen.min() - _BEYOND or at_ends.max() > seen.max() + _BEYOND or half > _WIDEST:
        return None
    low, rise, high = (float(np.expm1(end)) for end in (slope - half, slope, slope + half))
    return CacTrend(
        channel=channel,
        first=first,
        last=last,
        months=len(paid),
        per_month=Estimate(rise, low, high, "student"),
        at_first=float(np.exp(at_ends[0])),
        at_last=float(np.exp(at_ends[1])),
    )


def _line(
    time: NDArray[np.float64], log_spent: NDArray[np.float64], won: NDArray[np.float64]
) -> tuple[float, float, float]:
    """Level and slope of ln CAC by Newton's method, and the slope's standard error."""
    design = np.column_stack([np.ones_like(time), time])
    line = np.array([float(np.log(np.exp(log_spent).sum() / won.sum())), 0.0])
    for _ in range(_STEPS):
        mean = np.exp(log_spent - design @ line)
        step = np.linalg.solve(design.T @ (design * mean[:, None]), design.T @ (mean - won))
        line = line + step / max(1.0, float(np.abs(design @ step).max()))
        if float(np.abs(design @ step).max()) < _SAME:
            break
    mean = np.exp(log_spent - design @ line)
    spread = max(1.0, float(((won - mean) ** 2 / mean).sum()) / (len(won) - 2))
    inverse = np.linalg.inv(design.T @ (design * mean[:, None]))
    return float(line[0]), float(line[1]), float(np.sqrt(spread * inverse[1, 1]))
