"""The settings' widgets: codes inside, words outside, kept over page changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

import streamlit as st

from retention.returned import Returned
from retention.ui.parts import screen
from retention.ui.state.settings import SETTINGS, Choice, Number, Own, get

if TYPE_CHECKING:
    from retention.cohorts import Measure
    from retention.lifetime_value import Quantity, TimeUnit
    from retention.periods import Period

_WIDTH = 210  # pixels of a number in a row of settings


def choice(name: str, options: tuple[str, ...] | None = None) -> str:
    """One of a setting's codes, as buttons in a row: a list would lose its choice with its language."""
    setting = SETTINGS[name]
    if not isinstance(setting, Choice):
        raise TypeError(name)
    offered = options or setting.options
    if st.session_state.get(name) not in offered:
        st.session_state[name] = setting.default if setting.default in offered else offered[0]
    codes(f"setting.{name}", offered, name)
    return str(get(name))


def codes(key: str, offered: tuple[str, ...], name: str) -> None:
    """Buttons for a few codes, worded under `key`; the choice is kept in the visit's state under `name`."""
    st.segmented_control(
        screen.say(key),
        offered,
        required=True,
        format_func=lambda code: screen.words().say(f"{key}.{code}"),
        key=name,
        help=screen.say(f"{key}.help"),
        persist_state="session",
        wrap=True,
    )


def number(name: str, *, width: int | Literal["stretch"] = _WIDTH, key: str | None = None) -> float:
    """A number between a setting's bounds.

    Parameters
    ----------
    key : of what it is called, where that depends on other settings; None for its own
    """
    setting = SETTINGS[name]
    if not isinstance(setting, Number):
        raise TypeError(name)
    st.session_state.setdefault(name, setting.default)
    kind = type(setting.default)
    st.number_input(
        _label(key or f"setting.{name}", money=setting.money),
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


def slider(name: str, *, usual: float, key: str | None = None) -> float:
    """A number between a setting's bounds, to be tried out.

    Parameters
    ----------
    usual : as far as it goes, if it is not already further
    key : see `number`
    """
    setting = SETTINGS[name]
    if not isinstance(setting, Number):
        raise TypeError(name)
    st.session_state.setdefault(name, setting.default)
    st.slider(
        _label(key or f"setting.{name}", money=setting.money),
        min_value=float(setting.low),
        max_value=float(usual if get(name) <= usual else setting.high),
        step=0.5,
        key=name,
        persist_state="session",
        format="%g",
    )
    return float(get(name))


def returned() -> Returned:
    """What it takes to count as back: so many purchases, worth so much."""
    return Returned(int(number("returned_after")), number("returned_spend"))


def own(
    name: str, measured: float, *, width: int | Literal["stretch"] = _WIDTH, key: str | None = None
) -> float:
    """A number in place of a measured one, which shows while nothing is typed.

    Parameters
    ----------
    key : of what it is called, where several are of one kind and explained together; None for its own
    """
    setting = SETTINGS[name]
    if not isinstance(setting, Own):
        raise TypeError(name)
    st.session_state.setdefault(name, None)
    st.number_input(
        _label(key or f"setting.{name}", money=setting.money),
        min_value=setting.low,
        max_value=setting.high,
        value=None,
        step=1.0,
        key=name,
        placeholder=screen.words().number(measured),
        help=None if key else screen.say(f"setting.{name}.help"),
        persist_state="session",
        format="%g",
        width=width,
    )
    value = get(name)
    return measured if value is None else float(value)


def _label(key: str, *, money: bool) -> str:
    """What a number is called, with the sign of the currency it is typed in."""
    said = screen.say(key)
    return screen.markdown_words().in_money(said) if money else said


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
