"""The samples the pages open, formed into orders apart from them."""

from __future__ import annotations

import logging
from unittest.mock import patch

import pytest
import streamlit as st

from retention import ingest


@pytest.fixture(scope="session", autouse=True)
def _quiet():
    """Streamlit remarks on every look at the state outside of a run, which AppTest takes many of."""
    loggers = ("scriptrunner_utils.script_run_context", "caching.cache_data_api", "state.session_state_proxy")
    for name in loggers:
        logging.getLogger(f"streamlit.runtime.{name}").disabled = True


@pytest.fixture(scope="session", autouse=True)
def _shared_in_a_folder_of_their_own(tmp_path_factory):
    """What these visits share is nobody else's."""
    with pytest.MonkeyPatch.context() as change:
        change.setenv("RITORNO_DATA", str(tmp_path_factory.mktemp("shared")))
        change.delenv("RITORNO_DATABASE_URL", raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def cookies():
    """What the browser of these visits holds: AppTest has none of its own."""
    held = {}
    with patch.object(type(st.context), "cookies", property(lambda _: dict(held))):
        yield held


@pytest.fixture(scope="session")
def samples():
    """Both samples, read and formed into orders, by name."""
    read = {name: ingest.open_sample(name) for name in ("shop", "cdnow")}
    return {name: (raw, ingest.to_orders(raw, ingest.guess(raw).mapping)) for name, raw in read.items()}
