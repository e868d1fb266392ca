"""What one table of spend says: in which order it is worked out, and what its answers depend on."""

from types import SimpleNamespace

import pytest

from retention import ingest
from retention.acquisition import Assumed, Response, through_two_points
from retention.errors import InputError
from retention.study import SIDES, NextEuro, Study


@pytest.fixture(scope="module")
def study():
    raw = ingest.open_sample("shop")
    return Study(ingest.to_orders(raw, ingest.guess(raw).mapping).orders)


@pytest.fixture(scope="module")
def spent(study):
    return study.acquisition(ingest.read_spend(ingest.sample_spend()).table)


def test_a_new_customer_is_expected_to_bring_what_a_year_brings_whatever_is_valued_elsewhere(study, spent):
    year, longer = (study.value(horizon_months=months) for months in (12, 36))
    found = spent.worth(longer, 0.3, leave_out_left_truncated=False)
    assert found.expected.value == pytest.approx(0.3 * year.new_customer().value)
    assert found.expected.value < 0.3 * longer.new_customer().value
    assert spent.worth(year, 0.3, leave_out_left_truncated=False) is found


def test_the_discount_rate_is_that_of_the_value(study, spent):
    usual, dear = (
        spent.worth(study.value(discount_rate=rate), 0.3, leave_out_left_truncated=False)
        for rate in (0.1, 0.5)
    )
    assert dear.expected.value < usual.expected.value
    assert dear.first_year == usual.first_year


def test_a_margin_is_all_that_moves_with_it(study, spent):
    half, whole = (
        spent.worth(study.value(), margin, leave_out_left_truncated=False) for margin in (0.5, 1.0)
    )
    assert whole.expected.value == pytest.approx(2 * half.expected.value)
    before = study.memo.computed.total()
    spent.worth(study.value(), 0.25, leave_out_left_truncated=False)
    assert study.memo.computed.total() == before + 1


def test_doubts_are_those_of_customers_who_count(spent):
    assert spent.left_truncation(0.3, leave_out_left_truncated=True) == ()
    doubted = {w.code: w.details for w in spent.left_truncation(0.3)}
    at_half = {w.code: w.details for w in spent.left_truncation(0.6)}
    assert doubted.keys() == at_half.keys()
    for code, details in doubted.items():
        for name, value in details.items():
            assert at_half[code][name] == pytest.approx((2 if name.startswith("value") else 1) * value)


@pytest.mark.parametrize("side", SIDES)
def test_the_curves_go_through_an_average_month(spent, side):
    months = spent.months(side, leave_out_left_truncated=False)
    spend, customers = months.average
    assert months.second_spend == 2 * spend
    assumed = spent.assumed_response(side, Assumed(0.5, 1.5), leave_out_left_truncated=False)
    assert (assumed.floor, assumed.ceiling) == pytest.approx((0.5 * customers, 1.5 * customers))
    assert assumed.customers(spend) == pytest.approx(customers)
    other = 2 * spend, 1.2 * customers
    through = spent.response_through(side, other, 0.5, leave_out_left_truncated=False)
    assert through == through_two_points((spend, customers), other, floor=0.5 * customers)


def test_a_month_no_curve_passes_is_refused_with_both(spent):
    spend, customers = spent.months("kept", leave_out_left_truncated=False).average
    with pytest.raises(InputError) as refused:
        spent.response_through("kept", (spend, customers), 0.0, leave_out_left_truncated=False)
    told = {"side": "kept", "reason": "same_spend", "spend": spend, "customers": customers}
    assert refused.value.code == "points_not_possible"
    assert refused.value.details == told | {"other": spend, "won": customers}


@pytest.mark.parametrize(
    ("here", "one_month", "said"),
    [
        ("to_keeping", "to_keeping", "holds"),
        ("stay", "stay", "holds"),
        ("to_keeping", "to_winning", "turns"),
        ("to_keeping", "stay", "stay"),
        ("stay", "to_winning", "to_winning"),
    ],
)
def test_whether_one_month_alone_would_advise_the_same_and_else_the_split_stays(here, one_month, said):
    market = SimpleNamespace(winning=Response(0.0, 1.0, 1.0))
    advised = (SimpleNamespace(advice=advice) for advice in (here, one_month))
    found = NextEuro(market, *advised)
    assert found.if_one_month == said
    assert found.advice == (here if said == "holds" else "stay")
