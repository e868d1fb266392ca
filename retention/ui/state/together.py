"""What several visitors look at is computed once for them: of samples, nobody's own, and of a host's sources.

Who may not see a source never has its rows, and what is found here is found by what these hash to.
"""

from __future__ import annotations

import weakref
from threading import Lock
from typing import TYPE_CHECKING, Any

import streamlit as st

from retention import ingest, memory
from retention.study import Common

if TYPE_CHECKING:
    from retention.ingest import Intake, Mapping, RawTable
    from retention.ui.state.loaded import Source

_KEPT = 6  # ways of reading them
_of_engines: dict[int, Common] = {}  # by the orders an engine formed, whose tables they lead to
_changing = Lock()


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def intake(key: str, _raw: RawTable, _columns: Mapping, _options: dict[str, Any]) -> Intake:  # noqa: ARG001  the key is what is hashed
    """The orders of a table, by what they depend on: see `loaded.key`."""
    return memory.stays(ingest.to_orders(_raw, _columns, **_options))


def common_of(source: Source, key: str, intake: Intake) -> Common | None:
    """What others know of these orders; None where they are a visitor's own."""
    if source.held is not None:
        return _of_engine(intake)
    return common(key) if source.common else None


def _of_engine(formed: Intake) -> Common:
    orders = formed.orders
    with _changing:
        if id(orders) not in _of_engines:
            _of_engines[id(orders)] = memory.stays(Common())
            weakref.finalize(orders, _of_engines.pop, id(orders)).atexit = False
        return _of_engines[id(orders)]


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def common(key: str) -> Common:  # noqa: ARG001  as above
    """What is known of these orders so far."""
    return memory.stays(Common())
