"""Squares of groups: who stands where, and what a click can tell."""

import pandas as pd
import pytest

from retention.charts import groups
from retention.segments import QUADRANTS, RFM_GROUPS, Thresholds, rfm, squares
from tests.charts.reading import rows
from tests.keyed import ENGLISH


def profile(names):
    n = len(names)
    return pd.DataFrame(
        {"group": list(names), "customers": range(1, n + 1), "revenue": [10.0] * n, "clv": [5.0] * n}
    )


def test_four_groups_by_two_questions():
    drawing = groups.by_value(profile(QUADRANTS), ENGLISH)
    assert rows(drawing, 0, "row", "column", "group", "label") == [
        ("chart.groups.there", "chart.groups.above", "keep", "1"),
        ("chart.groups.there", "chart.groups.below", "grow", "2"),
        ("chart.groups.gone", "chart.groups.above", "win_back", "3"),
        ("chart.groups.gone", "chart.groups.below", "let_go", "4"),
    ]
    assert rows(drawing, 0, "sentence")[0] == (
        "chart.groups.square name=group.value.keep n=1 share=0.1 revenue=10 clv=5"
    )


def test_the_latest_stand_on_top_and_the_most_frequent_at_the_right():
    people = pd.DataFrame(
        {"customer_id": ["a", "b"], "last_day": [99, 1], "orders": [9, 1], "revenue": 1.0, "refunds": 0.0}
    )
    asked = Thresholds((10, 20, 30, 40), (1, 2, 3, 4), (1, 2, 3, 4))
    found = rfm(people, pd.Timestamp.fromordinal(100).date(), asked)
    drawing = groups.rfm(squares(found, pd.DataFrame({"revenue": [1.0, 1.0], "clv": [2.0, 3.0]})), ENGLISH)
    held = [row for row in rows(drawing, 0, "row", "column", "group", "label") if row[3] == "1"]
    assert held == [
        ("chart.groups.r5", "chart.groups.f5", "champions", "1"),
        ("chart.groups.r1", "chart.groups.f1", "hibernating", "1"),
    ]


def test_a_click_tells_the_group():
    spec = groups.by_value(profile(QUADRANTS), ENGLISH).to_dict()
    (chosen,) = (param for param in spec["params"] if param["name"] == groups.GROUP)
    assert chosen["select"]["fields"] == ["group"]


def test_moves_are_told_from_groups_in_which_somebody_was():
    pairs = pd.DataFrame(
        {
            "before": ["loyal", "new"],
            "now": ["at_risk", "loyal"],
            "customers": [3, 0],
            "share": [0.75, float("nan")],
        }
    )
    drawing = groups.moved(pairs, ENGLISH)
    assert rows(drawing, 0, "row", "column", "label") == [("group.rfm.loyal", "group.rfm.at_risk", "75%")]


@pytest.mark.parametrize("cohorts", [3, 30])
def test_what_became_of_the_latest_won(cohorts):
    pairs = pd.DataFrame(
        [(2000 + k, group, 1, 0.1) for k in range(cohorts) for group in RFM_GROUPS],
        columns=["cohort", "group", "customers", "share"],
    )
    drawn = rows(groups.won(pairs, "rfm", "year", ENGLISH), 0, "row")
    assert len(set(drawn)) == min(cohorts, groups.MOST_COHORTS)
    assert drawn[-1] == str(2000 + cohorts - 1)
