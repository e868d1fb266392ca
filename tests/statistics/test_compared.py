"""Ranks and means of groups against all others, held against scipy."""

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st
from scipy import stats

from retention.statistics import rank_sum

counts = st.lists(st.integers(0, 9), min_size=4, max_size=4)


@settings(max_examples=60, deadline=None)
@given(counts, counts)
def test_the_rank_sum_is_scipys(one, other):
    values = np.arange(4)
    own, others = np.repeat(values, one), np.repeat(values, other)
    if min(len(own), len(others)) == 0 or len({*own, *others}) == 1:
        assert rank_sum(one, other) == 1.0
    else:
        assert rank_sum(one, other) == pytest.approx(
            stats.mannwhitneyu(own, others, method="asymptotic").pvalue
        )


def test_its_p_is_even_where_the_groups_are_alike():
    draw = np.random.default_rng(1)
    found = [
        rank_sum(*(np.bincount(draw.integers(0, 30, n), minlength=30) for n in (40, 300)))
        for _ in range(2000)
    ]
    assert np.mean(np.array(found) < 0.05) == pytest.approx(0.05, abs=0.015)
