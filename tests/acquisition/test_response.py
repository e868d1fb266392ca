import numpy as np
import pytest
from hypothesis import given, strategies as st

from retention.acquisition.response import Response, fitted, through_point, through_two_points
from retention.errors import InputError

# Blattberg and Deighton's example: at most 40 % of prospects can be won, 5 a prospect wins 20 %
PUBLISHED = through_point(floor=0.0, ceiling=0.4, spend=5.0, customers=0.2)


def test_published_example():
    assert PUBLISHED.k == pytest.approx(0.138629, abs=5e-7)
    best = PUBLISHED.best_spend(value=50.0)
    assert best == pytest.approx(7.3562, abs=5e-5)
    assert PUBLISHED.customers(best) == pytest.approx(0.25573, abs=5e-6)
    assert 50.0 * PUBLISHED.customers(best) - best == pytest.approx(5.4304, abs=5e-5)
    assert PUBLISHED.marginal_cost(best) == pytest.approx(50.0, rel=1e-12)


def test_no_other_spend_earns_more():
    best = PUBLISHED.best_spend(value=50.0)
    others = np.linspace(0.0, 30.0, 3001)
    profits = [50.0 * PUBLISHED.customers(spend) - spend for spend in others]
    assert 50.0 * PUBLISHED.customers(best) - best >= max(profits)
    assert others[int(np.argmax(profits))] == pytest.approx(best, abs=0.01)


def test_a_customer_worth_less_than_the_first_one_costs_is_not_bought():
    assert PUBLISHED.best_spend(value=10.0) == 0.0


def test_those_who_come_unasked_are_not_paid_for():
    response = through_point(floor=40.0, ceiling=100.0, spend=600.0, customers=60.0)
    assert response.customers(0.0) == 40.0
    assert response.customers(600.0) == pytest.approx(60.0)
    assert response.average_cost(600.0) == pytest.approx(30.0)  # 600 for 20 customers
    assert response.average_cost(0.0) is None


@given(
    ceiling=st.floats(1.0, 1e6),
    share=st.floats(0.01, 0.99),
    spend=st.floats(1.0, 1e6),
    floor=st.floats(0.0, 0.9),
)
def test_the_curve_passes_through_its_points_and_stays_under_its_ceiling(ceiling, share, spend, floor):
    customers = ceiling * (floor + (1 - floor) * share)
    response = through_point(floor=floor * ceiling, ceiling=ceiling, spend=spend, customers=customers)
    assert response.customers(spend) == pytest.approx(customers, rel=1e-9)
    assert floor * ceiling <= response.customers(spend / 3) <= response.customers(3 * spend) <= ceiling
    step = spend * 1e-6
    slope = (response.customers(spend + step) - response.customers(spend - step)) / (2 * step)
    assert response.marginal(spend) == pytest.approx(slope, rel=1e-3)


@given(
    k=st.floats(0.05, 3.0), ceiling=st.floats(10.0, 1e5), less=st.floats(0.2, 1.0), more=st.floats(1.3, 4.0)
)
def test_two_points_tell_the_ceiling(k, ceiling, less, more):
    truth = Response(5.0, 5.0 + ceiling, k)
    found = through_two_points((more, truth.customers(more)), (less, truth.customers(less)), floor=5.0)
    assert found.k == pytest.approx(k, rel=1e-6)
    assert found.ceiling == pytest.approx(truth.ceiling, rel=1e-6)


@pytest.mark.parametrize(
    ("points", "floor", "reason"),
    [
        (((1.0, 10.0), (2.0, 20.0)), 0.0, "does_not_bend"),
        (((1.0, 10.0), (2.0, 25.0)), 0.0, "does_not_bend"),
        (((1.0, 10.0), (2.0, 18.0)), 2.0, "does_not_bend"),
        (((1.0, 10.0), (2.0, 9.0)), 0.0, "fewer_for_more"),
        (((1.0, 10.0), (2.0, 10.0)), 0.0, "fewer_for_more"),
        (((1.0, 10.0), (1.0, 12.0)), 0.0, "same_spend"),
        (((1.0, 10.0), (2.0, 12.0)), 10.0, "nobody_more"),
        (((0.0, 10.0), (2.0, 12.0)), 0.0, "no_spend"),
    ],
)
def test_two_points_no_such_curve_passes_are_refused_with_the_reason(points, floor, reason):
    for given_ in (points, points[::-1]):
        with pytest.raises(InputError) as raised:
            through_two_points(*given_, floor=floor)
        assert (raised.value.code, raised.value.details["reason"]) == ("response_not_possible", reason)


