"""Random orders in random dialects read back as the same orders, or the right question is asked."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings

from retention.ingest import guess, to_orders
from retention.ingest.parse.reading import read_own
from tests.ingest.dialects import ROWS, dialects, meant, open_date_order, open_decimal, orders, written

NOW = datetime(2024, 6, 1)  # noqa: DTZ001  local, as the files' dates are


def check(rows, dialect):
    rows = meant(rows, dialect)
    # parsed in this process, as one of its own for each of thousands of files would take most of the time
    raw = read_own(written(rows, dialect), "ordini.xlsx" if dialect.workbook else "ordini.csv")
    found = guess(raw)
    assert found.missing == ()
    expected = {"date_order": open_date_order(rows, dialect), "decimal": open_decimal(rows, dialect)}
    asked = {question.code: question for question in found.questions}
    # Orders whose lines all cost the same cannot be told from an order's total on each line.
    assert asked.keys() - {"amount_once"} == {code for code, is_open in expected.items() if is_open}
    answers = {
        "date_order": dialect.date_form.startswith("d"),
        "decimal": dialect.decimal,
        "amount_once": False,
    }
    if dialect.places == 0 and dialect.thousands:
        answers["decimal"] = ",.".replace(dialect.thousands, "") if dialect.thousands in ",." else "."
    mapping = replace(found.mapping, **{asked[code].field: answers[code] for code in asked})
    result = to_orders(raw, mapping, now=NOW)
    table = result.orders.table
    days = table["date"].dt.date
    order_ids = table["order_id"].astype(object).where(table["order_id"].notna(), None)
    got = zip(table["customer_id"], order_ids, days, table["value"], strict=True)
    assert sorted(got, key=str) == sorted(orders(rows, dialect), key=str)
    account = result.account
    assert (account.rows, account.rows_used) == (len(rows), len(rows))
    assert account.rows_read == account.rows + sum(raw.not_data.values())


@settings(max_examples=25)
@given(ROWS, dialects())
def test_orders_survive_being_written_in_any_dialect(rows, dialect):
    check(rows, dialect)


@pytest.mark.slow
@settings(max_examples=2_500)
@given(ROWS, dialects())
def test_orders_survive_being_written_in_very_many_dialects(rows, dialect):
    check(rows, dialect)
