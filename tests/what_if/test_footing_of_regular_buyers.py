"""The footing of customers who buy regularly, against the model and customers told one by one."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import brentq

from retention import lifetime_value
from retention.study import Study
from retention.what_if import Plan, purchase_footing, simulate
from tests.lifetime_value import shops

PLAN = Plan(0.003, "points", margin=0.3, discount_rate=0.0, years=3, form="first_payment_now")
FITTED = {"bg_nbd": (0.2426, 4.4136, 0.7929, 2.4259), "mbg_nbd": (0.525, 6.183, 0.891, 1.614)}
MONTH = 365.25 / 12
COPIES = 60  # of each customer, lived through


@pytest.fixture(scope="module")
def study():
    return Study(shops.cdnow())


@pytest.fixture(scope="module")
def people(study):
    return study.tables.customers()


@pytest.fixture(scope="module")
def spend(study):
    return study.models.spend()


@pytest.fixture(
    scope="module", params=[("bg_nbd", 2), ("mbg_nbd", 2), ("mbg_nbd", 3), ("bg_nbd", 4)], ids=str
)
def model(request):
    kind, k = request.param
    r, alpha, a, b = FITTED[kind]
    return replace(shops.purchase_model(r, alpha / k, a, b, kind=kind), k=k)


def footing_of(people, model, spend, **changed):
    terms = {"period": "month", "won_per_period": 100.0, "net_share": 0.95, "draws": 0}
    return purchase_footing(people, model, spend, **{**terms, **changed})


def test_without_an_uplift_it_is_what_the_model_expects(people, model, spend):
    base, footing = footing_of(people, model, spend)
    result = simulate(base, replace(PLAN, uplift=0.0), footing)
    terms = {"horizon_months": 36, "discount_rate": 0.0, "margin": 0.3, "net_share": 0.95}
    values = lifetime_value.customer_values(people, model, spend, **terms, interval=False)
    assert base.active == pytest.approx(values.table["p_alive"].sum())
    assert result.purchases.base.before == pytest.approx(values.expected_purchases, rel=3e-3)
    assert result.undiscounted.base.before == pytest.approx(values.total, rel=5e-3)
    first = float(people["first_value"].mean())
    one = lifetime_value.new_customer_value(model, spend, first, **terms)
    assert result.customer.before == pytest.approx(one, rel=1e-2)


def test_retention_is_who_is_still_alive_a_period_later(people, model, spend):
    _, footing = footing_of(people, model, spend)
    state = [people[name].to_numpy() for name in ("x", "t_x", "T")]
    now = lifetime_value.probability_alive(model, *state)
    later = lifetime_value.probability_alive_after(model, *state, [MONTH])
    assert footing.retention[0] == pytest.approx(later.sum() / now.sum(), rel=1e-3)


def test_with_an_uplift_they_bring_what_they_would_leaving_less_often_after_a_purchase(people, model, spend):
    base, footing = footing_of(people, model, spend, won_per_period=0.0)
    result = simulate(base, PLAN, footing)
    here, p, soon, later = lived_through(people, model, np.random.default_rng(4))

    def kept(factor):
        return float(here @ (1.0 - factor * p) ** soon / here.sum())

    def bought(factor):
        return float(here @ ((1.0 - (1.0 - factor * p) ** later) / (factor * p)))

    factor = brentq(lambda factor: kept(factor) - kept(1.0) - PLAN.uplift, 0.01, 1.0)
    gain = result.purchases.base.after - result.purchases.base.before
    assert gain == pytest.approx(bought(factor) - bought(1.0), rel=0.06 if model.k == 2 else 0.12)


def lived_through(people, model, chance):
    """Customers alive, copied, with what each may be: how many each is, p, purchases of a month, of 3 years.

    The purchases are those of a customer who never leaves.
    """
    r, alpha, a, b = model.parameters
    x, t_x, age = (people[name].to_numpy(dtype=float) for name in ("x", "t_x", "T"))
    alive = lifetime_value.probability_alive(model, x, t_x, age)
    phases = model.family.phases(model.parameters, x, *model.clock.past(t_x, age))
    each = np.repeat(np.arange(x.size), COPIES)
    phase = (chance.random(each.size) > phases.cumsum(axis=0)[:-1, each]).sum(axis=0)
    rate = chance.gamma(r + model.k * x[each] + phase) / (alpha + age[each] / 7)
    p = chance.beta(a, b + x[each] + (model.kind == "mbg_nbd"))
    soon = chance.poisson(rate * MONTH / 7)
    later = soon + chance.poisson(rate * 35 * MONTH / 7)
    return alive[each] / COPIES, p, (soon + phase) // model.k, (later + phase) // model.k


def test_draws_vary_around_the_estimate(people, model, spend):
    unsure = replace(model, covariance=np.eye(4) * 0.05**2)
    _, footing = footing_of(people, unsure, spend, draws=20)
    assert footing.retention[1:].mean() == pytest.approx(footing.retention[0], abs=2e-3)
    assert 1e-4 < footing.retention[1:].std() < 5e-3
