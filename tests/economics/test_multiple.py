import pytest

from retention.economics import Multiple, ltv_to_cac


@pytest.mark.parametrize(
    ("value", "cac", "expected"),
    [
        (90.0, 30.0, Multiple(3.0, True)),
        (89.0, 30.0, Multiple(89 / 30, False)),
        (None, 30.0, Multiple(None, None)),
        (90.0, None, Multiple(None, None)),
        (90.0, 0.0, Multiple(None, None)),
    ],
)
def test_lifetime_value_over_cac(value, cac, expected):
    assert ltv_to_cac(value, cac) == expected
