"""What the What if page's answer rests on, closed until asked for."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import streamlit as st

from retention.errors import InputError
from retention.statistics import named_ends, value_of
from retention.story import simulator as told
from retention.text.model_names import model_name
from retention.ui.parts import screen
from retention.ui.simulator import last_year
from retention.ui.state import settings
from retention.ui.state.settings import get

if TYPE_CHECKING:
    from retention.study import Start, Study
    from retention.what_if import Base, FootingCode, LastYear, Others, Tried


def on(
    study: Study | None, start: Start, year: LastYear | None, tried: Tried | None, others: Others | None
) -> None:
    """What each way of reckoning says, how each would have foreseen the last year, and where it starts."""
    with screen.closed("simulator.rests"):
        _methods(start, year, tried, others)
        _basis(start)
        if study is not None:
            _explained(study, start.footing.code)
            last_year.show(year)
            _figures(study, start)
        _check(start, tried)
        _risen(start, tried)
        if start.plan.uplift > 0:
            _other_reading(start)
        screen.text(f"simulator.claim.why.{start.footing.code}")


def _methods(start: Start, year: LastYear | None, tried: Tried | None, others: Others | None) -> None:
    """What the other ways say that foresaw the last year, and why budgets add up to more than the gain."""
    said = told.methods(told.Answer(start, year, tried, others), screen.markdown_words())
    if said:
        screen.paragraph(*said)


def _explained(study: Study, chosen: FootingCode) -> None:
    named = None
    if chosen == "purchases":
        with suppress(InputError):  # where no model can be fitted the answer says why
            named = model_name(study.models.chosen(settings.wanted()), screen.words())
    screen.text(f"simulator.footing.{chosen}", step=get("step"), model=named)


def _figures(study: Study, start: Start) -> None:
    """What the figures of today rest on."""
    step = start.base.period
    measured = study.what_if.of(start.question.segment).study.shop.retention(step)
    if measured is not None and start.question.retention is None:
        rate = (measured.strict if start.question.strict else measured.textbook).rate
        screen.text("simulator.measured", n=measured.transitions, rate=rate.value, **named_ends(rate))
    if start.footing.code == "purchases":
        screen.text("simulator.expected", step=step, **_told(start.base))
        return
    base = study.what_if.of(start.question.segment).base(step, start.question.wanted)
    if base is not None:
        screen.text(f"simulator.{'segment' if start.question.segment else 'base'}.{step}", **_told(base))


def _told(base: Base) -> dict[str, float]:
    return {"active": base.active, "won": base.won_per_period, "revenue": base.revenue_per_active}


def _check(start: Start, tried: Tried | None) -> None:
    """The projection's first year beside the last one, where they agree, or the last one speaks for it."""
    year = start.first_year
    if year is not None and (year.alike or tried is not None):
        screen.text("simulator.check", past=year.past, first=year.ahead)


def _risen(start: Start, tried: Tried | None) -> None:
    """That customers of some months rose, which did not keep the last year from being foreseen."""
    warning = told.risen(start, tried)
    if warning is not None:
        screen.text("simulator.risen", **warning.details)


def _other_reading(start: Start) -> None:
    other = start.other_reading
    screen.text(
        f"simulator.other.{'relative' if start.plan.kind == 'points' else 'points'}",
        uplift=start.plan.hundredths,
        after=other.retention_after,
        gain=other.firm.absolute.value,
        rise=value_of(other.firm.relative),
    )


def _basis(start: Start) -> None:
    """What the sentence takes for granted."""
    result = start.answer
    footing = screen.words().say(f"simulator.footing.short.{result.footing}")
    terms = {
        "discount": start.plan.discount_rate,
        "margin": start.plan.margin,
        "won": start.won,
        "footing": footing,
    }
    sure = f"interval.{result.footing}" if result.present.firm.absolute.ends else "typed"
    said = [screen.say("simulator.basis", step=start.base.period, **terms)]
    if start.question.segment is not None and result.footing == "cohorts":
        said.append(screen.say("simulator.basis.parts"))
    st.caption(" ".join([*said, *_curve(start), screen.say(f"simulator.basis.{sure}")]))


def _curve(start: Start) -> list[str]:
    """What the curve of the cohorts takes customers' own risk to do, and how that was tried."""
    curve = start.footing.curve
    return [] if curve is None else [screen.say(f"simulator.curve.{curve.own_risk}")]
