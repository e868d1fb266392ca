"""Columns headed "Nr" or "Numero" that number the orders, and those that number something else."""

import pandas as pd
import pytest

from retention.ingest.columns.bare_numbers import bare_number

JAN, FEB = "2024-01-05", "2024-02-06"


def found(numbers, who, days, *, files=None, heading="Numero", lines=False):
    sample = pd.DataFrame({heading: numbers, "Cliente": who})
    beside = pd.DataFrame({"file": files or [0] * len(who), "day": pd.to_datetime(days), "who": who})
    return bare_number(sample, list(sample), beside, lines=lines)


@pytest.mark.parametrize("heading", ["Numero", "N.", "Nr", "No.", "Num", "Number", "Nummer", "Numéro", "N°"])
def test_a_number_for_each_invoice_numbers_the_orders(heading):
    assert found(["1", "2", "3"], ["Rossi", "Verdi", "Rossi"], [JAN, JAN, JAN], heading=heading) == heading


def test_a_number_for_each_line_does_not():
    assert found(["1", "2", "3"], ["Rossi", "Verdi", "Rossi"], [JAN, JAN, JAN], lines=True) is None


def test_lines_under_one_number_are_an_order():
    days, who = [JAN, JAN, JAN, FEB], ["Rossi", "Rossi", "Verdi", "Verdi"]
    assert found(["1", "1", "2", "3"], who, days, lines=True) == "Numero"


def test_receipts_that_begin_again_each_day_are_orders():
    who = ["Rossi", "Verdi", "Bruni", "Neri"]
    assert found(["1", "2", "1", "2"], who, [JAN, JAN, FEB, FEB]) == "Numero"


def test_invoices_of_two_shops_are_numbered_each_by_itself():
    assert found(["1", "2", "1", "2"], list("abcd"), [JAN, JAN, JAN, JAN], files=[0, 0, 1, 1]) == "Numero"


def test_a_customers_number_is_no_orders():
    assert found(["7", "8", "7", "8"], ["Rossi", "Verdi"] * 2, [JAN, JAN, FEB, FEB]) is None


def test_a_number_of_pieces_is_no_orders():
    assert found(["1", "1", "2", "1"], list("abcd"), [JAN, JAN, JAN, FEB]) is None


def test_places_in_the_list_of_an_orders_lines_are_no_orders():
    who = ["a", "a", "a", "b", "b", "b"]
    assert found(list("123123"), who, [JAN, JAN, JAN, FEB, FEB, FEB], lines=True) is None


def test_other_headings_are_left_alone():
    assert found(["1", "2"], ["a", "b"], [JAN, JAN], heading="Numero pezzi") is None
    assert found(["1"], ["a"], [JAN]) is None
