"""What one customer won today is worth, before and after: the textbook's series, averaged over the risks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.what_if.profit import Gain, gain_of
from retention.what_if.streams import payments_per_customer

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.what_if.footing import Footing
    from retention.what_if.mixture import Mixture
    from retention.what_if.plan import Plan
    from retention.what_if.projection import RaisedRetention

    Numbers = NDArray[np.float64]

LEAST_LOSS = 1e-9  # customers and profit lost per period, under which dividing by it only shows rounding


def customer_gain(
    footing: Footing, plan: Plan, profit: float, discount: float, raised: RaisedRetention, weights: Numbers
) -> Gain | None:
    """Gain of one customer's present value, the programme in full effect; None where it has no bound.

    Without end and in the plan's form, where customers leave between periods; by a purchase model over the
    horizon, the first purchase counted and paid now.

    Parameters
    ----------
    profit : profit of one of today's customers in a period
    discount : rate per period
    weights : (periods,) discount factors of the horizon
    """
    none = np.ones(1)
    pairs = ((none, none), (raised.factor, raised.factor if plan.steps == "all" else none))
    if footing.people.leaves == "any_time":
        paid = footing.unchanged_payments(len(weights), plan.growth)
        lifted = payments_per_customer(footing.people, *pairs[1], len(weights), plan.growth)
        before, after = (footing.people.at_once[0] + weights @ each for each in (paid, lifted))
        return gain_of(profit * before, profit * after)
    before, after = (_series(footing.people, *pair, discount, plan) for pair in pairs)
    bounded = np.isfinite(after)
    if not bounded[0]:
        return None
    if not bounded.all():
        before, after = before[:1], after[:1]
    return gain_of(profit * before, profit * after)


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
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        each = _at_first(people, first, later, loss, 1.0 + discount, grown)
        new = people.won[0, : len(each)]
        coming: Numbers = np.where(new > 0, each * new, 0.0).sum(axis=0)
    if plan.form == "without_first":
        return coming
    return np.asarray(1.0 + coming) / (1.0 if plan.form == "first_payment_now" else 1.0 + discount)


def _at_first(
    people: Mixture, first: Numbers, later: Numbers, loss: Numbers, interest: float, grown: float
) -> Numbers:
    """What is still to come from a new customer of each risk, from the oldest age back to the youngest.

    Whoever is of the last age stays in it, at one risk: 1/(1 + d − q) times what is kept of the first step.
    """
    rows = len(people.risk) // people.ages
    stays = 1.0 - np.minimum(people.risk * later, 1.0)
    now = np.where(loss[-rows:] > LEAST_LOSS, interest / loss[-rows:], np.inf)
    for age in range(people.ages - 2, 0, -1):
        now = 1.0 + stays[age * rows : (age + 1) * rows] * grown * now / interest
    return np.asarray((1.0 - np.minimum(people.risk[:rows] * first, 1.0)) * grown * now / interest)
