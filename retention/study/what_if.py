"""The shop a simulation starts from, on each footing, and what a rise of retention would earn there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from retention.errors import InputError
from retention.study.memo import Part, result
from retention.what_if import (
    LIMITS,
    Base,
    cohort_curve,
    constant_retention,
    gain_grid,
    growth_with_age,
    measured_base,
    other_reading,
    purchase_footing,
    sensitivity,
    simulate,
)

if TYPE_CHECKING:
    import pandas as pd

    from retention.lifetime_value import PurchaseKind, TimeUnit
    from retention.periods import Period
    from retention.what_if import CohortCurve, Footing, FootingCode, Growth, OtherReading, Plan, Simulation

_LONGEST = LIMITS["years"][1]


@dataclass(frozen=True)
class Segment:
    """Customers of one segment by their first purchase.

    Attributes
    ----------
    column : of the orders, that holds it
    name : "" for customers whose first purchase names none
    """

    column: str
    name: str


@dataclass(frozen=True)
class Question:
    """What is asked of the simulation; what is not typed is measured.

    Attributes
    ----------
    period : of the simulation
    plan : what is tried; its growth counts where `growth` is None
    footing : how customers stay and leave
    kind, unit : of the purchase model, on its footing
    strict : whether those who return after a pause do not count as staying
    retention : typed in place of the measured one; needed where there is no data
    active, won, revenue : typed in place of what the last complete year shows
    measured_growth : whether customers spend more with age as they did so far
    segment : whom alone the programme reaches
    """

    period: Period
    plan: Plan
    footing: FootingCode = "constant"
    kind: PurchaseKind = "bg_nbd"
    unit: TimeUnit = "week"
    strict: bool = False
    retention: float | None = None
    active: float | None = None
    won: float | None = None
    revenue: float | None = None
    measured_growth: bool = False
    segment: Segment | None = None


@dataclass(frozen=True, eq=False)
class Start:
    """Where a simulation starts from, ready to be followed.

    Attributes
    ----------
    base, plan, footing : as `retention.what_if.simulate` takes them
    rest : where one segment alone is reached, the others
    """

    base: Base
    plan: Plan
    footing: Footing
    rest: tuple[Base, Footing] | None = None


EXAMPLE = Base("month", 1000.0, 650.0, 50.0)  # where no file is loaded: keeps its size where 35 % stay


def without_data(question: Question) -> Start:
    """Where an example shop, or one typed in, would start from."""
    base = _typed(replace(EXAMPLE, period=question.period), question)
    return Start(base, question.plan, constant_retention(question.retention or 0.0, new_share=0.0))


class WhatIf(Part):
    """Footings of a simulation, and its answers."""

    @result
    def base(self, period: Period) -> Base | None:
        """The shop as its last complete year shows it; None without a customer in it."""
        return measured_base(self.study.shop.flows(period))

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
    def by_purchases(self, kind: PurchaseKind, unit: TimeUnit, period: Period) -> tuple[Base, Footing] | None:
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
            whole.models.purchases(kind, unit),
            whole.models.spend(),
            period=period,
            won_per_period=0.0,
            net_share=whole.shop.net_share(),
        )

    @result(heavy="footing")
    def look_far(self, kind: PurchaseKind, unit: TimeUnit, period: Period) -> None:
        """Follow the purchase model's customers to the longest horizon now, so that no change of it waits."""
        found = self.by_purchases(kind, unit, period)
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
        segment, plan = question.segment, question.plan
        reached = self if segment is None else self.study.of_segment(segment.column, segment.name).what_if
        found = reached._footed(question)  # noqa: SLF001  of another part of the same kind
        if found is None:
            return None
        if question.measured_growth:
            growth = self.growth(question.period)
            plan = replace(plan, growth=growth.rate.value if growth else 0.0)
        rest = None
        if segment is not None:
            others = self.study.of_segment(segment.column, segment.name, others=True).what_if
            rest = others._footed(replace(question, active=None, won=None, revenue=None))  # noqa: SLF001
        return Start(found[0], plan, found[1], rest)

    def _footed(self, question: Question) -> tuple[Base, Footing] | None:
        """The base with typed figures in place of measured ones, and how its customers leave."""
        measured = self.base(question.period)
        if measured is None:
            return None
        if question.footing == "purchases":
            found = self.by_purchases(question.kind, question.unit, question.period)
            if found is None:
                raise InputError("no_purchases_ahead")
            won = measured.won_per_period if question.won is None else question.won
            return replace(found[0], won_per_period=won), found[1]
        base = _typed(measured, question)
        if question.footing == "cohorts":
            curve = self.curve(question.period)
            if curve is None:
                raise InputError("no_cohort_curve")
            return base, curve.footing
        measured_footing = self.constant(question.period, strict=question.strict)
        if measured_footing is None or question.retention is not None:
            typed = question.retention or 0.0
            return base, constant_retention(typed, new_share=self.new_share(question.period))
        return base, measured_footing

    @result
    def answer(self, question: Question) -> Simulation | None:
        """Profit with and without the rise; None without a customer to start from."""
        start = self.start(question)
        return None if start is None else simulate(start.base, start.plan, start.footing, start.rest)

    @result
    def other_reading(self, question: Question) -> OtherReading | None:
        """The same with the rise in percent where it was in points, or the other way."""
        start = self.start(question)
        return None if start is None else other_reading(start.base, start.plan, start.footing, start.rest)

    @result
    def sensitivity(self, question: Question) -> pd.DataFrame | None:
        """What the gain hangs on: each input a tenth either way."""
        start = self.start(question)
        return None if start is None else sensitivity(start.base, start.plan, start.footing)

    @result
    def gain_grid(self, question: Question, by: Literal["margin", "retention"]) -> pd.DataFrame | None:
        """The gain by the size of the rise and by one more input."""
        start = self.start(question)
        return None if start is None else gain_grid(start.base, start.plan, start.footing, by, start.rest)

    @result
    def growth(self, period: Period) -> Growth | None:
        """What a customer spends more with every period of age; None where that cannot be measured."""
        return growth_with_age(self.study.cohorts.table(period))


def _typed(measured: Base, question: Question) -> Base:
    """A base with what is typed in place of what is measured."""
    own: dict[str, Any] = {
        "active": question.active,
        "won_per_period": question.won,
        "revenue_per_active": question.revenue,
    }
    return replace(measured, **{name: value for name, value in own.items() if value is not None})
