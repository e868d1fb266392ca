"""The account of a file's rows: every row and every cent once, by hand."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from retention.ingest import guess, read, to_orders

NOW = datetime(2024, 6, 1)  # noqa: DTZ001  local
HEADING = "Cliente;Data;Importo;Ordine;Stato"
LINES = (
    "a;01/01/2024;10,00;1;pagato",
    "a;01/01/2024;5,00;1;pagato",
    "a;01/02/2024;10,00;2;pagato",
    "a;01/02/2024;10,00;2;pagato",  # the same again
    "b;03/02/2024;20,00;3;pagato",
    "b;04/02/2024;-20,00;4;pagato",  # taken back
    "c;05/02/2024;-7,00;5;pagato",  # a refund alone
    "d;06/02/2024;0,00;6;pagato",
    "e;07/02/2024;99,00;7;annullato",
    "e;08/02/2024;1,00;8;Annullato",
    ";09/02/2024;3,00;9;pagato",
    "f;;4,00;10;pagato",
    "f;31/31/2024;6,00;11;pagato",
    "f;10/02/2024;;12;pagato",
    "f;11/02/2024;x;13;pagato",
    "f;01/07/2024;8,00;14;pagato",  # after now
    "g;20/02/2024;2,50;15;pagato",
)


@pytest.fixture
def raw():
    return read("\n".join(["Elenco", HEADING, *LINES]).encode(), "a.csv")


@pytest.fixture
def taken(raw):
    return to_orders(raw, guess(raw).mapping, now=NOW)


def test_rows_by_what_became_of_them(taken):
    found = taken.account
    assert (found.rows, found.not_data, found.rows_read) == (17, {"title": 1, "heading": 1}, 19)
    assert found.rows_used == 9
    assert (found.cancelled, found.cancelled_by) == (2, {"Annullato": 1, "annullato": 1})
    assert (found.duplicate_rows, found.duplicates_dropped, found.duplicates_across_files) == (1, 0, 0)
    assert (found.after_until, found.overlap, found.left_out) == (0, 0, {})
    assert found.set_aside == {
        "missing_customer": (1, 3.0),
        "missing_date": (1, 4.0),
        "unreadable_date": (1, 6.0),
        "missing_amount": (1, None),
        "unreadable_amount": (1, None),
        "future_date": (1, 8.0),
    }


def test_every_cent_is_somewhere(taken):
    money = taken.account.money
    used = 10 + 5 + 10 + 10 + 20 - 20 - 7 + 0 + 2.5
    assert money["used"] == pytest.approx(used)
    assert (money["set_aside"], money["cancelled"]) == (21.0, 100.0)
    assert money["rows"] == pytest.approx(used + 21.0 + 100.0)
    assert sum(part for name, part in money.items() if name != "rows") == pytest.approx(money["rows"])


def test_orders_and_customers(taken):
    found = taken.account
    assert (found.purchases, found.refunds, found.zero_orders) == (4, 2, 1)
    assert found.rows_within_orders == 9 - 4
    assert (found.customers, found.customers_without_purchase) == (3, 2)
    assert found.reversed_orders == (1, 20.0)
    assert (found.first_date, found.last_date, found.now) == (date(2024, 1, 1), date(2024, 2, 20), NOW)
    assert taken.worth == {"purchase": 15 + 20 + 20 + 2.5, "refund": -27.0, "zero": 0.0}


def test_rows_set_aside_are_shown_with_their_number_and_reason(taken):
    shown = taken.account.set_aside_rows
    assert shown.columns[:2].tolist() == ["row", "reason"]
    assert dict(zip(shown["row"], shown["reason"], strict=True)) == {
        13: "missing_customer",
        14: "missing_date",
        15: "unreadable_date",
        16: "missing_amount",
        17: "unreadable_amount",
        18: "future_date",
    }
    assert shown["Importo"].tolist()[0] == "3,00"
    left = taken.account.left_out_rows
    assert dict(zip(left["row"], left["reason"], strict=True)) == {11: "cancelled", 12: "cancelled"}


@pytest.mark.parametrize(("set_aside", "many"), [(5, False), (6, True)])
def test_beyond_a_twentieth_many_are_set_aside(taken, set_aside, many):
    found = replace(taken.account, rows=100, set_aside={"missing_date": (set_aside, 0.0)})
    assert (found.rows_set_aside, found.share_set_aside, found.many_set_aside) == (
        set_aside,
        set_aside / 100,
        many,
    )


def test_a_column_of_the_files_own_named_like_ours_keeps_its_name():
    named = read(b"row;reason;Cliente;Data;Importo\nx;y;a;01/01/2024;5,00\nx;y;;02/01/2024;5,00", "b.csv")
    shown = to_orders(named, guess(named).mapping, now=NOW).account.set_aside_rows
    assert shown.columns.tolist() == ["row_", "reason_", "row", "reason", "Cliente", "Data", "Importo"]
    assert shown.iloc[0, :4].tolist() == [3, "missing_customer", "x", "y"]
