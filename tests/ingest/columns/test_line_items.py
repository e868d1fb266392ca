"""Orders of several lines; every case worked by hand."""

import numpy as np
import pandas as pd
import pytest

from retention.ingest.columns.line_items import amount_layout, counted_once, filled_dates, filled_texts
from retention.ingest.columns.texts import Coded

NAN = np.nan


def layout(orders, amounts, heading="Importo", *, lines=True):
    order = pd.Series(orders).astype("category").cat.codes.to_numpy()
    rows = pd.DataFrame({"order": orders, "amount": amounts})
    again = np.zeros(len(rows), dtype=bool) if lines else rows.duplicated().to_numpy()
    return amount_layout(heading, order, rows["amount"].to_numpy(), again)


THREE = ["A", "A", "B", "B", "C", "C", "D", "E", "F"]


def test_lines_that_cost_differently_have_amounts_of_their_own():
    assert layout(THREE, [1.0, 2.0, 5.0, 5.0, 7.0, 7.0, 1.0, 1.0, 1.0]) == "rows"


@pytest.mark.parametrize(
    ("heading", "one", "two"),
    [("Totale ordine", "once", "open"), ("Totale", "rows", "rows"), ("Importo", "rows", "rows")],
)
def test_some_orders_that_repeat_one_amount_count_by_their_heading_and_share(heading, one, two):
    assert layout(list("AABBCC"), [4.0, 4.0, 5.0, 5.0, 7.0, 8.0], heading) == one
    assert layout(list("AABBCC"), [4.0, 4.0, 5.0, 6.0, 7.0, 8.0], heading) == two


def test_orders_of_one_line_have_nothing_to_repeat():
    assert layout(list("ABC"), [1.0, 2.0, 3.0]) == "rows"


def test_an_amount_on_one_line_of_each_order_is_the_orders():
    amounts = [4.0, NAN, NAN, 5.0, 7.0, NAN, 1.0, 1.0, 1.0]
    assert layout(THREE, amounts) == "once"
    amounts[4] = NAN  # two orders alone may be chance; one without any amount says nothing
    assert layout(THREE, amounts) == "rows"


@pytest.mark.parametrize(("heading", "found"), [("Importo", "open"), ("Totale ordine", "once")])
def test_an_amount_repeated_on_every_line_is_the_orders_or_open(heading, found):
    amounts = [4.0, 4.0, 5.0, 5.0, 7.0, 7.0, 1.0, 1.0, 1.0]
    assert layout(THREE, amounts, heading) == found


def test_two_orders_whose_lines_cost_the_same_may_be_chance_or_not():
    assert layout(list("AABB"), [4.0, 4.0, 5.0, 5.0]) == "open"
    assert layout(list("AABB"), [4.0, 4.0, 5.0, 5.0], "Totale ordine") == "once"


@pytest.mark.parametrize(
    ("heading", "found"), [("Importo", "rows"), ("Totale", "open"), ("Totale riga", "rows")]
)
def test_one_order_whose_lines_cost_the_same_is_asked_about_under_a_total_alone(heading, found):
    assert layout(list("AABC"), [4.0, 4.0, 5.0, 6.0], heading) == found


def test_orders_that_all_cost_the_same_have_a_price_of_their_own():
    assert layout(THREE, [4.0] * 9) == "rows"
    assert layout(THREE, [4.0] * 9, "Totale") == "open"


def test_repeated_rows_are_no_lines():
    assert layout(THREE, [4.0, 4.0, 5.0, 5.0, 7.0, 7.0, 1.0, 1.0, 1.0], lines=False) == "rows"


def test_rows_without_an_order_say_nothing():
    orders = [*THREE[:6], None, None, "D"]
    amounts = [4.0, 4.0, 5.0, 5.0, 7.0, 7.0, 1.0, 2.0, 1.0]
    assert layout(orders, amounts) == "open"


def test_a_text_on_one_line_is_that_of_its_order():
    # order 0 is told on its second line, order 1 nowhere, order 2 twice; the last rows have no order
    column = Coded(np.array([-1, 3, -1, -1, 1, 2, -1, 5]), pd.Series(list("abcdef")))
    found = filled_texts(column, np.array([0, 0, 1, 1, 2, 2, -1, -1]))
    assert found.codes.tolist() == [3, 3, -1, -1, 1, 2, -1, 5]
    assert found.names is column.names


def test_rows_without_an_order_are_given_no_text_of_another():
    found = filled_texts(Coded(np.array([4, -1]), pd.Series(list("abcde"))), np.array([-1, -1]))
    assert found.codes.tolist() == [4, -1]


def test_a_date_on_one_line_is_that_of_its_order_and_the_earliest():
    days = ["NaT", "2024-02-02", "2024-01-05", "NaT", "NaT", "NaT", "2024-03-01"]
    found = filled_dates(np.array(days, dtype="datetime64[us]"), np.array([0, 0, 0, 1, -1, 2, -1]))
    expected = ["2024-01-05", "2024-02-02", "2024-01-05", "NaT", "NaT", "NaT", "2024-03-01"]
    np.testing.assert_array_equal(found, np.array(expected, dtype="datetime64[us]"))


def test_an_amount_counts_once_in_its_order_and_file():
    order = np.array([0, 0, 0, 1, 1, 0, -1, -1])
    file = np.array([0, 0, 0, 0, 0, 1, 0, 0])
    amount = np.array([4.0, 4.0, 9.0, 4.0, 4.0, 4.0, 4.0, 4.0])
    assert counted_once(amount, order, file).tolist() == [4.0, 0.0, 9.0, 4.0, 0.0, 4.0, 4.0, 4.0]


def test_lines_without_an_amount_are_nothing_where_their_order_has_one():
    # order 0 has an amount, order 1 has none, and rows without an order know of no other
    order = np.array([0, 0, 1, 1, -1, -1])
    amount = np.array([NAN, 4.0, NAN, NAN, 7.0, NAN])
    np.testing.assert_array_equal(
        counted_once(amount, order, np.zeros(6, dtype=int)), [0.0, 4.0, NAN, NAN, 7.0, NAN]
    )


def test_no_rows_are_no_trouble():
    nothing = np.zeros(0, dtype=np.int64)
    assert counted_once(np.zeros(0), nothing, nothing).size == 0
    assert filled_dates(np.zeros(0, dtype="datetime64[us]"), nothing).size == 0
    assert filled_texts(Coded(nothing, pd.Series([], dtype="str")), nothing).codes.size == 0
