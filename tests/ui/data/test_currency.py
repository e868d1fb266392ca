"""What money is in: the buttons at hand, the list behind them, and a file that needs neither."""

from types import SimpleNamespace as Some

import pandas as pd
import pytest

from retention.ui.data import currency
from retention.ui.state import loaded
from tests.ui.screens import shown

HEADINGS = ["Kunde", "Bestelldatum", "Betrag"]


@pytest.fixture
def paid_in(monkeypatch):
    """A German file, with what it says it is in."""
    orders = Some(currency=None)
    monkeypatch.setattr(loaded, "source", lambda: Some(raw=Some(table=pd.DataFrame(columns=HEADINGS))))
    monkeypatch.setattr(loaded, "intake", lambda: Some(orders=orders))
    monkeypatch.setattr(loaded, "usable", lambda: Some(orders=orders))
    return orders


def test_a_single_press_chooses_what_is_likeliest(paid_in):
    found = shown(currency.offer, state={"stated_currency": "none"})
    assert found.lines == [
        "buttons data.stated: € EUR, CHF, $ USD, £ GBP, data.stated.other, data.stated.none = none"
    ]


def test_all_others_are_in_a_list_by_name(paid_in):
    found = shown(currency.offer, state={"stated_currency": "other"})
    box = found.app.selectbox[0]
    assert (box.value, box.options[0]) == (None, "CA$ CAD · Canadian Dollar")
    assert not {"€ EUR · Euro", "CHF · Swiss Franc"} & set(box.options)
    box.set_value("JPY")
    assert found.run().app.session_state["other_currency"] == "JPY"


def test_a_file_that_says_it_is_asked_nothing(paid_in):
    paid_in.currency = "GBP"
    assert shown(currency.offer, state={"stated_currency": "EUR"}).lines == []


@pytest.mark.parametrize(
    ("named", "state", "paid"),
    [
        (None, {}, None),
        (None, {"stated_currency": "none", "other_currency": "JPY"}, None),
        (None, {"stated_currency": "EUR", "other_currency": "JPY"}, "EUR"),
        (None, {"stated_currency": "other", "other_currency": "JPY"}, "JPY"),
        (None, {"stated_currency": "other"}, None),
        ("GBP", {"stated_currency": "EUR"}, "GBP"),
    ],
)
def test_what_the_file_says_wins_over_what_the_visitor_does(paid_in, named, state, paid):
    paid_in.currency, got = named, []
    shown(lambda: got.append(loaded.currency()), state=state)
    assert got == [paid]
