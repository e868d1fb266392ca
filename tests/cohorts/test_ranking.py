"""Which segments come back most and least: worked by hand, held against SciPy, and not fooled by chance."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from retention.cohorts import by_retention, ranking
from retention.statistics import wilson
from retention.study import Study
from tests.conftest import shop


def table(**segments):
    """Segments of so many customers, of whom so many come back in the next period."""
    names = list(segments)
    sizes, back = (np.array([segments[name][place] for name in names]) for place in (1, 0))
    low, high = wilson(back, sizes)
    rows = pd.DataFrame({"cohort": names, "size": sizes, "customers": back, "low": low, "high": high})
    own = rows.assign(age=0, customers=sizes)
    cells = pd.concat([own, rows.assign(age=1)], ignore_index=True)
    return SimpleNamespace(cells=cells.assign(share=cells["customers"] / cells["size"]))


def test_the_best_and_the_worst_beyond_chance_are_named_with_their_intervals():
    found = ranking(table(web=(120, 400), shop=(80, 400), ads=(40, 400)))
    assert (found.compared, found.best.segment, found.worst.segment) == (3, "web", "ads")
    assert found.best.share.value == pytest.approx(0.3)
    low, high = wilson([120], [400])
    assert (found.best.share.low, found.best.share.high) == pytest.approx((low[0], high[0]))
    assert found.worst.share.value == pytest.approx(0.1)


def test_what_may_be_luck_is_not_named():
    found = ranking(table(web=(84, 400), shop=(80, 400), ads=(76, 400)))
    assert (found.compared, found.best, found.worst) == (3, None, None)


def test_each_is_held_against_all_others_and_corrected_for_their_number():
    # p of web against the rest is .0296 by chi-square: beyond chance alone, not among three
    counts = {"web": (112, 400), "shop": (91, 400), "ads": (91, 400)}
    back, others = counts["web"][0], sum(counts[name][0] for name in ("shop", "ads"))
    p = stats.chi2_contingency([[back, 400 - back], [others, 800 - others]], correction=False).pvalue
    assert 0.05 / 3 < p < 0.05
    assert ranking(table(**counts)).best is None
    pair = ranking(table(web=counts["web"], rest=(182, 800)))  # the same look, but a single one
    assert (pair.best.segment, pair.worst.segment, pair.compared) == ("web", "rest", 2)


def test_a_small_segment_counts_among_the_others_and_is_not_compared():
    found = ranking(table(web=(200, 400), shop=(40, 400), small=(29, 29)))
    assert found.compared == 2
    assert (found.best.segment, found.worst.segment) == ("web", "shop")
    assert ranking(table(web=(200, 400), small=(1, 29))).compared == 0
    assert ranking(table(web=(200, 400))) == ranking(table(other=(200, 400)))
    assert ranking(table(web=(200, 400))).compared == 0


def test_without_a_next_period_nothing_is_compared():
    found = table(web=(1, 40), shop=(1, 40))
    found.cells = found.cells[found.cells["age"] == 0]
    assert (ranking(found).compared, ranking(found).best) == (0, None)


def test_segments_that_are_all_alike_are_seldom_told_apart():
    """Of 400 shops of six equal segments at most one in twenty names one, give or take its sampling error."""
    draws = np.random.default_rng(4)
    sizes = np.array([60, 120, 200, 300, 500, 900])
    named = 0
    for _ in range(400):
        back = draws.binomial(sizes, 0.2)
        pairs = zip("abcdef", zip(back.tolist(), sizes.tolist(), strict=True), strict=True)
        found = ranking(table(**dict(pairs)))
        named += found.best is not None or found.worst is not None
    assert named / 400 < 0.05 + 2 * np.sqrt(0.05 * 0.95 / 400)
    assert named > 0


def test_segments_by_retention_those_of_under_30_customers_last():
    found = table(a=(10, 100), b=(30, 100), c=(29, 29), d=(20, 100), e=(5, 29))
    assert by_retention(found) == ("b", "d", "a", "c", "e")


def test_a_segment_without_a_next_period_stands_at_the_end():
    found = table(a=(10, 100), b=(30, 100))
    late = pd.DataFrame([{"cohort": "new", "age": 0, "size": 50, "customers": 50, "share": 1.0}])
    found.cells = pd.concat([late, found.cells], ignore_index=True)
    assert by_retention(found) == ("b", "a", "new")


def test_customers_whose_next_period_is_complete():
    rows = [(f"{month}{n}", f"2024-{month:02}-10", 5) for month in (1, 2, 3) for n in range(month)]
    study = Study(shop(rows, "2024-01-01", "2024-03-20"))
    # won in January 1, February 2, March 3; March, the next period of February's, is not complete
    assert study.cohorts.table("month").followed == 1
    assert study.cohorts.table("year").followed == 0
    assert study.cohorts.table("month", "on_or_after").followed == 3
