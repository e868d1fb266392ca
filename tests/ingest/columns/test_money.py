"""Which column of money is the order's total: by rank of its heading, and not if it counts or codes."""

import numpy as np
import pytest

from retention.ingest.columns.money import is_doubtful, money_columns

PAID = [12.5, 30.0, 8.75, 41.2]
LESS = [10.0, 25.0, 7.5, 33.0]


def best(**columns):
    """Names in the order they are preferred."""
    values = {name.replace("_", " "): np.array(cells, dtype=float) for name, cells in columns.items()}
    return [money.name for money in money_columns(list(values), values.get)]


def test_an_orders_total_goes_before_a_total_an_amount_and_what_is_less():
    found = best(Subtotal=LESS, Amount=PAID, Total=PAID, Order_total=PAID)
    assert found == ["Order total", "Total", "Amount", "Subtotal"]


def test_a_longer_heading_with_a_word_for_less_goes_last():
    assert best(Order_subtotal_EUR_amount=LESS, Order_total_EUR_amount=PAID)[0] == "Order total EUR amount"


@pytest.mark.parametrize(
    "heading",
    [
        "Sales order ID",
        "Sales territory key",
        "Total discounts",
        "Shipping amount",
        "Refund total",
        "Total tax",
        *("Numero totale", "Sconto totale", "Versandkosten Betrag", "Montant remise", "Total gastos envio"),
    ],
)
def test_ids_discounts_taxes_and_costs_are_no_amount(heading):
    assert best(**{heading.replace(" ", "_"): PAID}) == []


def test_a_mark_of_yes_and_no_is_no_amount():
    assert best(Sales_flagged=[0, 1, 1, 0]) == []


def test_numbers_that_count_give_way_to_amounts():
    assert best(Total=[101, 102, 104, 103], Amount=PAID) == ["Amount", "Total"]


@pytest.mark.parametrize(
    ("values", "exact", "doubtful"),
    [
        ([5, 6, 7, 8], True, True),
        ([5, 6, 7], True, False),  # too few to tell
        ([5, 6, 7, 9], True, False),
        ([10, 20, 30, 40], True, False),
        ([0] * 19 + [5], True, True),
        ([np.nan] * 4, True, True),
        ([1, 2, 3, 4, 5] * 4, False, True),  # codes
        ([1, 2, 3, 4, 5] * 4, True, False),  # of what is headed as an amount
        ([1.5, 2, 3, 4, 5] * 4, False, False),
    ],
)
def test_contents_that_speak_against_an_amount(values, exact, doubtful):
    assert is_doubtful(np.array(values, dtype=float), exact=exact) is doubtful


@pytest.mark.parametrize(
    ("first", "second", "is_open"),
    [
        ("Order total", "Subtotal", False),
        ("Order total", "Amount paid", True),
        ("Total", "Amount", False),
        ("Total", "Gross", True),
        ("Amount", "Revenue", True),
        ("Amount", "Net", False),
        ("Net sales", "Gross sales", False),
        ("Subtotal", "Net", True),
    ],
)
def test_two_headings_that_could_both_be_meant_leave_it_open(first, second, is_open):
    cells = {first: np.array(PAID), second: np.array(LESS)}
    chosen, other = money_columns([first, second], cells.get)
    assert chosen.name == first
    assert chosen.is_open_beside(other) is is_open
    same = dict.fromkeys(cells, np.array(PAID))
    chosen, other = money_columns([first, second], same.get)
    assert not chosen.is_open_beside(other)


def test_a_column_of_noughts_alone_is_an_amount_nobody_paid_and_no_flag():
    assert best(Total_paid_in=[0, 0, 0]) == ["Total paid in"]
    assert best(Sales_flagged=[0, 1, 0]) == []
