"""The footing of the cohorts: a curve of how customers of each age stay, and who is of which age today."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retention.aggregate import MOST_AGES
from retention.errors import DataWarning
from retention.statistics import Estimate, estimate, middle_95, total_draws
from retention.what_if.beta_discrete_weibull import (
    LARGEST,
    CurveKind,
    fit_kind,
    retention_by_age,
    without_increases,
)
from retention.what_if.choice_of_curve import HeldBackAges, held_back, known_steps
from retention.what_if.curve_people import people
from retention.what_if.footing import Footing

if TYPE_CHECKING:
    from retention.periods import Period, Window

Numbers = NDArray[np.float64]
OwnRisk = Literal["untried", "same", "rises", "falls"]

CURVE_DRAWS = 200  # samples of customers; each costs the simulation as much as the estimate
_FEWEST_STEPS = 2  # of age: one step tells how many leave, not how differently


@dataclass(frozen=True, eq=False)
class CohortCurve:
    """How customers stay by age, as the cohorts show it.

    Attributes
    ----------
    alpha, beta : of the risk θ ~ Beta(α, β) with which a customer leaves after the first period, with 95 %
        intervals from resampling customers
    steps : ``age`` (1, 2 …), ``before``, ``after`` (customers of all cohorts whose two cells are complete, at
        the age before and at this one), ``rate`` (after/before), ``fitted``, ``low``, ``high``
    today : ``age``, ``customers`` active in the last complete period
    draws : (3, 1 + k) α, β and c, the estimate first
    mix : (ages, 1 + k) share of today's customers at each age, likewise
    warnings : ``curve_not_identified`` where fewer than two steps are complete: all customers are then taken
        to leave alike; ``season_hides_leaving`` (``steps``, ``of``) where on some steps there are more after
        than before, who are taken to have stayed
    held_back : how the curve was chosen; None where too few ages were seen to choose
    """

    alpha: Estimate
    beta: Estimate
    steps: pd.DataFrame
    today: pd.DataFrame
    draws: Numbers
    mix: Numbers
    warnings: tuple[DataWarning, ...] = ()
    held_back: HeldBackAges | None = None

    @property
    def kind(self) -> CurveKind:
        """Shifted beta-geometric, or the beta-discrete-Weibull where that foresees held-back ages better."""
        return "sbg" if self.held_back is None else self.held_back.chosen

    @property
    def c(self) -> Estimate:
        """Power of age by which a customer's own risk adds up; 1, with no interval, where it stays."""
        if self.kind == "sbg":
            return Estimate(1.0)
        return estimate(float(self.draws[2, 0]), self.draws[2, 1:])

    @property
    def own_risk(self) -> OwnRisk:
        """What a customer's own risk of leaving does with age."""
        if self.held_back is None:
            return "untried"
        return "same" if self.kind == "sbg" else "rises" if self.draws[2, 0] > 1.0 else "falls"

    @cached_property
    def footing(self) -> Footing:
        """The same for the simulation."""
        ages = np.arange(len(self.mix)) @ self.mix[:, 0]
        return Footing("cohorts", people(self.draws, self.mix), float(ages), self.warnings, self)


def cohort_curve(
    patterns: pd.DataFrame, period: Period, window: Window, draws: int = CURVE_DRAWS
) -> CohortCurve | None:
    """Curve of all complete cells, each weighted by its customers; None without a complete step.

    Parameters
    ----------
    patterns : in which periods customers bought, as `retention.aggregate.patterns` counts them
    window : the days the orders speak for
    draws : samples of customers, whole hundreds
    """
    seen, customers = _seen(patterns, period, window), patterns["customers"].to_numpy()
    each = np.hstack([*_around(seen.bought, seen.steps), seen.now]).astype(float)
    total = customers @ each
    ages = seen.steps.shape[1]
    if not total[:ages].any():
        return None
    chosen = _chosen(seen, customers)
    sums = np.concatenate([total[None], np.maximum(total_draws(each, customers, draws), 0.0)]).T
    before, after, today = np.split(sums, [ages, 2 * ages])
    known = before[:, 0] > 0
    before, after = before[known], after[known]
    shape = _fitted(chosen, before, without_increases(before, after))
    mix = np.divide(today, today.sum(axis=0), out=np.zeros_like(today), where=today.sum(axis=0) > 0)
    mix[0, today.sum(axis=0) == 0] = 1.0
    return CohortCurve(
        alpha=estimate(float(shape[0, 0]), shape[0, 1:]),
        beta=estimate(float(shape[1, 0]), shape[1, 1:]),
        steps=_steps(np.flatnonzero(known) + 1, before[:, 0], after[:, 0], shape),
        today=pd.DataFrame({"age": np.arange(len(today)), "customers": today[:, 0].astype("int64")}),
        draws=shape,
        mix=mix,
        warnings=_warnings(before[:, 0], after[:, 0]),
        held_back=chosen,
    )


