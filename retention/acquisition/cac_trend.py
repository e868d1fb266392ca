"""Whether adverts are getting dearer: how the cost of a new customer moves, and if by more than chance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from retention.acquisition.months import FEWEST_MONTHS
from retention.statistics import Estimate, holm, rises

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from retention.acquisition.costs import AcquisitionCosts
    from retention.statistics import Rise

Direction = Literal["dearer", "cheaper", "unsure"]
FULL_YEARS = 24  # months under which a season looks like a trend
_A_YEAR = 12
_SIGNIFICANT = 0.05  # of the corrected p
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
    seasons_out : whether the months of the year were taken out
    chance, corrected_p : two-sided p of no change; of a channel, corrected for the number of channels
    """

    channel: str | None
    first: int
    last: int
    months: int
    per_month: Estimate
    at_first: float
    at_last: float
    seasons_out: bool
    chance: float
    corrected_p: float

    @property
    def direction(self) -> Direction:
        """Which way it moves; "unsure" where chance alone could do the same among as many channels."""
        if self.corrected_p >= _SIGNIFICANT:
            return "unsure"
        return "dearer" if self.per_month.value > 0 else "cheaper"

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

    Channels are looked at together: their p are corrected for how many there are (Holm). Left out is a series
    too short or too empty for a trend, see `cac_trend`.
    """
    blended, by_channel = cac_trend(costs.monthly), list[CacTrend]()
    if "new" in costs.channels:
        named = costs.channels.loc[costs.channels["channel"] != "", "channel"]
        each = costs.channel_months
        found = (cac_trend(each[each["channel"] == channel], channel) for channel in named)
        by_channel = [trend for trend in found if trend is not None]
    corrected = holm([trend.chance for trend in by_channel]).tolist()
    together = (replace(trend, corrected_p=p) for trend, p in zip(by_channel, corrected, strict=True))
    return (*((blended,) if blended else ()), *together)


def cac_trend(months: pd.DataFrame, channel: str | None = None) -> CacTrend | None:
    """Log-linear trend of acquisition spend over new customers.

    New customers of a month are taken as counts with mean spend / CAC, where CAC = e^(a + b·month), fitted
    by quasi-likelihood: their spread about the line is measured from the months, and no less than that of
    independent customers. Neighbouring months may deviate alike; the interval is b's with Student's t,
    averaged over how alike they are (`retention.statistics.rises`). From two years of months on, the months
    of the year are taken out, each with its own level. A month with spend and without customers counts; one
    without spend has no CAC.

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
    seasons = _seasons(number, won)
    design = np.column_stack([np.ones_like(number), number - middle, seasons - seasons.mean(axis=0)])
    level, change, *_ = _line(design, number, np.log(spent), won)
    slope, chance = change.estimate, change.chance
    first, last = int(number[0]), int(number[-1])
    at_ends = level.value + slope.value * (np.array([first, last]) - middle)
    seen = np.log(spent[won > 0] / won[won > 0])
    low, high = slope.bounds
    half = (high - low) / 2.0
    if at_ends.min() < seen.min() - _BEYOND or at_ends.max() > seen.max() + _BEYOND or half > _WIDEST:
        return None
    rise, lowest, highest = (float(np.expm1(end)) for end in (slope.value, low, high))
    return CacTrend(
        channel=channel,
        first=first,
        last=last,
        months=len(paid),
        per_month=Estimate(rise, lowest, highest, "student"),
        at_first=float(np.exp(at_ends[0])),
        at_last=float(np.exp(at_ends[1])),
        seasons_out=seasons.shape[1] > 0,
        chance=chance,
        corrected_p=chance,
    )


def _seasons(month: NDArray[np.float64], won: NDArray[np.float64]) -> NDArray[np.float64]:
    """A column for each month of the year but one, (n, 11); none under two years, or where one won nobody."""
    of_year, place = np.unique(month.astype(int) % _A_YEAR, return_inverse=True)
    columns = np.eye(of_year.size)[place]
    if len(month) < FULL_YEARS or (won @ columns == 0).any():
        return columns[:, :0]
    return columns[:, 1:]


def _line(
    design: NDArray[np.float64],
    time: NDArray[np.float64],
    log_spent: NDArray[np.float64],
    won: NDArray[np.float64],
) -> tuple[Rise, ...]:
    """Coefficients of ln CAC: by Newton's method, then on the line's own scale with errors that remember."""
    line = np.zeros(design.shape[1])
    line[0] = np.log(np.exp(log_spent).sum() / won.sum())
    for _ in range(_STEPS):
        mean = np.exp(log_spent - design @ line)
        step = np.linalg.solve(design.T @ (design * mean[:, None]), design.T @ (mean - won))
        line = line + step / max(1.0, float(np.abs(design @ step).max()))
        if float(np.abs(design @ step).max()) < _SAME:
            break
    mean = np.exp(log_spent - design @ line)
    return rises(design, time, design @ line + (mean - won) / mean, mean, least_spread=1.0)
