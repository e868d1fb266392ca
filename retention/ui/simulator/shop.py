"""The shop the What if page starts from, or the customers of one segment: measured once per data set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from retention import aggregate, flows as flows_of
from retention.cohorts import cohort_table
from retention.errors import InputError
from retention.ui.state import loaded, models, settings
from retention.what_if import cohort_curve, growth_with_age, measured_base, purchase_footing

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from retention.flows import Flows, Retention
    from retention.orders import Orders
    from retention.periods import Period
    from retention.what_if import Base, CohortCurve, Footing, Growth

STEPS: tuple[Period, ...] = ("month", "quarter", "year")


@dataclass(frozen=True)
class Part:
    """The customers of one segment by their first purchase, or all others.

    Attributes
    ----------
    column : of the orders, that holds the segment
    level : the segment, "" for customers whose first purchase names none
    within : whether these are meant, or all others
    """

    column: str
    level: str
    within: bool = True

    @property
    def others(self) -> Part:
        """Everybody else."""
        return replace(self, within=False)


@dataclass(frozen=True)
class Today:
    """The shop or a part of it as it stands: measured, or an example where nothing is loaded.

    Attributes
    ----------
    active, won, revenue : customers of the last complete period; new ones a period; money per active customer
    measured : retention with its draws; None where there is no transition to measure it on
    new_share : part of the active customers that is new
    """

    active: float
    won: float
    revenue: float
    measured: Retention | None = None
    new_share: float = 0.0


_EXAMPLE = Today(1000.0, 650.0, 50.0)  # neither grows nor shrinks where 35 % stay


def steps() -> tuple[Period, ...]:
    """The periods with at least one transition between complete ones; months where there is none."""
    if loaded.source() is None:
        return STEPS
    return tuple(step for step in STEPS if loaded.measured_retention(step) is not None) or ("month",)


def today(step: Period, part: Part | None = None) -> Today | None:
    """The shop or a part of it; None without a customer in the complete periods of the last year."""
    if loaded.source() is None:
        return _EXAMPLE
    found = flows(step, part)
    base = measured_base(found)
    if base is None:
        return None
    last = found.complete.iloc[-1]
    new_share = float(last["new"]) / base.active if base.active > 0 else 0.0
    measured = retention(step, part)
    return Today(base.active, base.won_per_period, base.revenue_per_active, measured, new_share)


def flows(step: Period, part: Part | None = None) -> Flows:
    """Flows of the shop or of a part of it."""
    if part is None:
        return loaded.flows(step)
    return loaded.computed("part_flows", lambda: flows_of.flows(orders(part), step), (step, part))


def retention(step: Period, part: Part | None = None) -> Retention | None:
    """Retention of the shop or of a part of it, its bootstrap drawn once."""
    if part is None:
        return loaded.measured_retention(step)
    return loaded.computed(
        "part_retention", lambda: flows_of.measured_retention(orders(part), step), (step, part)
    )


def orders(part: Part | None = None) -> Orders:
    """The orders of the shop or of a part of it."""
    whole = loaded.intake().orders
    if part is None:
        return whole
    theirs, others = loaded.computed(
        "part_orders",
        lambda: aggregate.split(whole, part.column, part.level),
        (part.column, part.level),
    )
    return theirs if part.within else others


def levels(column: str) -> list[str]:
    """The segments of a column, those with the most customers first; "" where a first purchase names none."""

    def count() -> list[str]:
        named = loaded.people()[column].fillna("").rename("level")
        counted = named.value_counts().rename_axis("level").reset_index(name="customers")
        return list(counted.sort_values(["customers", "level"], ascending=[False, True])["level"])

    return loaded.computed("part_levels", count, column)


def columns() -> dict[str, str]:
    """The columns of segments, by the file's own headings; none where nothing is loaded."""
    return {} if loaded.source() is None else dict(loaded.intake().orders.segments)


def chosen(values: Mapping[str, Any]) -> Part | None:
    """The segment some settings are about; None where they are about everybody.

    Settings hold a segment by its place among those of its column, so that a link names no customer's: on
    other data it is another segment, or none.

    Raises
    ------
    InputError
        ``segment_not_here`` where this data has none at that place.
    """
    if values["reach"] != "segment":
        return None
    which, place = int(values["reach_column"]), int(values["reach_segment"])
    offered = list(columns().values())
    named = levels(offered[which]) if which < len(offered) else []
    if place >= len(named):
        raise InputError("segment_not_here", place=place + 1)
    return Part(offered[which], named[place])


def curve(step: Period, part: Part | None = None) -> CohortCurve:
    """How customers stay by age, from the cohorts of the shop or of a part of it, drawn once.

    Raises
    ------
    InputError
        ``no_cohort_curve`` where no cohort has been followed over a complete step.
    """
    found: CohortCurve | None = loaded.computed(
        "cohort_curve", lambda: cohort_curve(orders(part), step), (step, part)
    )
    if found is None:
        raise InputError("no_cohort_curve")
    return found


def by_purchases(step: Period, part: Part | None = None) -> tuple[Base, Footing]:
    """Today's customers by the purchase model of the whole shop.

    Raises
    ------
    InputError
        ``no_purchases_ahead`` where the model expects nothing of anybody, or why it cannot be fitted.
    """

    def compute() -> tuple[Base, Footing] | None:
        found = purchase_footing(
            people(part),
            models.purchase_model("week"),
            models.spend_model(),
            period=step,
            won_per_period=0.0,
            net_share=loaded.flows("month").net_share(),
        )
        if found is not None:
            _look_far(*found)
        return found

    found = loaded.computed("purchase_footing", compute, (step, part, models.purchase_kind()))
    if found is None:
        raise InputError("no_purchases_ahead")
    return found


def _look_far(base: Base, footing: Footing) -> None:
    """Follow customers as they are to the longest horizon now, so that no change of it waits for that."""
    longest = round(settings.LONGEST * base.per_year)
    footing.as_it_is(longest, growth=0.0)
    footing.paid_as_it_is(longest, growth=0.0)


def people(part: Part | None = None) -> pd.DataFrame:
    """One row per customer of the shop or of a part of it."""
    everybody = loaded.people()
    if part is None:
        return everybody
    theirs = everybody[part.column].fillna("") == part.level
    return everybody[theirs == part.within]


def growth(step: Period) -> Growth | None:
    """What a customer spends more with every period of age; None where that cannot be measured."""
    return loaded.computed("growth", lambda: growth_with_age(cohort_table(orders(), step)), step)
