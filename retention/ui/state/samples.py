"""Samples are nobody's own: each is read once for all visitors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention import ingest, memory

if TYPE_CHECKING:
    from retention.ingest import Guess, RawTable, Sample


@st.cache_resource(show_spinner=False)
def opened(name: Sample) -> tuple[RawTable, Guess]:
    """A sample's rows, and what its columns are."""
    raw = memory.stays(ingest.open_sample(name))
    return raw, ingest.guess(raw)
