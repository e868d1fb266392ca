"""The three signs side by side, each with its verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention import charts
from retention.overview.slope import LEAST
from retention.statistics import named_ends
from retention.ui.overview import tables
from retention.ui.parts import screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.overview import Sign
    from retention.study import Study

_ICONS = {
    "yes": ":material/trending_up:",
    "no": ":material/trending_down:",
    "noise": ":material/trending_flat:",
    "too_few": ":material/hourglass_empty:",
}
_TOLD = {"yes", "no"}


def show(study: Study, days: int) -> None:
    """Each sign with its verdict; one line where none of them can tell, the signs behind it."""
    found = study.overview.signs(days)
    if any(sign.verdict in _TOLD for sign in found):
        _side_by_side(found)
        return
    short = any(sign.verdict == "too_few" for sign in found)
    st.markdown(screen.say("signs.none.too_few" if short else "signs.none", days=found[0].watched_days))
    screen.details("signs.behind", _side_by_side, found)


def _side_by_side(found: tuple[Sign, ...]) -> None:
    """The three signs side by side, each with its verdict, and their table."""
    screen.text("signs.question", days=found[0].watched_days)
    for column, sign in zip(st.columns(len(found), border=True), found, strict=True):
        with column:
            _sign(sign)
    screen.table(lambda: cached(tables.signs, found, screen.words()), "signs")


def _sign(found: Sign) -> None:
    st.markdown(f"**{screen.say(f'sign.{found.name}')}**")
    st.markdown(f"{_ICONS[found.verdict]} **{screen.say(f'verdict.{found.verdict}')}**")
    known, line, words = found.known, found.line, screen.words()
    drawing = cached(charts.overview.sign, found, words)
    screen.chart(drawing, "sign.alt", name=found.name, verdict=found.verdict)
    if line is None:
        screen.text("sign.too_few", n=len(known), needed=LEAST)
        return
    ends = [words.period(int(number), found.period) for number in known["period"].iloc[[0, -1]]]
    screen.text(
        f"sign.{found.name}.reading",
        first=ends[0],
        last=ends[1],
        start=line.start,
        end=line.end,
        slope=line.per_period.value,
        **named_ends(found.told),
        within=found.within,
        from_day=found.stays_from,
        to_day=found.watched_days,
    )
