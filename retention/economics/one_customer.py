"""What one customer won today is worth, before and after: the textbook's series, averaged over the risks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.economics.change import Change, change
from retention.economics.following import paid_by_one

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.economics.footing import Footing
    from retention.economics.mixture import Mixture
    from retention.economics.plan import Plan
    from retention.economics.projection import Lift

    Numbers = NDArray[np.float64]

LEAST_LOSS = 1e-9  # customers and worth lost per period, under which dividing by it only shows rounding


def one_customer(
    footing: Footing, plan: Plan, worth: float, discount: float, lift: Lift, weights: Numbers
) -> Change | None:
    """Change of one customer's present value, the programme in full effect; None where it has no bound.

    Without end and in the plan's form, where customers leave between periods; by a purchase model over the
    horizon, the first purchase counted and paid now.

    Parameters
    ----------
    worth : profit of one of today's customers in a period
    discount : rate per period
    weights : (periods,) discount factors of the horizon
    """
    as_it_is = np.ones(1)
    pairs = ((as_it_is, as_it_is), (lift.factor, lift.factor if plan.steps == "all" else as_it_is))
    if footing.people.leaves == "any_time":
        paid = footing.paid_as_it_is(len(weights), plan.growth)
        raised = paid_by_one(footing.people, *pairs[1], len(weights), plan.growth)
        before, after = (footing.people.at_once[0] + weights @ each for each in (paid, raised))
        return change(worth * before, worth * after)
    before, after = (_series(footing.people, *pair, discount, plan) for pair in pairs)
    bounded = np.isfinite(after)
    if not bounded[0]:
        return None
    if not bounded.all():
        before, after = before[:1], after[:1]
    return change(worth * before, worth * after)


def _series(people: Mixture, first: Numbers, later: Numbers, discount: float, plan: Plan) -> Numbers:
    """Value of one customer who pays 1 a period; infinite where the series has no bound: (1 + k,).

    With q = (1 − risk)(1 + growth), q₁ that of the first step: 1 + q₁/(1 + d − q) when the first payment is
    made now, the same without the 1, or booked a period later. With one retention r for every step the series
    of Berger and Nasr (1998), "Customer lifetime value: marketing models and applications", Journal of
    Interactive Marketing 12(1): (1 + d)/(1 + d − r), r/(1 + d − r), 1/(1 + d − r).
    """
    grown = 1.0 + plan.growth
    loss = (discount - plan.growth) + np.minimum(people.risk * later, 1.0) * grown
    if len(people.risk) > 1:  # some are taken to leave hardly ever
        loss = np.where(discount - plan.growth > LEAST_LOSS, loss, 0.0)
    again = (1.0 - np.minimum(people.risk * first, 1.0)) * grown
    with np.errstate(divide="ignore", invalid="ignore"):
        each = np.where(loss > LEAST_LOSS, again / loss, np.inf)
        coming: Numbers = np.where(people.won[0] > 0, each * people.won[0], 0.0).sum(axis=0)
    if plan.form == "without_first":
        return coming
    return np.asarray(1.0 + coming) / (1.0 if plan.form == "first_payment_now" else 1.0 + discount)
