"""What is made of results for the screen (charts, tables as they are read), once while these are the same."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any, TypeVar

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_KEPT = 80  # things of one visit
_PLAIN = (str, bytes, int, float, bool, type(None))


def cached(make: Callable[..., T], *made_of: Any) -> T:
    """What a function makes of these, kept for this visit while they are the very same.

    Results of a study are handed out as they are kept, so that sameness is that of the object; plain values
    and what is made of them are the same where they are equal.

    Parameters
    ----------
    make : a function of a module, that depends on nothing but what it is given
    """
    kept = _kept()
    key = (make, *(_sameness(each) for each in made_of))
    if key not in kept:
        kept[key] = (make(*made_of), made_of)  # what it is made of stays, so that no other takes its identity
        if len(kept) > _KEPT:
            kept.popitem(last=False)
    kept.move_to_end(key)
    found: T = kept[key][0]
    return found


def _sameness(value: Any) -> Any:
    if isinstance(value, _PLAIN):
        return type(value), value
    if isinstance(value, tuple):
        return tuple(_sameness(each) for each in value)
    if isinstance(value, dict):
        return tuple((name, _sameness(each)) for name, each in value.items())
    try:
        hash(value)
    except TypeError:
        return id(value)
    return value


@st.cache_resource(scope="session", max_entries=1, show_spinner=False)
def _kept() -> OrderedDict[Any, tuple[Any, Any]]:
    return OrderedDict()
