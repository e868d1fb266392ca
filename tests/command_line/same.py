"""Whether two accounts of a shop say the same."""

import pytest


def differences(one, other, at=""):
    """Places where two figures differ by more than a billionth."""
    if isinstance(one, dict) and isinstance(other, dict):
        assert one.keys() == other.keys(), at
        return [found for name in one for found in differences(one[name], other[name], f"{at}.{name}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [found for n, (a, b) in pairs for found in differences(a, b, f"{at}[{n}]")]
    if isinstance(one, float) and isinstance(other, float):
        return [] if one == pytest.approx(other, rel=1e-9, abs=1e-9) else [(at, one, other)]
    return [] if one == other else [(at, one, other)]
