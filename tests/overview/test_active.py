from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from retention.periods import first_day
from retention.study import Study
from tests.conftest import shop

FIRST, LAST = "2024-01-01", "2024-06-20"
COLUMNS = ["start", "new", "retained", "reactivated", "lost", "end"]
rows = st.lists(
    st.tuples(st.sampled_from("abcde"), st.dates(date(2024, 1, 1), date(2024, 6, 20)).map(str), st.just(10)),
    min_size=1,
    max_size=30,
)


def by_brute_force(rows, period, days):
    """Who is active on each period's edges, looked up one by one."""
    orders = shop(rows, FIRST, LAST)
    bought = {}
    for customer, when, _ in rows:
        bought.setdefault(customer, []).append(date.fromisoformat(when))
    out = []
    for number in orders.window.numbers(period):
        begins = first_day(number, period)
        ends = min(first_day(number + 1, period), orders.window.last + timedelta(days=1))
        was, still = (
            {
                who
                for who, dates in bought.items()
                if any(edge - timedelta(days=days) <= day < edge for day in dates)
            }
            for edge in (begins, ends)
        )
        entered = {who for who in still - was if min(bought[who]) >= begins}
        counts = (was, entered, was & still, still - was - entered, was - still, still)
        out.append(tuple(len(group) for group in counts))
    return out


def counted(orders, period, days):
    table = flows(orders, period, days)
    return [tuple(row) for row in table[COLUMNS].itertuples(index=False)]


def flows(orders, period, days):
    return Study(orders).overview.active_flows(period, days).table


def test_by_hand():
    # W = 40. a: 5 January, active until 14 February. b: 25 January, 20 April. c: 3 March, until 12 April.
    rows = [("a", "2024-01-05", 1), ("b", "2024-01-25", 1), ("b", "2024-04-20", 1), ("c", "2024-03-03", 1)]
    orders = shop(rows, "2024-01-01", "2024-04-30")
    assert counted(orders, "month", 40) == [
        (0, 2, 0, 0, 0, 2),
        (2, 0, 1, 0, 1, 1),  # b's 25 January is within 40 days of 1 March, a's 5 January is not
        (1, 1, 0, 0, 1, 1),
        (1, 0, 0, 1, 1, 1),  # c is gone, b is back
    ]


def test_someone_won_and_gone_within_a_period_is_not_new():
    table = flows(shop([("a", "2024-01-03", 1)], "2024-01-01", "2024-01-31"), "month", 10)
    assert table["new"].tolist() == [0]


@settings(max_examples=40)
@given(rows, st.sampled_from(["month", "quarter", "week"]), st.integers(1, 120))
def test_the_counts_are_those_of_looking_up_each_customer(rows, period, days):
    assert counted(shop(rows, FIRST, LAST), period, days) == by_brute_force(rows, period, days)


@settings(max_examples=15)
@given(rows, st.integers(1, 120))
def test_the_books_balance(rows, days):
    table = flows(shop(rows, FIRST, LAST), "month", days)
    assert (table["start"] + table["new"] + table["reactivated"] - table["lost"] == table["end"]).all()
    assert table["start"].tolist()[1:] == table["end"].tolist()[:-1]


@settings(max_examples=8)
@given(rows, st.randoms())
def test_neither_names_nor_the_order_of_rows_matter(rows, random):
    shuffled = [(f"x{customer}", when, value) for customer, when, value in rows]
    random.shuffle(shuffled)
    one, other = (flows(shop(given, FIRST, LAST), "month", 45) for given in (rows, shuffled))
    pd.testing.assert_frame_equal(one, other)


def test_the_books_balance_on_online_retail(retail_study):
    found = retail_study.overview.active_flows("month")
    table = found.table
    assert found.days == 110
    assert (table["start"] + table["new"] + table["reactivated"] - table["lost"] == table["end"]).all()
    bought = retail_study.orders.table.query("kind == 'purchase'")
    lately = bought[(bought["date"] >= "2011-08-13") & (bought["date"] < "2011-12-01")]  # 110 days
    november = table[table["period"] == 12 * 2011 + 10].iloc[0]
    assert november["end"] == lately["customer_id"].nunique()
    assert november["new"] == 323  # the cohort of November: all of them are active at its end


def test_days_below_one_are_refused():
    with pytest.raises(ValueError, match="a day at least"):
        flows(shop([("a", "2024-01-03", 1)], "2024-01-01", "2024-01-31"), "month", -1)
