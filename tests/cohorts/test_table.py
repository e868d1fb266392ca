import pandas as pd
import pytest

from retention.cohorts import pool
from retention.study import Study
from tests.conftest import shop

DECEMBER = 12 * 2010 + 11


def cell(table, cohort, age):
    cells = table.cells
    return cells[(cells["cohort"] == cohort) & (cells["age"] == age)].iloc[0]


def test_the_average_weighs_by_customers_and_leaves_incomplete_cells_out():
    cells = pd.DataFrame(
        {
            "cohort": [1, 2, 3],
            "age": 1,
            "complete": [True, True, False],
            "size": [1000, 500, 700],
            "customers": [500, 400, 10],
            **dict.fromkeys(["orders", "revenue", "gross", "so_far"], 0),
        }
    )
    pooled = pool(cells).iloc[0]
    assert pooled["rate"] == pytest.approx(0.60)
    assert (pooled["cohorts"], pooled["customers"]) == (2, 1500)


def test_every_cell_to_the_end_of_the_data_even_where_nobody_bought(small_study):
    table = small_study.cohorts.table("month")
    assert table.wide("customers").fillna(-1).to_numpy().tolist() == [[2, 1, 2], [1, 0, -1]]
    assert table.cells["complete"].tolist() == [True, True, False, True, False]


def test_cumulative_revenue_is_net_and_per_customer_of_the_cohort(small_study):
    # cohort January: 80, then 30 − 5, then 100, for two customers
    first = small_study.cohorts.table("month").wide("cumulative_revenue").iloc[0].tolist()
    assert first == pytest.approx([40.0, 52.5, 102.5])


def test_one_customer_one_day_is_a_table_of_one_cell():
    table = Study(shop([("a", "2024-01-10", 5)], "2024-01-10", "2024-01-10")).cohorts.table("month")
    assert len(table.cells) == 1
    assert table.pooled.empty


def test_online_retail_first_cohort(retail_study):
    table = retail_study.cohorts.table("month")
    assert [cell(table, DECEMBER, age)["customers"] for age in range(4)] == [885, 324, 286, 340]
    assert cell(table, DECEMBER, 1)["share"] == pytest.approx(0.366, abs=0.0005)


def test_online_retail_last_cohort_is_incomplete(retail_study):
    table = retail_study.cohorts.table("month")
    november = DECEMBER + 11
    assert [cell(table, november, age)["customers"] for age in (0, 1)] == [323, 36]
    assert [cell(table, november, age)["complete"] for age in (0, 1)] == [True, False]


def test_online_retail_pooled_month_1(retail_study):
    pooled = retail_study.cohorts.table("month").pooled.iloc[0]
    assert pooled["rate"] == pytest.approx(940 / 3974)
    assert (pooled["cohorts"], pooled["customers"]) == (11, 3974)


def test_a_pooled_curve_rises_only_because_cohorts_fall_away(retail_study):
    pooled = retail_study.cohorts.table("month").pooled
    assert pooled["rate"].iloc[[0, -1]].tolist() == pytest.approx([0.24, 0.50], abs=0.005)
    assert pooled["cohorts"].iloc[[0, -1]].tolist() == [11, 1]
