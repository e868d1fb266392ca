"""Where the next euro goes, as plain data for JSON."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from retention.acquisition.budget import USUAL_KEPT, USUAL_WON, Market
from retention.acquisition.response import fitted
from retention.errors import DataWarning, InputError
from retention.plain import plain

if TYPE_CHECKING:
    from retention.acquisition.costs import AcquisitionCosts
    from retention.acquisition.response import Response
    from retention.acquisition.unit_economics import RetainedValue

_SIDES = {"won": ("acquisition", "new", USUAL_WON), "kept": ("retention", "retained", USUAL_KEPT)}


def plain_next_euro(
    costs: AcquisitionCosts, *, value_won: float | None, kept: RetainedValue | None
) -> dict[str, Any] | None:
    """What the next euro brings on either side, by the usual assumptions and by the history of the spend.

    Parameters
    ----------
    costs : of winning and of keeping
    value_won, kept : margin a customer won, and one kept, brings

    Returns
    -------
    ``value_won``, ``value_kept``, and of the latter the ``value_kept_months`` counted, the monthly
    ``retention`` (None with one month) and ``value_kept_one_month`` (money); ``assumed`` and ``history``,
    each with ``curves`` (of ``won`` and ``kept``: ``floor``, ``ceiling``, ``k``, and ``refused``, why not),
    and, where both are known, ``today``, ``best``, ``unlimited``, ``to_keeping``, ``to_winning``,
    ``best_move``, ``average_ratio``, ``marginal_ratio`` and ``advice`` as in `NextEuro`, and
    ``advice_one_month``, the advice were a customer kept worth one month alone, else each None. None without
    both kinds of spend and both values
    """
    if costs.cac is None or costs.retention_cost is None:
        return None
    if value_won is None or kept is None or min(value_won, kept.value) <= 0:
        return None
    answers = {
        source: _answer(costs, {side: _curve(costs, side, source) for side in _SIDES}, value_won, kept)
        for source in ("assumed", "history")
    }
    assumed = {side: asdict(usual) for side, (*_, usual) in _SIDES.items()}
    answers["assumed"] = {"assumptions": assumed, **answers["assumed"]}
    basis = {
        "value_kept": kept.value,
        "value_kept_months": kept.months,
        "value_kept_one_month": kept.one_month,
        "retention": kept.retention,
    }
    return {"value_won": value_won, **basis, **answers}


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
    costs: AcquisitionCosts, curves: dict[str, Response | DataWarning], value_won: float, kept: RetainedValue
) -> dict[str, Any]:
    told = {side: _told(curve) for side, curve in curves.items()}
    winning, keeping = curves["won"], curves["kept"]
    if isinstance(winning, DataWarning) or isinstance(keeping, DataWarning):
        return {"curves": told, **dict.fromkeys(_ANSWERS)}
    today = float(costs.monthly["acquisition"].mean()), float(costs.monthly["retention"].mean())
    market = Market(winning, keeping, value_won, kept.value)
    found = market.next_euro(*today)
    one_month = replace(market, value_kept=kept.one_month).next_euro(*today)
    advice = {"advice": found.advice, "advice_one_month": one_month.advice}
    return {"curves": told, **plain(found), **advice}


_ANSWERS = (
    *("today", "best", "unlimited", "to_keeping", "to_winning", "best_move"),
    *("average_ratio", "marginal_ratio", "advice", "advice_one_month"),
)


def _told(curve: Response | DataWarning) -> dict[str, Any]:
    if isinstance(curve, DataWarning):
        return {"floor": None, "ceiling": None, "k": None, "refused": plain(curve)}
    return {**asdict(curve), "refused": None}
