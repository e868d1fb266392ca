"""What the study says of the shop as a whole, on the shop of three customers."""

from datetime import date

import pytest

from retention.orders import Orders
from retention.study import Study
from tests.conftest import shop


def test_retention_from_one_complete_month_to_the_next(small_study):
    # of January's a and b only a buys in February; March is not over, and quarters are not two
    found = small_study.shop.retention("month")
    assert (found.retained, found.at_risk, found.transitions) == (1, 2, 1)
    assert found.strict.rate.value == 0.5
    assert small_study.shop.retention("quarter") is None
    assert small_study.shop.measurable("quarter") == "month"
    assert small_study.shop.measurable("month") == "month"


def test_two_complete_quarters_are_enough_to_measure_from_one_to_the_next():
    rows = [("a", "2024-01-05", 10), ("b", "2024-02-05", 10), ("a", "2024-06-05", 10)]
    half_a_year = Study(shop(rows, "2024-01-01", "2024-06-30"))
    assert half_a_year.shop.retention("quarter").strict.rate.value == 0.5
    assert half_a_year.shop.measurable("quarter") == "quarter"


def test_what_is_kept_after_the_refunds_of_complete_months(small_study):
    assert small_study.shop.net_share() == pytest.approx(168 / 180)


def test_who_is_first_seen_in_a_quarter_of_the_days_may_be_an_old_customer(small_study):
    # W of the gaps 10, 24, 30 and 65 lies between the longest two, but a quarter of the 80 days is 20
    assert 30 < small_study.shop.active_days() < 65
    assert small_study.shop.left_truncated_days() == 20
    assert small_study.shop.known_from() == date(2024, 1, 21)
    assert small_study.shop.left_truncated() == 2


def test_who_is_first_seen_on_the_first_day_that_counts_is_new():
    rows = [(f"c{day}", f"2024-01-{day:02d}", 10) for day in (1, 10, 11, 12)]
    found = Study(shop([*rows, ("c1", "2024-01-11", 10)], "2024-01-01", "2024-03-01")).shop
    assert (found.active_days(), found.known_from(), found.left_truncated()) == (10, date(2024, 1, 11), 2)


def test_segments_stand_by_their_customers_then_by_name():
    names = {"a": "web", "b": "shop", "c": "web", "d": "mail", "e": None}
    orders = shop([(name, "2024-01-05", 10) for name in names], "2024-01-01", "2024-01-31")
    study = Study(Orders(orders.table.assign(segment=list(names.values())), orders.window))
    assert study.shop.segments("segment") == ("web", "", "mail", "shop")
