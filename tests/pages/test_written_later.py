"""A file that is written when it is asked for needs nothing of the visit."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import streamlit

from tests.pages.visit import Visit


@pytest.mark.parametrize("page", ["dropoff", "acquisition", "reality", "customers"])
def test_it_is_written_where_neither_state_nor_caches_are_known(page, monkeypatch):
    """The server does so apart from the page."""
    offered = {}
    monkeypatch.setattr(
        streamlit, "download_button", lambda label, data, **_: offered.setdefault(label, data)
    )
    Visit("en", sample="shop").open(page)
    assert offered
    with ThreadPoolExecutor(1) as apart:
        for label, data in offered.items():
            made = apart.submit(data).result() if callable(data) else data
            assert made, label
