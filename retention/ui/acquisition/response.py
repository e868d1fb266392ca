"""The curves of response: how winning and keeping answer to money, as the visitor asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.acquisition import Assumed
from retention.errors import InputError
from retention.study import SIDES
from retention.ui.parts import controls, problems, screen
from retention.ui.state.settings import share

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from retention.acquisition import Response
    from retention.study import Side
    from retention.ui.acquisition.choices import View


def curves(view: View, refused: DeltaGenerator) -> tuple[Response, Response] | None:
    """Those of winning and of keeping; None where one is not possible.

    Parameters
    ----------
    refused : where that is then said, and why
    """
    source = controls.choice("response_from")
    ask = {"assumed": _assumed, "points": _through_points, "history": _fitted}[source]
    winning, keeping = (ask(view, side, refused) for side in SIDES)
    return None if winning is None or keeping is None else (winning, keeping)


def _assumed(view: View, side: Side, refused: DeltaGenerator) -> Response | None:
    """Through an average month, from who would come or stay unasked and how many there could be at most."""
    with screen.settings():
        assumed = Assumed(_unasked(side), controls.share(f"most_{side}"))
    try:
        return view.spending.assumed_response(side, assumed, leave_out_left_truncated=view.left_out)
    except InputError as problem:
        with refused:
            problems.error(problem)
        return None


def _through_points(view: View, side: Side, refused: DeltaGenerator) -> Response | None:
    """Through an average month and a second one the visitor knows; as assumed, until one is typed."""
    spending, left_out = view.spending, view.left_out
    months = spending.months(side, leave_out_left_truncated=left_out)
    spend, customers = months.average
    screen.text(f"next_euro.points.{side}", spend=spend, customers=customers)
    with screen.settings():
        unasked = _unasked(side)
        other = controls.own(f"second_spend_{side}", months.second_spend)
        assumed = Assumed(unasked, share(f"most_{side}"))
        expected = spending.assumed_response(side, assumed, leave_out_left_truncated=left_out)
        won = controls.own(f"second_customers_{side}", expected.customers(other))
    try:
        return spending.response_through(side, (other, won), unasked, leave_out_left_truncated=left_out)
    except InputError as problem:
        with refused:
            problems.error(problem)
        return None


def _fitted(view: View, side: Side, refused: DeltaGenerator) -> Response | None:
    """The curve the months show, where they show one; else the one of the assumptions."""
    try:
        return view.spending.fitted_response(side, leave_out_left_truncated=view.left_out)
    except InputError as unseen:
        screen.text(f"next_euro.refused.{side}", **unseen.details)
    return _assumed(view, side, refused)


def _unasked(side: Side) -> float:
    return controls.share(f"unasked_{side}")
