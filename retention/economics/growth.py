"""Whether what a customer spends in a period grows with age, measured on the cohorts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.economics.plan import STRONGEST_GROWTH
from retention.statistics import Estimate, half_width

if TYPE_CHECKING:
    from retention.cohorts import CohortTable

_FEWEST_COHORTS = 3  # behind an interval


@dataclass(frozen=True)
class Growth:
    """Growth of what an active customer spends in a period, with every period of age.

    Attributes
    ----------
    rate : 0.01 is 1 % a period; its interval takes cohorts as what varies, none with fewer than 3
    cells : cohort by age, behind it
    """

    rate: Estimate
    cells: int

    @property
    def is_seen(self) -> bool:
        """Whether the interval leaves out 0, so that there is reason to reckon with it."""
        return self.rate.excludes(0.0)


def growth_with_age(table: CohortTable) -> Growth | None:
    """Slope of the logarithm of net revenue per active customer on age, over complete cells.

    Each cell weighs with its customers. The interval is that of a regression whose cells share their
    cohort's luck (Liang and Zeger 1986), with Student's t. None where no two ages have customers who spent.
    Rates beyond ±50 % are taken as that.
    """
    cells = table.cells[
        table.cells["complete"] & (table.cells["customers"] > 0) & (table.cells["revenue"] > 0)
    ]
    if cells["age"].nunique() < 2:  # noqa: PLR2004  a slope needs two
        return None
    weight, age = cells["customers"].to_numpy(dtype=float), cells["age"].to_numpy(dtype=float)
    spent = np.log(cells["revenue"].to_numpy(dtype=float) / weight)
    apart = age - np.average(age, weights=weight)
    spread = float(weight @ apart**2)
    slope = float(weight @ (apart * spent)) / spread
    missed = spent - np.average(spent, weights=weight) - slope * apart
    of_cohort = (cells.assign(score=weight * apart * missed).groupby("cohort")["score"].sum()).to_numpy()
    rate, cohorts = _rate(slope), len(of_cohort)
    if cohorts < _FEWEST_COHORTS:
        return Growth(Estimate(rate), len(cells))
    error = float(np.sqrt(cohorts / (cohorts - 1) * (of_cohort @ of_cohort))) / spread
    half = half_width(error, cohorts - 1)
    found = Estimate(rate, _rate(slope - half), _rate(slope + half), "student")
    return Growth(found, len(cells))


def _rate(slope: float) -> float:
    return float(np.clip(np.expm1(slope), -STRONGEST_GROWTH, STRONGEST_GROWTH))
