"""The value of groups under other parameters, against every customer valued one by one."""

import numpy as np
import pandas as pd
import pytest

from retention.lifetime_value import expected_while_alive, probability_alive
from retention.lifetime_value.value import customer_base
from retention.lifetime_value.value.customer_base import CustomerBase, effect_of, grouped_states
from retention.lifetime_value.value.discounting import Terms
from tests.lifetime_value import shops

PARAMETERS = {"bg_nbd": (0.8, 6.0, 0.9, 2.4), "pareto_nbd": (0.8, 6.0, 0.7, 12.0)}
OTHERS = {"bg_nbd": (0.9, 5.0, 0.6, 2.9), "pareto_nbd": (0.7, 7.0, 0.8, 9.0)}
SPEND = np.array([4.0, 3.0, 20.0])
TERMS = Terms(12, 0.1, 0.5, 0.9)


@pytest.fixture(scope="module")
def people():
    chance = np.random.default_rng(8)
    x = chance.choice([0, 0, 0, 1, 2, 5, 9, 30], 400)
    age = chance.integers(30, 700, 400)
    t_x = np.where(x > 0, (age * chance.random(400)).astype(int), 0)
    m_x = np.where(x > 0, chance.gamma(4.0, 10.0, 400), np.nan)
    return pd.DataFrame({"x": x, "t_x": t_x, "T": age, "m_x": m_x})


def one_by_one(people, kind, parameters, spend):
    """Margin of each customer: alive, discounted purchases, and what one is worth."""
    model = shops.purchase_model(*parameters, kind=kind)
    state = people["x"].to_numpy(), people["t_x"].to_numpy(), people["T"].to_numpy()
    cumulative = expected_while_alive(model, *state, TERMS.ends)
    p, q, gamma = spend
    spent = people["x"] * people["m_x"].fillna(0.0)
    worth = p * (gamma + spent) / (p * people["x"] + q - 1.0)
    return TERMS.kept * probability_alive(model, *state) * TERMS.discounted(cumulative) * worth.to_numpy()


def totals(base, model, parameters, spend):
    """Each group's margin under other parameters than the model's."""
    tried = np.array([parameters])
    return base.totals(tried, np.array([spend]), effect_of(base.grid, tried, model, TERMS))[0]


@pytest.mark.parametrize("kind", PARAMETERS)
def test_totals_of_groups_are_the_sums_over_their_customers(people, kind):
    parts = [people.iloc[:150], people.iloc[150:]]
    model = shops.purchase_model(*PARAMETERS[kind], kind=kind)
    base = CustomerBase.of(parts, model, TERMS)
    for parameters, rel in ((PARAMETERS[kind], 1e-9), (OTHERS[kind], 1e-3)):
        found = totals(base, model, parameters, SPEND)
        expected = [one_by_one(part, kind, parameters, SPEND).sum() for part in parts]
        assert found == pytest.approx(expected, rel=rel)
    other_spend = np.array([6.0, 2.5, 30.0])
    assert totals(base, model, PARAMETERS[kind], other_spend) == pytest.approx(
        [one_by_one(part, kind, PARAMETERS[kind], other_spend).sum() for part in parts]
    )
    assert base.groups == 2


def test_without_a_mean_spend_there_is_no_bound(people):
    model = shops.purchase_model(*PARAMETERS["bg_nbd"])
    base = CustomerBase.of([people], model, TERMS)
    for q, finite in ((1.0, False), (0.5, False), (1.001, True)):
        assert np.isfinite(totals(base, model, PARAMETERS["bg_nbd"], (4.0, q, 20.0))).all() == finite


def test_customers_won_on_one_day_have_one_age(people):
    same = people.assign(T=365, t_x=np.minimum(people["t_x"], 365))
    model = shops.purchase_model(*PARAMETERS["bg_nbd"])
    base = CustomerBase.of([same], model, TERMS)
    assert len(base.grid.ages) == 1
    found = totals(base, model, OTHERS["bg_nbd"], SPEND)
    assert found == pytest.approx([one_by_one(same, "bg_nbd", OTHERS["bg_nbd"], SPEND).sum()], rel=2e-4)


def test_few_purchases_each_have_their_row_and_many_go_apart(people):
    model = shops.purchase_model(*PARAMETERS["bg_nbd"])
    few = CustomerBase.of([people[people["x"] <= 5]], model, TERMS)
    assert few.grid.counts == tuple(range(9))
    many = np.array(CustomerBase.of([people], model, TERMS).grid.counts)
    assert many[:9].tolist() == list(range(9))
    assert many[-1] == pytest.approx(30.0)
    ratios = many[9:] / many[8:-1]
    assert np.allclose(ratios, ratios[0])
    assert 1.0 < ratios[0] <= 1.25


def test_states_with_what_was_spent_by_hand():
    people = pd.DataFrame(
        {"x": [2, 0, 2, 1], "t_x": [9, 0, 9, 3], "T": [20, 20, 20, 5], "m_x": [10.0, np.nan, 40.0, 7.0]}
    )
    x, t_x, age, customers, spent, each = grouped_states(people)
    assert np.stack([x, t_x, age]).T.tolist() == [[0, 0, 20], [1, 3, 5], [2, 9, 20]]
    assert (customers.tolist(), spent.tolist(), each.tolist()) == ([1, 1, 2], [0, 7, 100], [1, 1, 1])


def test_of_very_many_states_a_sample_stands_for_all(people):
    x, _, _, customers, spent, each = grouped_states(people, 100)
    assert customers.sum() == 100
    assert np.all(each == 4.0)
    assert (each * customers).sum() == 400
    assert (each * spent).sum() == pytest.approx((people["x"] * people["m_x"].fillna(0)).sum(), rel=0.2)
    assert (x == 0).mean() > 0.2


def test_a_sample_of_each_group_is_taken_where_there_are_too_many(people, monkeypatch):
    monkeypatch.setattr(customer_base, "_MOST", 200)
    monkeypatch.setattr(customer_base, "_LEAST", 50)
    model = shops.purchase_model(*PARAMETERS["bg_nbd"])
    base = CustomerBase.of([people.iloc[:200], people.iloc[200:]], model, TERMS)
    assert np.bincount(base.group, base.customers).tolist() == [100.0, 100.0]
    assert set(base.each.tolist()) == {2.0}
    monkeypatch.setattr(customer_base, "_LEAST", 150)
    base = CustomerBase.of([people.iloc[:200], people.iloc[200:]], model, TERMS)
    assert np.bincount(base.group, base.customers).tolist() == [150.0, 150.0]
