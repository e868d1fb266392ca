"""Two figures compared, by hand and against the usual tests."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from retention.overview.pairs import count, mean, share


def row(**values):
    return pd.Series(values, dtype=float)


def test_two_shares_are_compared_by_the_pooled_test():
    # 56 of 70 against 48 of 80: Newcombe's interval of the difference is .0524 to .3339
    found = share(row(part=56, whole=70), row(part=48, whole=80))
    table = np.array([[56, 14], [48, 32]])
    theirs = stats.chi2_contingency(table, correction=False)
    assert (found.value, found.other) == (0.8, 0.6)
    assert found.score**2 == pytest.approx(theirs.statistic)
    assert found.score > 0
    assert found.chance == pytest.approx(theirs.pvalue)
    assert found.difference.ends == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_two_shares_of_nobody_or_of_all_cannot_differ():
    assert share(row(part=0, whole=7), row(part=0, whole=8)) is None
    assert share(row(part=7, whole=7), row(part=8, whole=8)) is None


def test_two_means_of_customers_are_compared_by_their_errors():
    # one order each: of 4 customers 10, 20, 30, 40; of 3 customers 10, 10, 40
    one, other = np.array([10.0, 20, 30, 40]), np.array([10.0, 10, 40])

    def sums(each):
        n = len(each)
        return row(customers=n, whole=n, part=each.sum(), whole2=n, cross=each.sum(), part2=each @ each)

    found = mean(sums(one), sums(other))
    errors = [stats.sem(each) for each in (one, other)]
    score = (25.0 - 20.0) / np.hypot(*errors)
    assert (found.value, found.other) == (25.0, pytest.approx(20.0))
    assert found.score == pytest.approx(score)
    assert found.chance == pytest.approx(2 * stats.t.sf(score, 2))  # of the fewer customers, less one
    half = 1.959964 * np.hypot(*errors)  # of two symmetric intervals Newcombe's is the usual one
    assert found.difference.ends == pytest.approx((5.0 - half, 5.0 + half))
    assert mean(sums(np.array([5.0, 5.0])), sums(np.array([5.0, 5.0]))) is None


def test_two_counts_are_compared_by_the_logarithm_of_their_ratio():
    found = count(row(customers=150), row(customers=100))
    error = np.sqrt(1 / 150 + 1 / 100)
    score = np.log(1.5) / error
    assert (found.value, found.other, found.difference.value) == (150.0, 100.0, 50.0)
    assert found.score == pytest.approx(score)
    assert found.chance == pytest.approx(2 * stats.norm.sf(score))
    ends = [100 * (1.5 * np.exp(side * 1.959964 * error) - 1) for side in (-1, 1)]
    assert found.difference.ends == pytest.approx(ends, rel=1e-6)
    fewer = count(row(customers=100), row(customers=150))
    assert fewer.score == pytest.approx(-score)
    assert fewer.chance == pytest.approx(found.chance)
