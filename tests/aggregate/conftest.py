import pytest

from retention import aggregate


@pytest.fixture
def small(small_shop):
    """The purchases of the small shop."""
    return aggregate.prepare(small_shop)
