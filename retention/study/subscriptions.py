"""Orders at fixed intervals: whether there are, what becomes of renewals, and what is paid a month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention import aggregate, subscriptions as analysis
from retention.errors import DataWarning
from retention.study.memo import Part, result

if TYPE_CHECKING:
    from retention.subscriptions import IntervalCode, Kept, Recurring, Renewals

MOST = 0.5  # of revenue: from here on the shop lives on subscriptions


@dataclass(frozen=True)
class Found:
    """What the subscriptions of a shop come to.

    Attributes
    ----------
    subscribers : customers who count as such; recognised, judged, everybody : see
        `retention.subscriptions.Kept`
    by_interval : how many of the recognised keep to each
    share : of gross revenue that is theirs
    renewals, recurring : what became of renewals; what is paid a month
    """

    subscribers: int
    recognised: int
    judged: int
    everybody: bool
    by_interval: dict[IntervalCode, int]
    share: float
    renewals: Renewals
    recurring: Recurring


class Subscriptions(Part):
    """Customers who buy at fixed intervals."""

    @result
    def kept(self) -> Kept:
        """Who keeps to an interval."""
        purchases = self.study.purchases
        times = aggregate.times_between(purchases, analysis.BOUNDS)
        return analysis.who_keeps(times, aggregate.numbers(purchases))

    @result
    def found(self) -> Found | None:
        """What they come to; None where there are no subscriptions."""
        kept = self.kept()
        if not kept.found:
            return None
        asked = self.study.purchases, kept.subscribers, analysis.BOUNDS
        months = tuple(rule.months for rule in analysis.RULES.values())
        intervals = kept.subscribers["interval"].value_counts(sort=False)
        return Found(
            subscribers=len(kept.subscribers),
            recognised=kept.recognised,
            judged=kept.judged,
            everybody=kept.everybody,
            by_interval={
                code: int(intervals[place])
                for place, code in enumerate(analysis.INTERVALS)
                if place in intervals.index
            },
            share=self._share(),
            renewals=analysis.renewed(aggregate.renewals(*asked)),
            recurring=analysis.recurring(aggregate.recurring(*asked, months)),
        )

    def _share(self) -> float:
        names = self.study.purchases.names_of(self.kept().subscribers["customer"])
        people = self.study.tables.customers()
        revenue = people["revenue"]
        whole = float(revenue.sum())
        return float(revenue[people["customer_id"].isin(names)].sum()) / whole if whole > 0 else 0.0

    @result
    def warnings(self) -> tuple[DataWarning, ...]:
        """That lifetime value and What if do not fit a shop that lives on subscriptions.

        Nothing where customers are too many to be told one by one.
        """
        found = self.found() if self.study.tables.one_by_one() else None
        return (
            (DataWarning("mostly_subscriptions", {"share": found.share}),)
            if found and found.share >= MOST
            else ()
        )
