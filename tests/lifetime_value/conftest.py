import pytest

from retention import aggregate
from retention.lifetime_value import fit_purchases, fit_spend
from retention.study import Study
from tests.lifetime_value import shops


@pytest.fixture(scope="session")
def people():
    return Study(shops.cdnow()).tables.customers()


@pytest.fixture(scope="session")
def states(people):
    return aggregate.states(people)


@pytest.fixture(scope="session")
def purchases(states):
    return fit_purchases(states)


@pytest.fixture(scope="session")
def spend(people):
    return fit_spend(aggregate.spend(people))
