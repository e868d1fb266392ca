"""What several visitors look at is computed once for them: of samples, nobody's own, and of a host's sources.

Who may not see a source never has its rows, and what is found here is found by what these hash to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from retention import ingest, memory
from retention.study import Common

if TYPE_CHECKING:
    from retention.ingest import Intake, Mapping, RawTable

_KEPT = 6  # ways of reading them


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def intake(key: str, _raw: RawTable, _columns: Mapping, _options: dict[str, Any]) -> Intake:  # noqa: ARG001  the key is what is hashed
    """The orders of a table, by what they depend on: see `loaded.key`."""
    return memory.stays(ingest.to_orders(_raw, _columns, **_options))


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def common(key: str) -> Common:  # noqa: ARG001  as above
    """What is known of these orders so far."""
    return memory.stays(Common())
