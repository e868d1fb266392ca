"""Why a column was taken, and what the next best would have given."""

from datetime import date

import pytest

from retention.ingest import Reason, explain, guess, read, to_orders

HEADINGS = "Order,Customer ID,Customer name,Order date,Paid at,Total,Subtotal\n"
ROWS = "1,a,Rossi,2024-01-05,2024-01-09,12.20,10.00\n2,b,Rossi,2024-01-17,2024-01-18,24.40,20.00\n"


def explained(text, **given):
    raw = read(text.encode(), "a.csv")
    found = guess(raw, **given)
    return explain(raw, found), found


def test_the_next_best_is_told_with_what_it_would_give():
    reasons, found = explained(HEADINGS + ROWS)
    totals = {"total": pytest.approx(36.6), "rival_total": pytest.approx(30.0)}
    assert reasons["amount"] == Reason("Total", "heading", "Subtotal", totals)
    people = {"customers": 2, "rival_customers": 1}
    assert reasons["customer"] == Reason("Customer ID", "heading", "Customer name", people)
    days = {"first": date(2024, 1, 5), "rival_first": date(2024, 1, 9)}
    assert reasons["date"] == Reason("Order date", "heading", "Paid at", days)
    assert reasons["order"] == Reason("Order", "heading", None, {"orders": 2, "rival_orders": 2})
    assert reasons.keys() == found.columns.keys()


def test_orders_and_statuses_are_told_beside_doing_without_them():
    lines = (
        "1,a,2024-01-05,paid,5\n2,a,2024-01-05,cancelled,6\n2,b,2024-01-05,returned,7\n,b,2024-01-09,paid,8\n"
    )
    reasons, _ = explained("Order,Customer,Date,Status,Total\n" + lines)
    # 1; 2 of a, 2 of b; the ninth of b. By customer and day: a on the fifth, b on the fifth and the ninth
    assert reasons["order"].details == {"orders": 4, "rival_orders": 3}
    assert reasons["status"].details == {"rows": 2, "rival_rows": 0}


def test_how_a_column_was_found_is_told():
    reasons, _ = explained("wer;Data emissione documento;Importo\na@b.it;2024-01-05;1,50\n", amount="Importo")
    whys = {role: reason.why for role, reason in reasons.items()}
    assert whys == {"customer": "contents", "date": "heading_holds", "amount": "given"}


def test_columns_of_a_known_export_are_known():
    headings = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
    reasons, _ = explained(headings + "1,2,pen,1,2024-01-05,1.50,7,Italy\n")
    assert {reason.why for reason in reasons.values()} == {"known"}


def test_an_orders_amount_on_each_of_its_lines_counts_once_in_what_is_told():
    lines = "".join(f"{i},a,2024-01-0{i},p{j},{i}0.50,{i}2.00\n" for i in range(1, 5) for j in range(2))
    raw = read(("Order,Customer,Date,Product,Order value,Order total\n" + lines).encode(), "a.csv")
    found = guess(raw)
    assert found.mapping.once_per_order
    assert explain(raw, found)["amount"].details == {
        "total": pytest.approx(108.0) if found.mapping.amount == "Order total" else pytest.approx(102.0),
        "rival_total": pytest.approx(102.0)
        if found.mapping.amount == "Order total"
        else pytest.approx(108.0),
    }
    (warning,) = to_orders(raw, found.mapping).warnings
    assert warning.code == "amount_rival"


def test_what_is_missing_is_not_computed_from():
    reasons, found = explained("Customer,Customer name,Date\na,b,2024-01-05\n")
    assert found.mapping is None
    assert reasons["customer"] == Reason("Customer", "heading", "Customer name")
