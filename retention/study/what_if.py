"""What a rise of retention would earn a shop: where it starts from, and which footing answers."""

from __future__ import annotations

import math
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from retention.errors import DataWarning, InputError
from retention.lifetime_value import Wanted, spread_of_steady
from retention.periods import PER_YEAR
from retention.study.footings import Footings
from retention.study.memo import result
from retention.study.question import Question, Segment, Start, no_such_segment
from retention.what_if import (
    FOOTINGS,
    LIMITS,
    MODEL_DRAWS,
    LastYear,
    Takings,
    constant_retention,
    last_span,
    others,
    revenue_of_last_year,
    tried,
)

if TYPE_CHECKING:
    from retention.lifetime_value import TimeUnit
    from retention.periods import Period
    from retention.what_if import Base, Footing, FootingCode, Others, Plan, Span, Tried

_LONGEST = LIMITS["years"][1]
_PERIODS: tuple[Period, ...] = ("month", "quarter", "year")


class WhatIf(Footings):
    """Where a simulation starts from, and which footing answers."""

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

    def look_far(self, question: Question) -> None:
        """Follow the purchase model's customers to the longest horizon now, so that no change of it waits."""
        asked, segment = (question.wanted, question.unit, question.period), question.segment
        self.of(segment)._followed(*asked)  # noqa: SLF001  of another part of the same kind
        if segment is not None:
            self._others(segment)._followed(*asked)  # noqa: SLF001  as above

    @result(heavy="footing")
    def _followed(self, wanted: Wanted, unit: TimeUnit, period: Period) -> None:
        found, shop = self.by_purchases(wanted, unit, period), self.base(period, wanted)
        if found is not None and shop is not None:
            base, footing = found
            longest = round(_LONGEST * base.per_year)
            footing.unchanged_streams(longest, 0.0, shop.course)
            footing.unchanged_payments(longest, growth=0.0)

    @result
    def start(self, question: Question) -> Start | None:
        """Where the simulation starts from; None without a customer in the last complete year.

        Raises
        ------
        InputError
            ``no_cohort_curve``, ``no_purchases_ahead``, or why a model cannot be fitted; ``no_footing_holds``
            where the one that did best is asked for and none did well enough.
        """
        if question.footing is None:
            return self.start(replace(question, footing=self.recommended(question)))
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

    def _footed(self, question: Question, draws: int = MODEL_DRAWS) -> tuple[Base, Footing] | None:
        """The base with typed figures in place of measured ones, and how its customers leave."""
        measured = self.base(question.period, question.wanted)
        if measured is None:
            return None
        base = question.base(measured)
        if question.footing == "purchases":
            found = self.by_purchases(question.wanted, question.unit, question.period, draws)
            if found is None:
                raise InputError("no_purchases_ahead")
            revenue = math.hypot(found[0].doubt.revenue, self._shaken(question))
            doubt = replace(found[0].doubt, won=base.doubt.won, revenue=revenue)
            won = base.won_per_period
            return replace(found[0], won_per_period=won, doubt=doubt, course=base.course), found[1]
        if question.footing == "cohorts":
            footing = self.by_cohorts(question.period)
            if footing is None:
                raise InputError("no_cohort_curve")
            return base, footing
        counted = (
            None if question.retention is not None else self.constant(question.period, strict=question.strict)
        )
        return base, counted or constant_retention(
            question.typed_retention, new_share=self.new_share(question.period)
        )

    def _shaken(self, question: Question) -> float:
        """Relative error that months good or bad for the whole shop give what it brings until the horizon."""
        models = self.study.whole.models
        model = models.purchases(models.chosen(question.wanted), question.unit)
        return spread_of_steady(model, question.plan.years * PER_YEAR["day"])

    def recommended(self, question: Question) -> FootingCode:
        """The footing that reproduced the last year best; the textbook's where none could be tried.

        Raises
        ------
        InputError
            ``no_footing_holds`` where each missed it by too much.
        """
        year = self._held_against(question)
        if year is None:
            return "constant"
        if year.recommended is None:
            raise InputError("no_footing_holds", first=year.span.first, last=year.span.last)
        return year.recommended

    def gains(self, question: Question) -> dict[FootingCode, float]:
        """What the rise brings by every footing that holds, present value; the best first."""
        year = self._held_against(question)
        found: dict[FootingCode, float] = {}
        for code in () if year is None else year.holding:
            with suppress(InputError):  # what could be fitted to a part need not be so to the whole
                start = self.start(replace(question, footing=code))
                if start is not None:
                    found[code] = start.gain
        return found

    def others(self, start: Start) -> Others | None:
        """What the footings say that also hold, beside the one that answers; None where none holds at all."""
        answer = start.answer.present.firm.absolute
        return others(self.gains(start.question), start.footing.code, answer)

    def _held_against(self, question: Question) -> LastYear | None:
        return self.study.whole.what_if.last_year(
            question.period, question.wanted, question.unit, strict=question.strict
        )

    @result(heavy="last_year")
    def last_year(
        self, period: Period, wanted: Wanted, unit: TimeUnit, *, strict: bool = False
    ) -> LastYear | None:
        """Every footing, built of what was known before the last year, against it; None without enough data.

        Parameters
        ----------
        wanted, unit : of the purchase model: of all the data, its parameters of what was known then
        strict : of the textbook's footing, see `constant`
        """
        span = last_span(self.study.window, period)
        if span is None:
            return None
        variant = self.study.models.chosen(wanted)
        question = Question(
            period,
            span.as_it_is,
            wanted=Wanted(variant.kind, variant.k, season=variant.season),
            unit=unit,
            strict=strict,
        )
        then, came = self.study.until(span.until).what_if, self._came(span)
        asked = {code: replace(question, footing=code) for code in FOOTINGS}
        found = {code: then._tried(span, one, came) for code, one in asked.items()}  # noqa: SLF001  as above
        return LastYear(span, found)

    def _came(self, span: Span) -> Takings:
        """Net revenue of every period of a span, and of customers who were known before it."""
        periods, flows = list(span.numbers), self.study.shop.flows(span.period).table
        cells = self.study.tables.cells(span.period)
        known = cells[cells["cohort"] < periods[0]]
        sums = (known["revenue"] + known["refunds"]).groupby(known["period"]).sum()
        return Takings(
            all=tuple(flows.set_index("period")["revenue"].loc[periods].tolist()),
            known=tuple(sums.reindex(periods, fill_value=0.0).tolist()),
        )

    def _tried(self, span: Span, question: Question, came: Takings) -> Tried | DataWarning:
        """One footing, as it would have stood on the eve of a span, against what came."""
        if question.footing == "constant" and self.constant(span.period, strict=question.strict) is None:
            return DataWarning("nothing_to_try")
        try:
            found = self._footed(question, draws=0)
        except InputError as refused:
            return DataWarning(refused.code, refused.details)
        return DataWarning("nothing_to_try") if found is None else tried(span, *found, came)
