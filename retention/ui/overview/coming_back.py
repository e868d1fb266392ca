"""Which retention is which here: every figure of how many come back, with what it is good for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from retention.ui.parts import screen

if TYPE_CHECKING:
    from retention.overview import BackKind, ComingBack
    from retention.study import Study

_ON: dict[BackKind, str] = {
    "cohorts": "cohorts",
    "strict": "overview",
    "repeat_rate": "overview",
    "second_purchase": "dropoff",
    "two_orders": "overview",
    "with_pauses": "simulator",
}


def show(study: Study) -> None:
    """A row each: its one name and its page, this shop's figure, of whom it is, what it is good for."""
    with screen.computing():
        found = study.overview.coming_back()
    rows = pd.DataFrame([_row(each) for each in found])
    rows.columns = pd.Index([screen.say(f"column.{name}") for name in rows.columns])
    st.table(rows, border="horizontal", hide_index=True, alt=screen.words().say("coming_back.title"))
    screen.text("coming_back.note")


def _row(found: ComingBack) -> dict[str, str]:
    kind, words, share = found.kind, screen.words(), found.share
    low, high = (None, None) if share is None else (share.low, share.high)
    month = None if found.month is None else words.period(found.month, "month")
    return {
        "figure": f"**{screen.say(f'coming_back.{kind}')}** · {screen.say(f'{_ON[kind]}.page')}",
        "this_shop": screen.say("coming_back.share", share=share and share.value, low=low, high=high),
        "of_whom": screen.say(f"coming_back.{kind}.of", month=month, days=found.days),
        "good_for": screen.say(f"coming_back.{kind}.for"),
    }
