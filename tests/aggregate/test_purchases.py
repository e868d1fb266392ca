"""The purchases prepared once: every column, and what is left of them for some customers or until a day."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st

from retention import aggregate
from retention.aggregate.purchases import NONE
from retention.orders import SEGMENTS, Orders
from retention.periods import Window, number_of
from tests.aggregate import oracle
from tests.aggregate.shops import FIRST, as_rows, evenings, shops
from tests.conftest import shop

JANUARY = 12 * 2024
COLUMNS = [
    *("customer", "day", "month", "value", "number", "buying_day", "previous", "previous_month"),
    *("next", "next_month", "first", "first_month", "first_value", "order"),
]


def day(text):
    return date.fromisoformat(text).toordinal()


def test_every_column_by_hand(small):
    first, then, third, last = (day(f"2024-{when}") for when in ("01-01", "01-31", "02-10", "03-05"))
    of_b, again = day("2024-01-15"), day("2024-03-20")
    of_c = day("2024-02-20")
    january, february, march = JANUARY, JANUARY + 1, JANUARY + 2
    assert small.table.columns.tolist() == COLUMNS
    assert as_rows(small.table) == [
        (0, first, january, 10, 1, 1, -1, -1, then, january, first, january, 10, 0),
        (0, then, january, 20, 2, 2, first, january, third, february, first, january, 10, 1),
        (0, third, february, 30, 3, 3, then, january, last, march, first, january, 10, 2),
        (0, last, march, 40, 4, 4, third, february, -1, -1, first, january, 10, 3),
        (1, of_b, january, 50, 1, 1, -1, -1, again, march, of_b, january, 50, 4),
        (1, again, march, 60, 2, 2, of_b, january, -1, -1, of_b, january, 50, 6),
        (2, of_c, february, 70, 1, 1, -1, -1, -1, -1, of_c, february, 70, 7),
    ]
    assert as_rows(small.refunds) == [
        (1, day("2024-02-01"), february, -5, of_b, january),
        (3, day("2024-02-25"), february, -7, -1, -1),
    ]
    assert small.names.tolist() == ["a", "b", "c", "d"]
    assert small.window == Window(date(2024, 1, 1), date(2024, 3, 20))


def test_at_one_instant_the_larger_comes_first_and_a_day_is_one_buying_day():
    orders = shop(
        [("a", "2024-01-01", 10), ("a", "2024-01-01", 25), ("a", "2024-01-02", 5)], "2024-01-01", "2024-01-05"
    )
    table = aggregate.prepare(orders).table
    columns = ["value", "number", "buying_day", "previous", "next"]
    start = day("2024-01-01")
    assert as_rows(table[columns]) == [
        (25, 1, 1, -1, start),
        (10, 2, 1, start, start + 1),
        (5, 3, 2, start, -1),
    ]


def test_of_equal_purchases_at_one_instant_the_earlier_row_comes_first():
    names = [f"c{n % 150}" for n in range(450)]
    orders = shop([(name, "2024-01-01", 10) for name in names], "2024-01-01", "2024-01-05")
    segment = [f"row {n}" for n in range(450)]
    prepared = aggregate.prepare(Orders(orders.table.assign(segment=segment), orders.window))
    firsts = prepared.table[prepared.table["number"] == 1]
    assert dict(zip(prepared.names_of(firsts["customer"]), firsts["segment"], strict=True)) == {
        f"c{n}": f"row {n}" for n in range(150)
    }


def test_nobody_bought():
    purchases = aggregate.prepare(shop([("a", "2024-01-01", -1)], "2024-01-01", "2024-01-31"))
    assert purchases.empty
    assert as_rows(purchases.refunds) == [(0, day("2024-01-01"), JANUARY, -1, -1, -1)]
    assert aggregate.cells(purchases, "month").empty
    assert aggregate.flows(purchases, "month")["refunds"].tolist() == [-1]


def test_segment_of_a_customer_is_that_of_the_first_purchase():
    orders = shop(
        [("a", "2024-01-01", 10), ("a", "2024-02-01", 10), ("b", "2024-01-01", 5)], "2024-01-01", "2024-02-29"
    )
    orders = Orders(orders.table.assign(segment=["web", "shop", "shop"]), orders.window)
    purchases = aggregate.prepare(orders)
    cells = aggregate.cells(purchases, "month", by="segment")
    assert as_rows(cells[["cohort", "period", "segment", "customers"]]) == [
        (JANUARY, JANUARY, "shop", 1),
        (JANUARY, JANUARY, "web", 1),
        (JANUARY, JANUARY + 1, "web", 1),
    ]
    assert aggregate.customers(purchases)["segment"].tolist() == ["web", "shop"]


def test_a_shop_is_split_by_the_segment_of_the_first_purchase(small_shop):
    segments = {"a": "ads", "b": "post", "c": None, "d": "ads"}
    table = small_shop.table.assign(segment=[segments[c] for c in small_shop.table["customer_id"]])
    table.loc[table["customer_id"].eq("a") & table["date"].ge("2024-02-01"), "segment"] = "post"
    whole = aggregate.prepare(Orders(table, small_shop.window))
    one, others = whole.of_segment("segment", "ads"), whole.not_of_segment("segment", "ads")
    assert names(one) == {"a"}
    assert names(others) == {"b", "c", "d"}
    assert sum(len(part.table) + len(part.refunds) for part in (one, others)) == len(table)
    assert one.window == small_shop.window
    assert names(whole.of_segment("segment", "")) == {"c"}


def names(purchases):
    """Whose purchases and refunds they are."""
    return {purchases.names[k] for k in (*purchases.table["customer"], *purchases.refunds["customer"])}


def expected(orders):
    """The purchases and the refunds as the docstring of `Purchases` says, customer by customer."""
    bought, returned = [], []
    for number, c in enumerate(oracle.everybody(orders)):
        days = [each.day for each in c.bought]
        first = oracle.Bought(days[0], c.bought[0].value) if days else None
        start = (first.day.toordinal(), number_of(first.day, "month")) if first else (NONE, NONE)
        segments = [c.segments.get(column) for column in SEGMENTS if column in orders.table]
        for k, each in enumerate(c.bought):
            near = [
                (days[at].toordinal(), number_of(days[at], "month")) if 0 <= at < len(days) else (NONE, NONE)
                for at in (k - 1, k + 1)
            ]
            own = (number, each.day.toordinal(), number_of(each.day, "month"), each.value)
            counted = (k + 1, len({day for day in days if day <= each.day}))
            bought.append((*own, *counted, *near[0], *near[1], *start, first.value, *segments))
        for each in c.refunds:
            own = (number, each.day.toordinal(), number_of(each.day, "month"), each.value)
            returned.append((*own, *start, *segments))
    return bought, returned


@settings(max_examples=15)
@given(shops)
def test_every_column_is_what_it_says(orders):
    found, (bought, returned) = aggregate.prepare(orders), expected(orders)
    columns = [column for column in SEGMENTS if column in orders.table]
    assert found.table.columns.tolist() == [*COLUMNS, *columns]
    assert as_rows(found.table.drop(columns="order")) == bought
    rows = orders.table.take(found.table["order"])
    assert found.names_of(found.table["customer"]).tolist() == rows["customer_id"].tolist()
    assert found.table["value"].tolist() == rows["value"].tolist()
    assert found.table["order"].is_unique
    assert sorted(as_rows(found.refunds), key=oracle.order) == sorted(returned, key=oracle.order)
    assert found.names.tolist() == sorted(set(orders.table["customer_id"]))


def every_table(purchases):
    """Each small table, asked for as an analysis may."""
    people = aggregate.customers(purchases)
    month, end = 12 * 1970, date(1970, 1, 31)
    return [
        *(people, aggregate.states(people), aggregate.spend(people)),
        aggregate.starts(people, "segment"),
        aggregate.cells(purchases, "week"),
        aggregate.cells(purchases, "month", by="segment_2"),
        aggregate.flows(purchases, "month"),
        aggregate.last_periods(purchases, "quarter", by="segment"),
        aggregate.patterns(purchases, "week"),
        aggregate.value_by_age(purchases, "segment"),
        aggregate.order_values(purchases, "month", by="segment"),
        aggregate.retained_by_segment(purchases, "month", "segment"),
        aggregate.steadiness(purchases, "month", month - 3, month + 3),
        aggregate.spells(purchases, "month", 40),
        aggregate.gaps(purchases, unit="day"),
        aggregate.gaps_by_day(purchases),
        aggregate.gaps_by_cohort(purchases, "quarter"),
        aggregate.gaps_by_segment(purchases, "segment_2"),
        aggregate.last_two_gaps(purchases),
        aggregate.followed(purchases, "month", 20, by="number"),
        aggregate.early_life(purchases, "month", 20),
        aggregate.around(purchases, "month", month),
        aggregate.recency(purchases, "month", month),
        aggregate.held_back(purchases, end),
        aggregate.repeats_by_day(purchases, end),
        aggregate.buying_again(purchases, [end.toordinal()], 40, (30, 90)),
        aggregate.outcomes_by_segment(purchases, "segment", 20),
        aggregate.outcomes_by_first_order(purchases, [2.0, 4.0], 20),
        aggregate.worth_by_age(purchases, (1, 3)),
    ]


def assert_as_prepared_anew(narrowed, orders, customers, window=None):
    """A narrowed table makes the same small tables as the orders of these customers alone."""
    kept = orders.table[orders.table["customer_id"].isin(customers)].reset_index(drop=True)
    anew = aggregate.prepare(Orders(kept, window or orders.window))
    for one, other in zip(every_table(narrowed), every_table(anew), strict=True):
        pd.testing.assert_frame_equal(one, other)


few = settings(max_examples=3)


@few
@given(shops, evenings)
def test_customers_first_seen_since_a_day(orders, since):
    later = [c.name for c in oracle.buyers(orders) if c.first >= since]
    assert_as_prepared_anew(aggregate.prepare(orders).since(since.toordinal()), orders, later)


@few
@given(shops, st.sampled_from(["segment", "segment_2"]), st.sampled_from(["web", "it", ""]))
def test_one_segment_and_the_others(orders, by, segment):
    inside = {c.name for c in oracle.buyers(orders) if (c.segments[by] or "") == segment}
    purchases = aggregate.prepare(orders)
    assert_as_prepared_anew(purchases.of_segment(by, segment), orders, inside)
    outside = set(orders.table["customer_id"]) - inside
    assert_as_prepared_anew(purchases.not_of_segment(by, segment), orders, outside)


def test_what_followed_on_the_very_day_is_known_at_its_end(small):
    cut = small.until(date(2024, 1, 31))
    assert as_rows(cut.table[["day", "next", "next_month"]]) == [
        (day("2024-01-01"), day("2024-01-31"), JANUARY),
        (day("2024-01-31"), -1, -1),
        (day("2024-01-15"), -1, -1),
    ]
    assert cut.refunds.empty


def test_since_a_day_counts_who_first_bought_on_it(small):
    later = small.since(day("2024-01-15"))
    assert names(later) == {"b", "c"}
    assert aggregate.customers(later)["customer_id"].tolist() == ["b", "c"]


@few
@given(shops, evenings)
def test_purchases_until_a_day(orders, end):
    known = Orders(orders.table[orders.table["date"].dt.date <= end], orders.window)
    cut = aggregate.prepare(orders).until(end)
    assert_as_prepared_anew(cut, known, set(known.table["customer_id"]), Window(FIRST, end))
    refunds = aggregate.prepare(known).refunds
    pd.testing.assert_frame_equal(
        cut.refunds.drop(columns="customer").reset_index(drop=True), refunds.drop(columns="customer")
    )


@few
@given(shops, evenings, evenings)
def test_narrowed_twice(orders, since, end):
    known = Orders(orders.table[orders.table["date"].dt.date <= end], orders.window)
    later = [c.name for c in oracle.buyers(known) if c.first >= since and c.segments["segment"] == "web"]
    purchases = aggregate.prepare(orders).since(since.toordinal()).until(end).of_segment("segment", "web")
    assert_as_prepared_anew(purchases, known, later, Window(FIRST, end))


@pytest.mark.parametrize(
    "moment", ["1969-12-31 23:59:59", "1970-01-01", "1900-02-28 06:30", "2024-02-29 23:59:59.999999"]
)
def test_a_moment_belongs_to_its_day_and_month_on_either_side_of_1970(moment):
    when = pd.Timestamp(moment)
    orders = shop([("a", "2024-01-01", 5)], "1900-01-01", "2024-12-31")
    orders.table["date"] = when
    row = aggregate.prepare(orders).table.iloc[0]
    assert (row["day"], row["month"]) == (when.date().toordinal(), 12 * when.year + when.month - 1)


NAMES = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("ab0\0é€𝄞"), max_size=6)


@given(st.lists(NAMES, min_size=1, max_size=30))
def test_customers_are_numbered_in_the_order_of_their_names_whatever_these_are(names):
    rows = [(name, f"2024-01-{1 + n:02}", 1) for n, name in enumerate(names)]
    purchases = aggregate.prepare(shop(rows, "2024-01-01", "2024-01-31"))
    assert purchases.names.tolist() == sorted(set(names))
    by_day = purchases.table.sort_values("day")
    assert purchases.names.take(by_day["customer"]).tolist() == names
