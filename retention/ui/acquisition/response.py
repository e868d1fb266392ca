"""The Win or keep page's curves of response: how winning and keeping answer to money, as the visitor asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention import acquisition
from retention.acquisition import Assumed, Response
from retention.errors import InputError
from retention.ui.parts import controls, screen
from retention.ui.state.settings import get

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from retention.acquisition import AcquisitionCosts

_SECOND = 2.0  # times today's spend: the second month, until one is typed


@dataclass(frozen=True)
class _Side:
    """Winning or keeping: what was spent on it in each month, and on how many."""

    name: str
    spent: NDArray[np.float64]
    customers: NDArray[np.float64]

    @property
    def today(self) -> tuple[float, float]:
        """Spend and customers of an average month."""
        return float(self.spent.mean()), float(self.customers.mean())


def curves(costs: AcquisitionCosts) -> tuple[Response, Response] | None:
    """Those of winning and of keeping; None where one is not possible, which is then said."""
    source = controls.choice("response_from")
    ask = {"assumed": _assumed, "points": _through_points, "history": _fitted}[source]
    winning, keeping = (
        ask(_Side(name, *(costs.monthly[column].to_numpy(dtype=float) for column in columns)))
        for name, columns in (("won", ("acquisition", "new")), ("kept", ("retention", "retained")))
    )
    return None if winning is None or keeping is None else (winning, keeping)


def _assumed(side: _Side) -> Response | None:
    """Through an average month, from who would come or stay unasked and how many there could be at most."""
    with screen.settings():
        assumed = Assumed(_unasked(side), controls.share(f"most_{side.name}"))
    try:
        return assumed.response(*side.today)
    except InputError as problem:
        screen.error(problem)
        return None


def _through_points(side: _Side) -> Response | None:
    """Through an average month and a second one the visitor knows; as assumed, until one is typed."""
    spend, customers = side.today
    screen.text(f"next_euro.points.{side.name}", spend=spend, customers=customers)
    with screen.settings():
        unasked = _unasked(side)
        other = controls.own(f"second_spend_{side.name}", _SECOND * spend)
        assumed = Assumed(unasked, get(f"most_{side.name}") / 100).response(spend, customers)
        won = controls.own(f"second_customers_{side.name}", assumed.customers(other))
    try:
        return acquisition.through_two_points((spend, customers), (other, won), floor=unasked * customers)
    except InputError as problem:
        told = {"spend": spend, "customers": customers, "other": other, "won": won}
        reason = problem.details["reason"]
        screen.error(InputError("points_not_possible", side=side.name, reason=reason, **told))
        return None


def _fitted(side: _Side) -> Response | None:
    """The curve the months show, where they show one; else the one of the assumptions."""
    try:
        return acquisition.fitted(side.spent, side.customers)
    except InputError as refused:
        screen.text(f"next_euro.refused.{side.name}", **refused.details)
    return _assumed(side)


def _unasked(side: _Side) -> float:
    return controls.share(f"unasked_{side.name}")
