"""The What if page's controls, in three groups: today, the change, the money; the rest in a closed part."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, cast

import streamlit as st

from retention.errors import InputError
from retention.statistics import named_ends
from retention.ui.parts import controls, screen
from retention.ui.simulator import shop
from retention.ui.state import loaded, models
from retention.ui.state.settings import get

if TYPE_CHECKING:
    from retention.periods import Period
    from retention.ui.simulator.shop import Part, Today

_REACHES = ("all", "first", "segment")


def footing() -> None:
    """What the answer rests on, chosen and explained in a sentence; without a file there is but one."""
    if loaded.source() is None:
        screen.invite("simulator.no_file")
        return
    chosen = controls.choice("footing")
    model = screen.words().say(f"setting.purchase_kind.{models.purchase_kind()}")
    screen.text(f"simulator.footing.{chosen}", step=get("step"), model=model)


def show() -> None:
    """The groups, in the order a person thinks of them."""
    missed = _settle_reach()
    _group("simulator.today")
    step = cast("Period", controls.choice("step", shop.steps()))
    part = shop.chosen(_reached())
    today = shop.today(step, part)
    if today is not None:
        _retention(today)
        controls.own("own_won", today.won, width="stretch")
        _measured(today, step, part)
    _group("simulator.change")
    controls.choice("uplift_kind")
    controls.number("uplift", width="stretch")
    _reach()
    if missed:
        screen.text("simulator.segment.first")
    _group("simulator.money")
    for name in ("margin", "years", "fixed_cost", "cost_each"):
        controls.number(name, width="stretch")
    with screen.closed("simulator.advanced"):
        _advanced(today, step)


def _group(key: str) -> None:
    st.markdown(f"**{screen.say(key)}**")


def _reached() -> dict[str, object]:
    return {name: get(name) for name in ("reach", "reach_column", "reach_segment")}


def _retention(today: Today) -> None:
    """Typed, or one of the measured ones; the other footings measure their own."""
    if today.measured is None or (get("footing") == "constant" and controls.choice("kept") == "typed"):
        controls.number("typed_retention", width="stretch")


def _measured(today: Today, step: Period, part: Part | None) -> None:
    """What the figures of today rest on."""
    if loaded.source() is None:
        return
    kept = get("kept")
    if today.measured is not None and get("footing") == "constant" and kept != "typed":
        rate = (today.measured.strict if kept == "strict" else today.measured.textbook).rate
        ends = {"rate": rate.rate, "low": rate.low, "high": rate.high}
        screen.text("simulator.measured", n=today.measured.transitions, **ends)
    if get("footing") == "purchases":
        _expected(today, step, part)
        return
    of = "segment" if part else "base"
    screen.text(f"simulator.{of}.{step}", active=today.active, won=today.won, revenue=today.revenue)


def _expected(today: Today, step: Period, part: Part | None) -> None:
    """Today's customers as the purchase model sees them; where it cannot, the answer says why."""
    with suppress(InputError), screen.computing():
        base, _ = shop.by_purchases(step, part)
        told = {"active": base.active, "revenue": base.revenue_per_active, "won": today.won}
        screen.text("simulator.expected", step=step, **told)


def _settle_reach() -> bool:
    """Put the first segment in the place of one this data has not, and everybody where it has none at all.

    Returns
    -------
    Whether a segment was asked for that is not there
    """
    columns = shop.columns()
    if get("reach") != "segment":
        return False
    if not columns:
        st.session_state["reach"] = "all"
        return True
    try:
        shop.chosen(_reached())
    except InputError:
        if int(get("reach_column")) >= len(columns):
            st.session_state["reach_column"] = 0
        st.session_state["reach_segment"] = 0
        return True
    return False


def _reach() -> None:
    """Everybody, the first step, or one segment, which is then chosen."""
    columns = shop.columns()
    offered = _REACHES if columns else _REACHES[:2]
    if controls.choice("reach", offered) != "segment":
        return
    if len(columns) > 1:
        _pick("reach_column", list(columns))
    column = list(columns.values())[int(get("reach_column"))]
    none = screen.words().say("dropoff.not_given")
    _pick("reach_segment", [level or none for level in shop.levels(column)])


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


def _advanced(today: Today | None, step: Period) -> None:
    """What is usually left as it is."""
    controls.number("bites_after", width="stretch")
    controls.number("discount", width="stretch")
    if get("footing") != "purchases":  # which follows one customer to the horizon, from the first payment on
        controls.choice("form")
    if today is not None and get("footing") != "purchases":
        controls.own("own_active", today.active, width="stretch")
        controls.own("own_revenue", today.revenue, width="stretch")
    _growth(step)


def _growth(step: Period) -> None:
    offered = ("off", "typed") if loaded.source() is None else None
    chosen = controls.choice("growth_from", offered)
    if chosen == "typed":
        controls.number("typed_growth", width="stretch")
    if loaded.source() is None:
        return
    found = shop.growth(step)
    if found is None:
        screen.text("simulator.growth.none")
        return
    ends = {"rate": found.rate.value, **named_ends(found.rate)}
    screen.text(f"simulator.growth.{'clear' if found.is_seen else 'unclear'}", step=step, **ends)
