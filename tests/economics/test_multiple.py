import pytest

from retention.economics import ltv_to_cac
from retention.statistics import Estimate


@pytest.mark.parametrize(
    ("value", "cac", "expected"),
    [
        (90.0, 30.0, Estimate(3.0)),
        (89.0, 30.0, Estimate(89 / 30)),
        (None, 30.0, None),
        (90.0, None, None),
        (90.0, 0.0, None),
    ],
)
def test_lifetime_value_over_cac(value, cac, expected):
    assert ltv_to_cac(value, cac) == expected
