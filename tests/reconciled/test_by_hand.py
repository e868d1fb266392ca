"""Every step of a hand-made file, worked by hand."""

import pytest

from retention import ingest
from retention.study import Study
from tests.conftest import shop
from tests.reconciled.made import ROWS, steps, study_of


@pytest.fixture(scope="module")
def made():
    return study_of()


def near(expected):
    return [(code, pytest.approx(value)) for code, value in expected]


def test_revenue_from_all_sales_of_the_file(made):
    assert steps(made, "revenue_net") == near(
        [
            ("sales", 537),  # all amounts above 0
            ("refunds", 537 - 10 - 5),  # the column added up
            ("cancelled", 522 - 25),
            ("no_customer", 497 - 15),
            ("unusable", 482 - 12),
            ("left_out", 470 - 35),
        ]
    )


def test_revenue_of_march(made):
    """No row of March is unusable or left out: such steps are not there."""
    assert steps(made, "revenue_latest") == near(
        [
            ("sales", 30 + 80 + 25 + 15 + 70),
            ("refunds_on_order_day", 220 - 5),  # that of o5 is February's; nobody knows of which order o11 is
            ("refund_day", 215 - 10),
            ("cancelled", 205 - 25),
            ("no_customer", 180 - 15),
        ]
    )
    found = made.reconciled.of("revenue_latest", "month")
    assert (found.period, found.number, found.untold) == ("month", 12 * 2024 + 2, ())
    assert (found.theirs, found.ours) == (220, 165)


def test_the_order_of_a_refund_gains_it_in_its_own_month(made):
    """In the first quarter of the year both days fall, so that nothing moves."""
    assert steps(made, "revenue_latest", "quarter")[1:3] == [
        ("refunds_on_order_day", 537 - 12 - 35 - 15),
        ("refund_day", 537 - 12 - 35 - 15),
    ]


def test_the_average_order(made):
    """o5 and its refund are two entries; of 16, one is cancelled, one names nobody, …"""
    assert steps(made, "average_order_value") == near(
        [
            ("order_mean", 522 / 16),
            ("cancelled", 497 / 15),
            ("no_customer", 482 / 14),
            ("unusable", 470 / 13),
            ("left_out", 435 / 12),
            ("no_refund_orders", 450 / 10),
            ("zero_orders", 450 / 8),
        ]
    )


def test_customers(made):
    assert steps(made, "customers") == [
        ("by_other", 9),
        ("as_written", 9),
        ("joined", 8),  # ann and ANN
        ("cancelled", 7),  # dan
        ("unusable", 6),  # fay
        ("left_out", 5),  # gil
        ("only_refunds", 4),  # eve
        ("zero_orders", 3),  # hal
    ]


def test_two_orders_or_more(made):
    """Ann, ben and cat, whatever counts as an order; of ever fewer customers."""
    assert steps(made, "repeat_purchase_rate") == near(
        [
            ("repeat_all", 3 / 8),
            ("cancelled", 3 / 7),
            ("unusable", 3 / 6),
            ("left_out", 3 / 5),
            ("no_refund_orders", 3 / 4),
            ("zero_orders", 3 / 3),
        ]
    )


def test_an_order_that_is_cancelled_makes_nobody_come_back():
    twice = study_of([*ROWS, "o16,2024-03-20,dan@x.it,A4,9,cancelled,"])
    assert steps(twice, "repeat_purchase_rate")[:2] == near([("repeat_all", 4 / 8), ("cancelled", 3 / 7)])


def test_retention_by_days_and_by_the_calendar(made):
    """W is 59 days: on 1 March ann, ben and cat are active, hal too where his order worth 0 counts.

    On 1 April the three are. By the calendar ann and cat bought in February and in March.
    """
    assert made.shop.active_days() == 59
    assert steps(made, "strict_retention") == near(
        [("within_days", 3 / 4), ("zero_orders", 3 / 3), ("paused", 3 / 3), ("calendar", 2 / 2)]
    )


