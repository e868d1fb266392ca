"""Who is held back: as many as said, alike in what is expected of them, by chance."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from retention.campaigns import CONTACT, HOLD_BACK, assign


@given(
    st.lists(st.floats(0, 1e6), max_size=300),
    st.sampled_from([0.05, 0.1, 0.2, 0.5]),
    st.integers(0, 2**32 - 1),
)
def test_as_many_are_held_back_as_said(expected, share, seed):
    group = assign(expected, share, seed)
    assert group.isin([CONTACT, HOLD_BACK]).all()
    assert (group == HOLD_BACK).sum() == pytest.approx(share * len(expected), abs=0.5 + 1e-9)
    assert group.equals(assign(expected, share, seed))


def test_both_groups_are_alike_in_what_is_expected():
    expected = np.random.default_rng(5).lognormal(0, 1.5, 1000)
    held = assign(expected, 0.2, 1) == HOLD_BACK
    top = np.argsort(-expected)[:100]
    assert 18 <= held[top].sum() <= 22  # of the best hundred as many as of all
    assert expected[held].mean() == pytest.approx(expected[~held].mean(), rel=0.15)


def test_everybody_is_held_back_as_often_as_anybody():
    held = np.mean([assign(range(25), 0.2, seed) == HOLD_BACK for seed in range(4000)], axis=0)
    assert held == pytest.approx(0.2, abs=0.03)


def test_another_seed_draws_others():
    assert not assign(range(100), 0.2, 1).equals(assign(range(100), 0.2, 2))
