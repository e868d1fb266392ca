"""The frame of every page: which pages there are, what its sidebar says, which visit it counts."""

from datetime import date
from types import SimpleNamespace as Some
from unittest.mock import patch

import pytest
import streamlit as st

from retention import ingest
from retention.ui.shell import frame
from retention.ui.state import loaded
from tests.ui.screens import shown

ROWS = b"customer,date,amount\na,2024-01-01,10\nb,2024-01-15,40\na,2024-02-10,20\n"
GROUPS = {
    "group.data": ["data"],
    "group.understand": ["overview", "cohorts", "dropoff", "products", "audit", "subscriptions", "reality"],
    "group.decide": ["simulator", "acquisition", "lifetime_value"],
    "group.act": ["customers", "report", "meeting"],
}


def visited(part, *args, **state):
    return shown(part, *args, state={"language": "en"} | state)


def test_the_pages_in_their_groups_and_the_one_that_answers_first():
    got = []
    made = patch.object(st, "Page", lambda path, **named: Some(path=path, **named))
    with made:
        visited(lambda: got.append(frame.pages()))
    found = {group: [page.path for page in pages] for group, pages in got[0].items()}
    assert found == {group: [f"{name}.py" for name in names] for group, names in GROUPS.items()}
    every = [page for pages in got[0].values() for page in pages]
    assert [page.title for page in every] == [f"{name}.page" for names in GROUPS.values() for name in names]
    assert [page.path for page in every if page.default] == ["data.py"]
    assert [page.path for page in every if page.visibility == "hidden"] == ["meeting.py"]


def entered(*pages, **state):
    """How often a page was entered, and what the browser tab says after the last."""
    told = []
    with patch.object(st, "set_page_config", lambda **named: told.append(named["page_title"])):
        seen = visited(
            lambda: [frame.enter(Some(url_path=page, title=page.upper())) for page in pages], **state
        )
    return seen.app.session_state["entries"], seen.app.session_state["page"], told[-1]


def test_each_entry_to_a_page_is_counted_once():
    assert entered("data") == (1, "data", "DATA · Ritorno")
    assert entered("data", "data") == (1, "data", "DATA · Ritorno")
    assert entered("data", "audit", "data") == (3, "data", "DATA · Ritorno")
    assert entered("audit", "audit", page="data", entries=4) == (5, "audit", "AUDIT · Ritorno")


def test_the_sidebar_before_anything_is_loaded():
    assert visited(frame.sidebar).sidebar == [
        "markdown frame.line",
        "caption frame.nothing_loaded",
        "buttons frame.language: Italiano, English = en",
        "popover",
        "caption frame.link.help",
        "code http://localhost:8501/overview?lang=en",
        "popover",
        "toggle visit.unkept: False",
        "button visit.end",
        "caption visit.end.what",
        "caption frame.kept n=30",
        "html",
        "html",
    ]


def _with_file(content, sample, until):
    if loaded.source() is None:
        if sample:
            loaded.take_sample(sample)
        else:
            loaded.take(ingest.read(content, "*shop*.csv"))
        st.session_state["until"] = until
    frame.sidebar()


def test_the_sidebar_names_the_file_and_what_it_holds():
    own = visited(_with_file, ROWS, None, None).sidebar
    assert own[1:4] == [
        "markdown **\\*shop\\*\\.csv**",
        "caption frame.loaded customers=2 orders=3 first=2024-01-01 last=2024-02-10",
        "link data.py: frame.change",
    ]
    assert "caption frame.link.own" in own
    until = visited(_with_file, ROWS, None, date(2024, 1, 31)).sidebar
    assert until[2] == "caption frame.loaded customers=2 orders=2 first=2024-01-01 last=2024-01-31"


def test_a_sample_is_part_of_the_link_and_a_file_is_not():
    sample = visited(_with_file, ROWS, "shop", None).sidebar
    assert "caption frame.link.help" in sample
    assert "code http://localhost:8501/overview?lang=en&sample=shop" in sample
    own = visited(_with_file, ROWS, None, None).sidebar
    assert "code http://localhost:8501/overview?lang=en&file=own" in own


def test_a_file_that_cannot_be_used_as_mapped_is_still_named():
    def unmapped():
        loaded.take(ingest.read(ROWS, "shop.csv"))
        st.session_state["map_amount"] = None
        frame.sidebar()

    assert visited(unmapped).sidebar[1:3] == ["markdown **shop\\.csv**", "link data.py: frame.change"]


def test_the_sample_of_the_address_is_opened_once_and_not_over_a_file():
    seen = visited(frame.configure, sample_asked="shop").app.session_state
    assert seen["source"].sample == "shop"
    assert "sample_asked" not in seen
    held = Some(sample=None)
    assert visited(frame.configure, sample_asked="shop", source=held).app.session_state["source"] is held
    assert "source" not in visited(frame.configure).app.session_state


@pytest.mark.parametrize("currency", ["EUR", None])
def test_money_is_written_as_the_loaded_orders_are_paid(currency):
    with patch.object(loaded, "usable", lambda: Some(orders=Some(currency=currency))):
        assert visited(frame.pay_in).app.session_state["currency"] == currency
