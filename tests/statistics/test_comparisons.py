import numpy as np
import pytest
from hypothesis import given, strategies as st
from scipy import stats

from retention.statistics import against_the_rest, holm, holm_levels, two_proportions


@pytest.mark.parametrize(
    "cells", [(3, 4, 1, 4), (0, 40, 3, 900), (60, 100, 40, 100), (500, 9000, 400, 9000), (1, 30, 29, 30)]
)
def test_p_agrees_with_an_independent_test(cells):
    hits, of, other, other_of = cells
    table = np.array([[hits, of - hits], [other, other_of - other]])
    few = stats.contingency.expected_freq(table).min() < 5
    theirs = stats.fisher_exact(table) if few else stats.chi2_contingency(table, correction=False)
    assert two_proportions(*cells) == pytest.approx(theirs.pvalue, rel=1e-9)


@pytest.mark.parametrize("cells", [(0, 10, 0, 20), (10, 10, 20, 20), (0, 0, 3, 5)])
def test_where_nothing_can_differ_nothing_does(cells):
    assert two_proportions(*cells) == 1.0


def test_holm_by_hand():
    # smallest times 4, next times 3 …, never below the one before, never above 1
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([0.9, 0.8]).tolist() == [1.0, 1.0]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_corrected_values_keep_their_order_and_grow(p):
    corrected = holm(p)
    assert (corrected >= np.array(p) - 1e-12).all()
    order = np.argsort(p, kind="stable")
    assert (np.diff(corrected[order]) >= 0).all()


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=12))
def test_an_interval_at_its_level_leaves_out_nothing_exactly_where_holm_finds_something(chances):
    levels = holm_levels(chances)
    assert ((np.array(chances) < levels) == (holm(chances) < 0.05)).all()
    assert (levels <= 0.05).all()


def test_each_group_is_held_against_all_others_together():
    cases, of = [60, 30, 3], [100, 50, 900]
    found = against_the_rest(cases, of)
    assert (found.cases.tolist(), found.of.tolist()) == ([33, 63, 90], [950, 1000, 150])
    sides = zip(cases, of, found.cases, found.of, strict=True)
    assert found.p.tolist() == [two_proportions(*map(int, side)) for side in sides]
    assert against_the_rest([], []).p.size == 0
