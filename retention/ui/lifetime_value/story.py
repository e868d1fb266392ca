"""One customer's story: what they bought, whether they are still there, what is to be expected of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from retention import aggregate, charts, lifetime_value
from retention.ui.lifetime_value.value import named
from retention.ui.parts import screen
from retention.ui.state import loaded

if TYPE_CHECKING:
    from retention.ui.lifetime_value.value import Valued

_CHOSEN, _TYPED = "story_customer", "story_typed"  # in the visit's state alone, never in an address
_OFFERED = 100  # customers in the list, the most valuable; any other can be typed
_WIDTH = 260  # pixels
_SOON = (30, 90)  # days


@dataclass(frozen=True)
class Story:
    """What is told of one customer.

    Attributes
    ----------
    person : the row of `CustomerValues.table`, at the margin, with ``p_listed`` and the four ends of
        `customer_intervals`
    bought : day, orders, value of each purchase day
    path : see `lifetime_value.alive_path`, with ``day``
    chances : ``purchases`` and ``chance``; the last row stands for as many or more
    soon : chance of a purchase within 30 and 90 days
    median, median_of_active : days by when half of such customers have bought again, None where they never do
    """

    person: dict[str, Any]
    bought: pd.DataFrame
    path: pd.DataFrame
    chances: pd.DataFrame
    soon: tuple[float, ...]
    median: float | None
    median_of_active: float | None


def section(found: Valued) -> None:
    """Choose a customer; their time line, what to expect, and the tables behind both."""
    screen.section("lifetime_value.story")
    customer = _chosen(found)
    if customer is None:
        return
    of_revenue = loaded.computed("story", lambda: _told(found, customer), (*found.basis, customer))
    told = _at_margin(of_revenue, found.margin)
    _past(told, found)
    _future(told, found)


def _chosen(found: Valued) -> str | None:
    """The id typed, else the one chosen, at first the most valuable; None where nobody has the id typed."""
    people = found.worth.table
    best = loaded.computed("best_customers", lambda: _best(people), found.given)
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
    if not (people["customer_id"] == typed).any():
        screen.text("lifetime_value.story.nobody", customer=typed)
        return None
    return typed


def _best(table: pd.DataFrame) -> list[str]:
    ranked = table.sort_values(
        ["clv", "revenue", "first_value", "customer_id"], ascending=[False, False, False, True]
    )
    return ranked["customer_id"].head(_OFFERED).tolist()


def _told(found: Valued, customer: str) -> Story:
    people = found.of_revenue.table
    row = people[people["customer_id"] == customer]
    bought = aggregate.purchases_of(loaded.orders(), customer)
    state = (row["x"], row["t_x"], row["T"])
    ends = lifetime_value.customer_intervals(row, found.purchases, found.spend, found.terms)
    listed = float(lifetime_value.probability_alive(found.listed, *state)[0])
    first = int(bought["day"].iloc[0])
    path = lifetime_value.alive_path(
        found.listed, (bought["day"] - first).to_numpy(), int(row["T"].iloc[0]), found.terms.days
    )
    within = lifetime_value.chance_of_purchase(found.purchases, *state, _SOON)[0]
    halves = (
        float(lifetime_value.median_days(found.purchases, *state, still_customer=still)[0])
        for still in (False, True)
    )
    median, of_active = (None if pd.isna(days) else days for days in halves)
    everything = row.join(ends).assign(p_listed=listed).iloc[0]
    return Story(
        person={str(name): value for name, value in everything.items()},
        bought=bought,
        path=path.assign(day=first + path["age"]),
        chances=lifetime_value.readable_chances(found.purchases, *state, found.terms.days),
        soon=tuple(within.tolist()),
        median=median,
        median_of_active=of_active,
    )


def _at_margin(told: Story, margin: float) -> Story:
    kept = {name: margin * told.person[name] for name in ("clv", "clv_low", "clv_high")}
    return replace(told, person=told.person | kept)


def _past(told: Story, found: Valued) -> None:
    """The time line: purchases, and how likely the customer was still there on each day."""
    words, person = screen.words(), told.person
    values = {
        "customer": person["customer_id"],
        "n": int(person["x"]) + 1,
        "revenue": person["revenue"],
        "first": date.fromordinal(int(person["first_day"])),
        "last": date.fromordinal(int(person["last_day"])),
        "p_alive": person["p_listed"],
        "later": float(told.path["p_alive"].iloc[-1]),
        "months": found.terms.horizon_months,
    }
    st.markdown(screen.say("lifetime_value.story.past", **values))
    end = loaded.orders().window.last
    given = (*found.given, person["customer_id"])
    drawing = loaded.drawn(
        "story_path", lambda: charts.lifetime_value.story(told.path, told.bought, end, words), given
    )
    screen.chart(drawing, "lifetime_value.story.alt", **values)
    screen.text(
        "lifetime_value.story.reading",
        model=named(found.listed),
        **values,
    )
    dated = told.bought.assign(date=[date.fromordinal(day) for day in told.bought["day"]])
    loaded.table(dated[["date", "orders", "value"]], "story_purchases", person["customer_id"])


def _future(told: Story, found: Valued) -> None:
    """What comes next: how many purchases with which chance, when, and worth what."""
    words, person = screen.words(), told.person
    values = {
        "months": found.terms.horizon_months,
        "none": float(told.chances["chance"].iloc[0]),
        **{name: person[name] for name in ("expected_purchases", "purchases_low", "purchases_high")},
        **{name: person[name] for name in ("clv", "clv_low", "clv_high")},
    }
    st.markdown(screen.say("lifetime_value.story.next", **values))
    given = (*found.given, person["customer_id"])
    drawing = loaded.drawn("story_chances", lambda: charts.lifetime_value.chances(told.chances, words), given)
    screen.chart(drawing, "lifetime_value.story.next.alt", **values)
    key = "lifetime_value.story.when" if told.median is not None else "lifetime_value.story.when.never"
    if told.median_of_active is None:
        key = "lifetime_value.story.when.seldom"
    soon, later = told.soon
    screen.text(key, median=told.median, of_active=told.median_of_active, soon=soon, later=later)
    if found.purchases.kind == "bg_nbd" and person["x"] == 0:
        screen.text("lifetime_value.story.one_time", p_alive=person["p_listed"])
    screen.text("lifetime_value.story.known")
    loaded.table(told.chances, "story_chances", given)
