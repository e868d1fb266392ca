"""What the orders, the simulator and the spend say of the claims, before anything is judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.buying_again import BuyingAgain, buying_again
from retention.economics import Plan, constant_retention, measured_base, simulate, success
from retention.first_and_repeat import FirstAndRepeat, first_and_repeat
from retention.metrics import BEST
from retention.multiples import LifetimeMultiple, lifetime_multiples
from retention.resampling import Estimate, share_of_best

if TYPE_CHECKING:
    import pandas as pd

    from retention.economics import Change, UpliftKind
    from retention.flows import Flows, Measured
    from retention.orders import Orders

UPLIFT = 0.05


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
    """Relative change of profit when retention rises by five points, and by five percent of itself."""

    points: Estimate
    relative: Estimate


def bought(orders: Orders, people: pd.DataFrame) -> Bought:
    """Everything the orders alone say of the claims.

    Parameters
    ----------
    people : the table `retention.aggregate.customers` made of them
    """
    revenue = np.sort(people["revenue"].to_numpy(dtype=float).round(6))
    return Bought(
        again=buying_again(orders),
        best=share_of_best(revenue, np.ones(len(revenue)), BEST) if revenue.sum() > 0 else None,
        multiples=lifetime_multiples(orders),
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
    footing = constant_retention(min(measured.rate.rate, 1.0), measured.draws)

    def firm(kind: UpliftKind) -> Change:
        plan = Plan(UPLIFT, kind, margin, discount_rate, years, "without_first")
        return simulate(base, plan, footing).present.firm

    points, relative = _relative(firm("points")), _relative(firm("relative"))
    return None if points is None or relative is None else Lift(points, relative)


def prospects(
    spend: pd.DataFrame, flows: Flows, new_by_channel: pd.DataFrame | None = None
) -> Estimate | None:
    """New customers out of the people addressed, over complete months whose leads are known.

    Parameters
    ----------
    spend : ``month`` (number of `retention.periods`), ``purpose``, and ``leads`` where the file has them
    flows : per month
    new_by_channel : ``month``, ``channel``, ``new``, where the orders carry the channel
    """
    found = success(spend, flows, new_by_channel)
    return found.rate if found else None


def _relative(change: Change) -> Estimate | None:
    if change.relative is None:
        return None
    ends = change.relative_interval
    return Estimate(change.relative, ends.low, ends.high) if ends else Estimate(change.relative)
