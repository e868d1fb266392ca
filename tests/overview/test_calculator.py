import pytest

from retention.errors import InputError
from retention.overview import retention_rate


@pytest.mark.parametrize(
    ("start", "end", "new", "rate"),
    [(20, 24, 5, 0.95), (44, 43, 12, 0.704545), (10, 0, 0, 0.0), (10, 15, 5, 1.0)],
)
def test_worked_examples(start, end, new, rate):
    assert retention_rate(start, end, new) == pytest.approx(rate, abs=1e-6)


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ((0, 5, 5), "rate_nobody_at_start"),
        ((10, 5, 6), "rate_more_new_than_there"),
        ((10, 25, 5), "rate_more_kept_than_there"),
        ((-1, 5, 5), "rate_negative"),
        ((10, 5, -1), "rate_negative"),
    ],
)
def test_what_cannot_be_is_said(numbers, code):
    with pytest.raises(InputError) as refused:
        retention_rate(*numbers)
    assert refused.value.code == code
