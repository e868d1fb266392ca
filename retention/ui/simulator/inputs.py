"""The What if page's controls, in three groups: today, the change, the money; the rest in a closed part."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import streamlit as st

from retention.errors import InputError
from retention.statistics import named_ends
from retention.study import EXAMPLE, Question
from retention.text.model_names import model_name
from retention.ui.parts import controls, forecast, screen
from retention.ui.simulator import last_year, question
from retention.ui.state import settings
from retention.ui.state.settings import get

if TYPE_CHECKING:
    from retention.flows import Retention
    from retention.periods import Period
    from retention.study import Segment, Study
    from retention.what_if import Base, FootingCode, LastYear

_REACHES = ("all", "first", "segment")


@dataclass(frozen=True)
class _Today:
    """Whom the programme reaches, as they are: measured, or an example where nothing is loaded.

    Attributes
    ----------
    base : None without a customer in the last complete year
    measured : None where there is no transition to measure it on
    footing : that answers, None where none does
    """

    study: Study | None
    step: Period
    segment: Segment | None
    footing: FootingCode | None

    @property
    def base(self) -> Base | None:
        if self.study is None:
            return EXAMPLE
        return self.study.what_if.of(self.segment).base(self.step, settings.wanted())

    @property
    def measured(self) -> Retention | None:
        return (
            None
            if self.study is None
            else self.study.what_if.of(self.segment).study.shop.retention(self.step)
        )


def footing(study: Study | None) -> LastYear | None:
    """What the answer rests on, chosen and explained in a sentence; without a file there is but one.

    Returns
    -------
    How every footing would have foreseen the last year
    """
    if study is None:
        screen.invite("simulator.no_file")
        return None
    controls.choice("footing")
    year = question.last_year(study)
    chosen = question.footing(study, year)
    if chosen is not None:
        _explained(study, chosen)
    last_year.show(year)
    return year


def _explained(study: Study, chosen: FootingCode) -> None:
    named = None
    if chosen == "purchases":
        with suppress(InputError):  # where no model can be fitted the answer says why
            named = model_name(study.models.chosen(settings.wanted()), screen.words())
    screen.text(f"simulator.footing.{chosen}", step=get("step"), model=named)


def show(study: Study | None, year: LastYear | None) -> None:
    """The groups, in the order a person thinks of them."""
    missed = _settle_reach(study)
    _group("simulator.today")
    step = cast("Period", controls.choice("step", None if study is None else study.what_if.periods()))
    segment = question.segment(study, question.on_page())
    today = _Today(study, step, segment, question.footing(study, year))
    _as_it_is(today)
    _group("simulator.change")
    controls.choice("uplift_kind")
    controls.number("uplift", width="stretch")
    _reach(study)
    if missed:
        screen.text("simulator.segment.first")
    _group("simulator.money")
    for name in ("margin", "years", "fixed_cost", "cost_each"):
        controls.number(name, width="stretch")
    with screen.closed("simulator.advanced"):
        _advanced(today)


def _group(key: str) -> None:
    st.markdown(f"**{screen.say(key)}**")


def _as_it_is(today: _Today) -> None:
    """Retention and customers won, to be typed in place of what is measured, and what that rests on."""
    base = today.base
    if base is None:
        return
    _retention(today)
    controls.own("own_won", base.won_per_period, width="stretch")
    if today.study is not None:
        _basis(today.study, today, base)


def _retention(today: _Today) -> None:
    """Typed, or one of the measured ones; the other footings have it measured."""
    if today.measured is None or (today.footing == "constant" and controls.choice("kept") == "typed"):
        controls.number("typed_retention", width="stretch")


def _basis(study: Study, today: _Today, base: Base) -> None:
    """What the figures of today rest on."""
    measured, kept = today.measured, get("kept")
    if measured is not None and (today.footing != "constant" or kept != "typed"):
        strict = today.footing == "constant" and kept == "strict"
        rate = (measured.strict if strict else measured.textbook).rate
        screen.text("simulator.measured", n=measured.transitions, rate=rate.value, **named_ends(rate))
    if today.footing == "purchases":
        _expected(study, today, base.won_per_period)
        return
    of = "segment" if today.segment else "base"
    screen.text(
        f"simulator.{of}.{today.step}",
        active=base.active,
        won=base.won_per_period,
        revenue=base.revenue_per_active,
    )


def _expected(study: Study, today: _Today, won: float) -> None:
    """Today's customers as the purchase model sees them; where it cannot, the answer says why."""
    with suppress(InputError), screen.computing():
        reached = study.what_if.of(today.segment)
        found = reached.by_purchases(settings.wanted(), Question.unit, today.step)
        if found is not None:
            told = {"active": found[0].active, "revenue": found[0].revenue_per_active, "won": won}
            screen.text("simulator.expected", step=today.step, **told)
            forecast.line(study.value(settings.wanted()))


def _columns(study: Study | None) -> dict[str, str]:
    """The columns of segments, by the file's own headings; none where nothing is loaded."""
    return {} if study is None else dict(study.segments)


def _settle_reach(study: Study | None) -> bool:
    """Put the first segment in the place of one this data has not, and everybody where it has none at all.

    Returns
    -------
    Whether a segment was asked for that is not there
    """
    columns = _columns(study)
    if get("reach") != "segment":
        return False
    if not columns:
        st.session_state["reach"] = "all"
        return True
    try:
        question.segment(study, question.on_page())
    except InputError:
        if int(get("reach_column")) >= len(columns):
            st.session_state["reach_column"] = 0
        st.session_state["reach_segment"] = 0
        return True
    return False


def _reach(study: Study | None) -> None:
    """Everybody, the first step, or one segment, which is then chosen."""
    columns = _columns(study)
    offered = _REACHES if columns else _REACHES[:2]
    if controls.choice("reach", offered) != "segment" or study is None:
        return
    if len(columns) > 1:
        _pick("reach_column", list(columns))
    column = list(columns.values())[int(get("reach_column"))]
    none = screen.words().say("dropoff.not_given")
    _pick("reach_segment", [name or none for name in study.shop.segments(column)])


def _pick(name: str, named: list[str]) -> None:
    """One of the file's own names, kept by its number: a link then holds none of them."""
    offered = list(range(len(named)))
    if st.session_state.get(name) not in offered:
        st.session_state[name] = 0
    st.selectbox(
        screen.say(f"setting.{name}"),
        offered,
        format_func=named.__getitem__,
        key=name,
        persist_state="session",
    )


def _advanced(today: _Today) -> None:
    """What is usually left as it is."""
    controls.number("bites_after", width="stretch")
    controls.number("discount", width="stretch")
    if today.footing != "purchases":  # which follows one customer to the horizon, from the first payment on
        controls.choice("form")
        if today.base is not None:
            controls.own("own_active", today.base.active, width="stretch")
            controls.own("own_revenue", today.base.revenue_per_active, width="stretch")
    _growth(today)


def _growth(today: _Today) -> None:
    offered = ("off", "typed") if today.study is None else None
    chosen = controls.choice("growth_from", offered)
    if chosen == "typed":
        controls.number("typed_growth", width="stretch")
    if today.study is None:
        return
    found = today.study.what_if.growth(today.step)
    if found is None:
        screen.text("simulator.growth.none")
        return
    ends = {"rate": found.rate.value, **named_ends(found.rate)}
    screen.text(f"simulator.growth.{'clear' if found.is_seen else 'unclear'}", step=today.step, **ends)
