import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings, strategies as st
from scipy import stats

from retention import aggregate
from retention.leaving import FIRST_ORDER, compare, outcome_days
from retention.orders import Orders
from retention.study import Study
from tests.conftest import shop


def counts(*rows):
    """Groups from (group, customers, repeated, watched, gone)."""
    return pd.DataFrame(rows, columns=["group", "customers", "repeated", "watched", "gone"])


def with_segments(orders, of):
    """The orders with a segment by customer."""
    return Orders(orders.table.assign(segment=orders.table["customer_id"].map(of)), orders.window)


# N is 10 days, the data end on day 30: a, b, c and d are looked at over 20 days, e over 10 only, f not at all
PEOPLE = [
    ("a", "2024-01-01", 5),  # again on day 10: repeated; then on day 11: not gone
    ("a", "2024-01-11", 1),
    ("a", "2024-01-12", 1),
    ("b", "2024-01-01", 20),  # again on day 11: not repeated in time, not gone
    ("b", "2024-01-12", 1),
    ("c", "2024-01-02", 30),  # again on the same day only: repeated and gone
    ("c", "2024-01-02", 1),
    ("d", "2024-01-03", 50),  # again on day 21: too late for either
    ("d", "2024-01-24", 1),
    ("e", "2024-01-15", 40),
    ("e", "2024-01-20", 1),
    ("f", "2024-01-25", 40),
    ("f", "2024-01-26", 40),
]


def test_repeaters_and_leavers_by_hand():
    orders = with_segments(
        shop(PEOPLE, "2024-01-01", "2024-01-31"),
        dict(zip("abcdef", ["web", "web", "shop", "shop", "web", None], strict=True)),
    )
    found = aggregate.outcomes_by_segment(aggregate.prepare(orders), "segment", 10)
    assert [tuple(row) for row in found.itertuples(index=False)] == [
        ("shop", 2, 1, 2, 2),
        ("web", 3, 2, 2, 0),
    ]


def test_sizes_of_the_first_order_by_hand():
    orders = shop(PEOPLE, "2024-01-01", "2024-01-31")
    # first orders of 5, 20, 30, 40, 40, 50
    purchases = aggregate.prepare(orders)
    assert aggregate.first_order_quartiles(aggregate.customers(purchases)) == [22.5, 35.0, 40.0]
    found = aggregate.outcomes_by_first_order(purchases, [22.5, 35.0, 40.0], 10)
    assert [tuple(row) for row in found.itertuples(index=False)] == [
        (0, 2, 1, 2, 0),  # a and b
        (1, 1, 1, 1, 1),  # c
        (2, 1, 1, 0, 0),  # e
        (3, 1, 0, 1, 1),  # d
    ]


def test_of_nobody_there_is_no_quartile():
    nobody = aggregate.prepare(shop([("a", "2024-01-01", -1)], "2024-01-01", "2024-01-31"))
    assert aggregate.first_order_quartiles(aggregate.customers(nobody)) == []


def test_n_is_the_usual_time_between_purchases_within_its_bounds():
    def of(last, *dates):
        return Study(shop([("a", when, 1) for when in ("2023-01-01", *dates)], "2023-01-01", last))

    def days(*dates):
        *others, last = dates
        study = of(last, *others)
        return outcome_days(study.shop.active_days(), study.window)

    assert days("2023-01-21", "2023-12-31") == 20
    assert days("2023-10-01", "2024-12-31") == 180
    assert days("2023-01-21", "2023-01-30") == 10  # a third of the data
    assert days("2023-12-31") is None
    assert of("2023-12-31").dropoff.leaving() is None


def test_each_group_is_held_against_all_others():
    table = compare(
        {"land": counts(("it", 100, 60, 50, 10), ("fr", 100, 40, 50, 20), ("de", 200, 80, 50, 15))}
    )
    italian = table[(table["level"] == "it") & (table["outcome"] == "repeated")].iloc[0]
    assert (italian["rate"], italian["other_rate"]) == (0.6, 0.4)
    assert italian["difference"] == pytest.approx(0.2)
    assert italian["difference_low"] < 0.2 < italian["difference_high"]
    assert italian["p"] == pytest.approx(
        stats.chi2_contingency([[60, 40], [120, 180]], correction=False).pvalue
    )
    assert italian["corrected_p"] == pytest.approx(6 * italian["p"])  # the smallest of six
    assert italian["real"]
    assert table.iloc[0]["level"] == "it"


