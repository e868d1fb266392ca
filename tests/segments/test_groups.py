"""The four by value, what groups come to, how customers move, and who is loyal: by hand."""

import numpy as np
import pandas as pd
import pytest

from retention.segments import QUADRANTS, by_value, loyalty, migration, profile, won


def test_two_questions_make_four_groups():
    found = by_value([0.9, 0.5, 0.49, 0.1], [100.0, 10.0, 80.0, 10.0])  # mean 50
    assert found.tolist() == ["keep", "grow", "win_back", "let_go"]
    assert by_value([0.9, 0.1], [9.0, 9.0], likely=0.95, valuable=10.0).tolist() == ["let_go", "let_go"]
    assert by_value([], []).empty


def test_groups_come_to_what_their_customers_do():
    group = pd.Series(["keep", "let_go", "keep"])
    found = profile(group, pd.DataFrame({"revenue": [10.0, 30.0, 20.0]}), QUADRANTS).set_index("group")
    assert found.index.tolist() == list(QUADRANTS)
    assert found["customers"].tolist() == [2, 0, 0, 1]
    assert found["revenue"].tolist() == [30.0, 0.0, 0.0, 30.0]
    assert found["share_of_customers"].tolist() == pytest.approx([2 / 3, 0, 0, 1 / 3])
    assert found["share_of_revenue"].tolist() == [0.5, 0.0, 0.0, 0.5]


def test_customers_move_from_group_to_group():
    before = pd.DataFrame({"customer_id": ["a", "b", "c"], "group": ["keep", "keep", "grow"]})
    now = pd.DataFrame({"customer_id": ["c", "a", "b", "d"], "group": ["keep", "keep", "win_back", "grow"]})
    found = migration(before, now, QUADRANTS).set_index(["before", "now"])
    assert len(found) == 5 * 4
    assert found["customers"].sum() == 4
    moved = found[found["customers"] > 0]
    assert moved["customers"].to_dict() == {
        ("keep", "keep"): 1,
        ("keep", "win_back"): 1,
        ("grow", "keep"): 1,
        ("won_since", "grow"): 1,
    }
    assert found.loc[("keep", "keep"), "share"] == 0.5
    assert np.isnan(found.loc[("let_go", "keep"), "share"])


def test_what_became_of_those_won_together():
    found = won([7, 7, 5, 7], ["keep", "grow", "keep", "keep"], QUADRANTS).set_index(["cohort", "group"])
    assert found.index.tolist() == [(cohort, group) for cohort in (5, 7) for group in QUADRANTS]
    assert found["customers"].tolist() == [1, 0, 0, 0, 2, 1, 0, 0]
    assert found["share"].tolist() == pytest.approx([1, 0, 0, 0, 2 / 3, 1 / 3, 0, 0])


def test_a_steady_rhythm_is_more_than_many_purchases():
    # Ten gaps of 30 days; ten of which one is 300 days; one gap; a steady one who has left
    found = loyalty([10, 10, 1, 10], [300, 309, 30, 300], [9000, 9 + 9e4, 900, 9000], [0.9, 0.9, 0.9, 0.1])
    assert found.table["kind"].tolist() == ["loyal", "habit", "unknown", "leaving"]
    # Steady: v = (0 + 4) / (9 + 4). Not: Σ(g − 30.9)² / 30.9² = (90009 − 9548.1) / 954.81 = 84.27
    assert found.table["steadiness"].tolist()[:2] == pytest.approx(
        [13 / 17, 1 / (1 + 88.2695 / 13)], rel=1e-4
    )
    assert found.table["index"].tolist()[0] == pytest.approx((0.9 + 13 / 17) / 2)
    assert np.isnan(found.table["index"][2])
    assert found.counts == {"loyal": 1, "habit": 1, "leaving": 1, "unknown": 1}


def test_breadth_counts_where_products_are_known():
    found = loyalty([10, 10], [300, 300], [9000, 9000], [0.9, 0.9], breadth=[1.0, 0.0])
    assert found.table["index"].tolist() == pytest.approx([(0.9 + 13 / 17 + 1) / 3, (0.9 + 13 / 17) / 3])
    assert found.table["kind"].tolist() == ["loyal", "habit"]


def test_random_buyers_are_half_steady():
    chance = np.random.default_rng(3)
    gaps = chance.exponential(20.0, (2000, 12))
    found = loyalty([12] * 2000, gaps.sum(axis=1), (gaps**2).sum(axis=1), [0.9] * 2000)
    assert found.table["steadiness"].mean() == pytest.approx(0.53, abs=0.02)
