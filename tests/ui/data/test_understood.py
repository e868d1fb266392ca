"""What is said of a file beside the sentence: its currencies, rows set aside, what is still open."""

from datetime import date
from types import SimpleNamespace as Some

import pandas as pd
import pytest

from retention.errors import InputError
from retention.ingest import RawTable
from retention.ui.data import understood
from retention.ui.state import loaded, mapped
from tests.ui.screens import shown

COLUMNS = Some(amount="paid", quantity=None, price=None, product=None)
WINDOW = Some(first=date(2024, 1, 1), last=date(2024, 1, 31))


@pytest.fixture
def usable(monkeypatch):
    """A file whose account can be set."""
    account = Some(
        rows=9,
        purchases=8,
        customers=7,
        rows_within_orders=0,
        rows_set_aside=0,
        share_set_aside=0.0,
        many_set_aside=False,
    )
    held = Some(account=account, orders=Some(window=WINDOW, currency="EUR"), warnings=(), worth={})
    monkeypatch.setattr(loaded, "intake", lambda: held)
    monkeypatch.setattr(loaded, "mapping", lambda: COLUMNS)
    monkeypatch.setattr(loaded, "questions", tuple)
    return account


def test_a_file_without_a_row_set_aside_is_told_in_a_sentence(usable):
    assert shown(understood.show).lines == [
        "markdown ## data.understood rows=9 orders=8 customers=7 first=2024-01-01 last=2024-01-31",
        "caption data.basis.amount column=paid",
        "button next.cohorts",
    ]


def test_products_are_counted_and_their_column_is_named(usable, monkeypatch):
    raw = RawTable(pd.DataFrame({"what": ["cup", "plate", "cup"]}), "file.csv", "0" * 64)
    here = Some(raw=raw, guess=Some(platform=None, columns={}), held=None)
    monkeypatch.setattr(loaded, "source", lambda: here)
    monkeypatch.setattr(
        loaded, "mapping", lambda: Some(**vars(COLUMNS) | {"product": "what", "status": None})
    )
    assert (
        shown(understood.show).lines[1]
        == "caption data.basis.amount column=paid data.products n=2 column=what"
    )


@pytest.mark.parametrize(("many", "kind"), [(False, "caption"), (True, "warning")])
def test_few_rows_set_aside_are_told_many_are_warned_of(usable, many, kind):
    usable.rows_set_aside, usable.share_set_aside, usable.many_set_aside = 2, 0.125, many
    basis = "" if many else "data.basis.amount column=paid "
    assert f"{kind} {basis}data.set_aside n=2 share=0.125" in shown(understood.show).lines


def test_rows_that_are_no_order_of_their_own_are_told_with_what_they_are(usable, monkeypatch):
    usable.rows_within_orders, usable.rows_set_aside, usable.share_set_aside = 3, 2, 0.125
    told = "caption data.basis.amount column=paid data.set_aside n=2 share=0.125"
    assert f"{told} data.no_order n=3" in shown(understood.show).lines
    loaded.intake().worth["zero"] = 0.0
    assert f"{told} data.no_order.zero n=3" in shown(understood.show).lines


def test_the_next_step_waits_for_what_is_open(usable, monkeypatch):
    monkeypatch.setattr(mapped, "unanswered", lambda _: [Some(code="date_order")])
    assert not any(line.startswith("button ") for line in shown(understood.show).lines)


def test_of_several_currencies_one_is_chosen_before_anything_is_counted(monkeypatch):
    def fails():
        raise InputError("several_currencies", rows=3, currencies={"EUR": 2, "USD": 1})

    monkeypatch.setattr(loaded, "intake", fails)
    found = shown(understood.show)
    assert found.app.session_state["currencies"] == {"EUR": 2, "USD": 1}
    choice, *more = found.lines
    assert choice.startswith("buttons data.currency: data.currency.rows currency=EUR n=2, ")
    assert [line.split()[0] for line in more] == ["error"]
