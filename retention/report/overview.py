"""The first page's figures as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.periods import key
from retention.report.plain import laid_out, records

if TYPE_CHECKING:
    from retention.overview import Candidate, Change, Sign, Trend
    from retention.periods import Period
    from retention.study import Study


def overview(study: Study, period: Period) -> dict[str, Any]:
    """Series and changes of the figures, the changes that stand out, and the three signs.

    Returns
    -------
    ``within_days`` : N; ``series``, ``changes`` : by figure; ``biggest_changes``; ``growth``,
    where customers are more or fewer and that just goes on; ``signs`` : by name
    """
    within = study.overview.usual_days()
    trends, notable = study.overview.trends(period, within), study.overview.notable_changes(period, within)
    return {
        "within_days": within,
        "series": {trend.name: _series(trend) for trend in trends},
        "changes": {trend.name: _changes(trend) for trend in trends},
        "biggest_changes": [_candidate(found, period) for found in notable.changes],
        "growth": None if notable.growth is None else _candidate(notable.growth, period),
        "signs": {sign.name: _sign(sign) for sign in study.overview.signs(within)},
    }


def _series(trend: Trend) -> list[dict[str, Any]]:
    return [{**row, "period": key(row["period"], trend.period)} for row in records(trend.table)]


def _changes(trend: Trend) -> dict[str, Any]:
    return {
        "period": None if trend.latest is None else key(trend.latest, trend.period),
        "value": trend.value(),
        "before": _change(trend.before()),
        "year_before": _change(trend.year_before()),
    }


def _change(found: Change | None) -> dict[str, Any] | None:
    return None if found is None else laid_out(found, "difference")


def _candidate(found: Candidate, period: Period) -> dict[str, Any]:
    named = {name: key(getattr(found, name), period) for name in ("period", "other_period")}
    item = key(int(found.item), period) if found.place == "cohort" else found.item
    told = laid_out(found, "difference")
    told.pop("difference")
    return {**told, **named, "item": item}


def _sign(sign: Sign) -> dict[str, Any]:
    rows = [{**row, "period": key(row["period"], sign.period)} for row in records(sign.table)]
    return {
        "verdict": sign.verdict,
        "corrected_p": sign.corrected_p,
        "within_days": sign.within,
        "line": None if sign.line is None else laid_out(sign.line, "per_period"),
        "months": rows,
    }
