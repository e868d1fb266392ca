"""Where the next euro goes, as plain data for JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from retention.economics.budget import USUAL_KEPT, USUAL_WON, Market
from retention.economics.response import fitted
from retention.errors import DataWarning, InputError
from retention.plain import plain

if TYPE_CHECKING:
    from retention.economics.acquisition import AcquisitionCosts
    from retention.economics.response import Response

_SIDES = {"won": ("acquisition", "new", USUAL_WON), "kept": ("retention", "retained", USUAL_KEPT)}


def plain_next_euro(
    costs: AcquisitionCosts, *, value_won: float | None, value_kept: float | None
) -> dict[str, Any] | None:
    """What the next euro brings on either side, by the usual assumptions and by the history of the spend.

    Parameters
    ----------
    costs : of winning and of keeping
    value_won : margin a customer won brings; value_kept : margin of one kept for a month

    Returns
    -------
    ``value_won``, ``value_kept``; ``assumed`` and ``history``, each with ``curves`` (of ``won`` and ``kept``:
    ``floor``, ``ceiling``, ``k``, and ``refused``, why there is none), and, where both curves are known,
    ``today``, ``best``, ``unlimited``, ``to_keeping``, ``to_winning``, ``average_ratio`` and
    ``marginal_ratio`` as in `NextEuro`, else each None. None without both kinds of spend and both values
    """
    if costs.cac.value is None or costs.retention_cost.value is None:
        return None
    if value_won is None or value_kept is None or min(value_won, value_kept) <= 0:
        return None
    answers = {
        source: _answer(costs, {side: _curve(costs, side, source) for side in _SIDES}, value_won, value_kept)
        for source in ("assumed", "history")
    }
    assumed = {side: asdict(usual) for side, (*_, usual) in _SIDES.items()}
    answers["assumed"] = {"assumptions": assumed, **answers["assumed"]}
    return {"value_won": value_won, "value_kept": value_kept, **answers}


def _curve(costs: AcquisitionCosts, side: str, source: str) -> Response | DataWarning:
    """The curve of one side, or why there is none."""
    spent_on, people, usual = _SIDES[side]
    spent, customers = (costs.monthly[name].to_numpy(dtype=float) for name in (spent_on, people))
    try:
        if source == "history":
            return fitted(spent, customers)
        return usual.response(float(spent.mean()), float(customers.mean()))
    except InputError as error:
        return DataWarning(error.code, error.details)


def _answer(
    costs: AcquisitionCosts, curves: dict[str, Response | DataWarning], value_won: float, value_kept: float
) -> dict[str, Any]:
    told = {side: _told(curve) for side, curve in curves.items()}
    won, kept = curves["won"], curves["kept"]
    if isinstance(won, DataWarning) or isinstance(kept, DataWarning):
        return {"curves": told, **dict.fromkeys(_ANSWERS)}
    found = Market(won, kept, value_won, value_kept).next_euro(
        float(costs.monthly["acquisition"].mean()), float(costs.monthly["retention"].mean())
    )
    return {"curves": told, **plain(found)}


_ANSWERS = ("today", "best", "unlimited", "to_keeping", "to_winning", "average_ratio", "marginal_ratio")


def _told(curve: Response | DataWarning) -> dict[str, Any]:
    if isinstance(curve, DataWarning):
        return {"floor": None, "ceiling": None, "k": None, "refused": plain(curve)}
    return {**asdict(curve), "refused": None}
