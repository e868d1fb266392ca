"""A question to the simulation, and where its answer starts from: the shop, its plan, how customers leave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from retention.errors import InputError
from retention.lifetime_value import OPEN
from retention.what_if import (
    Base,
    Doubt,
    FirstYear,
    constant_retention,
    gain_grid,
    other_reading,
    sensitivity,
    simulate,
)

if TYPE_CHECKING:
    import pandas as pd

    from retention.lifetime_value import TimeUnit, Wanted
    from retention.periods import Period
    from retention.what_if import Footing, FootingCode, OtherReading, Plan, Simulation


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
    plan : what is tried; its growth counts unless growth is measured
    footing : how customers stay and leave; None for what reproduced the last year best
    wanted, unit : of the purchase model, on its footing, and whose season the year has
    strict : whether those who return after a pause do not count as staying
    retention : typed in place of the measured one
    unmeasured : retention where none can be measured, as where there is no data
    active, won, revenue : typed in place of what the last complete year shows
    measured_growth : whether customers spend more with age as they did so far
    segment : whom alone the programme reaches
    """

    period: Period
    plan: Plan
    footing: FootingCode | None = "constant"
    wanted: Wanted = OPEN
    unit: TimeUnit = "week"
    strict: bool = False
    retention: float | None = None
    unmeasured: float = 0.0
    active: float | None = None
    won: float | None = None
    revenue: float | None = None
    measured_growth: bool = False
    segment: Segment | None = None

    @property
    def of_own_shop(self) -> bool:
        """Whether part of the shop is typed, so that it is no longer the one of the data."""
        return any(typed is not None for typed in (self.active, self.won, self.revenue))

    @property
    def typed_retention(self) -> float:
        """The retention where no measured one counts."""
        return self.unmeasured if self.retention is None else self.retention

    @property
    def of_others(self) -> Question:
        """The same of those the programme does not reach, of whom nothing is typed."""
        return replace(self, active=None, won=None, revenue=None)

    def base(self, measured: Base) -> Base:
        """The shop with what is typed in place of what is measured."""
        return Base(
            period=measured.period,
            active=measured.active if self.active is None else self.active,
            won_per_period=measured.won_per_period if self.won is None else self.won,
            revenue_per_active=measured.revenue_per_active if self.revenue is None else self.revenue,
            doubt=Doubt(
                active=measured.doubt.active if self.active is None else 0.0,
                won=measured.doubt.won if self.won is None else 0.0,
                revenue=measured.doubt.revenue if self.revenue is None else 0.0,
            ),
            course=measured.course,
        )


@dataclass(frozen=True, eq=False)
class Start:
    """Where a simulation starts from, and what follows from there: each computed on first use and kept.

    Attributes
    ----------
    question : that is answered
    base, plan, footing : as `retention.what_if.simulate` takes them
    rest : where one segment alone is reached, the others
    last_year : net revenue of the last whole year, money; None where there is none, or the shop is another
    """

    question: Question
    base: Base
    plan: Plan
    footing: Footing
    rest: tuple[Base, Footing] | None = None
    last_year: float | None = None

    @property
    def won(self) -> float:
        """Customers won in a period, those the programme does not reach among them."""
        return self.base.won_per_period + (self.rest[0].won_per_period if self.rest else 0.0)

    @property
    def reaches_everybody(self) -> bool:
        """Whether the programme lifts every step of every customer."""
        return self.question.segment is None and self.plan.steps == "all"

    @cached_property
    def answer(self) -> Simulation:
        """Profit with and without the rise."""
        return simulate(self.base, self.plan, self.footing, self.rest)

    @cached_property
    def gain(self) -> float:
        """Present value of what the rise brings the firm; nothing is drawn for it."""
        rest = None if self.rest is None else (self.rest[0].estimate, self.rest[1].estimate)
        alone = simulate(self.base.estimate, self.plan, self.footing.estimate, rest)
        return alone.present.firm.absolute.value

    @cached_property
    def other_reading(self) -> OtherReading:
        """The same with the rise in percent where it was in points, or the other way."""
        return other_reading(self.base, self.plan, self.footing, self.rest)

    @cached_property
    def sensitivity(self) -> pd.DataFrame:
        """What the gain hangs on: each input a tenth either way."""
        return sensitivity(self.base, self.plan, self.footing)

    @cached_property
    def gain_by_margin(self) -> pd.DataFrame:
        """The gain by the size of the rise and by the margin."""
        return gain_grid(self.base, self.plan, self.footing, "margin", self.rest)

    @cached_property
    def gain_by_retention(self) -> pd.DataFrame:
        """The gain by the size of the rise and by today's retention."""
        return gain_grid(self.base, self.plan, self.footing, "retention", self.rest)

    @property
    def first_year(self) -> FirstYear | None:
        """The first year ahead beside the last one; None where there is no such year to set it beside."""
        if self.last_year is None:
            return None
        return FirstYear(self.plan.margin * self.last_year, self.answer.unchanged_first_year)


EXAMPLE = Base("month", 1000.0, 650.0, 50.0)  # where no file is loaded: keeps its size where 35 % stay


def without_data(question: Question) -> Start:
    """Where an example shop, or one typed in, would start from.

    Raises
    ------
    InputError
        ``nothing_loaded`` where something is to be measured.
    """
    if question.measured_growth:
        raise InputError("nothing_loaded")
    base = question.base(replace(EXAMPLE, period=question.period))
    return Start(question, base, question.plan, constant_retention(question.typed_retention))


def no_such_segment(place: int) -> InputError:
    """That the data has no segment at a place, counted from 0."""
    return InputError("segment_not_here", place=place + 1)
