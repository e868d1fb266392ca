from datetime import date

import pytest

from retention import aggregate
from retention.study import Study
from tests.conftest import shop


def day(text):
    return date.fromisoformat(text).toordinal()


def test_counts_by_hand():
    # On 31 January and 29 February, active are those who bought in the last 40 days.
    rows = [
        ("a", "2024-01-10", 1),  # active on the first; buys within 30 days of it, and of the second
        ("a", "2024-02-20", 1),
        ("a", "2024-03-30", 1),
        ("b", "2023-12-22", 1),  # the 41st day back: not active
        ("b", "2024-02-01", 1),  # active on the second; buys within 90 days of it, not within 30
        ("b", "2024-03-31", 1),
        ("c", "2024-01-31", 1),  # active on both, the day itself included; never again
    ]
    orders = shop(rows, "2023-12-01", "2024-06-30")
    purchases = aggregate.prepare(orders)
    table = aggregate.buying_again(purchases, [day("2024-01-31"), day("2024-02-29")], 40, (30, 90))
    assert table[["at_risk", "within_30", "within_90", "customers"]].to_numpy().tolist() == [
        [1, 0, 1, 1],
        [2, 0, 0, 1],
        [2, 2, 2, 1],
    ]


def test_a_shop_whose_customers_all_buy_every_ten_days():
    days = [date.fromordinal(day("2024-01-01") + 10 * n) for n in range(30)]
    orders = shop([(n, str(d), 1) for n in "abc" for d in days], "2024-01-01", "2024-10-20")
    found = Study(orders).dropoff.buying_again()
    assert found.active_days == 10
    assert found.within[30].value == found.within[90].value == 1
    assert date.fromordinal(found.days[-1]) == date(2024, 6, 30)  # the last with 90 days after it
    assert found.active == 3 * len(found.days)


def test_too_short_or_nobody_twice():
    short = shop([("a", "2024-01-05", 1), ("a", "2024-01-09", 1)], "2024-01-01", "2024-03-20")
    nobody = shop([("a", "2024-01-05", 1)], "2024-01-01", "2024-12-31")
    assert [Study(orders).dropoff.buying_again() for orders in (short, nobody)] == [None, None]


def test_online_retail(retail_study):
    orders, found = retail_study.orders, retail_study.dropoff.buying_again()
    assert found.active_days == 110
    bought = orders.table[orders.table["kind"] == "purchase"]
    days = bought["date"].dt.normalize().map(lambda when: when.toordinal())
    active = again = 0
    for end in found.days:
        here = set(bought["customer_id"][(days > end - 110) & (days <= end)])
        soon = set(bought["customer_id"][(days > end) & (days <= end + 90)])
        active, again = active + len(here), again + len(here & soon)
    assert found.active == active
    assert found.within[90].value == pytest.approx(again / active)
    assert found.within[90].low < again / active < found.within[90].high
