import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from retention.errors import DataWarning
from retention.lifetime_value import Terms, customer_intervals
from tests.lifetime_value import lived, shops
from tests.lifetime_value.value.test_purchase_distribution import KINDS, MODELS

MONEY = shops.spend_model(6.25, 3.74, 15.44)


def person(x, t_x, age, m_x=np.nan):
    return pd.DataFrame({"x": [x], "t_x": [t_x], "T": [age], "m_x": [m_x]})


def simulated_values(model, x, t_x, age, m_x, days, many):
    """Purchases and what they are worth, told step by step from the history."""
    chance = np.random.default_rng(3)
    unit = model.days_per_unit
    alive = model.family.alive(
        model.parameters, np.array([x]), np.array([t_x / unit]), np.array([age / unit])
    )
    history = np.full(many, float(x)), np.full(many, age / unit)
    bought = lived.purchases(model.kind, model.parameters, *history, days / unit, chance)
    bought *= chance.random(many) < alive
    scale = chance.gamma(MONEY.p * x + MONEY.q, size=many) / (MONEY.gamma + x * m_x)
    return bought, chance.gamma(np.maximum(MONEY.p * bought, 1e-300)) / scale * (bought > 0)


@pytest.mark.parametrize("kind", KINDS)
def test_simulated_futures_of_one_customer_end_where_the_intervals_do(kind):
    terms = Terms(12, 0.0, 0.4, 0.9)
    x, t_x, age, m_x = 24, 258, 260, 30.0
    found = customer_intervals(person(x, t_x, age, m_x), MODELS[kind], MONEY, terms).iloc[0]
    bought, spent = simulated_values(MODELS[kind], x, t_x, age, m_x, terms.days, 400_000)
    assert np.mean(bought < found["purchases_low"]) <= 0.025 + 1e-3
    assert np.mean(bought > found["purchases_high"]) <= 0.025 + 1e-3
    assert np.mean(spent * terms.kept > found["clv_high"]) == pytest.approx(0.025, abs=1e-3)
    if found["clv_low"] > 0:
        assert np.mean(spent * terms.kept < found["clv_low"]) == pytest.approx(0.025, abs=1e-3)


def test_a_customer_likely_gone_has_an_interval_that_begins_at_nothing():
    found = customer_intervals(person(3, 20, 300, 25.0), MODELS["mbg_nbd"], MONEY, Terms()).iloc[0]
    assert found["purchases_low"] == found["clv_low"] == 0


def test_money_scales_with_the_margin_and_shrinks_with_the_discount():
    someone = person(12, 250, 260, 30.0)
    model = MODELS["bg_nbd"]
    plain, third = (customer_intervals(someone, model, MONEY, Terms(12, 0.0, m)) for m in (1.0, 0.3))
    assert third["clv_high"][0] == pytest.approx(0.3 * plain["clv_high"][0])
    dear = customer_intervals(someone, model, MONEY, Terms(12, 0.5))
    assert 1.5**-1 < dear["clv_high"][0] / plain["clv_high"][0] < 1.0
    assert (dear[["purchases_low", "purchases_high"]] == plain[["purchases_low", "purchases_high"]]).all(
        axis=None
    )


def test_rows_keep_their_places():
    people = pd.concat([person(0, 0, 100), person(9, 200, 260, 20.0), person(0, 0, 100)])
    people.index = pd.Index(["c", "a", "b"])
    found = customer_intervals(people, MODELS["bg_nbd"], MONEY, Terms())
    assert list(found.index) == ["c", "a", "b"]
    assert found.loc["c"].equals(found.loc["b"].rename("c"))
    assert found.loc["a", "clv_high"] > found.loc["c", "clv_high"]


def test_spend_that_is_not_known_leaves_the_value_open():
    unknown = shops.with_parameters(MONEY, warnings=(DataWarning("spend_not_identified", {"customers": 1}),))
    found = customer_intervals(person(9, 200, 260, 20.0), MODELS["bg_nbd"], unknown, Terms()).iloc[0]
    assert found[["clv_low", "clv_high"]].isna().all()
    assert found["purchases_high"] > 0


@given(
    kind=st.sampled_from(KINDS),
    logs=st.tuples(*[st.floats(-2, 2)] * 7),
    x=st.integers(0, 40),
    recency=st.floats(0, 1),
    months=st.integers(1, 60),
)
def test_for_any_parameters_ends_are_finite_and_in_order(kind, logs, x, recency, months):
    r, alpha, third, fourth, p, q, gamma = np.exp(logs)
    fourth *= 30 if kind == "pareto_nbd" else 1
    model = shops.purchase_model(r, 30 * alpha, third, fourth, "day", kind=kind)
    money = shops.spend_model(p, q, 10 * gamma)
    someone = person(x, recency * 500 if x else 0, 500, 30.0 if x else np.nan)
    found = customer_intervals(someone, model, money, Terms(months)).iloc[0]
    assert np.isfinite(found).all()
    assert 0 <= found["purchases_low"] <= found["purchases_high"]
    assert 0 <= found["clv_low"] <= found["clv_high"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_nineteen_customers_in_twenty_end_inside(kind):
    # Customers live on from their own history under the model's story; discounting spreads payments evenly.
    chance, many, days = np.random.default_rng(8), 20_000, 365.25
    model, terms = MODELS[kind], Terms(12, 0.10)
    unit = model.days_per_unit
    people = histories(chance, model, many)
    ends = customer_intervals(people, model, MONEY, terms)
    x, t_x, age = (people[name].to_numpy(dtype=float) for name in ("x", "t_x", "T"))
    alive = chance.random(many) < model.family.alive(model.parameters, x, t_x / unit, age / unit)
    bought = lived.purchases(model.kind, model.parameters, x, age / unit, days / unit, chance) * alive
    scale = chance.gamma(MONEY.p * x + MONEY.q) / (MONEY.gamma + x * people["m_x"].fillna(0.0).to_numpy())
    spent = chance.gamma(np.maximum(MONEY.p * bought, 1e-300)) / scale * (bought > 0) * 1.1**-0.5
    inside = (bought >= ends["purchases_low"]) & (bought <= ends["purchases_high"])
    assert inside.mean() >= 0.95
    inside = (spent >= ends["clv_low"] - 1e-9) & (spent <= ends["clv_high"])
    assert inside.mean() >= 0.945


def histories(chance, model, many):
    """Histories of customers won on any day of a year, repeat days drawn by the story of the model."""
    age = chance.integers(30, 365, many).astype(float)
    zero = np.zeros(many)
    unit = model.days_per_unit
    x = lived.purchases(model.kind, model.parameters, zero, zero, 365 / unit, chance)
    t_x = np.where(x > 0, age * chance.random(many) ** (1 / np.maximum(x, 1)), 0.0)
    m_x = np.where(x > 0, chance.gamma(6.0, size=many) * 5, np.nan)
    return pd.DataFrame({"x": x.astype(int), "t_x": t_x, "T": age, "m_x": m_x})