def test_a_customer_back_from_a_pause():
    """W is 30 days. Active on 1 March are a, b, c and ten d's; on 1 April b, and x after 79 days.

    By the calendar b is one of February's a, b and c.
    """
    rows = [("x", "2024-01-01", 1), ("x", "2024-03-20", 1), ("a", "2024-02-15", 1), ("c", "2024-02-03", 1)]
    rows += [("b", day, 1) for day in ("2024-01-02", "2024-02-01", "2024-03-02")]
    rows += [(f"d{n}", day, 1) for n in range(10) for day in ("2024-01-01", "2024-01-31")]
    study = Study(shop(rows, "2024-01-01", "2024-03-31"))
    assert study.shop.active_days() == 30
    assert steps(study, "strict_retention") == near(
        [("within_days", 2 / 13), ("paused", 1 / 13), ("calendar", 1 / 3)]
    )


def test_cohorts_weighted_and_not(made):
    """January's ann and ben, one back in February; February's cat, back in March.

    With orders worth 0: January's ann, ben and hal, two back.
    """
    assert steps(made, "cohort_retention") == near(
        [("unweighted", (2 / 3 + 1) / 2), ("zero_orders", (1 / 2 + 1) / 2), ("weighted", 2 / 3)]
    )


def test_cohorts_whose_next_month_is_not_over(small_study):
    """January: a of a and b; February's c has not bought in the March that ends on the 20th."""
    assert steps(small_study, "cohort_retention") == near(
        [("unweighted", 1 / 4), ("complete", 1 / 2), ("weighted", 1 / 2)]
    )


def test_too_short_for_the_days_since_the_last_purchase(small_study):
    """February: of January's a and b, a; c is new."""
    found = small_study.reconciled.of("strict_retention", "month")
    assert found.untold == ("within_days",)
    assert steps(small_study, "strict_retention") == near([("returning", 1 / 2), ("paused", 1 / 2)])


def test_orders_alone_know_of_no_rows(small_study):
    """d, who only returned something, is one of four; 7 purchases, 2 refunds."""
    assert steps(small_study, "revenue_net") == [("sales", 280), ("refunds", 268)]
    assert steps(small_study, "revenue_latest") == [("sales", 100), ("refunds", 88)]
    assert small_study.reconciled.of("revenue_latest", "month").untold == ("refund_day",)
    assert steps(small_study, "customers") == [("any_order", 4), ("only_refunds", 3)]
    assert steps(small_study, "average_order_value") == near(
        [("order_mean", 268 / 9), ("no_refund_orders", 280 / 7)]
    )
    assert steps(small_study, "repeat_purchase_rate") == near(
        [("repeat_all", 2 / 4), ("no_refund_orders", 2 / 3)]
    )


def test_an_order_over_two_months_counts_on_its_own_day():
    mapping = ingest.Mapping(customer="Customer", order="Order", date="Date", amount="Amount")
    rows = ("o1,2024-01-01,a,1", "o2,2024-01-31,a,10", "o2,2024-02-01,a,5", "o3,2024-02-29,b,20")
    study = study_of(rows, mapping, "Order,Date,Customer,Amount", until=None)
    assert steps(study, "revenue_latest") == [("sales", 25), ("orders", 20)]


def test_what_went_back_of_a_row_has_no_day_of_its_own():
    mapping = ingest.Mapping(
        customer="Customer", order="Order", date="Date", amount="Amount", refunded="Back"
    )
    rows = ("o1,2024-01-01,a,10,", "o2,2024-01-31,b,30,5")
    study = study_of(rows, mapping, "Order,Date,Customer,Amount,Back", until=None)
    assert steps(study, "revenue_latest") == [("sales", 40), ("refunds", 35)]
    assert study.reconciled.of("revenue_latest", "month").untold == ("refund_day",)
    assert steps(study, "average_order_value") == [("order_mean", 17.5), ("no_refund_orders", 20)]


def test_a_shop_without_a_period_to_look_at():
    study = Study(shop([("a", "2024-01-05", 3)], "2024-01-05", "2024-01-05"))
    assert [found.figure for found in study.reconciled.all("month")] == [
        "revenue_net",
        "average_order_value",
        "customers",
        "repeat_purchase_rate",
    ]
    assert study.reconciled.of("revenue_net", "month").largest is None


def test_some_of_the_customers_have_no_file_to_be_held_against(small_study):
    with pytest.raises(ValueError, match="whole file"):
        _ = small_study.without_left_truncated.reconciled
