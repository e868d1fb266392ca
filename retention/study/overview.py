"""The first page's figures: each period by period, what changed most, who is active, three signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import overview
from retention.study.memo import Part, result

if TYPE_CHECKING:
    from retention.overview import ActiveFlows, Candidate, ComingBack, NotableChanges, Sign, Trend
    from retention.periods import Period


class Overview(Part):
    """How many stay, what changed, whether it works."""

    @result
    def usual_days(self) -> int:
        """N: the usual days to watch for the next purchase."""
        return overview.usual_days(self.study.tables.gaps("day"))

    def trends(self, period: Period, within: int) -> tuple[Trend, ...]:
        """Every figure period by period."""
        return (*self._calendar(period), *self._followed(period, within))

    @result
    def _calendar(self, period: Period) -> tuple[Trend, ...]:
        return overview.calendar_trends(
            self.study.shop.flows(period), self.study.tables.order_values(period), self.study.window
        )

    @result
    def _followed(self, period: Period, within: int) -> tuple[Trend, ...]:
        tables, study = self.study.tables, self.study
        return overview.followed_trends(
            tables.followed(period, within),
            tables.followed(period, within, "number"),
            study.window,
            period,
            within,
            study.shop.known_from(),
        )

    @result
    def notable_changes(self, period: Period, within: int) -> NotableChanges:
        """The changes that stand out."""
        followed = overview.followed_by_number(
            self.study.tables.followed(period, within, "number"),
            self.study.window,
            period,
            within,
            self.study.shop.known_from(),
        )
        trends = self.trends(period, within)
        found = [*overview.by_shop(trends), *self._by_part(period), *followed]
        return overview.notable(found, overview.growth(trends))

    @result
    def _by_part(self, period: Period) -> list[Candidate]:
        """Changes of cohorts, segments and orders by number, which wait for no next purchase."""
        tables, window, known_from = self.study.tables, self.study.window, self.study.shop.known_from()
        return [
            *overview.by_cohort(self.study.cohorts.table(period), known_from),
            *(
                found
                for by in self.study.segments.values()
                for found in overview.by_segment(
                    tables.retained_by_segment(period, by),
                    tables.order_values(period, by),
                    window,
                    period,
                    by,
                )
            ),
            *overview.by_number(tables.order_values(period, "number"), window, period, known_from),
        ]

    @result
    def signs(self, within: int) -> tuple[Sign, Sign, Sign]:
        """Three signs that customers become more loyal."""
        return overview.signs(self.study.tables.early_life("month", within), self.study.window, within)

    @result
    def coming_back(self) -> tuple[ComingBack, ...]:
        """Every figure of how many come back, side by side, by month and as usual."""
        study = self.study
        return overview.coming_back(
            study.cohorts.table("month"),
            self.trends("month", self.usual_days()),
            study.dropoff.steps(),
            study.shop.metrics("month"),
            study.shop.retention("month"),
        )

    @result
    def active_flows(self, period: Period, days: int | None = None) -> ActiveFlows:
        """Flows of customers active in the last days, by default W."""
        days = days or self.study.shop.active_days() or overview.FALLBACK_DAYS
        return overview.active_flows(self.study.tables.spells(period, days), self.study.window, period, days)
