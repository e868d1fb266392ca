from datetime import date

import pandas as pd
from hypothesis import given, settings, strategies as st

from retention import aggregate
from tests.aggregate.shops import as_rows, prepared
from tests.conftest import shop

END = date(2024, 2, 15)

rows = st.lists(
    st.tuples(
        st.sampled_from("abcde"),
        st.dates(min_value=date(2024, 1, 1), max_value=date(2024, 3, 31)).map(str),
        st.integers(-20, 60).filter(bool),
    ),
    max_size=40,
)


def test_what_each_had_done_and_did_later_by_hand(small):
    # Until 15 February a buys on 1 and 31 January and 10 February, then on 5 March; b on 15 January, then on
    # 20 March; c comes later; b's refund is no purchase.
    assert as_rows(aggregate.held_back(small, END)) == [
        (0, 0, 31, 1, 0.0, 60.0, 1),
        (2, 40, 45, 1, 50.0, 40.0, 1),
    ]


def test_nothing_is_looked_at_beyond_the_last_day_asked_for_by_hand(small):
    # b's purchase of 20 March lies beyond the 10th
    assert as_rows(aggregate.held_back(small, END, date(2024, 3, 10))) == [
        (0, 0, 31, 0, 0.0, 0.0, 1),
        (2, 40, 45, 1, 50.0, 40.0, 1),
    ]


def test_the_same_days_a_year_before_by_hand():
    # Ten days are held back from the evening of 15 February on: a year earlier, 16 to 25 February 2023.
    rows = [("a", "2023-02-15", 1), ("a", "2023-02-16", 1), ("a", "2023-02-25", 1), ("a", "2024-02-20", 1)]
    rows += [("b", "2023-02-26", 1), ("b", "2024-02-25", 1), ("b", "2024-02-26", 1), ("c", "2024-02-20", 1)]
    orders = prepared(rows, "2023-01-01", "2024-03-31")
    assert as_rows(aggregate.a_year_before(orders, END, date(2024, 2, 25))) == [(0, 1, 1), (2, 1, 1)]


def test_repeat_purchases_by_day_by_hand(small):
    # c is won after the day, and so are nobody's repeats
    days = [date(2024, 1, 31), date(2024, 2, 10), date(2024, 3, 5), date(2024, 3, 20)]
    assert as_rows(aggregate.repeats_by_day(small, END)) == [(day.toordinal(), 1) for day in days]


def test_the_last_day_counts_to_its_last_hour():
    orders = shop([("a", "2024-01-01", 5)], "2024-01-01", "2024-03-31")
    orders.table["date"] = pd.Timestamp("2024-02-15 23:59:59")
    purchases = aggregate.prepare(orders)
    assert len(purchases.until(END).table) == 1
    assert len(purchases.until(date(2024, 2, 14)).table) == 0
    assert purchases.until(END).window.last == END


def test_two_orders_on_a_day_are_one_purchase_day_with_both_values():
    orders = prepared(
        [("a", "2024-01-01", 5), ("a", "2024-03-01", 7), ("a", "2024-03-01", 8)], "2024-01-01", "2024-03-31"
    )
    assert as_rows(aggregate.held_back(orders, END)) == [(0, 0, 45, 1, 0.0, 15.0, 1)]


@given(rows)
@settings(max_examples=10)
def test_it_is_what_the_models_would_have_seen_on_the_day(given_rows):
    orders = prepared(given_rows, "2024-01-01", "2024-03-31")
    known, everything = aggregate.customers(orders.until(END)), aggregate.customers(orders)
    found = aggregate.held_back(orders, END)
    grouped = found.groupby(["x", "t_x", "T"], as_index=False)["customers"].sum()
    assert as_rows(grouped) == as_rows(aggregate.states(known))
    both = known.merge(everything, on="customer_id")
    assert (found["later"] * found["customers"]).sum() == (both["x_y"] - both["x_x"]).sum()
    assert abs(found["value"].sum() - (both["revenue_y"] - both["revenue_x"]).sum()) < 1e-6
    assert abs(found["spent"].sum() - (known["x"] * known["m_x"].fillna(0)).sum()) < 1e-6
    assert aggregate.held_back(prepared(given_rows[::-1], "2024-01-01", "2024-03-31"), END).equals(found)
