"""Where and when people stop buying: how many go on from one purchase to the next, and how long it takes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.special import ndtr

from retention.statistics import Z_95, Estimate, Survival, holm, kaplan_meier, score_of_waiting_more

COMPARED_AFTER = 180  # days at which steps are compared with each other
AT_LEAST = 30  # customers still at risk on the last day a step is read at
ASK_AFTER = 0.8  # share of those who go on in time that has done so by the trigger day
SOON, IN_A_YEAR = 180, 365  # days within which going on counts for the median and the trigger day
SIGNIFICANT = 0.05  # of the corrected p of a later drop-off point
_TWO_YEARS = 730  # days of a file from which on a year is looked at
TELLING = 28  # days steps must be compared at for who stops buying to show at all
OF_A_COHORT = 0.5  # of its customers that must be followed that long: recent ones alone would speak for it
_FOLLOWED = 0.5  # of the days steps are compared at, for which at least 30 must still wait


@dataclass(frozen=True)
class Step:
    """From one purchase to the next, those still waiting included.

    Attributes
    ----------
    purchase : 1 for the step from the first purchase to the second …
    customers, followed : who made that purchase; of these, who made the next so far
    goes_on : 1 − S on `read_at_day`, the last day on which at least 30 still waited, with its log-log
        interval (none at 0 and 1); None with fewer than 30 customers
    within : 1 − S after as many days as all steps are compared at; None where they are not followed that long
    asked_within : days within which going on counts for the next two, the same for every step; None where
        this one is not followed that long
    median_days, trigger_day : by when half, and 80 %, of those who go on within these days have done so
    reached : share of first buyers who come through this and all steps before, each given the same days; its
        interval by the delta method on the log scale; None from the first step without `within` on
    curve : who still waits by day
    """

    purchase: int
    customers: int
    followed: int
    goes_on: Estimate | None
    read_at_day: int | None
    within: Estimate | None
    asked_within: int | None
    median_days: int | None
    trigger_day: int | None
    reached: Estimate | None
    curve: Survival

    @property
    def next_purchase(self) -> int:
        """Number of the purchase it leads to."""
        return self.purchase + 1

    @property
    def lost(self) -> Estimate | None:
        """Share that has not gone on after the days compared at; None where that is not known."""
        return self.within and self.within.rest

    @property
    def naive(self) -> float:
        """Who went on / who could: it takes those who have not had the time for lost."""
        return self.followed / self.customers


@dataclass(frozen=True)
class DropOff:
    """The steps from each purchase to the next.

    Attributes
    ----------
    steps : one for each purchase number anybody reached
    day : days at which steps are compared: 180, fewer where the first step is not followed that long; None
        where it cannot be read at all
    later : from which purchase number on steps are not told apart, and the trigger day of all of these
        together; None where none can be read
    asked_within : days within which going on counts for median and trigger day: 365 in a file of two years,
        else 180; fewer where the first step is not followed that long; None where it cannot be read
    """

    steps: tuple[Step, ...]
    day: int | None
    later: tuple[int, int] | None
    asked_within: int | None

    @property
    def compared(self) -> tuple[Step, ...]:
        """The first steps in a row, as far as they are followed long enough to be compared."""
        return tuple(step for step in self.steps if step.reached is not None)

    @property
    def is_short(self) -> bool:
        """Whether nobody is followed for long enough to tell who stops buying from who has had no time."""
        return self.day is not None and self.day < TELLING

    @property
    def worst(self) -> Step | None:
        """The drop-off point: the first step, or a later one that loses more, if by more than chance."""
        first, later = next(iter(self.compared), None), self.later_point
        if first is None or later is None or first.lost is None or later.lost is None:
            return first
        return later if later.lost.value > first.lost.value else first

    @property
    def later_point(self) -> Step | None:
        """The step after the first that loses most of those that stand out; None where none does.

        It stands out if it loses more than the step before and the step after it, each beyond chance,
        corrected for the number of steps. The greatest loss alone says nothing: where customers differ, those
        who stay are the keener the more they have bought, and it is that of the second step in any shop.
        """
        if self.day is None:
            return None
        looked_at = self.compared[1:]
        chances = holm([self._chance(step, self.day) for step in looked_at])
        found = [step for step, p in zip(looked_at, chances, strict=True) if p < SIGNIFICANT]
        return max(found, key=lambda step: step.lost.value if step.lost else 0.0, default=None)

    def _chance(self, step: Step, day: int) -> float:
        """Two-sided p of a step losing no more than each of those beside it that can be compared."""
        beside = (other for other in self.compared if abs(other.purchase - step.purchase) == 1)
        least = min(score_of_waiting_more(step.curve, other.curve, day) for other in beside)
        return float(2.0 * ndtr(-least)) if least > 0.0 else 1.0

    @property
    def triggers(self) -> dict[int, int]:
        """Trigger day of each step that stands alone, by purchase number."""
        return {step.purchase: step.trigger_day for step in self.compared if step.trigger_day is not None}


def drop_off(gaps: pd.DataFrame, days: int) -> DropOff:
    """The steps of all customers.

    Median and trigger day are taken of those who go on within a fixed number of days: of all who ever go on
    they would rise with the length of the file, because the slowest are seen in a long one alone.

    Parameters
    ----------
    gaps : columns purchase, days, followed, count, as `aggregate.gaps` counts orders
    days : the file speaks for
    """
    curves = {int(str(number)): _curve(rows) for number, rows in gaps.groupby("purchase", sort=True)}
    day = _readable(curves[1], COMPARED_AFTER) if curves else None
    asked = _readable(curves[1], IN_A_YEAR if days >= _TWO_YEARS else SOON) if curves else None
    steps = _with_reached([_step(number, curve, day, asked) for number, curve in curves.items()], day)
    later = 1 + sum(step.reached is not None and step.asked_within is not None for step in steps)
    waits = _curve(gaps[gaps["purchase"] >= later])
    trigger = _days_of(waits, _readable(waits, asked))[1] if asked is not None else None
    return DropOff(steps, day, None if trigger is None else (later, trigger), asked)


def compare_groups(
    gaps: pd.DataFrame, purchase: int, day: int, *, least_followed: float = 0.0
) -> pd.DataFrame:
    """One step in each group of customers, those with at least 30 who made the purchase.

    Parameters
    ----------
    gaps : as `aggregate.gaps_by_segment` and `aggregate.gaps_by_cohort` count
    purchase : which step
    day : days after which groups are compared
    least_followed : share of a group's customers that must be followed that long for it to be told of

    Returns
    -------
    group
    customers : who made the purchase
    followed_to_day : of how many of them that is seen, see `Survival.followed_to`
    within, within_low, within_high : share gone on by that day; null where it is seen of fewer than 30, or of
        a lesser share than asked for
    median_days : by when half of these had; null likewise
    """
    rows = gaps[gaps["purchase"] == purchase]
    found = [
        {"group": group, **_group(curve, day, least_followed)}
        for group, waits in rows.groupby("group", dropna=False, sort=True)
        if (curve := _curve(waits)).people >= AT_LEAST
    ]
    columns = ["group", "customers", "followed_to_day", "within", "within_low", "within_high", "median_days"]
    return pd.DataFrame(found, columns=columns)


def _curve(waits: pd.DataFrame) -> Survival:
    return kaplan_meier(waits["days"], waits["followed"], waits["count"])


def _readable(curve: Survival, day: int) -> int | None:
    """A day the curve can be read at: the one wished for, or the last on which enough still wait."""
    return day if _is_followed(curve, day) else curve.last_day(AT_LEAST) or None


def _is_followed(curve: Survival, day: int) -> bool:
    """Whether the share gone on by a day is known of 30: nobody waits any more, or 30 do half so long."""
    last = curve.last_day(AT_LEAST)
    if last is None:
        return False
    return curve.gone_on == curve.people or (curve.followed_to(day) >= AT_LEAST and last >= _FOLLOWED * day)


def _step(number: int, curve: Survival, day: int | None, asked: int | None) -> Step:
    last = curve.last_day(AT_LEAST)
    within = asked if asked is not None and _is_followed(curve, asked) else None
    median, trigger = _days_of(curve, within)
    return Step(
        purchase=number,
        customers=curve.people,
        followed=curve.gone_on,
        goes_on=None if last is None else curve.gone_by(last),
        read_at_day=last,
        within=curve.gone_by(day) if day is not None and _is_followed(curve, day) else None,
        asked_within=within,
        median_days=median,
        trigger_day=trigger,
        reached=None,
        curve=curve,
    )


def _days_of(curve: Survival, within: int | None) -> tuple[int | None, int | None]:
    """By when half, and 80 %, of those who go on within so many days have; None where nobody is seen to."""
    share = 0.0 if within is None else curve.gone_by(within).value
    if share == 0.0:
        return None, None
    return curve.day_of(0.5 * share), curve.day_of(ASK_AFTER * share)


def _with_reached(steps: list[Step], day: int | None) -> tuple[Step, ...]:
    """The steps, each of the first in a row that can be compared with the share that comes through it."""
    found: list[Step] = []
    share, variance = 1.0, 0.0
    for step in steps:
        if step.within is None or day is None or len(found) + 1 != step.purchase:
            break
        share *= step.within.value
        variance += step.curve.relative_variance(day)
        factor = np.exp(Z_95 * np.sqrt(variance))
        reached = Estimate.of(share, share / factor, min(share * factor, 1.0), "delta")
        found.append(replace(step, reached=reached))
    return (*found, *steps[len(found) :])


def _group(curve: Survival, day: int, least_followed: float) -> dict[str, float]:
    followed = curve.followed_to(day)
    known = followed >= max(AT_LEAST, least_followed * curve.people)
    within = curve.gone_by(day) if known else Estimate(np.nan)
    median = curve.day_of(0.5 * within.value) if known and within.value > 0 else None
    low, high = within.ends or (np.nan, np.nan)
    return {
        "customers": curve.people,
        "followed_to_day": int(followed),
        "within": within.value,
        "within_low": low,
        "within_high": high,
        "median_days": np.nan if median is None else median,
    }
