"""RFM on customers with ties worked out by hand, and on a real shop against independent code."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from retention import ingest
from retention.errors import InputError
from retention.segments import RFM_GROUPS, Thresholds, fifths, rfm, squares
from retention.study import Study
from tests.conftest import WORKBOOK

END = date(2024, 12, 31)


def people(recency, frequency, money):
    last = END.toordinal() - np.asarray(recency)
    return pd.DataFrame(
        {
            "customer_id": [f"c{k}" for k in range(len(last))],
            "last_day": last,
            "orders": frequency,
            "revenue": np.asarray(money, dtype=float) + 1.0,
            "refunds": -1.0,
        }
    )


def test_a_shop_with_ties_by_hand():
    # Recency: a fifth of ten is two, so the edges are 2, 3, 5, 20. Frequency: six of ten bought once.
    recency = [1, 2, 3, 3, 4, 5, 9, 20, 90, 400]
    frequency = [9, 1, 1, 4, 1, 1, 2, 1, 1, 3]
    found = rfm(people(recency, frequency, range(10)), END)
    assert found.thresholds.recency == (2.0, 3.0, 5.0, 20.0)
    assert found.thresholds.frequency == (1.0, 1.0, 1.0, 3.0)
    assert found.thresholds.money == (1.0, 3.0, 5.0, 7.0)
    assert found.table["r"].tolist() == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    assert found.table["f"].tolist() == [5, 1, 1, 5, 1, 1, 4, 1, 1, 4]
    assert found.table["m"].tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert found.table["money"].tolist() == [float(k) for k in range(10)]
    assert found.table["group"].tolist() == [
        "champions", "new", "promising", "loyal", "about_to_sleep",
        "about_to_sleep", "at_risk", "hibernating", "hibernating", "at_risk",
    ]  # fmt: skip


def test_thresholds_can_be_set():
    asked = Thresholds((30, 60, 90, 180), (1, 2, 3, 4), (10, 20, 50, 100))
    found = rfm(people([30, 31, 181], [5, 4, 1], [100, 101, 0]), END, asked)
    assert found.table[["r", "f", "m"]].to_numpy().tolist() == [[5, 5, 4], [4, 4, 5], [1, 1, 1]]
    assert found.thresholds is asked


@pytest.mark.parametrize("part", ["recency", "frequency", "money"])
def test_thresholds_that_fall_are_refused(part):
    with pytest.raises(InputError) as refused:
        Thresholds(
            **{"recency": (1, 2, 3, 4), "frequency": (1, 1, 1, 1), "money": (1, 2, 3, 4), part: (1, 3, 2, 4)}
        )
    assert refused.value.details == {"part": part, "given": [1, 3, 2, 4]}


def test_squares_hold_everybody_at_their_place():
    asked = Thresholds((30, 60, 90, 180), (1, 2, 3, 4), (10, 20, 50, 100))
    found = rfm(people([30, 31, 181, 31], [5, 4, 1, 4], [100, 101, 0, 9]), END, asked)
    placed = squares(found, pd.DataFrame({"clv": [1.0, 2.0, 4.0, 8.0]}, index=[9, 8, 7, 6]))
    assert placed[["r", "f"]].to_numpy().tolist() == [
        [r, f] for r in (5, 4, 3, 2, 1) for f in (1, 2, 3, 4, 5)
    ]
    held = placed[placed["customers"] > 0]
    assert held[["r", "f", "group", "customers", "clv"]].to_numpy().tolist() == [
        [5, 5, "champions", 1, 1.0],
        [4, 4, "loyal", 2, 10.0],
        [1, 1, "hibernating", 1, 4.0],
    ]


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(1, 12), st.floats(-50, 1e5)), min_size=1, max_size=60)
)
def test_everybody_is_in_one_group_and_equals_are_together(rows):
    recency, frequency, money = zip(*rows, strict=True)
    table = rfm(people(recency, frequency, money), END).table
    assert len(table) == len(rows)
    assert table["group"].isin(RFM_GROUPS).all()
    for value, score in (("recency", "r"), ("frequency", "f"), ("money", "m")):
        assert table[score].between(1, 5).all()
        assert not table[[value, score]].drop_duplicates()[value].duplicated().any()
        rising = table.sort_values(value)[score].to_numpy()
        assert np.all(np.diff(rising if score != "r" else -rising) >= 0)


def test_nobody_has_no_group():
    assert rfm(people([], [], []), END).table.empty


def test_a_fifth_is_a_value_that_occurs():
    assert fifths([7]) == (7.0, 7.0, 7.0, 7.0)
    assert fifths(range(1, 11)) == (2.0, 4.0, 6.0, 8.0)


@pytest.mark.skipif(not WORKBOOK.exists(), reason="the Online Retail workbook is not here")
def test_online_retail_against_plain_counting():
    raw = ingest.read(WORKBOOK.read_bytes(), WORKBOOK.name)
    orders = ingest.to_orders(raw, ingest.guess(raw).mapping).orders
    study = Study(orders)
    found = rfm(study.tables.customers(), study.window.last)
    table = orders.table
    bought = table[table["kind"] == "purchase"]
    last = bought.groupby("customer_id")["date"].max().dt.normalize()
    days = (pd.Timestamp(study.window.last) - last).dt.days
    number = bought.groupby("customer_id").size()

    def score(values):
        ordered = sorted(values)
        edges = [ordered[-(-len(ordered) * k // 5) - 1] for k in (1, 2, 3, 4)]
        return values.map(lambda value: 1 + sum(value > edge for edge in edges))

    r, f = 6 - score(days), score(number)
    both = pd.crosstab(r, f)
    own = pd.crosstab(found.table["r"], found.table["f"])
    assert own.equals(both.rename_axis(index="r", columns="f"))
    sizes = found.table["group"].value_counts()
    assert sizes["champions"] == int(((r == 5) & (f >= 4)).sum())
    assert sizes["hibernating"] == int(((r <= 2) & (f <= 2)).sum())
    assert sizes.sum() == len(number) == 4338
