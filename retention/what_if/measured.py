"""What the projection takes from the data: the shop of the last year, and how spending grows with age."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.periods import PER_YEAR
from retention.statistics import Estimate, half_width
from retention.what_if.plan import STRONGEST_GROWTH, Base, Doubt

if TYPE_CHECKING:
    import pandas as pd

    from retention.cohorts import CohortTable
    from retention.flows import Flows

_FEWEST_COHORTS = 3  # behind an interval
_ALIKE = (0.75, 1.33)  # first projected year over the last one: beyond, the base does not describe the shop


def measured_base(flows: Flows, order_values: pd.DataFrame | None = None) -> Base | None:
    """Customers, those won and spend in the complete periods of the last year; None without a customer.

    Parameters
    ----------
    order_values : the table `retention.aggregate.order_values` makes of the same periods, for the doubt of
        the spend; without it there is none
    """
    lately = flows.complete.tail(round(PER_YEAR[flows.period]))
    active, won = int(lately["active"].sum()), int(lately["new"].sum())
    if active == 0:
        return None
    today = float(lately["active"].iloc[-1])
    return Base(
        period=flows.period,
        active=today,
        won_per_period=float(lately["new"].mean()),
        revenue_per_active=max(float(lately["revenue"].sum()), 0.0) / active,
        doubt=Doubt(
            active=today**-0.5 if today > 0 else 0.0,
            won=won**-0.5 if won > 0 else 0.0,
            revenue=0.0 if order_values is None else _doubt_of_spend(lately, order_values),
        ),
    )


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
