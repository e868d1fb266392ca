"""The bars beside a heatmap: as long as the cohort is large, of whichever size the largest is."""

import pytest

from retention.charts import cohorts
from retention.study import Study
from tests.conftest import shop
from tests.keyed import ENGLISH


def bars(*sizes):
    """Length of the bar of each month that wins so many customers."""
    orders = [
        (f"c{month}-{n}", f"2024-{month:02}-10", 5)
        for month, size in enumerate(sizes, 1)
        for n in range(size)
    ]
    table = Study(shop(orders, "2024-01-01", f"2024-{len(sizes):02}-28")).cohorts.table("month")
    found = cohorts.heatmap(table, "share", ENGLISH).to_dict()["datasets"].values()
    return [row["end"] - row["start"] for rows in found for row in rows if "end" in row]


@pytest.mark.parametrize("largest", [1, 2, 40])
def test_the_largest_cohort_has_the_longest_bar_whatever_its_size(largest):
    assert bars(largest, largest) == pytest.approx(bars(7, 7))


def test_half_as_many_customers_have_half_the_bar():
    whole, half = bars(8, 4)
    assert whole == pytest.approx(2 * half)
    assert half > 0
