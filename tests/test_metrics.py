import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from retention.metrics import quantile
from retention.study import Study
from tests.conftest import shop


@given(st.lists(st.integers(0, 50), min_size=1, max_size=60), st.floats(0, 1))
def test_a_weighted_quantile_is_numpys_of_the_values_written_out(days, fraction):
    counted = pd.Series(days).value_counts().rename_axis("days").reset_index(name="count")
    assert quantile(counted, fraction) == pytest.approx(np.quantile(days, fraction))


def test_by_hand(small_study):
    found = small_study.shop.metrics("month")
    assert (found.revenue_gross, found.refunds, found.revenue_net) == (280.0, -12.0, 268.0)
    assert found.repeat_purchase_rate == pytest.approx(2 / 3)
    assert found.average_order_value == pytest.approx(280 / 7)
    assert found.first_order_value == pytest.approx((10 + 50 + 70) / 3)
    assert found.repeat_order_value == pytest.approx((20 + 30 + 40 + 60) / 4)
    assert found.mean_days_between_purchases == pytest.approx((30 + 10 + 24 + 65) / 4)
    assert found.median_days_between_purchases == pytest.approx(27)
    assert found.strict_retention == pytest.approx(0.5)
    assert found.churn == pytest.approx(0.5)


def test_a_shop_nobody_returned_to_has_no_gaps():
    found = Study(shop([("a", "2024-01-05", 3)], "2024-01-05", "2024-01-05")).shop.metrics("month")
    assert found.repeat_order_value is None
    assert found.median_days_between_purchases is None
    assert found.strict_retention is None
    assert found.repeat_purchase_rate == 0


def test_online_retail(retail_study):
    found = retail_study.shop.metrics("month")
    assert found.revenue_gross == pytest.approx(8_911_407.90, abs=0.01)
    assert found.refunds == pytest.approx(-611_342.09, abs=0.01)
    assert found.repeat_purchase_rate == pytest.approx(2845 / 4338)
    assert found.first_order_value == pytest.approx(425.66, abs=0.005)
    assert found.repeat_order_value == pytest.approx(497.74, abs=0.005)
    assert found.average_order_value == pytest.approx(480.87, abs=0.005)
    assert found.top_20_percent_share == pytest.approx(0.7461, abs=0.00005)
    assert (found.median_days_between_purchases, found.median_days_between_purchase_days) == (22, 28)
    assert found.strict_retention == pytest.approx(4247 / 10775)
    assert retail_study.shop.active_days() == 110


def test_online_retail_without_possible_old_customers(retail_study):
    assert retail_study.shop.left_truncated_days() == 374 // 4  # a quarter of the span, as W is longer
    later = retail_study.without_left_truncated
    assert len(later.tables.customers()) == 4338 - retail_study.shop.left_truncated()
    assert later.window == retail_study.window
    (warning,) = retail_study.cohorts.warnings("month")
    assert warning.code == "left_truncated"
    assert warning.details["rate"] == pytest.approx(940 / 3974)
    assert warning.details["rate_without"] < warning.details["rate"]


def test_a_shop_that_does_not_change_at_its_start_is_not_warned_about(small_study):
    assert small_study.cohorts.warnings("month") == ()
