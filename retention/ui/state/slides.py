"""Which messages a meeting shows and which one it is at, in the visit's state and in the address.

The address names messages by their place among all there are, so that a reload finds the meeting where it
was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import streamlit as st

from retention.story import SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

COUNT = len(SECTIONS)
TICKED = "report_sections"  # in the visit's state: names of the messages that are shown
_AT = "meeting_at"  # likewise: the name of the one it stands at
_MEETING = "meeting"


def seed() -> None:
    """Take both from the address, once a visit; all messages and the first where it names none."""
    if TICKED in st.session_state:
        return
    address = st.query_params
    st.session_state[TICKED] = _named(address.get("slides", "")) or list(SECTIONS)
    for name in _named(address.get("slide", "")):
        st.session_state[_AT] = name


def written() -> dict[str, str]:
    """What an address of the meeting names: the message, and those that are shown where some are not."""
    if st.session_state.get("page") != _MEETING:
        return {}
    names = shown()
    some = {} if len(names) == COUNT else {"slides": "-".join(str(_number(name)) for name in names)}
    return {"slide": str(_number(at())), **some}


def shown() -> tuple[str, ...]:
    """The messages in their order: those ticked on Report, all of them where none is."""
    ticked = cast("Iterable[str]", st.session_state.get(TICKED) or SECTIONS)
    return tuple(name for name in SECTIONS if name in set(ticked))


def begin() -> None:
    """Stand at the first one."""
    st.session_state.pop(_AT, None)


def at() -> str:
    """The one it stands at; the first where what it stood at is not shown any more."""
    names = shown()
    name = st.session_state.get(_AT)
    return name if name in names else names[0]


def turn(steps: int) -> None:
    """Go on or back, not past an end."""
    names = shown()
    st.session_state[_AT] = names[min(max(names.index(at()) + steps, 0), len(names) - 1)]


def _number(name: str) -> int:
    return SECTIONS.index(name) + 1


def _named(numbers: str) -> list[str]:
    """Messages by their numbers with hyphens between; what is none is passed over."""
    asked = {int(number) for number in numbers.split("-") if number.isdecimal()}
    return [name for name in SECTIONS if _number(name) in asked]
