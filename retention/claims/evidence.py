"""What the orders, the simulator and the spend say of the claims, before anything is judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from retention.first_and_repeat import first_and_repeat
from retention.metrics import BEST
from retention.statistics import Estimate, share_of_best
from retention.what_if import Plan, constant_retention, measured_base, simulate

if TYPE_CHECKING:
    import pandas as pd

    from retention.buying_again import BuyingAgain
    from retention.first_and_repeat import FirstAndRepeat
    from retention.flows import Flows, Measured
    from retention.multiples import LifetimeMultiple
    from retention.periods import Period
    from retention.what_if import FootingCode, UpliftKind

UPLIFT = 0.05
_FOOTING: FootingCode = "constant"


@dataclass(frozen=True)
class Bought:
    """What the orders alone say; None where they are too few or too short.

    Attributes
    ----------
    again : chance that an active customer buys again soon
    best : share of gross revenue from the best 20 % of customers
    multiples : of the first order, by age
    repeat : first against repeat orders
    """

    again: BuyingAgain | None
    best: Estimate | None
    multiples: tuple[LifetimeMultiple, ...]
    repeat: FirstAndRepeat | None


@dataclass(frozen=True)
class Lift:
    """Relative change of profit when retention rises by five points, and by five percent of itself.

    Attributes
    ----------
    points, relative : by the textbook's formula
    retention, period : that is raised, as measured, and of what period
    years, discount_rate : of the profit; the rate a year
    """

    points: Estimate
    relative: Estimate
    retention: float
    period: Period
    years: float
    discount_rate: float

    @property
    def basis(self) -> dict[str, Any]:
        """What the change rests on, told with it; ``footing`` is the textbook's."""
        told = ("retention", "period", "years", "discount_rate")
        return {"footing": _FOOTING, **{name: getattr(self, name) for name in told}}


def bought(
    people: pd.DataFrame, again: BuyingAgain | None, multiples: tuple[LifetimeMultiple, ...]
) -> Bought:
    """Everything the orders alone say of the claims.

    Parameters
    ----------
    people : the table `retention.aggregate.customers` makes
    """
    revenue = np.sort(people["revenue"].to_numpy(dtype=float).round(6))
    return Bought(
        again=again,
        best=share_of_best(revenue, np.ones(len(revenue)), BEST) if revenue.sum() > 0 else None,
        multiples=multiples,
        repeat=first_and_repeat(people),
    )


def lift(
    flows: Flows, measured: Measured | None, *, margin: float, discount_rate: float, years: float
) -> Lift | None:
    """What five points, and five percent, more retention would do to profit, from the simulator.

    Parameters
    ----------
    measured : today's retention per period of the flows with its draws; None where it cannot be measured
    margin, discount_rate, years : of the plan; the relative change does not depend on a margin above 0
    """
    base = measured_base(flows)
    if base is None or measured is None or margin <= 0:
        return None
    rate = min(measured.rate.value, 1.0)
    footing = constant_retention(rate, measured.draws)

    # The claim is of what retention does to profit: how well the shop's size is known is no part of it.
    def rise(kind: UpliftKind) -> Estimate | None:
        plan = Plan(UPLIFT, kind, margin, discount_rate, years, "without_first")
        return simulate(base.estimate, plan, footing).present.firm.relative

    points, relative = rise("points"), rise("relative")
    if points is None or relative is None:
        return None
    return Lift(points, relative, rate, flows.period, years, discount_rate)
