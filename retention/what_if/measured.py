"""What the data says of a projection: the revenue of the last year, and how spending grows with age."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.periods import PER_YEAR
from retention.statistics import Estimate, half_width
from retention.what_if.plan import STRONGEST_GROWTH

if TYPE_CHECKING:
    from retention.cohorts import CohortTable
    from retention.flows import Flows

_FEWEST_COHORTS = 3  # behind an interval
_ALIKE = (0.75, 1.33)  # first projected year over the last one: beyond, the base does not describe the shop


def revenue_of_last_year(flows: Flows) -> float | None:
    """Net revenue of the last complete periods that make a year; None where there are fewer."""
    whole = round(PER_YEAR[flows.period])
    lately = flows.complete.tail(whole)
    return float(lately["revenue"].sum()) if len(lately) == whole else None


@dataclass(frozen=True)
class FirstYear:
    """The last year as it was, and the first one ahead as things are.

    Attributes
    ----------
    past, ahead : profit, money
    """

    past: float
    ahead: float

    @property
    def alike(self) -> bool:
        """Whether the projection goes on about where the shop left off."""
        return self.past <= 0 or _ALIKE[0] <= self.ahead / self.past <= _ALIKE[1]


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
