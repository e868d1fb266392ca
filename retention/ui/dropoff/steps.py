"""The steps from purchase to purchase: settings, headline, curves, and whom to ask now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import streamlit as st

from retention import charts
from retention.returned import ONCE
from retention.statistics import value_of
from retention.story import dropoff, tables as told
from retention.ui.dropoff import tables
from retention.ui.parts import controls, downloads, one_by_one, screen
from retention.ui.parts.cached import cached
from retention.ui.state.settings import SETTINGS, Choice

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd
    from pandas.io.formats.style import Styler

    from retention.dropoff import DropOff, Step
    from retention.returned import Returned
    from retention.study import Study
    from retention.text import Words

_SHOWN = 500  # customers on screen; the download holds all
_FITTING, _HEIGHT = 6, 248  # rows from which on the list scrolls, and how high it then is, in pixels


def leave_out() -> bool:
    """Whether customers who may be older than the file are left out."""
    return controls.choice("old_customers") == "leave_out"


def returned() -> Returned:
    """What it takes to count as back."""
    with screen.settings():
        return controls.returned()


def headline(found: DropOff, returned: Returned = ONCE) -> None:
    """Where most are lost, of how many, and where later on; or why that cannot be told."""
    why, words = dropoff.refusal(found), screen.markdown_words()
    if why is not None:
        screen.stop(why)
    screen.heading(dropoff.headline(found, words, returned))
    st.caption(dropoff.basis(found, words, returned))


def figures(found: DropOff, to_ask: int, returned: Returned = ONCE) -> None:
    """Share that buys again after the first purchase, when, from when on to write, and to how many now."""
    screen.cards("dropoff", dropoff.figures(found, to_ask, screen.markdown_words(), returned))


def curve(found: DropOff, returned: Returned = ONCE) -> None:
    """The curve by purchase number, its reading and its table."""
    values = dropoff.reading(found, returned)
    drawing = cached(charts.dropoff.steps, found, screen.words())
    if returned.by_any_purchase:
        screen.chart(drawing, "dropoff.steps.alt", **values)
        screen.text("dropoff.steps.reading", **values)
    else:
        screen.chart(drawing, "dropoff.steps.back.alt", **values)
        screen.text("dropoff.steps.back", **values)
    screen.table(lambda: cached(told.steps, found), "dropoff_steps", columns=tables.STEPS_SHOWN)


def purchase(found: DropOff) -> Step:
    """The step looked at, of those that can be compared."""
    setting = SETTINGS["purchase_number"]
    offered = [str(step.purchase) for step in found.compared]
    codes = setting.options if isinstance(setting, Choice) else ()
    number = controls.choice("purchase_number", tuple(code for code in codes if code in offered))
    return found.steps[int(number) - 1]


def waiting(step: Step) -> None:
    """The days one step takes, their reading and their table."""
    values = {
        "n": step.purchase,
        "customers": step.customers,
        "share": value_of(step.goes_on),
        "day": step.read_at_day,
        "asked": step.asked_within,
        "median": step.median_days,
        "trigger": step.trigger_day,
        "naive": step.naive,
    }
    drawing, told = cached(charts.dropoff.waiting, step, screen.words()), dropoff.is_told(step)
    screen.chart(drawing, f"dropoff.waiting.alt{told}", **values)
    screen.text(f"dropoff.waiting.reading{told}", **values)
    screen.table(lambda: cached(tables.waiting, step), "dropoff_waiting")


def whom_to_ask(study: Study, *, leave_out: bool) -> None:
    """The list; or where to find it instead."""
    if one_by_one.told(study):
        list_of(study.dropoff.to_ask(leave_out_left_truncated=leave_out), study.window.last)
    else:
        screen.leads_to("customers", "dropoff.list.elsewhere")


def list_of(to_ask: pd.DataFrame, last: date) -> None:
    """Who passed the trigger day this week, the most valuable first, ready for a request."""
    if to_ask.empty:
        screen.text("dropoff.list.none", last=last)
        return
    screen.text("dropoff.list.help", n=len(to_ask), last=last)
    height: int | Literal["auto"] = "auto" if len(to_ask) < _FITTING else _HEIGHT
    screen.show_table(cached(_listed, to_ask, screen.words()), height=height)
    screen.download(lambda: tables.listed(to_ask), "dropoff_list", label="dropoff.list.download")


def _listed(to_ask: pd.DataFrame, words: Words) -> Styler:
    """The top of the list as it is read."""
    return downloads.written(tables.listed(to_ask).head(_SHOWN), words)
