import pytest

from retention import aggregate
from retention.lifetime_value import customer_values, fit_purchases, fit_spend


@pytest.fixture(scope="module")
def people(retail_study):
    return retail_study.tables.customers()


@pytest.fixture(scope="module")
def purchases(people):
    return fit_purchases(aggregate.states(people))


@pytest.fixture(scope="module")
def spend(people):
    return fit_spend(aggregate.spend(people))


def test_no_dropout_is_visible(purchases):
    invisible, unidentified = purchases.warnings
    assert invisible.code == "no_dropout_visible"
    assert invisible.details["gain"] == pytest.approx(0.24, abs=0.005)
    assert unidentified.code == "dropout_not_identified"
    assert purchases.named["a"] == pytest.approx(0.003, abs=5e-4)


def test_spend_hardly_depends_on_frequency(spend):
    assert spend.customers == 2790
    assert spend.correlation == pytest.approx(0.016, abs=5e-4)
    assert spend.spearman == pytest.approx(0.210, abs=1e-3)
    assert spend.warnings == ()


def test_the_interval_widens_below_with_the_horizon_as_dropout_cannot_be_excluded(people, purchases, spend):
    near, far = (customer_values(people, purchases, spend, horizon_months=months) for months in (3, 60))
    assert near.low < near.total < near.high
    assert far.low / far.total < near.low / near.total
