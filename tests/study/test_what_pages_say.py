"""Figures that stand in a page's sentences, worked by hand."""

import pytest

from retention import claims
from retention.claims import CLAIMS, Finding
from retention.errors import InputError
from retention.statistics import Estimate
from retention.study import Study
from tests.conftest import shop

JANUARY = 12 * 2024


@pytest.fixture
def study(small_shop):
    return Study(small_shop)


def test_what_changed_from_one_month_to_the_next(two_months):
    found = two_months.audit.two_periods("month", JANUARY + 1)
    assert found.relative_change == pytest.approx(225 / 190 - 1)
    assert found.money == {"lost": 60, "won": 50 + 20, "kept": 90 - 40 - (100 - 70)}
    assert found.moved == {"up": 0.5, "down": 0.5, "same": 0}  # c up, a down


def test_no_change_is_told_from_nothing():
    given_back = [("a", "2024-01-02", 10), ("a", "2024-01-03", -10), ("a", "2024-02-02", 30)]
    found = Study(shop(given_back, "2024-01-01", "2024-02-29")).audit.two_periods("month", JANUARY + 1)
    assert found.relative_change is None


def test_how_the_customers_of_a_month_differ(two_months):
    found = two_months.audit.one_period("month", JANUARY + 1)
    assert found.share_once == 3 / 4  # all but a
    assert not found.is_skewed  # 57.50 in the mean, 60 in the middle
    few = [("a", "2024-02-02", 10), ("b", "2024-02-02", 10), ("c", "2024-02-02", 100)]
    assert Study(shop(few, "2024-02-01", "2024-02-29")).audit.one_period("month", JANUARY + 1).is_skewed


def test_the_difference_of_two_cohorts_is_of_profit(two_months):
    found = two_months.audit.two_cohorts("month", JANUARY - 1, JANUARY, 0.5)
    assert found.ages == 2  # a, b, c: 190 and 155; e: 15 and nothing
    assert found.difference == pytest.approx((190 + 155) / 2 - 15 / 2)


def test_what_the_generations_bring(study):
    found = study.audit.whole_base("month", JANUARY + 1)
    assert (found.share_active, found.share_once) == (2 / 3, 2 / 3)
    assert found.share_of_old == pytest.approx(25 / 95)
    assert found.has_unassigned  # d, who has but a refund
    assert not study.audit.whole_base("month", JANUARY).has_unassigned


def test_who_is_behind_a_cell(study):
    found = study.cohorts.cell_customers("month", "on", None, 0, JANUARY, 1)
    assert found.customers["customer_id"].tolist() == ["a"]
    assert found.orders["customer_id"].tolist() == ["b", "a"]
    assert found.revenue == 25  # a pays 30, b is given 5 back
    assert study.cohorts.cell_customers("month", "on", None, 0, JANUARY, 9) is None


def test_whose_the_revenue_of_the_last_complete_month_was(study):
    found = study.cohorts.revenue_sources("month")
    assert found.period == JANUARY + 1
    assert (found.new, found.old) == (pytest.approx(70 / 95), pytest.approx(25 / 95))
    assert study.cohorts.revenue_sources("year") is None


def test_segments_stand_by_how_many_customers_they_won():
    orders = shop([(who, "2024-01-05", 10) for who in "abcdef"], "2024-01-01", "2024-02-29")
    table = orders.table.assign(segment=["web", "shop", "fair", "shop", None, "fair"])
    study = Study(type(orders)(table, orders.window, headings={"segment": "channel"}))
    assert study.cohorts.segments("month", "segment") == ("fair", "shop", "", "web")


def test_what_a_step_loses_is_what_does_not_go_on():
    first = [(f"c{n}", "2024-01-01", 10) for n in range(40)]
    again = [(f"c{n}", "2024-01-11", 10) for n in range(10)]
    step = Study(shop([*first, *again], "2024-01-01", "2024-12-31")).dropoff.steps().steps[0]
    assert step.next_purchase == 2
    assert step.lost.value == pytest.approx(30 / 40)
    assert step.lost.ends == tuple(1 - end for end in reversed(step.within.ends))


def test_months_stand_in_where_longer_periods_cannot_be_compared(study):
    assert study.shop.measurable("month") == "month"
    assert study.shop.measurable("year") == "month"


def test_claims_are_sorted_by_which_way_they_err_and_within_that_as_they_are_quoted():
    verdicts = ("unsure", "below", "above", "holds", "does_not_hold", "within")
    findings = [
        Finding(claim, Estimate(1.0), verdict, None) for claim, verdict in zip(CLAIMS, verdicts, strict=False)
    ]
    found = claims.tested([*findings, Finding(CLAIMS[6], None, "unknown", "spend")])
    assert {side: [each.verdict for each in of] for side, of in found.by_side.items()} == {
        "true": ["holds", "within"],
        "too_much": ["below", "does_not_hold"],
        "too_little": ["above"],
        "open": ["unsure"],
    }
    assert list(found.by_side) == ["true", "too_much", "too_little", "open"]
    assert [each.claim for each in found.findings] == [CLAIMS[n] for n in (3, 5, 1, 4, 2, 0)]
    assert [found.count(side) for side in found.by_side] == [2, 2, 1, 1]
    none = claims.tested(findings[:1])
    assert (list(none.by_side), none.count("true")) == (["open"], 0)


def test_a_value_nobody_could_compute_is_not_known(study):
    value = study.value()
    assert not value.known
    with pytest.raises(InputError):
        _ = value.customers
    assert not value.known
