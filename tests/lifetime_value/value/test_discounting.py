"""The terms on which the future is valued, by hand."""

import numpy as np
import pytest

from retention.errors import InputError
from retention.lifetime_value.value.discounting import Terms


def test_months_end_every_30_days_and_almost_a_half():
    terms = Terms(3)
    assert terms.ends.tolist() == [30.4375, 60.875, 91.3125]
    assert terms.days == 91.3125


def test_what_is_kept_is_margin_of_what_refunds_leave():
    assert Terms(margin=0.4, net_share=0.75).kept == pytest.approx(0.3)


def test_a_part_of_the_horizon_is_discounted_from_its_middle():
    # at 21 % a year what comes in half a year is worth 1/1.1, in a year and a half 1/1.331
    terms = Terms(24, 0.21)
    assert terms.discounts(2) == pytest.approx([1 / 1.1, 1 / 1.331])
    assert terms.discounts(1) == pytest.approx([1 / 1.21])
    assert terms.discounts(4) == pytest.approx(1.21 ** -np.array([0.25, 0.75, 1.25, 1.75]))


def test_purchases_are_discounted_from_the_middle_of_their_month():
    cumulative = np.array([[1.0, 1.0, 3.0], [0.0, 2.0, 2.0]])
    assert Terms(3, 0.0).discounted(cumulative).tolist() == [3.0, 2.0]
    months = 1.5 ** -(np.array([0.5, 1.5, 2.5]) / 12)
    assert Terms(3, 0.5).discounted(cumulative) == pytest.approx([months[0] + 2 * months[2], 2 * months[1]])


RANGES = {"horizon_months": (1, 120), "discount_rate": (0.0, 10.0), "margin": (0.0, 1.0), "net_share": (0, 1)}


@pytest.mark.parametrize(("name", "ends"), RANGES.items())
def test_terms_lie_in_their_ranges(name, ends):
    for end in ends:
        assert getattr(Terms(**{name: end}), name) == end
    step = 1 if name == "horizon_months" else 0.01
    for value in (ends[0] - step, ends[1] + step):
        with pytest.raises(InputError) as refused:
            Terms(**{name: value})
        expected = {"name": name, "value": value, "lowest": ends[0], "highest": ends[1]}
        assert (refused.value.code, refused.value.details) == ("setting_out_of_range", expected)
