import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from retention import aggregate
from retention.errors import InputError
from retention.lifetime_value import (
    customer_values,
    expected_purchases,
    expected_purchases_of_new,
    expected_spend,
    fit_purchases,
    fit_spend,
    mean_spend,
    new_customer_value,
    probability_alive,
)
from retention.orders import Orders
from retention.periods import Window
from tests.lifetime_value import shops


@pytest.fixture(scope="module")
def values(people, purchases, spend):
    return customer_values(people, purchases, spend)


def test_totals_are_as_published(values):
    assert values.expected_purchases == pytest.approx(2095.11, abs=0.01)
    assert values.undiscounted_total == pytest.approx(75914.69, abs=0.02)
    assert values.total == pytest.approx(72691.45, abs=0.02)
    assert values.top_20_percent_share == pytest.approx(0.7126, abs=5e-5)


def test_the_table_keeps_the_customers_and_adds_up_to_the_totals(values, people):
    assert values.table[people.columns].equals(people)
    assert values.table["clv"].sum() == pytest.approx(values.total)
    assert values.table["expected_purchases"].sum() == pytest.approx(values.expected_purchases)
    assert values.horizon_months == 12


def test_each_customer_is_worth_the_formula(values, purchases, spend):
    one = values.table.iloc[[5]]
    state = one["x"], one["t_x"], one["T"]
    ends = [expected_purchases(purchases, *state, 30.4375 * month)[0] for month in range(13)]
    present = sum((ends[j] - ends[j - 1]) / 1.1 ** ((j - 0.5) / 12) for j in range(1, 13))
    each = expected_spend(spend, one["x"], one["m_x"])[0]
    assert one["clv"].iloc[0] == pytest.approx(each * present)
    assert one["p_alive"].iloc[0] == pytest.approx(probability_alive(purchases, *state)[0])
    assert one["expected_spend"].iloc[0] == pytest.approx(each)


def test_margin_and_refunds_scale_everything_in_money(people, purchases, spend, values):
    less = customer_values(people, purchases, spend, margin=0.4, net_share=0.9)
    assert less.total == pytest.approx(0.36 * values.total)
    assert less.undiscounted_total == pytest.approx(0.36 * values.undiscounted_total)
    assert less.high == pytest.approx(0.36 * values.high)
    assert less.expected_purchases == pytest.approx(values.expected_purchases)
    assert less.top_20_percent_share == pytest.approx(values.top_20_percent_share)


def test_without_discount_both_totals_agree(people, purchases, spend):
    plain = customer_values(people, purchases, spend, discount_rate=0.0)
    assert plain.total == pytest.approx(plain.undiscounted_total)


def test_the_unit_of_time_does_not_change_the_value(people, states, spend, values):
    assert customer_values(people, fit_purchases(states, "month"), spend).total == pytest.approx(
        values.total, rel=1e-6
    )


def test_without_margin_there_is_nothing_to_share(people, purchases, spend):
    nothing = customer_values(people, purchases, spend, margin=0.0)
    assert (nothing.total, nothing.low, nothing.high) == (0.0, 0.0, 0.0)
    assert nothing.top_20_percent_share is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("horizon_months", 0),
        ("discount_rate", -0.1),
        ("discount_rate", np.nan),
        ("margin", 35),
        ("net_share", -1),
    ],
)
def test_settings_out_of_range_are_refused(people, purchases, spend, name, value):
    with pytest.raises(InputError) as caught:
        customer_values(people, purchases, spend, **{name: value})
    assert caught.value.code == "setting_out_of_range"
    assert caught.value.details["name"] == name
    assert caught.value.details["lowest"] < caught.value.details["highest"]


def test_a_new_customer_is_worth_the_first_purchase_and_the_repeats(purchases, spend):
    ends = expected_purchases_of_new(purchases, 30.4375 * np.arange(13))
    repeats = sum((ends[j] - ends[j - 1]) / 1.2 ** ((j - 0.5) / 12) for j in range(1, 13))
    found = new_customer_value(purchases, spend, 30.0, discount_rate=0.2, margin=0.5)
    assert found == pytest.approx(0.5 * (30.0 + mean_spend(spend) * repeats))


moment = st.tuples(
    st.integers(0, 39),
    st.integers(0, 700),
    st.one_of(
        st.just(0.0),
        st.floats(-500, 500).map(lambda value: round(value, 6)),
        st.floats(1e-6, 1e6).map(lambda value: round(value, 6)),
    ),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(moment, min_size=1, max_size=150), st.integers(0, 400), st.booleans(), st.integers(1, 60))
def test_any_orders_give_finite_values_or_a_reason(rows, after, keep_zero, months):
    start = pd.Timestamp("2021-03-01")
    table = pd.DataFrame(rows, columns=["customer_id", "day", "value"])
    kinds = np.select(
        [table["value"] > 0, table["value"] < 0], ["purchase", "refund"], "purchase" if keep_zero else "zero"
    )
    table = table.assign(
        customer_id="c" + table["customer_id"].astype(str),
        date=start + pd.to_timedelta(table["day"], unit="D"),
        order_id=None,
        kind=kinds,
    )
    window = Window(start.date(), (start + pd.Timedelta(days=700 + after)).date())
    people = aggregate.customers(aggregate.prepare(Orders(table, window)))
    found = shops.fitted_or_refused(aggregate.states(people), aggregate.spend(people))
    if isinstance(found, str):
        assert found in {"cannot_fit_purchases", "cannot_fit_spend"}
        return
    values = customer_values(people, *found, horizon_months=months)
    added = values.table[["p_alive", "expected_purchases", "expected_spend", "clv"]].to_numpy()
    assert np.all(np.isfinite(added))
    assert np.all(added >= 0)
    if values.low is not None and values.high is not None:
        assert 0 <= values.low <= values.high < np.inf


def test_customers_whose_repeats_were_worth_nothing_have_a_value(people, purchases, spend):
    gift = people.iloc[[0]].assign(m_x=0.0)
    worth = customer_values(gift, purchases, spend).table["clv"].iloc[0]
    assert 0 < worth < customer_values(people.iloc[[0]], purchases, spend).table["clv"].iloc[0]


def test_infinite_mean_spend_is_valued_as_observed(people, purchases):
    chance = np.random.default_rng(4)
    means = chance.gamma(3.0 * 2, size=2000) / 2 / chance.gamma(0.6, size=2000)
    table = pd.DataFrame({"x": 2, "m_x": 50 * means, "customers": 1})
    values = customer_values(people, purchases, fit_spend(table))
    assert (values.low, values.high) == (None, None)
    assert [w.code for w in values.warnings] == ["spend_infinite_mean", "interval_not_available"]
    assert np.isfinite(values.total)
