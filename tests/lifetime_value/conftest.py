from pathlib import Path

import pytest

from retention import aggregate, ingest
from retention.lifetime_value import fit_purchases, fit_spend
from retention.study import Study
from tests.lifetime_value import shops

TWO_YEARS = Path(__file__).parents[3] / "shared" / "data" / "negozio_2023_2024.csv"


@pytest.fixture(scope="session")
def two_years():
    """Two years of a shop with seasons, made up from the models with known truth."""
    if not TWO_YEARS.exists():
        pytest.skip(f"the two-year shop is not at {TWO_YEARS.name} beside the project")
    raw = ingest.read(TWO_YEARS.read_bytes(), TWO_YEARS.name)
    return ingest.to_orders(raw, ingest.guess(raw).mapping).orders


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
