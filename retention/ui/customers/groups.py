"""Customers in groups that name themselves: by how they bought, what they are worth, how loyal they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import streamlit as st

from retention import charts
from retention.errors import InputError
from retention.segments import FIFTHS, GROUPINGS, NEW, PARTS, Thresholds
from retention.ui.customers import tables
from retention.ui.parts import controls, downloads, one_by_one, problems, screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.segments import Grouping
    from retention.study.customers import Customers

_SHOWN = 200  # members on screen; the download holds all
_WIDTH = 150  # pixels of a threshold
_SQUARES = {"rfm": charts.groups.rfm, "value": charts.groups.by_value, "loyalty": charts.groups.loyalty}


def section(customers: Customers) -> None:
    """The groups as squares, who is in the one chosen, what they come to, and how they came about."""
    if not one_by_one.told(customers.study):
        return
    with screen.settings():
        by = cast("Grouping", controls.choice("grouped_by"))
        typed = _typed(customers) if by == "rfm" else None
    thresholds = _own(customers, typed)
    told = customers.loyalty().counts if by == "loyalty" else {}
    screen.text(f"customers.by.{by}", **told)
    _squares(customers, by, thresholds)
    _members(customers, by, thresholds)
    screen.table(
        lambda: cached(tables.groups, customers.profile(by, thresholds), by, screen.words()), "groups"
    )
    if by == "rfm":
        _moved(customers, thresholds)
    _won(customers, by, thresholds)


def _typed(customers: Customers) -> dict[str, Any]:
    """The thresholds typed, those of the fifths where there are none."""
    measured = customers.rfm().thresholds
    with screen.options():
        screen.text("customers.thresholds")
        return {part: _edges(part, getattr(measured, part)) for part in PARTS}


def _own(customers: Customers, typed: dict[str, Any] | None) -> Thresholds | None:
    """The visitor's own thresholds; None where they are those of the fifths, or cannot be, which is said."""
    if typed is None:
        return None
    try:
        own = Thresholds(**typed)
    except InputError as problem:
        problems.error(problem)  # on the page: the options it is about may be closed
        return None
    return None if own == customers.rfm().thresholds else own


def _edges(part: str, measured: tuple[float, ...]) -> Any:
    st.markdown(screen.say(f"customers.threshold.{part}"))
    with st.container(horizontal=True):
        return tuple(
            controls.own(f"{part}_{n}", edge, width=_WIDTH, key=f"setting.threshold.{n}")
            for n, edge in zip(FIFTHS, measured, strict=True)
        )


def _squares(customers: Customers, by: Grouping, thresholds: Thresholds | None) -> None:
    """A click on a square opens its group."""
    words = screen.words()
    found = customers.squares(thresholds) if by == "rfm" else customers.profile(by)
    drawing = cached(_SQUARES[by], found, words)
    (largest,) = found.nlargest(1, "customers").to_dict("records")
    with screen.scrolled(charts.groups.width_of(by)):
        screen.clickable(
            drawing,
            f"squares_{by}",
            lambda: _clicked(by),
            "customers.squares.alt",
            n=largest["customers"],
            name=charts.groups.name(by, largest["group"], words),
        )


def _clicked(by: Grouping) -> None:
    """Take over a click on a square; a double click chooses none."""
    picked = st.session_state[f"squares_{by}"]["selection"].get(charts.groups.GROUP) or []
    group = picked[-1].get("group") if picked else None
    st.session_state[f"members_{by}"] = group if group in GROUPINGS[by] else None


def _members(customers: Customers, by: Grouping, thresholds: Thresholds | None) -> None:
    """Everybody in the group chosen, by a click or from a list that needs no mouse."""
    words = screen.words()
    group = st.selectbox(
        screen.say("customers.open_group"),
        GROUPINGS[by],
        index=None,
        format_func=lambda code: charts.groups.name(by, code, words),
        placeholder=screen.say("customers.open_group.none"),
        key=f"members_{by}",
        width=260,
    )
    if group is None:
        return
    everybody = cached(tables.members, customers.members(by, group, thresholds))
    screen.text("customers.members", n=len(everybody), shown=min(_SHOWN, len(everybody)))
    screen.show_table(cached(downloads.written, everybody, words, None, _SHOWN), height=320)
    screen.download(everybody, "members", label="customers.members.download")


def _moved(customers: Customers, thresholds: Thresholds | None) -> None:
    """From which group to which customers moved, where the data is old enough."""
    months = int(controls.choice("moved_within"))
    before = customers.months_ago(months)
    if before is None:
        screen.text("customers.moved.too_short")
        return
    pairs, words = customers.migration(before, thresholds), screen.words()
    known = pairs[(pairs["before"] != NEW) & (pairs["before"] != pairs["now"])]
    if not known["customers"].any():
        screen.text("customers.moved.nobody", day=before)
        return
    (largest,) = known.nlargest(1, "customers").to_dict("records")
    told = {
        "day": before,
        "n": largest["customers"],
        "was": charts.groups.name("rfm", largest["before"], words),
        "now": charts.groups.name("rfm", largest["now"], words),
    }
    screen.text("customers.moved", **told)
    drawing = cached(charts.groups.moved, pairs, words)
    with screen.scrolled(charts.shares.width_of(len(GROUPINGS["rfm"]), 150)):
        screen.chart(drawing, "customers.moved", **told)
    screen.table(lambda: cached(tables.moved, pairs, words), "moved")


def _won(customers: Customers, by: Grouping, thresholds: Thresholds | None) -> None:
    """What became of customers won together."""
    pairs, period = customers.won(by, thresholds)
    words = screen.words()
    screen.text("customers.won")
    drawing = cached(charts.groups.won, pairs, by, period, words)
    with screen.scrolled(charts.shares.width_of(len(GROUPINGS[by]), 150)):
        screen.chart(drawing, "customers.won")
    screen.table(lambda: cached(tables.won, pairs, by, period, words), "won")
