"""The occasions to write to customers, as cards, and which of them is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention.lists import OCCASIONS
from retention.story import customers as told
from retention.ui.parts import controls, problems, screen
from retention.ui.state import settings

if TYPE_CHECKING:
    from retention.lists import Occasion
    from retention.study import Study
    from retention.study.customers import Customers


def of(study: Study) -> Customers:
    """The customers on the visit's terms; or why no model can tell who they are, and the end of the page."""
    value = study.value(
        settings.wanted(),
        settings.time_unit(),
        horizon_months=settings.get("horizon"),
        discount_rate=settings.share("discount"),
        margin=settings.share("margin"),
    )
    with problems.input_errors():
        value.fit()
    found = study.customers(value)
    if study.tables.one_by_one():
        with screen.computing():
            found.people()
    return found


def chosen() -> Occasion:
    """The occasion looked at."""
    found: Occasion = settings.get("occasion")
    return found


def headline(customers: Customers, occasion: Occasion) -> None:
    """What to do on this occasion, for how many, and what is at stake with them."""
    full = customers.extent(occasion)
    screen.heading(told.headline(full, screen.markdown_words()))


def cards(customers: Customers) -> None:
    """Every occasion with how many it concerns and how much is at stake, and which list to open."""
    with st.grid(3, min_column_width=250):
        for occasion in OCCASIONS:
            full = customers.extent(occasion)
            with st.container(border=True):
                st.markdown(f"**{screen.say(f'occasion.{occasion}')}**")
                st.markdown(screen.say(f"customers.card.{full.at_stake}", n=full.customers, stake=full.stake))
                screen.text(f"occasion.{occasion}.who")
    screen.text("customers.overlap")
    controls.choice("occasion")