def through_or_reason(first, second, floor):
    """The curve through two points, or the reason why there is none."""
    try:
        return through_two_points(first, second, floor=floor), None
    except InputError as refused:
        return None, refused.details["reason"]


@given(
    spend=st.floats(0.01, 1e9),
    customers=st.floats(0.01, 1e9),
    other=st.floats(0.0, 1e9),
    many=st.floats(0.0, 1e9),
    unasked=st.floats(0.0, 0.99),
)
def test_any_two_points_give_a_curve_through_them_or_a_reason(spend, customers, other, many, unasked):
    found, reason = through_or_reason((spend, customers), (other, many), unasked * customers)
    assert (found is None) == (reason is not None)
    if found is not None:
        assert found.customers(spend) == pytest.approx(customers, rel=1e-6)
        assert found.customers(other) == pytest.approx(many, rel=1e-6)
        assert found.ceiling >= max(customers, many) * (1 - 1e-9)
        assert found.k > 0


@given(excess=st.floats(-1e-9, 1e-9), more=st.floats(1.001, 100.0))
def test_two_points_next_to_a_straight_line_are_refused(excess, more):
    with pytest.raises(InputError):
        through_two_points((30.0, 7.0), (30.0 * more, 7.0 * more * (1 + excess)))


@pytest.mark.parametrize(
    ("given_", "reason"),
    [
        ({"spend": 0.0}, "no_spend"),
        ({"floor": 20.0}, "nobody_more"),
        ({"ceiling": 20.0}, "at_the_ceiling"),
    ],
)
def test_a_point_no_curve_can_pass_is_refused(given_, reason):
    with pytest.raises(InputError) as raised:
        through_point(**({"floor": 0.0, "ceiling": 40.0, "spend": 5.0, "customers": 20.0} | given_))
    assert raised.value.details["reason"] == reason


def history(noise, months=36, seed=4):
    chance = np.random.default_rng(seed)
    spend = chance.uniform(200.0, 3000.0, months)
    truth = Response(20.0, 120.0, 0.001)
    return truth, spend, np.array([truth.customers(s) for s in spend]) + chance.normal(0.0, noise, months)


def test_a_history_without_noise_gives_the_truth():
    _, spend, customers = history(noise=0.0)
    found = fitted(spend, customers)
    assert (found.floor, found.ceiling, found.k) == pytest.approx((20.0, 120.0, 0.001), rel=1e-4)


def test_a_noisy_history_gives_it_nearly():
    truth, spend, customers = history(noise=3.0, months=120)
    found = fitted(spend, customers)
    for at in (500.0, 1500.0, 2500.0):
        assert found.customers(at) == pytest.approx(truth.customers(at), abs=3.0)
        assert found.marginal(at) == pytest.approx(truth.marginal(at), rel=0.35)


def refusal(spend, customers):
    with pytest.raises(InputError) as raised:
        fitted(np.asarray(spend, dtype=float), np.asarray(customers, dtype=float))
    assert raised.value.code == "response_not_fitted"
    return raised.value.details["reason"]


def test_a_history_that_cannot_show_a_curve_is_refused_with_its_reason():
    chance = np.random.default_rng(3)
    even = chance.normal(1000.0, 50.0, 24)
    varied = chance.uniform(100.0, 2000.0, 24)
    assert refusal(varied[:11], varied[:11]) == "too_few_months"
    assert refusal(even, chance.normal(50.0, 5.0, 24)) == "spend_too_even"
    assert refusal(varied, chance.normal(50.0, 5.0, 24)) == "no_effect"
    assert refusal(varied, 10.0 + 0.02 * varied + chance.normal(0.0, 3.0, 24)) == "no_bend"
    assert refusal(varied, 100.0 - 0.02 * varied) in {"no_effect", "no_bend"}
    assert refusal(varied, np.full(24, 50.0)) == "no_effect"
    assert refusal(np.zeros(24), np.full(24, 50.0)) == "spend_too_even"


def test_unrelated_spend_is_seldom_taken_for_an_effect():
    chance = np.random.default_rng(7)
    accepted = 0
    for _ in range(200):
        try:
            fitted(chance.uniform(100.0, 2000.0, 24), chance.normal(50.0, 5.0, 24))
        except InputError:
            continue
        accepted += 1
    assert accepted <= 20
