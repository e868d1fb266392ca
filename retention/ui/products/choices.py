"""What the Products page is asked with: which names are no products, and which customers count."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention.ui.parts import controls, screen

if TYPE_CHECKING:
    from retention.study import Study
    from retention.study.products import Products

_KEY = "no_products"
_OFFERED = 300  # names a list can hold, those on most lines


def products(study: Study) -> Products:
    """The products as the page's options have them; the page ends where the file names none."""
    if study.lines is None:
        screen.invite("products.none")
        st.stop()
    with screen.options():
        left_out = _left_out(study)
        leave_out = controls.choice("old_customers") == "leave_out"
    return study.counted(leave_out_left_truncated=leave_out).products(left_out)


def told(products: Products) -> None:
    """Which lines of the file are in no figure of the page, and how many."""
    if lines := products.lines_left_out():
        screen.text("products.left_out", names=lines)


def _left_out(study: Study) -> tuple[str, ...]:
    """Names that are no products, at first those known as such; of another file's none stay."""
    names, fees = study.products().names(), study.fees
    offered = [*fees, *(name for name in names[:_OFFERED] if name not in fees)]
    kept = st.session_state.get(_KEY)
    if kept is None or not set(kept) <= set(offered):
        st.session_state[_KEY] = list(fees)
    st.multiselect(
        screen.say("products.no_products"),
        offered,
        key=_KEY,
        help=screen.say("products.no_products.help", most=_OFFERED),
        placeholder=screen.say("products.no_products.none"),
        persist_state="session",
    )
    return tuple(sorted(st.session_state[_KEY]))
