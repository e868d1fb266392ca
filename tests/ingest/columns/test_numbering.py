"""Which rows a number holds together; by hand."""

import numpy as np
import pyarrow as pa

from retention.ingest.columns.numbering import tell_apart
from retention.ingest.columns.texts import Coded


def coded(texts):
    names = sorted({text for text in texts if text is not None})
    return Coded(
        np.array([-1 if text is None else names.index(text) for text in texts]), pa.array(names, pa.string())
    )


def parts(*rows):
    """Rows (number, customer, moment, amount) by the order they are told to belong to, and what was found."""
    number, customer, moment, amount = zip(*rows, strict=True)
    found = tell_apart(
        coded(number),
        coded(customer),
        np.array(moment, dtype="datetime64[us]"),
        np.array(amount, dtype=float),
    )
    names = found.order.texts()
    assert [None if code < 0 else names[i] for i, code in enumerate(found.order.codes)] == list(number)
    places = {code: place for place, code in enumerate(dict.fromkeys(found.order.codes.tolist()))}
    return [places[code] for code in found.order.codes.tolist()], (found.repeated, found.spanning)


def test_a_number_months_later_is_another_order():
    rows = [("1", "a", "2024-01-05", 1), ("1", "a", "2024-01-05", 2), ("1", "a", "2024-03-05", 3)]
    assert parts(*rows) == ([0, 0, 1], (1, 0))


def test_a_number_days_later_is_the_same_order_and_is_said():
    assert parts(("1", "a", "2024-01-05", 1), ("1", "a", "2024-01-08", 2)) == ([0, 0], (0, 1))


def test_numbers_of_several_customers_on_several_days_begin_again_each_day():
    rows = [
        *(("1", "a", "2024-01-05", 1), ("1", "a", "2024-01-06", 2), ("1", "b", "2024-01-07", 3)),
        *(("2", "a", "2024-01-05", 1), ("2", "b", "2024-01-06", 2)),
    ]
    assert parts(*rows) == ([0, 1, 2, 3, 4], (2, 0))


def test_goods_that_come_back_stay_with_their_sale():
    assert parts(("1", "a", "2024-01-05", 9), ("1", "a", "2024-06-05", -4)) == ([0, 0], (0, 0))


def test_a_row_without_customer_or_date_belongs_with_the_one_above():
    rows = [
        *(("1", "a", "2024-01-05", 1), ("1", None, "NaT", 2), ("1", "b", "2024-03-05", 3)),
        *(("1", None, "NaT", 4), (None, None, "NaT", 5)),
    ]
    assert parts(*rows) == ([0, 0, 1, 1, 2], (1, 0))


def test_numbers_of_one_order_each_are_left_alone():
    order = coded(["2", "1", "2"])
    found = tell_apart(
        order, coded(["a", "b", "a"]), np.array(["2024-01-05"] * 3, dtype="datetime64[us]"), np.ones(3)
    )
    assert found.order is order
