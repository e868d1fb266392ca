from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings

from retention import aggregate
from retention.study import Study
from tests.aggregate.shops import rows
from tests.conftest import shop

FEBRUARY = 12 * 2024 + 1


@pytest.fixture
def changed(two_months):
    return two_months.audit.two_periods("month", FEBRUARY)


def test_groups_by_hand(changed):
    columns = ["group", "customers", "orders_before", "orders", "gross_before", "gross_after"]
    assert changed.groups[columns].to_numpy().tolist() == [
        ["retained", 2, 2, 3, 140.0, 160.0],
        ["lost", 1, 1, 0, 60.0, 0.0],
        ["new", 1, 0, 1, 0.0, 50.0],
        ["reactivated", 1, 0, 1, 0.0, 20.0],
    ]
    assert changed.kept.value == pytest.approx(2 / 3)


def test_steps_by_hand(changed):
    assert dict(zip(changed.steps["step"], changed.steps["change"], strict=True)) == {
        "before": 190.0,  # 200 less 10
        "lost": -60.0,
        "less": -30.0,  # a
        "more": 50.0,  # c
        "reactivated": 20.0,
        "new": 50.0,
        "refunds": 5.0,  # 10 given back before, 5 now
        "after": 225.0,
    }
    assert (changed.net_before, changed.net_after) == (190.0, 225.0)


def test_why_the_retained_changed_by_hand(changed):
    # 2 orders of 70 became 3 of 53.33: (3 − 2) at the mean value 61.67, and −16.67 at the mean of 2.5 orders
    assert changed.by_orders == pytest.approx(61.6667, abs=1e-4)
    assert changed.by_order_value == pytest.approx(-41.6667, abs=1e-4)


def test_migration_by_hand(changed):
    # Of three in January a is first, b second, c third; of four in February c, a, d, e
    moves = changed.migration[["before", "after", "customers"]].to_numpy().tolist()
    assert moves == [[0, 7, 1], [0, 9, 1], [2, 4, 1], [6, 0, 1], [9, 2, 1]]
    assert (changed.up, changed.down, changed.same) == (1, 1, 0)


def test_nobody_before():
    orders = shop([("a", "2024-02-05", 5)], "2024-01-01", "2024-02-29")
    assert Study(orders).audit.two_periods("month", FEBRUARY) is None


@settings(max_examples=12)
@given(rows)
def test_the_steps_lead_from_one_net_revenue_to_the_next(history):
    study = Study(shop(history, "2024-01-01", "2024-06-30"))
    table = study.shop.flows("month").table.set_index("period")
    for month in (FEBRUARY, FEBRUARY + 3):
        found = study.audit.two_periods("month", month)
        if found is None:
            assert table["active"][month - 1] == 0
            continue
        assert found.net_before == pytest.approx(table["revenue"][month - 1])
        assert found.net_after == pytest.approx(table["revenue"][month])
        assert found.steps["change"][:-1].sum() == pytest.approx(found.net_after, abs=1e-9)
        assert found.customers("retained") == table["retained"][month]
        assert found.customers("new") == table["new"][month]
        assert found.customers("reactivated") == table["reactivated"][month]
        assert found.customers("lost") == table["lost"][month]
        assert found.up + found.down + found.same == found.customers("retained")
        stayed = found.change("more") + found.change("less")
        assert found.by_orders + found.by_order_value == pytest.approx(stayed, abs=1e-9)


@settings(max_examples=8)
@given(rows)
def test_nothing_depends_on_row_order_or_names(history):
    orders = aggregate.prepare(shop(history, "2024-01-01", "2024-06-30"))
    turned = [(f"z{ord('z') - ord(name)}", day, value) for name, day, value in reversed(history)]
    renamed = aggregate.prepare(shop(turned, "2024-01-01", "2024-06-30"))
    for month in (FEBRUARY, FEBRUARY + 2):
        pd.testing.assert_frame_equal(
            aggregate.around(orders, "month", month), aggregate.around(renamed, "month", month)
        )


def test_online_retail(retail_study):
    quarter = retail_study.window.complete("quarter")[-1]
    found = retail_study.audit.two_periods("quarter", quarter)
    table = retail_study.shop.flows("quarter").table.set_index("period")
    assert found.net_after == pytest.approx(table["revenue"][quarter])
    assert found.kept.value == pytest.approx(table["strict_retention"][quarter])


def test_every_step_begins_where_the_one_before_ended(changed):
    steps = changed.steps.set_index("step")
    ends = [190.0, 130.0, 100.0, 150.0, 170.0, 220.0, 225.0]
    assert steps["from_value"].tolist() == [0.0, *ends[:-1], 0.0]
    assert steps["to_value"].tolist() == [*ends, 225.0]


def test_what_net_revenue_changed_by(changed):
    assert changed.relative_change == pytest.approx(225 / 190 - 1)
    rows_ = [("a", "2024-01-02", 10), ("a", "2024-01-03", -10), ("a", "2024-02-02", 30)]
    found = Study(shop(rows_, "2024-01-01", "2024-02-29")).audit.two_periods("month", FEBRUARY)
    assert found.relative_change is None


def test_whether_those_who_stayed_spent_more(changed):
    assert (changed.money["kept"], changed.kept_spent) == (20.0, "more")
    back = changed.steps.assign(change=-changed.steps["change"])
    assert replace(changed, steps=back).kept_spent == "less"


def test_how_those_who_stayed_came_to_spend_more_or_less(changed):
    assert changed.stayed == "oftener_smaller"
    said = {
        (61.0, -41.0): "oftener_smaller",
        (-61.0, 41.0): "rarer_larger",
        (3.0, 2.0): "more",
        (0.0, 2.0): "more",
        (-3.0, -2.0): "less",
        (-3.0, 0.0): "less",
        (0.0, 0.0): "same",
    }
    for (by_orders, by_value), stayed in said.items():
        assert replace(changed, by_orders=by_orders, by_order_value=by_value).stayed == stayed


def test_who_only_returned_something_is_in_no_tenth():
    rows_ = [
        ("a", "2024-01-02", 10),
        ("b", "2024-01-05", 9),
        ("b", "2024-02-06", -9),
        ("a", "2024-02-02", 30),
    ]
    rows_ += [("c", "2023-12-01", 7), ("c", "2024-02-03", -7)]
    migration = Study(shop(rows_, "2023-12-01", "2024-02-29")).audit.two_periods("month", FEBRUARY).migration
    assert ((migration["before"] > 0) | (migration["after"] > 0)).all()
    assert migration["customers"].sum() == 2


def test_even_a_cent_less_is_less_and_a_cent_more_is_more():
    rows = [("a", "2024-01-05", 10.25), ("b", "2024-01-05", 10), ("c", "2024-01-05", 7)]
    rows += [("a", "2024-02-05", 10), ("b", "2024-02-05", 10.5), ("c", "2024-02-05", 7)]
    found = Study(shop(rows, "2024-01-01", "2024-02-29")).audit.two_periods("month", FEBRUARY)
    assert (found.change("less"), found.change("more")) == (-0.25, 0.5)
