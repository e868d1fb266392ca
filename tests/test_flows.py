import numpy as np
import pandas as pd
import pytest

from retention.flows import Flows, new_of_cells
from retention.study import Study
from tests.conftest import shop


def test_lost_and_rates_by_hand(small_study):
    table = small_study.shop.flows("month").table
    assert table["lost"].fillna(-1).tolist() == [
        -1,
        1,
        -1,
    ]  # unknown in the first and in the incomplete month
    assert table["strict_retention"].fillna(-1).tolist() == [-1, 0.5, 0.5]
    assert table["retention_rate"].fillna(-1).tolist() == [-1, 0.5, 1.0]
    assert table["revenue"].tolist() == [80.0, 88.0, 100.0]


def test_a_period_without_a_purchase_has_a_row_of_its_own():
    orders = shop([("a", "2024-01-05", 1), ("a", "2024-03-05", 1)], "2024-01-01", "2024-03-31")
    table = Study(orders).shop.flows("month").table
    assert table["active"].tolist() == [1, 0, 1]
    assert table["lost"].fillna(-1).tolist() == [-1, 1, 0]
    assert np.isnan(table["retention_rate"].iloc[2])  # nobody was there before


def test_net_share_is_of_complete_periods(small_study):
    assert small_study.shop.flows("month").net_share() == pytest.approx((80 + 100 - 12) / (80 + 100))


@pytest.mark.parametrize(
    ("revenue", "refunds", "complete", "share"),
    [
        ([80.0, 500.0], [-20.0, 0.0], [True, False], 0.8),
        ([80.0, 20.0], [-20.0, -5.0], [False, False], 100 / 125),
        ([-5.0], [-20.0], [True], 0.0),  # more went back than was bought
        ([0.5], [-20.0], [True], 0.5 / 20.5),
        ([0.0], [0.0], [True], 1.0),  # nothing to go back
        ([-20.0], [-20.0], [True], 1.0),
    ],
)
def test_the_share_of_revenue_that_stays(revenue, refunds, complete, share):
    table = pd.DataFrame({"revenue": revenue, "refunds": refunds, "complete": complete})
    assert Flows("month", table).net_share() == pytest.approx(share)


def test_two_complete_periods_are_needed():
    orders = shop([("a", "2024-01-05", 1)], "2024-01-01", "2024-02-20")
    assert Study(orders).shop.retention("month") is None


def test_retention_by_hand():
    rows = [("a", "2024-01-05", 1), ("a", "2024-02-05", 1), ("b", "2024-01-05", 1), ("b", "2024-03-05", 1)]
    found = Study(shop(rows, "2024-01-01", "2024-03-31")).shop.retention("month")
    # January → February: a of a, b; February → March: b came back, but not from February
    assert (found.retained, found.at_risk, found.returned, found.transitions) == (1, 3, 2, 2)
    assert found.strict.rate.value == pytest.approx(1 / 3)
    assert found.textbook.rate.value == pytest.approx(2 / 3)


def test_online_retail_strict_retention(retail_study):
    found = retail_study.shop.retention("month")
    assert (found.retained, found.at_risk, found.transitions) == (4247, 10775, 11)
    assert found.strict.rate.value == pytest.approx(0.39415, abs=5e-6)
    assert found.strict.rate.low == pytest.approx(0.379, abs=0.002)
    assert found.strict.rate.high == pytest.approx(0.410, abs=0.002)


def test_the_sums_of_the_customers_are_those_of_the_periods(retail_study):
    found = retail_study.shop.retention("month")
    table = retail_study.shop.flows("month").complete
    assert found.retained == table["retained"].iloc[1:].sum()
    assert found.returned == (table["active"] - table["new"]).iloc[1:].sum()
    assert found.at_risk == table["active"].iloc[:-1].sum()


def test_the_textbook_rate_counts_the_reactivated_and_can_pass_100_percent(retail_study):
    table = retail_study.shop.flows("month").complete.set_index("period")
    assert table.loc[12 * 2011 + 8, "retention_rate"] == pytest.approx(1.034, abs=0.0005)
    returning = table["retained"].sum() + table["reactivated"].sum()
    assert table["reactivated"].sum() / returning == pytest.approx(0.478, abs=0.001)


def test_new_customers_by_the_channel_of_their_first_purchase():
    cells = pd.DataFrame(
        [(1, 1, "web", 5), (1, 2, "web", 3), (2, 2, "", 4), (2, 2, "shop", 6)],
        columns=["cohort", "period", "segment", "customers"],
    )
    expected = pd.DataFrame({"month": [1, 2, 2], "channel": ["web", "", "shop"], "new": [5, 4, 6]})
    pd.testing.assert_frame_equal(new_of_cells(cells), expected)
