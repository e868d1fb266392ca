"""The What if page's settings as one question to the simulation; a kept scenario's settings make another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.errors import InputError
from retention.story import simulator as told
from retention.study import Question, no_such_segment, without_data
from retention.ui.parts import problems, screen
from retention.ui.parts.cached import cached
from retention.ui.simulator import last_year as tried_ones
from retention.ui.state import scenarios, settings
from retention.what_if import FOOTINGS, Plan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention.study import Segment, Start, Study
    from retention.what_if import FootingCode, LastYear, Others, Tried

_MONTHS = 12  # in a year


def on_page() -> dict[str, Any]:
    """The page's settings as they are now."""
    return {name: settings.get(name) for name in scenarios.ASKED}


def asked(study: Study | None, year: LastYear | None) -> Start:
    """What the page asks, ready to be answered; where the data cannot, the page ends with a sentence."""
    with problems.input_errors(), screen.computing():
        try:
            found = start(study, on_page())
        except InputError as refused:
            if refused.code != "no_footing_holds":
                raise
            tried_ones.show(year)
            screen.stop("simulator.last_year.no_answer")
    if found is None:
        screen.stop("simulator.not_measurable")
    return found


def last_year(study: Study | None) -> LastYear | None:
    """How every footing would have foreseen the last year; None where that cannot be tried."""
    if study is None:
        return None
    strict = settings.get("kept") == "strict"
    with screen.computing():
        return study.what_if.last_year(settings.get("step"), settings.wanted(), Question.unit, strict=strict)


def footing(study: Study | None, year: LastYear | None) -> FootingCode | None:
    """The footing the page answers on; None where the best is asked for and none does well enough."""
    if study is None:
        return "constant"
    chosen = _footing(settings.get("footing"))
    if chosen is None:
        return "constant" if year is None else year.recommended
    return chosen


def tried(year: LastYear | None, start: Start) -> Tried | None:
    """How the answer's footing did on the last year; None where it was not tried, or the shop is typed."""
    return told.tried(year, start)


def others(study: Study | None, start: Start) -> Others | None:
    """What the rise brings by the other footings that foresaw the last year well enough."""
    return None if study is None else study.what_if.others(start)


def _footing(chosen: str) -> FootingCode | None:
    """A footing by its code; None for the one that did best."""
    return next((code for code in FOOTINGS if code == chosen), None)


def start(study: Study | None, values: Mapping[str, Any]) -> Start | None:
    """Where the question of some settings starts from; None where the data has nothing to start from.

    Raises
    ------
    InputError
        If a number is out of its limits, or the data is not enough for the footing.
    """
    question = of(study, values)
    if study is None:
        return cached(without_data, question)
    found = study.what_if.start(question)
    if found is not None and found.footing.code == "purchases":
        study.what_if.look_far(found.question)
    return found


def segment(study: Study | None, values: Mapping[str, Any]) -> Segment | None:
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
    column, place = int(values["reach_column"]), int(values["reach_segment"])
    if study is None:
        raise no_such_segment(place)
    return study.what_if.segment_at(column, place)


def of(study: Study | None, values: Mapping[str, Any]) -> Question:
    """What some settings ask.

    Raises
    ------
    InputError
        If a number is out of its limits, or this data has no such segment.
    """
    typed = _share(values, "typed_retention")
    return Question(
        period=values["step"],
        plan=_plan(values),
        footing="constant" if study is None else _footing(values["footing"]),
        wanted=settings.wanted(),
        strict=values["kept"] == "strict",
        retention=typed if values["kept"] == "typed" else None,
        unmeasured=typed,
        active=values["own_active"],
        won=values["own_won"],
        revenue=values["own_revenue"],
        measured_growth=values["growth_from"] == "measured",
        segment=segment(study, values),
    )


def _share(values: Mapping[str, Any], name: str) -> float:
    """A percentage as a share from 0 to 1."""
    return float(values[name] / 100)


def _plan(values: Mapping[str, Any]) -> Plan:
    return Plan(
        uplift=_share(values, "uplift"),
        kind=values["uplift_kind"],
        margin=_share(values, "margin"),
        discount_rate=_share(values, "discount"),
        years=float(values["years"]),
        form=values["form"],
        steps="first" if values["reach"] == "first" else "all",
        growth=_share(values, "typed_growth") if values["growth_from"] == "typed" else 0.0,
        fixed_cost=values["fixed_cost"],
        cost_per_customer=values["cost_each"],
        bites_after=values["bites_after"] / _MONTHS,
    )
