"""The shop a simulation starts from, on each footing, and what a rise of retention would earn there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention.errors import InputError
from retention.study.memo import Part, result
from retention.study.question import Segment, Start, no_such_segment
from retention.what_if import (
    LIMITS,
    cohort_curve,
    constant_retention,
    growth_with_age,
    measured_base,
    purchase_footing,
    revenue_of_last_year,
)

if TYPE_CHECKING:
    from retention.lifetime_value import TimeUnit, Wanted
    from retention.periods import Period
    from retention.study.question import Question
    from retention.what_if import Base, CohortCurve, Footing, Growth, Plan

_LONGEST = LIMITS["years"][1]
_PERIODS: tuple[Period, ...] = ("month", "quarter", "year")


class WhatIf(Part):
    """Footings of a simulation, and where it starts from."""

    def periods(self) -> tuple[Period, ...]:
        """Periods over which retention can be measured; months where it can over none."""
        return tuple(p for p in _PERIODS if self.study.shop.retention(p) is not None) or ("month",)

    def segment_at(self, which: int, place: int) -> Segment:
        """The segment at a place of a column, the column at a place of those that hold segments.

        Raises
        ------
        InputError
            ``segment_not_here`` where the data has none there.
        """
        columns = list(self.study.segments.values())
        named = self.study.shop.segments(columns[which]) if which < len(columns) else ()
        if place >= len(named):
            raise no_such_segment(place)
        return Segment(columns[which], named[place])

    def of(self, segment: Segment | None) -> WhatIf:
        """The same of one segment's customers alone."""
        return self if segment is None else self.study.of_segment(segment.column, segment.name).what_if

    def _others(self, segment: Segment) -> WhatIf:
        return self.study.of_segment(segment.column, segment.name, others=True).what_if

    @result
    def base(self, period: Period) -> Base | None:
        """The shop as its last complete year shows it; None without a customer in it."""
        return measured_base(self.study.shop.flows(period), self.study.tables.order_values(period))

    @result
    def new_share(self, period: Period) -> float:
        """Part of the last complete period's active customers that was new in it."""
        complete = self.study.shop.flows(period).complete
        active = int(complete["active"].iloc[-1]) if len(complete) else 0
        return float(complete["new"].iloc[-1]) / active if active else 0.0

    @result
    def constant(self, period: Period, *, strict: bool = False) -> Footing | None:
        """The rate measured, the same for everybody; None where it cannot be measured.

        Parameters
        ----------
        strict : whether those who return after a pause do not count, as the textbook counts them
        """
        measured = self.study.shop.retention(period)
        if measured is None:
            return None
        found = measured.strict if strict else measured.textbook
        return constant_retention(min(found.rate.value, 1.0), found.draws, self.new_share(period))

    @result(heavy="curve")
    def curve(self, period: Period) -> CohortCurve | None:
        """How customers stay by age; None where no cohort has been followed over a complete period."""
        return cohort_curve(self.study.tables.patterns(period), period, self.study.window)

    @result(heavy="footing")
    def by_purchases(self, wanted: Wanted, unit: TimeUnit, period: Period) -> tuple[Base, Footing] | None:
        """Today's customers by the whole shop's purchase model; None where it expects nothing of anybody.

        Nobody is won: that is set by who asks.

        Raises
        ------
        InputError
            If the model cannot be fitted.
        """
        whole = self.study.whole
        return purchase_footing(
            self.study.tables.customers(),
            whole.models.purchases(whole.models.chosen(wanted), unit),
            whole.models.spend(),
            period=period,
            won_per_period=0.0,
            net_share=whole.shop.net_share(),
        )

    def look_far(self, question: Question) -> None:
        """Follow the purchase model's customers to the longest horizon now, so that no change of it waits."""
        asked, segment = (question.wanted, question.unit, question.period), question.segment
        self.of(segment)._followed(*asked)  # noqa: SLF001  of another part of the same kind
        if segment is not None:
            self._others(segment)._followed(*asked)  # noqa: SLF001  as above

    @result(heavy="footing")
    def _followed(self, wanted: Wanted, unit: TimeUnit, period: Period) -> None:
        found = self.by_purchases(wanted, unit, period)
        if found is not None:
            base, footing = found
            longest = round(_LONGEST * base.per_year)
            footing.unchanged_streams(longest, growth=0.0)
            footing.unchanged_payments(longest, growth=0.0)

    @result
    def start(self, question: Question) -> Start | None:
        """Where the simulation starts from; None without a customer in the last complete year.

        Raises
        ------
        InputError
            ``no_cohort_curve``, ``no_purchases_ahead``, or why a model cannot be fitted.
        """
        found = self.of(question.segment)._footed(question)  # noqa: SLF001  of another part of the same kind
        if found is None:
            return None
        base, footing = found
        whole = None if question.of_own_shop else revenue_of_last_year(self.study.shop.flows(question.period))
        return Start(question, base, self._plan(question), footing, self._rest(question), whole)

    def _plan(self, question: Question) -> Plan:
        """What is tried, with the growth that counts."""
        if not question.measured_growth:
            return question.plan
        growth = self.growth(question.period)
        return replace(question.plan, growth=growth.rate.value if growth else 0.0)

    def _rest(self, question: Question) -> tuple[Base, Footing] | None:
        """Those whom a programme for one segment does not reach; None where there is nobody else."""
        if question.segment is None:
            return None
        return self._others(question.segment)._footed(question.of_others)  # noqa: SLF001  as above

    def _footed(self, question: Question) -> tuple[Base, Footing] | None:
        """The base with typed figures in place of measured ones, and how its customers leave."""
        measured = self.base(question.period)
        if measured is None:
            return None
        base = question.base(measured)
        if question.footing == "purchases":
            found = self.by_purchases(question.wanted, question.unit, question.period)
            if found is None:
                raise InputError("no_purchases_ahead")
            doubt = replace(found[0].doubt, won=base.doubt.won)
            return replace(found[0], won_per_period=base.won_per_period, doubt=doubt), found[1]
        if question.footing == "cohorts":
            curve = self.curve(question.period)
            if curve is None:
                raise InputError("no_cohort_curve")
            return base, curve.footing
        counted = (
            None if question.retention is not None else self.constant(question.period, strict=question.strict)
        )
        return base, counted or constant_retention(
            question.typed_retention, new_share=self.new_share(question.period)
        )

    @result
    def growth(self, period: Period) -> Growth | None:
        """What a customer spends more with every period of age; None where that cannot be measured."""
        return growth_with_age(self.study.cohorts.table(period))
