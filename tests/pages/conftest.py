"""The samples the pages open, formed into orders apart from them."""

from __future__ import annotations

import logging

import pytest

from retention import ingest


@pytest.fixture(scope="session", autouse=True)
def _quiet():
    """Streamlit remarks on every look at the state outside of a run, which AppTest takes many of."""
    loggers = ("scriptrunner_utils.script_run_context", "caching.cache_data_api", "state.session_state_proxy")
    for name in loggers:
        logging.getLogger(f"streamlit.runtime.{name}").disabled = True


@pytest.fixture(scope="session")
def samples():
    """Both samples, read and formed into orders, by name."""
    read = {name: ingest.open_sample(name) for name in ("shop", "cdnow")}
    return {name: (raw, ingest.to_orders(raw, ingest.guess(raw).mapping)) for name, raw in read.items()}
