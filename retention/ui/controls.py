"""The settings' widgets: codes inside, words outside, kept over page changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

import streamlit as st

from retention.ui import screen
from retention.ui.settings import SETTINGS, Choice, Number, get

if TYPE_CHECKING:
    from retention.cohorts import CohortTable, Measure
    from retention.lifetime_value import Quantity, TimeUnit
    from retention.periods import Period

_WIDTH = 210  # pixels of a number in a row of settings


def choice(name: str, options: tuple[str, ...] | None = None, *, compact: bool = True) -> str:
    """One of a setting's codes, as buttons in a row or as a list."""
    setting = SETTINGS[name]
    if not isinstance(setting, Choice):
        raise TypeError(name)
    offered = options or setting.options
    if st.session_state.get(name, setting.default) not in offered:
        st.session_state[name] = offered[0]
    st.session_state.setdefault(name, setting.default)
    label, explained = screen.say(f"setting.{name}"), screen.say(f"setting.{name}.help")
    if compact:
        st.segmented_control(
            label,
            offered,
            required=True,
            format_func=lambda code: screen.words().say(f"setting.{name}.{code}"),
            key=name,
            help=explained,
            persist_state="session",
            wrap=True,
        )
    else:
        st.selectbox(
            label,
            offered,
            format_func=lambda code: screen.words().say(f"setting.{name}.{code}"),
            key=name,
            help=explained,
            persist_state="session",
        )
    return str(get(name))


def number(name: str, *, width: int | Literal["stretch"] = _WIDTH) -> float:
    """A number between a setting's bounds."""
    setting = SETTINGS[name]
    if not isinstance(setting, Number):
        raise TypeError(name)
    st.session_state.setdefault(name, setting.default)
    kind = type(setting.default)
    st.number_input(
        screen.say(f"setting.{name}"),
        min_value=kind(setting.low),
        max_value=kind(setting.high),
        step=kind(1),
        key=name,
        help=screen.say(f"setting.{name}.help"),
        persist_state="session",
        format="%d" if kind is int else "%g",
        width=width,
    )
    value = get(name)
    return float(setting.default if value is None else value)


def share(name: str, *, width: int | Literal["stretch"] = _WIDTH) -> float:
    """A percentage as a share from 0 to 1."""
    return number(name, width=width) / 100


def period() -> Period:
    """What a cohort's period is."""
    return cast("Period", choice("period"))


def measure() -> Measure:
    """What the cells of the heatmap hold."""
    return cast("Measure", choice("measure"))


def time_unit() -> TimeUnit:
    """The unit of time the purchase model is fitted in."""
    return cast("TimeUnit", choice("time_unit"))


def matrix() -> Quantity:
    """What the frequency–recency heatmap shows."""
    return cast("Quantity", choice("matrix"))


def cohort_headline(table: CohortTable) -> None:
    """How many of a hundred come back in the next period, and who stands behind that."""
    if table.pooled.empty:
        screen.headline("cohorts.headline.none")
        return
    next_period = table.pooled.iloc[0]
    screen.headline(
        f"cohorts.headline.{table.period}",
        rate=next_period["rate"],
        low=next_period["low"],
        high=next_period["high"],
    )
    cohorts, customers = int(next_period["cohorts"]), int(next_period["customers"])
    screen.text("cohorts.basis", n=cohorts, cohorts=cohorts, customers=customers)
