"""The first page's figures as plain data, for the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.cohorts import cohort_table
from retention.overview.changes import (
    by_cohort,
    by_number,
    by_segment,
    by_shop,
    followed_by_number,
)
from retention.overview.signs import signs
from retention.overview.standing import standing_out
from retention.overview.trends import calendar_trends, followed_trends
from retention.overview.watched import usual_days
from retention.periods import key
from retention.plain import laid_out, records

if TYPE_CHECKING:
    from retention.orders import Orders
    from retention.overview.signs import Sign
    from retention.overview.standing import Candidate
    from retention.overview.trends import Change, Trend
    from retention.periods import Period


def described(orders: Orders, period: Period) -> dict[str, Any]:
    """Series and changes of the figures, the changes that stand out, and the three signs.

    Returns
    -------
    ``within_days`` : N; ``series``, ``changes`` : by figure; ``biggest_changes``; ``signs`` : by name
    """
    within = usual_days(orders)
    trends = (*calendar_trends(orders, period), *followed_trends(orders, period, within))
    candidates = [
        *by_shop(trends),
        *by_cohort(cohort_table(orders, period), orders),
        *(found for by in orders.segments.values() for found in by_segment(orders, period, by)),
        *by_number(orders, period),
        *followed_by_number(orders, period, within),
    ]
    standing = standing_out(candidates)
    return {
        "within_days": within,
        "series": {trend.name: _series(trend) for trend in trends},
        "changes": {trend.name: _changes(trend) for trend in trends},
        "biggest_changes": [_candidate(found, period) for found in standing.changes],
        "signs": {sign.name: _sign(sign) for sign in signs(orders, within)},
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
        "within_days": sign.within,
        "line": None if sign.line is None else laid_out(sign.line, "per_period"),
        "months": rows,
    }