def test_of_two_groups_the_one_doing_worse_stands_for_both():
    table = compare({"land": counts(("it", 100, 60, 100, 10), ("fr", 100, 40, 100, 20))})
    assert table.set_index("outcome")["level"].to_dict() == {"repeated": "fr", "gone": "fr"}


def test_real_differences_come_first_the_largest_on_top():
    groups = counts(("a", 1000, 500, 40, 20), ("b", 1000, 400, 40, 12), ("c", 1000, 480, 40, 8))
    table = compare({"land": groups})
    assert table["real"].is_monotonic_decreasing
    for _, part in table.groupby("real"):
        assert part["difference"].abs().is_monotonic_decreasing
    assert table["real"].any()
    assert not table["real"].all()


def test_few_customers_are_not_compared_and_still_count_among_the_others():
    table = compare({"land": counts(("a", 29, 29, 29, 0), ("b", 50, 10, 50, 9), ("c", 50, 11, 50, 8))})
    assert set(table["level"]) == {"b", "c"}
    first = table[(table["level"] == "b") & (table["outcome"] == "repeated")].iloc[0]
    assert first["other_rate"] == pytest.approx((29 + 11) / (29 + 50))
    assert compare({"land": counts(("a", 100, 50, 100, 30))}).empty
    assert compare({}).empty


def drawn(draw, better=None):
    """Counts of five channels and four sizes, all alike but perhaps one, each customer's life drawn apart."""

    def groups(names):
        customers = draw.integers(150, 400, len(names))
        watched = draw.integers(31, customers)
        shares = np.where(np.array(names) == better, 0.6, 0.4)
        repeated, gone = draw.binomial(customers, shares), draw.binomial(watched, 0.9 - shares)
        return counts(*zip(names, customers, repeated, watched, gone, strict=True))

    return {"channel": groups(list("abcde")), FIRST_ORDER: groups(list("1234"))}


def test_where_nobody_differs_hardly_a_table_says_so():
    draw = np.random.default_rng(3)
    tables = [compare(drawn(draw)) for _ in range(150)]
    # 5 % of 150 are 7.5; more than 16 would come once in five hundred times
    assert sum(table["real"].any() for table in tables) <= 16
    assert sum((table["p"] < 0.05).any() for table in tables) > 50  # what the correction is there for


def test_the_one_group_that_differs_is_found_and_comes_first():
    draw = np.random.default_rng(5)
    firsts = [compare(drawn(draw, better="c")).iloc[0] for _ in range(60)]
    found = [first["real"] and (first["column"], first["level"]) == ("channel", "c") for first in firsts]
    assert np.mean(found) > 0.9


def won_early_and_late(seed):
    """Customers who all live alike, half of them won early, half late."""
    draw, rows, half = np.random.default_rng(seed), [], {}
    for n in range(2000):
        start, again = int(draw.integers(0, 540)), int(draw.geometric(1 / 60))
        half[f"c{n}"] = "early" if start < 270 else "late"
        rows.append((f"c{n}", start, 1))
        if draw.random() < 0.5 and start + again < 600:
            rows.append((f"c{n}", start + again, 1))
    dated = [(c, f"{pd.Timestamp('2023-01-01') + pd.Timedelta(days=day):%Y-%m-%d}", v) for c, day, v in rows]
    return with_segments(shop(dated, "2023-01-01", "2024-08-22"), half)


