"""Sales that go on on other sheets of a workbook."""

import io
from datetime import date

import pytest
from hypothesis import given, strategies as st
from openpyxl import Workbook

from tests.ingest.wild.making import FEW, MANY, figures, right, sales, truth
from tests.ingest.wild.outcome import outcome, wild

HEADINGS = ("Order", "Customer", "Date", "Total")


def workbook(sheets) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_sales_that_go_on_on_the_second_sheet():
    found = wild("n07_sheets.xlsx")
    assert (found.orders, found.total) == (4, 100.50)
    assert (found.first, found.last) == (date(2022, 1, 5), date(2023, 2, 20))
    (said,) = [note for note in found.intake.warnings if note.code == "sheets_read_together"]
    assert said.details["rows"] == 4


def test_one_sheet_can_be_read_alone():
    book = workbook({str(y): [HEADINGS, (y, "a", date(y, 1, 5), 10)] for y in (2022, 2023)})
    found = outcome(book, "shop.xlsx", sheet="2023")
    assert (found.orders, found.first) == (1, date(2023, 1, 5))
    assert not found.intake.warnings


def test_a_sheet_of_sales_under_other_headings_is_named():
    book = workbook(
        {
            "2022": [HEADINGS, *((i, "a", date(2022, 1, i), 10) for i in range(1, 5))],
            "2023": [(*HEADINGS, "Note"), (9, "a", date(2023, 1, 5), 10, "x")],
        }
    )
    (said,) = outcome(book, "shop.xlsx").intake.warnings
    assert (said.code, said.details) == ("sheets_not_read", {"sheets": ["2023"]})


def test_a_sheet_that_goes_on_without_headings_is_named():
    rows = [(i, "a", date(2022, 1, i), 10) for i in range(1, 5)]
    book = workbook({"2022": [HEADINGS, *rows], "2023": [(9, "b", date(2023, 1, 5), 10)], "About": [("x",)]})
    (said,) = outcome(book, "shop.xlsx").intake.warnings
    assert (said.code, said.details) == ("sheets_not_read", {"sheets": ["2023"]})


def check(some, yearly):
    sheets = {"About": [("Exported by the till",)]}
    for sale in some:
        name = f"{sale.day:%Y}" if yearly else f"{sale.day:%b %Y}"
        row = (sale.order, sale.customer, sale.day, sale.cents / 100)
        sheets.setdefault(name, [HEADINGS]).append(row)
    found = outcome(workbook(sheets), "shop.xlsx")
    assert figures(found) == truth(some)
    assert right(found, some)


@FEW
@given(some=sales(), yearly=st.booleans())
def test_a_sheet_a_month_or_a_year(some, yearly):
    check(some, yearly)


@pytest.mark.slow
@MANY
@given(some=sales(), yearly=st.booleans())
def test_a_sheet_a_month_or_a_year_in_many_files(some, yearly):
    check(some, yearly)
