"""Dates as programs and people write them: months, time since 1970, days for none, swapped days."""

import io
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import assume, given, strategies as st
from openpyxl import Workbook

from retention import ingest
from tests.ingest.wild.making import FEW, MANY, right, sales
from tests.ingest.wild.outcome import csv, outcome, wild
from tests.ingest.words.test_months import NAMES


def test_days_programs_write_for_none():
    found = wild("m12_default_date.csv")
    assert (found.orders, found.total, found.first) == (2, 40.00, date(2023, 1, 5))
    assert found.intake.account.set_aside["missing_date"][0] == 2


def test_german_months():
    found = wild("m14_months_de.csv")
    assert (found.orders, found.total, found.last) == (6, 200.00, date(2023, 12, 20))


def test_month_day_year_with_the_months_name():
    found = wild("m23_ebay.csv")
    assert (found.orders, found.total) == (2, 30.00)
    assert (found.first, found.last) == (date(2023, 1, 5), date(2023, 2, 17))


def test_seconds_since_1970_and_cents():
    found = wild("m25_epoch.csv")
    assert (found.customers, found.orders) == (1, 2)
    assert (found.first, found.last) == (date(2023, 1, 5), date(2023, 2, 17))
    assert {"maybe_cents", "cents"} <= set(found.said)


def test_months_without_days():
    found = wild("m26_month.csv")
    assert (found.customers, found.orders, found.total) == (2, 3, 35.00)
    assert "days_not_known" in found.said


def test_days_swapped_by_a_spreadsheet_program():
    found = wild("n06_mangled.xlsx")
    bought = found.intake.orders.table.set_index("order_id")["date"].dt.date
    assert (bought["1"], bought["3"]) == (date(2023, 1, 5), date(2023, 2, 5))
    assert "dates_swapped_back" in found.said


def sheet_of(*days) -> bytes:
    book = Workbook()
    book.active.append(["Order", "Customer", "Date", "Total"])
    for order, day in enumerate(days, 1):
        book.active.append([order, "ab"[order % 2], day, 10.5 + order])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_days_that_may_be_swapped_are_said():
    early, late = (datetime(2023, *day) for day in ((5, 1), (3, 28)))  # noqa: DTZ001
    found = outcome(sheet_of(early, "17/01/2023", late, "25/01/2023"), "shop.xlsx")
    (said,) = found.intake.warnings
    assert (said.code, said.details) == ("dates_maybe_swapped", {"column": "Date", "rows": 1})
    assert found.last == date(2023, 5, 1)  # as it stands


def test_days_beside_texts_of_any_day_are_not_talked_about():
    early = datetime(2023, 5, 1)  # noqa: DTZ001
    assert not outcome(sheet_of(early, "17/01/2023", "05/01/2023"), "shop.xlsx").intake.warnings


def test_days_of_one_file_say_nothing_of_another_files():
    iso = csv("Order,Customer,Date,Total", "1,a,2023-05-01,10.5", "2,b,2023-05-02,20")
    texts = csv("Order,Customer,Date,Total", "3,a,17/01/2023,30", "4,b,25/01/2023,40")
    raw = ingest.read_many([("iso.csv", iso), ("texts.csv", texts)])
    found = ingest.to_orders(raw, ingest.guess(raw).mapping)
    assert found.orders.table.set_index("order_id")["date"]["1"].date() == date(2023, 5, 1)
    assert not found.warnings


BILLS = [f"{i},{'ab'[i % 2]},2023-0{1 + i // 2}-01,{i}1.5" for i in range(6)]


def test_bills_of_the_first_of_the_month_have_their_days():
    assert not outcome(csv("Invoice,Customer,Date,Amount", *BILLS), "bills.csv").intake.warnings
    months = csv("Customer,Date,Amount", *(line.split(",", 1)[1] for line in BILLS))
    assert [said.code for said in outcome(months, "months.csv").intake.warnings] == ["days_not_known"]


def mangled(some) -> bytes:
    """What a spreadsheet program of the United States makes of days written 05/01/2023."""
    book = Workbook()
    book.active.append(["Order", "Customer", "Date", "Total"])
    for sale in some:
        day = sale.day
        cell = datetime(day.year, day.day, day.month) if day.day <= 12 else f"{day:%d/%m/%Y}"  # noqa: DTZ001
        book.active.append([sale.order, sale.customer, cell, sale.cents / 100])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def as_written(some, shape, data) -> list[str]:
    if shape == "since 1970":
        unit = data.draw(st.sampled_from((1, 1000)))
        noon = [datetime.combine(sale.day, time(12), UTC) for sale in some]
        return [str(int(moment.timestamp()) * unit) for moment in noon]
    if shape == "months":
        form = data.draw(st.sampled_from(("%Y-%m", "%Y%m", "%b %Y", "%b-%y", "%m/%Y")))
        return [f"{sale.day:{form}}" for sale in some]
    names = NAMES[shape].split()
    return [f"{sale.day.day}. {names[sale.day.month - 1]} {sale.day.year}" for sale in some]


def check(some, shape, data):
    if shape == "mangled":
        assume(any(sale.day.day > 12 for sale in some))  # else nothing in the file tells of the swap
        found = outcome(mangled(some), "shop.xlsx")
    else:
        days = as_written(some, shape, data)
        lines = [f"{s.order},{s.customer},{d},{s.cents / 100:.2f}" for s, d in zip(some, days, strict=True)]
        found = outcome(csv("Order,Customer,Date,Total", *lines), "shop.csv")
    assert right(found, some, "date_order", "days_not_known", "maybe_cents")
    if not found.refused and shape != "months" and not found.guess.questions:
        alone = min(sale.day for sale in some), max(sale.day for sale in some)
        assert (found.first, found.last) == alone or found.intake.warnings


SHAPES = {"some": sales(), "shape": st.sampled_from(("mangled", "since 1970", "months", *NAMES))}


@FEW
@given(data=st.data(), **SHAPES)
def test_dates_are_true_or_spoken_of(some, shape, data):
    check(some, shape, data)


@pytest.mark.slow
@MANY
@given(data=st.data(), **SHAPES)
def test_dates_are_true_or_spoken_of_in_many_files(some, shape, data):
    check(some, shape, data)
