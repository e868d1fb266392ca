"""Two spans of months held against each other: sums by hand, chance corrected, what cannot be compared."""

import math

import pytest
from scipy import stats

from retention.snapshot import FIGURES, Span, Sums, changes
from retention.statistics import two_proportions

JANUARY, FEBRUARY = 12 * 2023, 12 * 2023 + 1  # of 31 and 28 days


def span(first=JANUARY, last=None, **sums):
    return Span(first, first if last is None else last, sums)


def counted(n):
    return Sums(n, n, n)


def only(now, then):
    (found,) = changes(now, then).compared
    return found


def test_two_counts_are_compared_by_the_logarithm_of_their_ratio():
    found = only(span(JANUARY + 12, new=counted(100)), span(JANUARY, new=counted(64)))
    score = math.log(100 / 64) / math.sqrt(1 / 100 + 1 / 64)  # 0.44629 / 0.16008
    assert score == pytest.approx(2.7879, abs=1e-4)
    assert found.chance == pytest.approx(2 * stats.t.sf(score, 63))
    assert found.value == pytest.approx(100 * 30.4375 / 31)
    assert found.difference.low == pytest.approx(found.other * math.expm1((score - 1.959964) * 0.1600781))
    assert found.difference.high == pytest.approx(found.other * math.expm1((score + 1.959964) * 0.1600781))


def test_months_of_other_lengths_are_compared_by_the_day():
    found = only(span(FEBRUARY, new=counted(280)), span(JANUARY, new=counted(310)))
    assert found.value == pytest.approx(found.other)
    assert found.chance == pytest.approx(1.0)


def test_money_of_few_large_customers_tells_less_than_of_many_small_ones():
    many, few = Sums(400, 4000.0, 400 * 10.0**2), Sums(40, 4000.0, 40 * 100.0**2)
    sure = only(span(revenue_net=many), span(revenue_net=Sums(400, 5000.0, 400 * 12.5**2)))
    unsure = only(span(revenue_net=few), span(revenue_net=Sums(40, 5000.0, 40 * 125.0**2)))
    assert sure.real
    assert not unsure.real
    # the error of the logarithm is 1/√n on either side where all spend the same
    assert unsure.chance == pytest.approx(2 * stats.t.sf(math.log(5 / 4) / math.sqrt(2 / 40), 39))


def test_shares_are_those_of_two_proportions():
    found = only(span(again=Sums(100, 60, 60, 100, 100, 60)), span(again=Sums(100, 40, 40, 100, 100, 40)))
    assert found.chance == pytest.approx(0.00468, abs=1e-5)
    rare = only(span(again=Sums(40, 6, 6, 40, 40, 6)), span(again=Sums(40, 1, 1, 40, 40, 1)))
    assert rare.chance == pytest.approx(two_proportions(6, 40, 1, 40))
    assert rare.chance == pytest.approx(stats.fisher_exact([[6, 34], [1, 39]]).pvalue)


def test_the_average_order_is_a_welch_test_where_each_buys_once():
    now, then = [10.0, 14.0] * 20, [11.0, 15.0] * 30
    one, other = (Sums(len(v), sum(v), sum(x * x for x in v), len(v), len(v), sum(v)) for v in (now, then))
    found = only(span(average_order=one), span(average_order=other))
    score = stats.ttest_ind(now, then, equal_var=False).statistic
    assert (found.value, found.other) == (12.0, 13.0)
    assert found.chance == pytest.approx(2 * stats.t.sf(abs(score), 39), rel=1e-9)


def test_several_looks_are_corrected_together():
    now = span(new=counted(100), again=Sums(100, 60, 60, 100, 100, 60))
    then = span(new=counted(64), again=Sums(100, 50, 50, 100, 100, 50))
    found = {each.figure: each for each in changes(now, then).compared}
    assert found["new"].adjusted == pytest.approx(2 * found["new"].chance)
    assert found["again"].adjusted == pytest.approx(max(found["again"].chance, found["new"].adjusted))
    assert [each.figure for each in changes(now, then).real] == ["new"]


def test_what_cannot_be_compared_is_left_out_with_the_reason():
    now = span(new=counted(29), orders=counted(500), revenue_net=Sums(50, -3.0, 200.0))
    then = span(new=counted(400), revenue_net=Sums(50, 10.0, 200.0))
    found = changes(now, then)
    assert found.compared == ()
    assert found.left_out == {name: "unknown" for name in FIGURES if name != "new"} | {"new": "few"}
