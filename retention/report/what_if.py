"""What if retention rose, on every footing the data allows, as plain data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from retention.errors import DataWarning
from retention.lifetime_value import OPEN
from retention.report.plain import plain, records
from retention.statistics import estimate, named_ends, value_of
from retention.study import Question
from retention.what_if import Tried

if TYPE_CHECKING:
    import pandas as pd

    from retention.lifetime_value import TimeUnit, Wanted
    from retention.periods import Period
    from retention.study import Study
    from retention.what_if import CohortCurve, FootingCode, Gain, LastYear, Plan

_FORESEEN = (
    *("expected", "actual", "bias", "off_by_period", "known_expected", "known_actual", "known_bias"),
    *("expected_by_period", "actual_by_period"),
)
_OF_BASE = ("active", "won_per_period", "revenue_per_active")


def what_if(
    study: Study, plan: Plan, wanted: Wanted | None, unit: TimeUnit, period: Period = "month"
) -> dict[str, Any]:
    """Gain of the plan's uplift on each footing; None where a footing cannot be measured.

    Parameters
    ----------
    plan : what is tried; its cost is that of the programme
    wanted, unit : of the purchase model; None where none can be fitted

    Returns
    -------
    ``plan`` as given, with the ``period``; ``growth`` of what customers spend with age (rate, low, high; not
    reckoned with unless the plan says so); ``tried_on_last_year``, None where the data is too short: the last
    day known, ``until``, the ``periods`` held against it, ``from`` the first day ``to`` the last, and of each
    footing what it expected and what came, in sum and by period, of all customers and of those known, whether
    it ``answers`` and, where not, ``why``; the footing that is ``recommended``, and the ``range`` of the
    gains of those that answer (low, high), both None without any; and under ``constant``, ``cohorts`` and
    ``purchases``:

    - ``base`` : active, won_per_period, revenue_per_active
    - ``retention``, ``retention_low``, ``retention_high``, ``retention_after`` : per period, as measured: the
      one a rise is read on; ``still_there`` : share of today's customers there a period later by the footing;
      ``saved`` : part of those who would leave that stays
    - ``gain``, ``gain_low``, ``gain_high``, ``relative``, ``relative_low``, ``relative_high`` : present value
      of the firm's gain, and that over the firm's profit without it
    - ``today``, ``new`` : gain and relative of today's customers and of those to be won
    - ``customer_before``, ``customer_after``, ``customer_relative`` : of one customer
    - ``other_reading`` : retention_after, gain and relative of percent where points are asked, or of points
    - ``break_even_budget`` (a year), ``break_even_cost`` (per active customer and year), ``cost``, ``net``,
      ``net_low``, ``net_high`` (present values), ``payback`` (periods)
    - ``yearly``, ``active`` : the rows of these tables of `Simulation`
    - ``sensitivity``, ``by_margin``, ``by_retention`` : those of `sensitivity` and of `gain_grid`
    - ``warnings``

    and of the cohorts which ``curve`` it is (sbg, bdw), ``alpha``, ``beta`` and ``c`` with their ends, and
    how it was chosen, ``held_back`` (see `HeldBackAges`; None where nothing was tried); of the purchase model
    its ``model``.
    """
    asked, growth = Question(period, plan, wanted=wanted or OPEN, unit=unit), study.what_if.growth(period)
    year = study.what_if.last_year(period, asked.wanted, unit)
    told: dict[str, Any] = {
        "period": period,
        "tried_on_last_year": None if year is None else _tried(year),
        "recommended": None if year is None else year.recommended,
        "range": None,
        "plan": plain(plan),
        "growth": None if growth is None else {"rate": growth.rate.value, **named_ends(growth.rate)},
        **dict.fromkeys(("constant", "cohorts", "purchases")),
    }
    if study.what_if.base(period) is None:
        return told
    if study.what_if.constant(period) is not None:
        told["constant"] = _told(study, asked, year)
    curve = study.what_if.curve(period)
    if curve is not None:
        told["cohorts"] = _told(study, replace(asked, footing="cohorts"), year) | _shape(curve)
    if wanted is not None and study.what_if.by_purchases(wanted, unit, period) is not None:
        by_model = replace(asked, footing="purchases")
        told["purchases"] = {"model": study.models.chosen(wanted).kind} | _told(study, by_model, year)
    gains = study.what_if.gains(asked).values()
    return told | {"range": {"low": min(gains), "high": max(gains)} if gains else None}


def _tried(year: LastYear) -> dict[str, Any]:
    """Every footing on the last year, as one could have stood on its eve."""
    span = year.span
    told: dict[str, Any] = plain(
        {
            "until": span.until,
            "from": span.first,
            "to": span.last,
            "periods": len(span.numbers),
            **{code: _foreseen(found) for code, found in year.tried.items()},
        }
    )
    return told


def _missed(year: LastYear | None, code: FootingCode) -> list[DataWarning]:
    """That a footing does not answer, where it missed the last year by too much."""
    found = None if year is None else year.tried[code]
    if not isinstance(found, Tried) or found.holds:
        return []
    told = {"expected": found.expected.total, "came": found.actual.total, "bias": found.bias}
    return [DataWarning("footing_missed", told)]


def _foreseen(found: Tried | DataWarning) -> dict[str, Any]:
    if not isinstance(found, Tried):
        return dict.fromkeys(_FORESEEN) | {"answers": False, "why": found.code}
    money = {
        "expected": found.expected.total,
        "actual": found.actual.total,
        "bias": found.bias,
        "off_by_period": found.off_by_period,
        "known_expected": sum(found.expected.known),
        "known_actual": sum(found.actual.known),
        "known_bias": found.known_bias,
        "expected_by_period": list(found.expected.all),
        "actual_by_period": list(found.actual.all),
    }
    return money | {"answers": found.holds, "why": None if found.holds else "footing_missed"}


def _told(study: Study, asked: Question, year: LastYear | None) -> dict[str, Any]:
    start = study.what_if.start(asked)
    if start is None:
        raise ValueError("a footing that is told has a base")
    result, other = start.answer, start.other_reading
    known = start.footing.before(start.plan.steps)
    firm, one = result.present.firm, result.customer
    told = {
        "base": {name: getattr(start.base, name) for name in _OF_BASE},
        "retention": result.retention_before,
        **named_ends(estimate(float(known[0]), known[1:]), "retention"),
        "retention_after": result.retention_after,
        "still_there": float(start.footing.retention[0]),
        "saved": result.saved,
        "gain": firm.absolute.value,
        **named_ends(firm.absolute, "gain"),
        "relative": value_of(firm.relative),
        **named_ends(firm.relative, "relative"),
        "today": _change(result.present.base),
        "new": _change(result.present.new),
        "customer_before": one and one.before,
        "customer_after": one and one.after,
        "customer_relative": one and value_of(one.relative),
        "other_reading": {"retention_after": other.retention_after, **_change(other.firm)},
        "break_even_budget": result.break_even_budget,
        "break_even_cost": result.break_even_cost,
        "cost": result.cost_present,
        "net": result.net.value,
        "net_low": result.net.low,
        "net_high": result.net.high,
        "payback": result.payback_period,
        "warnings": [*result.warnings, *_missed(year, start.footing.code)],
    }
    out: dict[str, Any] = plain(told)
    return out | {
        "yearly": records(result.yearly),
        "active": records(result.active),
        "sensitivity": records(start.sensitivity),
        "by_margin": records(start.gain_by_margin),
        "by_retention": records(start.gain_by_retention),
    }


def _rows(table: pd.DataFrame | None) -> list[dict[str, Any]]:
    return [] if table is None else records(table)


def _change(found: Gain) -> dict[str, float | None]:
    return {"gain": found.absolute.value, "relative": value_of(found.relative)}


def _shape(curve: CohortCurve) -> dict[str, Any]:
    """Which curve it is and by what, and its parameters with their ends."""
    tried = curve.held_back
    return {
        "curve": curve.kind,
        "alpha": curve.alpha.value,
        **named_ends(curve.alpha, "alpha"),
        "beta": curve.beta.value,
        **named_ends(curve.beta, "beta"),
        "c": curve.c.value,
        **named_ends(curve.c, "c"),
        "held_back": None if tried is None else plain(tried) | {"gain": tried.gain},
    }
