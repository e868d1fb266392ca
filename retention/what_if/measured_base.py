"""The shop as its last year shows it: who is there, who is won, what they bring, and how the year runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.periods import PER_YEAR, first_day
from retention.statistics import half_width
from retention.what_if.course import Course, season_of
from retention.what_if.plan import Base, Doubt

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pandas as pd

    from retention.flows import Flows

_FEWEST_PAIRS = 3  # periods with a year before them, behind a trend
_BREAK = 3.0  # times as many won as usual, or as few: more than seasons do
_FARTHEST = 2.0  # times as many won as the year before, or as few: beyond it a trend is a change of the shop


def measured_base(
    flows: Flows,
    order_values: pd.DataFrame | None = None,
    known_from: date | None = None,
    index: Sequence[float] = (),
    shop: Flows | None = None,
) -> Base | None:
    """Customers, those won and spend in the complete periods of the last year; None without a customer.

    As many are won in each period of the coming year as in the same one of the last, times their trend.

    Parameters
    ----------
    order_values : the table `retention.aggregate.order_values` makes of the same periods, for the doubt of
        the spend; without it there is none
    known_from : first day from which a first purchase is taken for the first of all: periods that begin
        before it do not tell how many are won, where there are others
    index : (12,) how fast customers buy in each month, January first; () where no season is known
    shop : where the flows are of some customers, those of all, of whom the trend is; so parts add up to it
    """
    whole = round(PER_YEAR[flows.period])
    lately = flows.complete.tail(whole)
    active = int(lately["active"].sum())
    if active == 0:
        return None
    last, won = lately.iloc[-1], _won(flows, shop or flows, known_from)
    buying = season_of(index, int(last["period"]) + 1, flows.period) if index else ()
    today = _in_a_usual_period(float(last["active"]), float(last["new"]), buying)
    return Base(
        period=flows.period,
        active=today,
        won_per_period=won.each,
        revenue_per_active=max(float(lately["revenue"].sum()), 0.0) / active,
        doubt=Doubt(
            active=today**-0.5 if today > 0 else 0.0,
            won=won.doubt,
            revenue=0.0 if order_values is None else _doubt_of_spend(lately, order_values),
        ),
        course=Course(buying, won.course),
    )


def _in_a_usual_period(active: float, new: float, buying: tuple[float, ...]) -> float:
    """Customers of the last period had it been a usual one: those who bought again by its season.

    The last of the coming year's periods is the same as the last one of the past.
    """
    return new + (active - new) / buying[-1] if buying else active


@dataclass(frozen=True)
class _Won:
    """Customers won in each period of the coming year: on average, relative error, and its course."""

    each: float
    doubt: float
    course: tuple[float, ...]


def _won(flows: Flows, shop: Flows, known_from: date | None) -> _Won:
    """As in the same periods of the last year, or their mean where not all are known, times the trend.

    Where winning has all but stopped, or only begun, as in the last quarter.
    """
    whole = round(PER_YEAR[flows.period])
    new, all_new = (_known_new(each, known_from) for each in (flows, shop))
    if _broken(all_new, whole):
        return _steadily(new.iloc[-_quarter(whole) :])
    lately = new.iloc[-whole:]
    if not lately.sum() > 0 or len(lately) < whole:
        return _steadily(lately)
    trend, error = _trend(all_new, whole)
    doubt = float(np.hypot(lately.sum() ** -0.5, error))
    course = tuple((lately / lately.mean()).tolist()) if whole > 1 else ()
    return _Won(float(lately.mean()) * trend, doubt, course)


def _steadily(new: pd.Series[float]) -> _Won:
    """As many in each period to come as in these on average."""
    total = float(new.sum())
    return _Won(float(new.mean()), total**-0.5 if total > 0 else 0.0, ())


def _quarter(whole: int) -> int:
    """Periods in a quarter, at least one, of so many in a year."""
    return max(whole // 4, 1)


def _broken(new: pd.Series[float], whole: int) -> bool:
    """Whether the last quarter won so many, or so few, beside others that no season explains it.

    Beside the same quarter a year before where that is known, else beside the rest of the last year.
    """
    length = _quarter(whole)
    now, others = float(new.iloc[-length:].mean()), new.iloc[-whole:-length]
    if len(new) >= whole + length:
        others = new.iloc[-whole - length : -whole]
    usual = float(others.mean()) if len(others) else now
    return not usual / _BREAK <= now <= usual * _BREAK


def _known_new(flows: Flows, known_from: date | None) -> pd.Series[float]:
    """New customers of complete periods, by their number, those before the first known one left out."""
    new = flows.complete.set_index("period")["new"].astype(float)
    if known_from is None:
        return new
    known = new[[first_day(int(number), flows.period) >= known_from for number in new.index]]
    return known if len(known) else new


def _trend(new: pd.Series[float], whole: int) -> tuple[float, float]:
    """How many times as many are won as a year before, and its relative error; 1 where that may be chance.

    Of the last year's periods against the same a year before: the mean of the logarithms of their ratios must
    be beyond Student's 95 % of 0, and the trend is the ratio of their sums.
    """
    before = new.shift(whole).iloc[-whole:]
    pairs = np.array([new.iloc[-whole:], before])[:, (before > 0).to_numpy()]
    pairs = pairs[:, pairs[0] > 0]
    if pairs.shape[1] < _FEWEST_PAIRS:
        return 1.0, 0.0
    ratios = np.log(pairs[0] / pairs[1])
    error = float(ratios.std(ddof=1)) / ratios.size**0.5
    if abs(ratios.mean()) <= half_width(error, ratios.size - 1):
        return 1.0, 0.0
    return float(np.clip(pairs[0].sum() / pairs[1].sum(), 1.0 / _FARTHEST, _FARTHEST)), error


def _doubt_of_spend(lately: pd.DataFrame, order_values: pd.DataFrame) -> float:
    """Relative error of what an active customer brings, as if each always brought the same.

    Who spends much does so again, so that a customer seen in six periods tells little more than one seen
    once: counted are those active in the first period and those new since.
    """
    values = order_values[order_values["period"].isin(lately["period"])]
    seen, total = float(values["customers"].sum()), float(values["part"].sum())
    different = float(lately["active"].iloc[0] + lately["new"].iloc[1:].sum())
    if total <= 0 or different <= 0:
        return 0.0
    variation = float(values["part2"].sum()) * seen / total**2 - 1.0
    return float(np.sqrt(max(variation, 0.0) / different))
