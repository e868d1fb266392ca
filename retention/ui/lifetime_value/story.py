"""One customer's story: what they bought, whether they are still there, what is to be expected of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from retention import charts
from retention.ui.lifetime_value import tables
from retention.ui.lifetime_value.value import named
from retention.ui.parts import one_by_one, screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.study import Story, Value

_CHOSEN, _TYPED = "story_customer", "story_typed"  # in the visit's state alone, never in an address
_OFFERED = 100  # customers in the list, the most valuable; any other can be typed
_WIDTH = 260  # pixels


def section(value: Value) -> None:
    """Choose a customer; their time line, what to expect, and the tables behind both."""
    if not one_by_one.told(value.study):
        return
    customer = _chosen(value)
    if customer is not None:
        told = value.story(customer)
        _past(told, value)
        _future(told, value)


def _chosen(value: Value) -> str | None:
    """The id typed, else the one chosen, at first the most valuable; None where nobody has the id typed."""
    customers = value.ranked()["customer_id"]
    best = customers.head(_OFFERED).tolist()
    if st.session_state.get(_CHOSEN) not in best:
        st.session_state[_CHOSEN] = best[0]
    with screen.settings():
        st.selectbox(
            screen.say("lifetime_value.story.customer"),
            best,
            key=_CHOSEN,
            help=screen.say("lifetime_value.story.customer.help"),
            persist_state="session",
            width=_WIDTH,
        )
        typed = st.text_input(
            screen.say("lifetime_value.story.typed"),
            key=_TYPED,
            help=screen.say("lifetime_value.story.typed.help"),
            persist_state="session",
            width=_WIDTH,
        ).strip()
    if not typed:
        return str(st.session_state[_CHOSEN])
    if not (customers == typed).any():
        screen.text("lifetime_value.story.nobody", customer=typed)
        return None
    return typed


def _past(told: Story, value: Value) -> None:
    """The time line: purchases, and how likely the customer was still there on each day."""
    words, person = screen.words(), told.person
    values = {
        "customer": person["customer_id"],
        "n": told.purchases,
        "revenue": person["revenue"],
        "first": date.fromordinal(int(person["first_day"])),
        "last": date.fromordinal(int(person["last_day"])),
        "p_alive": person["p_alive"],
        "later": told.p_alive_later,
        "months": value.terms.horizon_months,
    }
    st.markdown(screen.say("lifetime_value.story.past", **values))
    end = value.study.window.last
    drawing = cached(charts.lifetime_value.story, told.path, told.bought, end, words)
    screen.chart(drawing, "lifetime_value.story.alt", **values)
    screen.text("lifetime_value.story.reading", model=named(value.purchases), **values)
    screen.table(lambda: cached(tables.bought, told.bought), "story_purchases")


def _future(told: Story, value: Value) -> None:
    """What comes next: how many purchases with which chance, when, and worth what."""
    words, person = screen.words(), told.person
    values = {
        "months": value.terms.horizon_months,
        "none": told.none,
        **{name: person[name] for name in ("expected_purchases", "purchases_low", "purchases_high")},
        **{name: person[name] for name in ("clv", "clv_low", "clv_high")},
    }
    st.markdown(screen.say("lifetime_value.story.next", **values))
    drawing = cached(charts.lifetime_value.chances, told.chances, words)
    screen.chart(drawing, "lifetime_value.story.next.alt", **values)
    key = "lifetime_value.story.when" if told.median is not None else "lifetime_value.story.when.never"
    if told.median_of_active is None:
        key = "lifetime_value.story.when.seldom"
    soon, later = told.soon
    screen.text(key, median=told.median, of_active=told.median_of_active, soon=soon, later=later)
    if value.variant.kind == "bg_nbd" and person["x"] == 0:
        screen.text("lifetime_value.story.one_time")
    screen.text("lifetime_value.story.known")
    screen.table(told.chances, "story_chances")
