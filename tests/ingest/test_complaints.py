"""Complaints as people and help desks write them, and in a column of the sales file."""

from datetime import date

import pytest

from retention import ingest
from retention.errors import InputError

DAY = date(2024, 6, 3).toordinal()


def raw(text):
    return ingest.read(text.encode(), "complaints.csv")


def rows(found):
    return [tuple(row) for row in found.table.itertuples(index=False)]


@pytest.mark.parametrize(
    ("heads", "yes", "no"),
    [
        ("customer_id,date,resolved", "yes", "no"),
        ("Requester email,Created at,Status", "Solved", "Open"),
        ("Cliente,Data reclamo,Risolto", "Sì", "No"),
        ("Cliente,Data,Esito", "rimborsato", "respinto"),
    ],
)
def test_resolved_or_not_is_told_by_its_words(heads, yes, no):
    found = ingest.read_complaints(raw(f"{heads}\nA@x.it,2024-06-03,{yes}\nb@x.it,2024-06-04,{no}\n"))
    assert rows(found) == [("a@x.it", DAY, 1), ("b@x.it", DAY + 1, 0)]
    assert found.says_resolved
    assert (found.rows, found.unreadable, found.unclear) == (2, 0, 0)


def test_a_day_of_resolution_says_yes_and_none_says_no():
    text = "customer,date,resolved on\na,2024-06-03,2024-06-05\nb,2024-06-03,\nc,2024-06-03,soon\n"
    found = ingest.read_complaints(raw(text))
    assert found.table["resolved"].tolist() == [1, 0, -1]
    assert found.unclear == 1


def test_a_word_that_says_neither_is_counted_and_not_guessed():
    found = ingest.read_complaints(raw("customer,date,status\na,2024-06-03,closed\nb,2024-06-03,\n"))
    assert found.table["resolved"].tolist() == [-1, -1]
    assert found.unclear == 1


def test_without_such_a_column_nothing_is_said():
    found = ingest.read_complaints(raw("Cliente;Data\nA;03/06/2024\n"))
    assert rows(found) == [("A", DAY, -1)]
    assert not found.says_resolved


def test_rows_without_a_customer_or_a_day_are_counted():
    found = ingest.read_complaints(raw("customer,date\nA,2024-06-03\n,2024-06-03\nB,soon\n"))
    assert (found.rows, found.unreadable, len(found.table)) == (3, 2, 1)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a,b\n1,2\n", "missing_columns"),
        ("customer,date\nA,soon\n", "no_usable_complaints"),
        ("customer,date,complaint\nA,2024-06-03,no\n", "no_usable_complaints"),
    ],
)
def test_what_cannot_be_read_is_refused(text, code):
    with pytest.raises(InputError, match=code):
        ingest.read_complaints(raw(text))


SALES = """order,customer,date,amount,status,complaint,resolved
1,a,2024-06-03,10,completed,yes,yes
2,b,2024-06-04,10,completed,no,
3,c,2024-06-05,10,completed,,
4,d,2024-06-06,10,completed,arrived broken,no
"""


def test_a_column_of_the_sales_file_marks_the_orders_complained_about():
    sales = raw(SALES)
    found = ingest.complaints_in(sales, ingest.guess(sales).mapping)
    assert rows(found) == [("a", DAY, 1), ("d", DAY + 3, 0)]
    assert found.of_sales


def test_the_column_itself_may_say_how_it_ended():
    lines = (
        SALES.replace(",resolved", ",remark")
        .replace(",yes,yes", ",Resolved,")
        .replace("arrived broken", "not resolved")
    )
    sales = raw(lines)
    found = ingest.complaints_in(sales, ingest.guess(sales).mapping)
    assert rows(found) == [("a", DAY, 1), ("d", DAY + 3, 0)]
    assert found.says_resolved


def test_the_status_of_an_order_is_not_that_of_a_complaint():
    sales = raw(SALES.replace(",resolved", ",remark").replace("completed", "resolved"))
    found = ingest.complaints_in(sales, ingest.guess(sales).mapping)
    assert not found.says_resolved


@pytest.mark.parametrize(
    "text", [SALES.replace(",complaint", ",remark"), SALES.replace("yes", "no").replace("arrived broken", "")]
)
def test_sales_without_complaints_have_none(text):
    sales = raw(text)
    assert ingest.complaints_in(sales, ingest.guess(sales).mapping) is None
