"""How a file's columns are written and what a choice of one asks anew."""

from types import SimpleNamespace as Some

import pytest

from retention.ui.data import columns
from retention.ui.state import loaded
from tests.ui.screens import read


def ways(monkeypatch, *asked, **state):
    """The choices offered, each with its codes."""
    monkeypatch.setattr(loaded, "questions", lambda: tuple(Some(field=field) for field in asked))
    lines = read(
        columns._ways, state={"map_dates": "auto", "map_decimal": "auto", "map_once": "rows"} | state
    )
    return [line.removeprefix("buttons data.map_").split(" = ")[0] for line in lines]


DATES = "dates: data.map_dates.auto, data.map_dates.day_first, data.map_dates.month_first"
DECIMAL = "decimal: data.map_decimal.auto, data.map_decimal.,, data.map_decimal.."


def test_what_the_file_tells_itself_can_be_left_to_it(monkeypatch):
    assert ways(monkeypatch) == [DATES, DECIMAL]


def test_what_it_leaves_open_stands_here_once_it_is_answered_and_cannot_be_left_to_it(monkeypatch):
    assert ways(monkeypatch, "day_first") == [DECIMAL]
    assert ways(monkeypatch, "day_first", map_dates="day_first") == [
        "dates: data.map_dates.day_first, data.map_dates.month_first",
        DECIMAL,
    ]


@pytest.mark.parametrize(
    ("changed", "offered"),
    [
        ({}, True),
        ({"map_order": None}, False),
        ({"map_amount": None}, False),
        ({"map_once": None}, False),
    ],
)
def test_an_amount_is_the_rows_or_the_orders_where_both_are_there(monkeypatch, changed, offered):
    found = ways(monkeypatch, **{"map_order": "order", "map_amount": "amount"} | changed)
    once = ["once: data.map_once.rows, data.map_once.order"]
    assert found == [DATES, DECIMAL, *(once if offered else [])]


@pytest.mark.parametrize(
    ("asked", "state", "offered"),
    [
        ((), {"map_cents": "as_written"}, False),
        ((), {"map_cents": "cents"}, True),  # the heading says so
        (("cents",), {}, False),  # still to be answered, above
        (("cents",), {"map_cents": "as_written"}, True),
    ],
)
def test_cents_are_offered_where_amounts_may_be_in_them(monkeypatch, asked, state, offered):
    cents = ["cents: data.map_cents.as_written, data.map_cents.cents"]
    assert ways(monkeypatch, *asked, **state) == [DATES, DECIMAL, *(cents if offered else [])]


def test_how_sure_a_column_was_found_is_told_where_it_was():
    here = Some(guess=Some(confidence={"customer": 0.8}))
    got = []
    read(lambda: got.extend(columns._help(here, role) for role in ("customer", "date")))
    assert got == ["data.role.customer.help data.confidence share=0.8", "data.role.date.help"]