def _chosen(seen: _Seen, customers: NDArray[np.int64]) -> HeldBackAges | None:
    early = known_steps(seen.steps)
    parts = (_around(seen.bought, steps) for steps in (early, seen.steps & ~early))
    return held_back(*((customers @ side).astype(float) for part in parts for side in part))


def _warnings(before: Numbers, after: Numbers) -> tuple[DataWarning, ...]:
    found = []
    if len(before) < _FEWEST_STEPS:
        found.append(DataWarning("curve_not_identified"))
    risen = int((after > before).sum())
    if risen:
        found.append(DataWarning("season_hides_leaving", {"steps": risen, "of": len(before)}))
    return tuple(found)


class _Seen(NamedTuple):
    """What is known of customers of each kind.

    Attributes
    ----------
    bought : (kinds, ages) whether they bought at each age
    steps : (kinds, ages − 1) whether they were followed over the whole of the step to age 1, 2 …
    now : (kinds, ages) whether they bought in the last complete period, being of this age
    """

    bought: NDArray[np.bool_]
    steps: NDArray[np.bool_]
    now: NDArray[np.bool_]


def _seen(kinds: pd.DataFrame, period: Period, window: Window) -> _Seen:
    numbers = window.numbers(period)
    ages = np.arange(min(len(numbers), MOST_AGES))
    bought = _bought(kinds, ages)
    complete = np.array([window.is_complete(number, period) for number in numbers] + [False])
    place = kinds["cohort"].to_numpy()[:, None] - numbers[0] + ages
    whole = complete[np.minimum(place, len(numbers))]
    last = np.flatnonzero(complete)
    now = bought & (place == (last[-1] if last.size else -1))
    return _Seen(bought, whole[:, 1:] & whole[:, :-1], now)


def _around(bought: NDArray[np.bool_], steps: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], ...]:
    """What one customer of each kind adds to those before, and to those after, each of some steps."""
    return bought[:, :-1] & steps, bought[:, 1:] & steps


def _bought(kinds: pd.DataFrame, ages: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether customers of each kind bought at each age: (kinds, ages)."""
    half = MOST_AGES // 2
    early, late = (kinds[name].to_numpy()[:, None] for name in ("early", "late"))
    bits = np.where(ages < half, early >> np.minimum(ages, half), late >> np.maximum(ages - half, 0))
    return np.asarray(bits % 2 == 1)


def _fitted(chosen: HeldBackAges | None, before: Numbers, after: Numbers) -> Numbers:
    """α, β and c of every draw; from a single step those of customers who are all alike: (3, 1 + k)."""
    if len(before) >= _FEWEST_STEPS:
        return fit_kind("sbg" if chosen is None else chosen.chosen, before, after)
    rate = np.divide(
        np.minimum(after, before)[0], before[0], out=np.ones_like(before[0]), where=before[0] > 0
    )
    risk_and_rate = np.maximum(LARGEST * np.array([1.0 - rate, rate]), 1.0 / LARGEST)
    return np.concatenate([risk_and_rate, np.ones_like(rate)[None]])


def _steps(ages: NDArray[np.int64], before: Numbers, after: Numbers, shape: Numbers) -> pd.DataFrame:
    alpha, beta, c = shape
    fitted = retention_by_age(alpha, beta, int(ages.max()), c)[ages - 1]
    ends = middle_95(fitted[:, 1:], axis=1) if alpha.size > 1 else np.full((2, ages.size), np.nan)
    return pd.DataFrame(
        {
            "age": ages,
            "before": before.astype("int64"),
            "after": after.astype("int64"),
            "rate": after / before,
            "fitted": fitted[:, 0],
            "low": ends[0],
            "high": ends[1],
        }
    )
