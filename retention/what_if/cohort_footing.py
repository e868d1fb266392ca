"""The footing of the cohorts: a curve of how customers of each age stay, and who is of which age today."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from retention.aggregate import MOST_AGES
from retention.errors import DataWarning
from retention.lifetime_value import beta_nodes
from retention.statistics import Estimate, estimate, middle_95, total_draws
from retention.what_if.footing import Footing
from retention.what_if.mixture import Mixture
from retention.what_if.shifted_beta_geometric import LARGEST, fit_curve, retention_by_age, without_increases

if TYPE_CHECKING:
    from retention.periods import Period, Window

Numbers = NDArray[np.float64]

CURVE_DRAWS = 200  # samples of customers; each costs the simulation as much as the estimate
_NODES = 48  # of the risk: exact up to age plus horizon of 95 periods, and good far beyond
_FEWEST_STEPS = 2  # of age: one step tells how many leave, not how differently


@dataclass(frozen=True, eq=False)
class CohortCurve:
    """How customers stay by age, as the cohorts show it.

    Attributes
    ----------
    alpha, beta : of the risk θ ~ Beta(α, β) with which a customer leaves after each period, with 95 %
        intervals from resampling customers
    steps : ``age`` (1, 2 …), ``before``, ``after`` (customers of all cohorts whose two cells are complete, at
        the age before and at this one), ``rate`` (after/before), ``fitted``, ``low``, ``high``
    today : ``age``, ``customers`` active in the last complete period
    draws : (2, 1 + k) α and β, the estimate first
    mix : (ages, 1 + k) share of today's customers at each age, likewise
    warnings : ``curve_not_identified`` where fewer than two steps are complete: all customers are then taken
        to leave alike; ``season_hides_leaving`` (``steps``, ``of``) where on some steps there are more after
        than before, who are taken to have stayed
    """

    alpha: Estimate
    beta: Estimate
    steps: pd.DataFrame
    today: pd.DataFrame
    draws: Numbers
    mix: Numbers
    warnings: tuple[DataWarning, ...] = ()

    @cached_property
    def footing(self) -> Footing:
        """The same for the simulation: a customer of age n who is still there has θ ~ Beta(α, β + n)."""
        risk, weight = beta_nodes(self.draws[0], self.draws[1], _NODES)
        today, kept = np.zeros_like(weight), weight
        for share in self.mix:
            total = kept.sum(axis=0)
            today += np.divide(share * kept, total, out=np.zeros_like(kept), where=total > 0)
            kept = kept * (1.0 - risk)
        ages = np.arange(len(self.mix)) @ self.mix[:, 0]
        people = Mixture(risk, today[None], weight[None], (self.mix[0] * weight)[None])
        return Footing("cohorts", people, float(ages), self.warnings)


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
    each = _by_age(patterns, period, window)
    customers = patterns["customers"].to_numpy()
    total = customers @ each
    if not total[: total.size // 3].any():
        return None
    sums = np.concatenate([total[None], np.maximum(total_draws(each, customers, draws), 0.0)]).T
    before, after, today = np.split(sums, 3)
    known = before[:, 0] > 0
    before, after = before[known], after[known]
    alpha, beta = _fitted(before, without_increases(before, after))
    mix = np.divide(today, today.sum(axis=0), out=np.zeros_like(today), where=today.sum(axis=0) > 0)
    mix[0, today.sum(axis=0) == 0] = 1.0
    return CohortCurve(
        alpha=estimate(float(alpha[0]), alpha[1:]),
        beta=estimate(float(beta[0]), beta[1:]),
        steps=_steps(
            np.flatnonzero(known) + 1, before[:, 0], (total[known.size : 2 * known.size])[known], alpha, beta
        ),
        today=pd.DataFrame({"age": np.arange(len(today)), "customers": today[:, 0].astype("int64")}),
        draws=np.array([alpha, beta]),
        mix=mix,
        warnings=_warnings(before[:, 0], after[:, 0]),
    )


def _warnings(before: Numbers, after: Numbers) -> tuple[DataWarning, ...]:
    found = []
    if len(before) < _FEWEST_STEPS:
        found.append(DataWarning("curve_not_identified"))
    risen = int((after > before).sum())
    if risen:
        found.append(DataWarning("season_hides_leaving", {"steps": risen, "of": len(before)}))
    return tuple(found)


def _by_age(kinds: pd.DataFrame, period: Period, window: Window) -> Numbers:
    """What one customer of each kind adds to those before and after each step, and to today's at each age."""
    numbers = window.numbers(period)
    ages = np.arange(min(len(numbers), MOST_AGES))
    bought = _bought(kinds, ages)
    complete = np.array([window.is_complete(number, period) for number in numbers] + [False])
    place = kinds["cohort"].to_numpy()[:, None] - numbers[0] + ages
    seen = complete[np.minimum(place, len(numbers))]
    both = np.zeros_like(bought)
    both[:, 1:] = seen[:, 1:] & seen[:, :-1]
    before = np.zeros_like(bought)
    before[:, 1:] = bought[:, :-1] & both[:, 1:]
    last = np.flatnonzero(complete)
    now = bought & (place == (last[-1] if last.size else -1))
    # Step a leads from age a − 1 to a; the first column, of no step, is turned last to keep all alike.
    return np.hstack([np.roll(before, -1, axis=1), np.roll(bought & both, -1, axis=1), now]).astype(float)


def _bought(kinds: pd.DataFrame, ages: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether customers of each kind bought at each age: (kinds, ages)."""
    half = MOST_AGES // 2
    early, late = (kinds[name].to_numpy()[:, None] for name in ("early", "late"))
    bits = np.where(ages < half, early >> np.minimum(ages, half), late >> np.maximum(ages - half, 0))
    return np.asarray(bits % 2 == 1)


def _fitted(before: Numbers, after: Numbers) -> tuple[Numbers, Numbers]:
    """α and β of every draw; from a single step those of customers who are all alike."""
    if len(before) >= _FEWEST_STEPS:
        return fit_curve(before, after)
    rate = np.divide(
        np.minimum(after, before)[0], before[0], out=np.ones_like(before[0]), where=before[0] > 0
    )
    return np.maximum(LARGEST * (1.0 - rate), 1.0 / LARGEST), np.maximum(LARGEST * rate, 1.0 / LARGEST)


def _steps(
    ages: NDArray[np.int64], before: Numbers, after: Numbers, alpha: Numbers, beta: Numbers
) -> pd.DataFrame:
    fitted = retention_by_age(alpha, beta, int(ages.max()))[ages - 1]
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
