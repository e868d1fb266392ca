"""Rows with more fields than headings, as decimal commas or names without quotes make them."""

import pytest
from hypothesis import given, strategies as st

from tests.ingest.wild.making import FEW, MANY, right, sales
from tests.ingest.wild.outcome import csv, outcome, wild


def test_decimal_commas_without_quotes():
    assert wild("m05_wide.csv").refused == "wider_than_headings"


def test_a_few_such_rows_are_said():
    rows = [f"{i},2023-01-{i:02},10,anna" for i in range(1, 10)]
    found = outcome(csv("Order,Date,Total,Customer", *rows, "10,2023-02-17,12,50,anna"), "shop.csv")
    (said,) = [note for note in found.intake.warnings if note.code == "wider_than_headings"]
    assert said.details == {"rows": 1, "row": 11}


def test_separators_that_end_every_line_are_nothing_to_say():
    rows = [f"{i},2023-01-{i:02},10,anna,," for i in range(1, 10)]
    assert not outcome(csv("Order,Date,Total,Customer", *rows), "shop.csv").intake.warnings


def check(some, bare):
    names = {"anna": "Rossi, Anna" if bare else "Anna", "bruno": "Bruno", "carla": "Verdi, Carla"}
    lines = []
    for sale in some:
        euros, cents = divmod(sale.cents, 100)
        amount = f"{euros},{cents:02}" if cents or not bare else f"{euros}"
        lines.append(f"{sale.order},{sale.day:%d/%m/%Y},{amount},{names[sale.customer]}")
    found = outcome(csv("Order,Date,Total,Customer", *lines), "shop.csv")
    assert right(found, some, "wider_than_headings")


@FEW
@given(some=sales(), bare=st.booleans())
def test_never_one_column_off_in_silence(some, bare):
    check(some, bare)


@pytest.mark.slow
@MANY
@given(some=sales(), bare=st.booleans())
def test_never_one_column_off_in_silence_in_many_files(some, bare):
    check(some, bare)
