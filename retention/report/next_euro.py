"""Where the next euro goes, as plain data."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from retention.acquisition import USUAL_KEPT, USUAL_WON
from retention.errors import DataWarning, InputError
from retention.report.plain import plain
from retention.study import SIDES

if TYPE_CHECKING:
    from retention.acquisition import Response, RetainedValue
    from retention.study import Side, Spending, Value

_ANSWERS = (
    *("today", "best", "unlimited", "to_keeping", "to_winning", "best_move"),
    *("average_ratio", "marginal_ratio", "advice", "advice_one_month"),
    "advice_of_both",
)


def next_euro(
    spent: Spending, value: Value | None, margin: float, *, leave_out_left_truncated: bool
) -> dict[str, Any] | None:
    """What the next euro brings on either side, by the usual assumptions and by the history of the spend.

    Parameters
    ----------
    value : by whose models a customer won is expected to bring something; None where no model tells

    Returns
    -------
    ``value_won``, ``value_kept``, and of the latter the ``value_kept_months`` counted, the monthly
    ``retention`` (None with one month) and ``value_kept_one_month`` (money); ``assumed`` and ``history``,
    each with ``curves`` (of ``won`` and ``kept``: ``floor``, ``ceiling``, ``k``, and ``refused``, why not),
    and, where both are known, ``today``, ``best``, ``unlimited``, ``to_keeping``, ``to_winning``,
    ``best_move``, ``average_ratio``, ``marginal_ratio`` and ``advice`` as in `NextEuro`, and
    ``advice_one_month``, the advice were a customer kept worth one month alone, and ``advice_of_both``, which
    is to stay where these disagree, else each None. None without both kinds of spend and both values
    """
    costs = spent.winning(leave_out_left_truncated=leave_out_left_truncated).costs
    value_won, kept = spent.values(value, margin, leave_out_left_truncated=leave_out_left_truncated)
    if costs.cac is None or costs.retention_cost is None:
        return None
    if value_won is None or kept is None or min(value_won, kept.value) <= 0:
        return None
    answers = {
        source: _answer(
            spent,
            {side: _curve(spent, side, source, left_out=leave_out_left_truncated) for side in SIDES},
            value_won,
            kept,
            left_out=leave_out_left_truncated,
        )
        for source in ("assumed", "history")
    }
    assumed = {"won": asdict(USUAL_WON), "kept": asdict(USUAL_KEPT)}
    answers["assumed"] = {"assumptions": assumed, **answers["assumed"]}
    basis = {
        "value_kept": kept.value,
        "value_kept_months": kept.months,
        "value_kept_one_month": kept.one_month,
        "retention": kept.retention,
    }
    return {"value_won": value_won, **basis, **answers}


def _curve(spent: Spending, side: Side, source: str, *, left_out: bool) -> Response | DataWarning:
    """The curve of one side, or why there is none."""
    ask = spent.fitted_response if source == "history" else spent.usual_response
    try:
        curve: Response = ask(side, leave_out_left_truncated=left_out)
    except InputError as error:
        return DataWarning(error.code, error.details)
    return curve


def _answer(
    spent: Spending,
    curves: dict[Side, Response | DataWarning],
    value_won: float,
    kept: RetainedValue,
    *,
    left_out: bool,
) -> dict[str, Any]:
    told = {side: _told(curve) for side, curve in curves.items()}
    winning, keeping = curves["won"], curves["kept"]
    if isinstance(winning, DataWarning) or isinstance(keeping, DataWarning):
        return {"curves": told, **dict.fromkeys(_ANSWERS)}
    found = spent.next_euro(winning, keeping, value_won, kept, leave_out_left_truncated=left_out)
    advice = {
        "advice": found.found.advice,
        "advice_one_month": found.one_month.advice,
        "advice_of_both": found.advice,
    }
    return {"curves": told, **plain(found.found), **advice}


def _told(curve: Response | DataWarning) -> dict[str, Any]:
    if isinstance(curve, DataWarning):
        return {"floor": None, "ceiling": None, "k": None, "refused": plain(curve)}
    return {**asdict(curve), "refused": None}