def test_customers_won_at_another_time_do_not_differ_by_it():
    # a share of all who have not bought for 100 days would tell early from late every time
    told_apart, real = [], []
    for seed in range(8):
        orders = won_early_and_late(seed)
        last = orders.table.groupby("customer_id").agg(date=("date", "max"), half=("segment", "first"))
        silent = (pd.Timestamp(orders.window.last) - last["date"]).dt.days > 100
        shares = silent.groupby(last["half"]).mean()
        told_apart.append(shares["early"] - shares["late"] > 0.2)
        real.append(len(Study(orders).dropoff.leaving().real()) > 0)
    assert all(told_apart)
    assert sum(real) <= 2  # two of eight at 5 % come once in 17 times, three once in 170


def test_online_retail_small_first_orders_leave(retail_study):
    found = retail_study.dropoff.leaving()
    assert found.days == 110
    first = found.table.iloc[0]
    assert (first["column"], first["level"], first["outcome"]) == (FIRST_ORDER, 3, "gone")
    assert first["difference"] < 0
    worst = found.table[(found.table["level"] == 0) & (found.table["outcome"] == "repeated")].iloc[0]
    people = retail_study.tables.customers()
    early = people[people["T"] >= 110]
    assert worst["customers"] == (early["first_value"] <= found.edges[0]).sum()


people = st.lists(
    st.tuples(
        st.integers(0, 80).map("c{}".format),
        st.dates(pd.Timestamp("2024-01-01").date(), pd.Timestamp("2024-06-30").date()).map(str),
        st.integers(1, 100),
    ),
    min_size=40,
    max_size=200,
)


@settings(max_examples=8)
@given(people, st.randoms())
def test_nothing_depends_on_row_order_or_names(rows, random):
    renamed = [(f"x{customer[::-1]}", when, value) for customer, when, value in rows]
    random.shuffle(renamed)
    one, other = (
        Study(shop(given, "2024-01-01", "2024-06-30")).dropoff.leaving() for given in (rows, renamed)
    )
    assert (one is None) == (other is None)
    if one is not None:
        assert one.edges == other.edges
        pd.testing.assert_frame_equal(one.table, other.table)


def test_who_passed_the_trigger_day_this_week_by_hand():
    orders = shop(
        [
            ("a", "2024-02-20", 10),  # 10 days ago: passed today
            ("b", "2024-02-14", 20),  # 16 days: passed six days ago
            ("c", "2024-02-13", 30),  # 17 days: passed a week ago
            ("d", "2024-02-21", 40),  # 9 days: not yet
            ("e", "2024-01-01", 50),  # second order 20 days ago: passed today, after a refund
            ("e", "2024-02-10", 60),
            ("e", "2024-02-15", -5),
            ("f", "2024-01-01", 1),  # third: that of all later ones
            ("f", "2024-01-02", 1),
            ("f", "2024-02-24", 1),
        ],
        "2024-01-01",
        "2024-03-01",
    )
    people = aggregate.customers(aggregate.prepare(orders))
    found = aggregate.past_trigger(people, orders.window, {1: 10, 2: 20}, (3, 5))
    day = pd.Timestamp("2024-02-10").toordinal()
    assert [tuple(row) for row in found.itertuples(index=False)] == [
        ("e", 2, day, 20, 20, 105.0),
        ("b", 1, day + 4, 16, 10, 20.0),
        ("a", 1, day + 10, 10, 10, 10.0),
        ("f", 3, day + 14, 6, 5, 3.0),
    ]
    assert aggregate.past_trigger(people, orders.window, {}, None).empty


def test_the_bars_say_the_same_as_what_is_beyond_chance():
    # Alone, 40 % of 200 against 30 % of 800 is beyond chance; among twelve groups alike it is not
    two = compare({"channel": counts(("web", 200, 80, 0, 0), ("shop", 800, 240, 0, 0))})
    shop_of_two = two.iloc[0]
    assert shop_of_two["real"]
    assert shop_of_two["difference_high"] < 0 or shop_of_two["difference_low"] > 0
    many = compare(
        {
            "channel": counts(("web", 200, 80, 0, 0), ("shop", 800, 240, 0, 0)),
            **{f"other {n}": counts(("a", 500, 160, 0, 0), ("b", 500, 160, 0, 0)) for n in range(30)},
        }
    )
    assert not many["real"].any()
    assert (many["difference_low"] < 0).all()
    assert (many["difference_high"] > 0).all()
