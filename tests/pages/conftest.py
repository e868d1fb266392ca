"""Visits that share nothing with one another."""

from __future__ import annotations

import pytest
import streamlit as st
from streamlit import config

from retention import ingest


@pytest.fixture(autouse=True)
def _nothing_kept():
    """Two visits in one process share what is kept for a visit, and the state AppTest looks at between runs."""
    option = "runner.enforceSerializableSessionState"
    before = config.get_option(option)
    config.set_option(option, True)  # what a visit keeps can be moved to another server
    _forget()
    yield
    _forget()
    config.set_option(option, before)


def _forget():
    st.cache_data.clear()
    st.cache_resource.clear()
    st.session_state.clear()


@pytest.fixture(scope="session")
def samples():
    """Both samples, read and formed into orders, by name."""
    read = {name: ingest.open_sample(name) for name in ("shop", "cdnow")}
    return {name: (raw, ingest.to_orders(raw, ingest.guess(raw).mapping)) for name, raw in read.items()}
