"""What the browser is told of the present view: an address with its settings, and whether a file would be lost."""

import re
from html import unescape

from retention import ingest
from retention.ui.parts import address
from retention.ui.state import loaded
from tests.ui.screens import shown

ROWS = b"customer,date,amount\na,2024-01-01,10\nb,2024-01-15,40\na,2024-02-10,20\n"


def told(sample=None, *, load=True, **state):
    """The data beside the script."""
    seen = shown(_kept, sample, load, state={"language": "en"} | state)
    (body,) = [node.proto.body for node in seen.app.get("html")]
    assert body.endswith(f"<script>{address.SCRIPT}</script>")
    return {name: unescape(value) for name, value in re.findall(r'data-(\w+)="([^"]*)"', body)}


def _kept(sample, load):
    if load and sample:
        loaded.take_sample(sample)
    elif load:
        loaded.take(ingest.read(ROWS, 'my "secret" <shop>.csv'))
    address.keep("cohorts")


def test_the_address_holds_the_settings_and_of_a_file_no_more_than_that_there_is_one():
    assert told(period="quarter") == {
        "page": "cohorts",
        "query": "?lang=en&file=own&period=quarter",
        "unsaved": "yes",
    }


def test_of_a_sample_nothing_would_be_lost():
    assert told("shop")["query"] == "?lang=en&sample=shop"
    assert told("shop")["unsaved"] == ""


def test_before_a_file_is_loaded_the_address_still_says_that_it_is_of_one():
    assert told(load=False, shared=True)["query"] == "?lang=en&file=own"
    assert told(load=False)["query"] == "?lang=en"


def test_what_comes_from_an_address_cannot_leave_its_place():
    hostile = told(load=False, scenarios=(), language="en", typed_retention='"><b>')
    assert "<" not in hostile["query"]
