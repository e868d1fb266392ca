"""What changed since a snapshot, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.periods import key
from retention.report.plain import plain

if TYPE_CHECKING:
    from retention.snapshot import Came, Change, Since, Span


def as_plain(since: Since) -> dict[str, Any]:
    """Which months were held against which, every figure compared, and each forecast with what came."""
    snapshot, found = since.snapshot, since.changes
    return {
        "snapshot": plain({name: getattr(snapshot, name) for name in ("made", "name", "first", "end")}),
        "end": plain(since.end),
        "past": {"snapshot": plain(snapshot.past), "now": plain(since.past), "same": since.same_past},
        "compared": {
            "against": since.basis,
            "now": _months(since.now),
            "then": _months(since.then),
            "figures": [] if found is None else [_change(each) for each in found.compared],
            "left_out": {} if found is None else plain(found.left_out),
        },
        "forecast": {
            **{name: getattr(snapshot, name) for name in ("model", "regularity", "season")},
            "horizons": [
                {
                    "months": each.months,
                    "due": plain(each.due),
                    "over": each.over,
                    "corrected": each.corrected,
                    "purchase_days": _came(each.purchases),
                    "revenue_net": _came(each.revenue),
                }
                for each in since.opened
            ],
        },
    }


def _months(span: Span | None) -> dict[str, str] | None:
    return None if span is None else {"from": key(span.first, "month"), "to": key(span.last, "month")}


def _change(change: Change) -> dict[str, Any]:
    return {
        "figure": change.figure,
        "value": change.value,
        "other": change.other,
        "difference": plain(change.difference),
        "p": change.chance,
        "corrected_p": change.adjusted,
        "real": change.real,
    }


def _came(figure: Came) -> dict[str, Any]:
    expected = {"expected": figure.expected.value, "low": figure.expected.low, "high": figure.expected.high}
    return {**expected, "came": figure.came, "hit": figure.hit, "beyond": figure.beyond}
