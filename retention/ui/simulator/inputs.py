"""The What if page's controls: four in a row, the rest in a closed part, in three groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import streamlit as st

from retention.errors import InputError
from retention.statistics import named_ends
from retention.study import EXAMPLE
from retention.ui.parts import controls, screen
from retention.ui.simulator import question
from retention.ui.state import settings
from retention.ui.state.settings import get
from retention.what_if import FOOTINGS

if TYPE_CHECKING:
    from retention.flows import Retention
    from retention.periods import Period
    from retention.study import Segment, Study
    from retention.what_if import Base, FootingCode, LastYear

_WIDTH = 180  # pixels: four stand in a row
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


def show(study: Study | None, year: LastYear | None) -> None:
    """What is asked for most, and the options; without a file also what a shop of one's own is like."""
    missed = _settle_reach(study)
    with screen.settings():
        controls.number("uplift", key=f"setting.uplift.{get('uplift_kind')}", width=_WIDTH)
        for name in ("margin", "years", "fixed_cost"):
            controls.number(name, width=_WIDTH)
    if missed:
        screen.text("simulator.segment.first")
    if study is None:
        with screen.settings():
            _own_shop()
    with screen.closed("simulator.advanced"):
        _options(study, year)


def _own_shop() -> None:
    """The shop where nothing is measured."""
    controls.number("typed_retention")
    _own(EXAMPLE)
    controls.own("own_won", EXAMPLE.won_per_period)


def _options(study: Study | None, year: LastYear | None) -> None:
    """What is usually left as it is."""
    if study is not None:
        controls.choice("footing", _offered(year))
    step = cast("Period", controls.choice("step", None if study is None else study.what_if.periods()))
    segment = question.segment(study, question.on_page())
    today = _Today(study, step, segment, question.footing(study, year))
    if study is not None and today.base is not None:
        _group("simulator.today")
        _retention(today)
        with screen.settings():
            controls.own("own_won", today.base.won_per_period)
            if today.footing != "purchases":  # which knows its own
                _own(today.base)
    _group("simulator.change")
    controls.choice("uplift_kind")
    _reach(study)
    controls.number("bites_after")
    _group("simulator.money")
    with screen.settings():
        controls.number("cost_each")
        controls.number("discount")
    if today.footing != "purchases":  # which follows one customer to the horizon, from the first payment on
        controls.choice("form")
    _growth(today)


def _own(base: Base) -> None:
    controls.own("own_active", base.active)
    controls.own("own_revenue", base.revenue_per_active)


def _offered(year: LastYear | None) -> tuple[str, ...] | None:
    """Ways of reckoning to choose from: none that missed the last year, unless it is looked at or all did."""
    if year is None or not year.holding:
        return None
    asked = get("footing")
    return ("best", *(code for code in FOOTINGS if code in year.holding or code == asked))


def _group(key: str) -> None:
    st.markdown(f"**{screen.say(key)}**")


def _retention(today: _Today) -> None:
    """Typed, or one of the measured ones; the other footings have it measured."""
    if today.measured is None or (today.footing == "constant" and controls.choice("kept") == "typed"):
        controls.number("typed_retention")


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


def _growth(today: _Today) -> None:
    offered = ("off", "typed") if today.study is None else None
    chosen = controls.choice("growth_from", offered)
    if chosen == "typed":
        controls.number("typed_growth")
    if today.study is None:
        return
    found = today.study.what_if.growth(today.step)
    if found is None:
        screen.text("simulator.growth.none")
        return
    ends = {"rate": found.rate.value, **named_ends(found.rate)}
    screen.text(f"simulator.growth.{'clear' if found.is_seen else 'unclear'}", step=today.step, **ends)
