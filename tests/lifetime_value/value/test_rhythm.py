"""A customer's own rhythm, against waits drawn one by one."""

from dataclasses import replace

import numpy as np
import pytest

from retention.lifetime_value import chance_of_silence, usual_days
from tests.lifetime_value import seasonal, shops

MODEL = shops.purchase_model(0.8, 6.0, 0.9, 2.4)


def test_usual_days_are_those_of_what_was_seen():
    # (6 weeks + 10 weeks) / (0.8 + 3) weeks between; of who bought once 6 / 0.8 weeks
    assert usual_days(MODEL, [3, 0], [70, 0], [90, 90]) == pytest.approx([7 * 16 / 3.8, 7 * 6 / 0.8])
    assert usual_days(replace(MODEL, k=2), [3], [70], [90]) == pytest.approx([7 * 2 * 16 / 6.8])


@pytest.mark.parametrize("k", [1, 2, 3])
def test_so_long_a_silence_is_as_rare_as_among_waits_drawn(k):
    chance = np.random.default_rng(k)
    rate = chance.gamma(
        0.8 + 3 * k, 1 / (6.0 + 10.0), 400_000
    )  # of customers with x = 3 and t_x of ten weeks
    wait = chance.gamma(k, 1 / rate)
    found = chance_of_silence(replace(MODEL, k=k), [3, 3], [70, 70], [105, 210])
    assert found == pytest.approx([(wait > 5).mean(), (wait > 20).mean()], abs=0.003)


def test_who_bought_today_has_not_been_silent():
    assert chance_of_silence(MODEL, [0, 5], [0, 90], [0, 90]) == pytest.approx([1.0, 1.0])


def test_a_silence_in_quiet_months_is_less_rare():
    model = seasonal.model(index=(0.5,) * 6 + (1.5,) * 6)  # known up to the end of June
    plain = replace(model, season=None)
    last, age = [100], [200]
    assert chance_of_silence(model, [3], last, age) > chance_of_silence(plain, [3], last, age)
