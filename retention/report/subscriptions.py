"""Subscriptions as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.periods import key
from retention.report.plain import plain, records
from retention.subscriptions import INTERVALS

if TYPE_CHECKING:
    from retention.study import Study


def subscriptions(study: Study) -> dict[str, Any]:
    """What they come to; where there are none, how many customers keep to an interval and how many do not.

    Returns
    -------
    found, recognised, judged, and null without any: everybody, subscribers, by_interval, share (of revenue),
    active, cancelled, paused, back_after, rate, alpha, beta, by_number, mrr, gross_retention, net_retention,
    months
    """
    kept, found = study.subscriptions.kept(), study.subscriptions.found()
    told = {"found": found is not None, "recognised": kept.recognised, "judged": kept.judged}
    if found is None:
        empty = (
            "everybody",
            "subscribers",
            "by_interval",
            "share",
            "active",
            "cancelled",
            "paused",
            "back_after",
        )
        rest = ("rate", "alpha", "beta", "by_number", "mrr", "gross_retention", "net_retention", "months")
        return told | dict.fromkeys((*empty, *rest))
    seen, paid = found.renewals, found.recurring
    return told | {
        "everybody": found.everybody,
        "subscribers": found.subscribers,
        "by_interval": {code: found.by_interval.get(code, 0) for code in INTERVALS},
        "share": found.share,
        "active": seen.active,
        "cancelled": seen.cancelled,
        "paused": seen.paused,
        "back_after": seen.back_after,
        "rate": plain(seen.rate),
        "alpha": seen.alpha,
        "beta": seen.beta,
        "by_number": records(seen.by_number),
        "mrr": paid.now,
        "gross_retention": plain(paid.gross),
        "net_retention": plain(paid.net),
        "months": records(paid.months.assign(month=[key(int(n), "month") for n in paid.months["month"]])),
    }
