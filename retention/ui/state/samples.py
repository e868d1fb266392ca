"""Samples are nobody's own: each is read once for all visitors, who share what follows from it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from retention import ingest
from retention.study import Common

if TYPE_CHECKING:
    from retention.ingest import Guess, Intake, Mapping, RawTable, Sample

_KEPT = 6  # ways of reading them


@st.cache_resource(show_spinner=False)
def opened(name: Sample) -> tuple[RawTable, Guess]:
    """A sample's rows, and what its columns are."""
    raw = ingest.open_sample(name)
    return raw, ingest.guess(raw)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def intake(key: str, _raw: RawTable, _columns: Mapping, _options: dict[str, Any]) -> Intake:  # noqa: ARG001  the key is what is hashed
    """Its orders, by what they depend on: see `loaded.key`."""
    return ingest.to_orders(_raw, _columns, **_options)


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def common(key: str) -> Common:  # noqa: ARG001  as above
    """What is known of these orders so far."""
    return Common()
