"""Several files in one upload, each with its own decimal sign or order of day and month."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from retention import ingest
from tests.ingest.wild.making import FEW, MANY, sales, truth
from tests.ingest.wild.outcome import csv

FORMS = ("%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d")


def written(some, form, sign):
    def amount(cents):
        text = f"{cents / 100:,.2f}"
        return text if sign == "." else text.translate(str.maketrans(",.", ".,"))

    rows = [f'{s.order};{s.customer};{s.day:{form}};"{amount(s.cents)}"' for s in some]
    return csv("Order;Customer;Date;Total", *rows)


def read(files):
    raw = ingest.read_many([(f"{i}.csv", content) for i, content in enumerate(files)])
    guess = ingest.guess(raw)
    return guess, guess.mapping and ingest.to_orders(raw, guess.mapping)


def test_each_file_has_its_own_decimal_sign():
    german = csv("Order;Customer;Date;Total", "1;a;2023-01-05;1.234,50", "2;a;2023-01-06;12,50")
    english = csv("Order;Customer;Date;Total", "3;a;2023-01-07;1,234.50", "4;a;2023-01-08;12.50")
    guess, intake = read([german, english])
    assert intake.orders.table["value"].tolist() == [1234.5, 12.5, 1234.5, 12.5]
    assert guess.questions == ()


def test_each_file_has_its_own_order_of_day_and_month():
    one = csv("Order;Customer;Date;Total", "1;a;13/02/2023;10", "2;a;03/02/2023;10")
    other = csv("Order;Customer;Date;Total", "3;a;02/14/2023;10", "4;a;02/04/2023;10")
    guess, intake = read([one, other])
    assert intake.orders.table["date"].dt.strftime("%m-%d").tolist() == ["02-13", "02-03", "02-14", "02-04"]
    assert guess.questions == ()


def test_a_file_that_leaves_it_open_is_asked_about():
    one = csv("Order;Customer;Date;Total", "1;a;13/02/2023;10", "2;a;03/02/2023;10")
    other = csv("Order;Customer;Date;Total", "3;a;02/04/2023;10")
    guess, _ = read([one, other])
    assert [question.code for question in guess.questions] == ["date_order"]
    raw = ingest.read_many([("1.csv", one), ("2.csv", other)])
    answered = ingest.to_orders(raw, replace(guess.mapping, day_first=False))
    days = answered.orders.table["date"].dt.strftime("%m-%d").tolist()
    assert days == ["02-13", "02-03", "02-04"]  # the answer is for the file that leaves it open


def check(some, forms, signs):
    half = len(some) // 2
    guess, intake = read(
        [
            written(part, *how)
            for part, how in zip((some[:half], some[half:]), zip(forms, signs, strict=True), strict=True)
        ]
    )
    if intake is None:
        assert guess.missing  # amounts all of 1 could as well be marks
        return
    rows = intake.orders.table
    days = rows.set_index("order_id")["date"].dt.date.to_dict()
    found = (rows["customer_id"].nunique(), len(rows), round(rows["value"].sum(), 2))
    true = found == truth(some) and days == {str(sale.order): sale.day for sale in some}
    assert true or guess.questions or intake.warnings


SHAPES = {
    "some": sales(),
    "forms": st.tuples(st.sampled_from(FORMS), st.sampled_from(FORMS)),
    "signs": st.tuples(st.sampled_from(".,"), st.sampled_from(".,")),
}


@FEW
@given(**SHAPES)
def test_files_are_read_each_in_its_own_way_or_asked_about(some, forms, signs):
    check(some, forms, signs)


@pytest.mark.slow
@MANY
@given(**SHAPES)
def test_many_files_are_read_each_in_its_own_way_or_asked_about(some, forms, signs):
    check(some, forms, signs)
