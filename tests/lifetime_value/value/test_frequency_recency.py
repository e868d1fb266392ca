import warnings

import numpy as np
import pandas as pd
import pytest

from retention.charts.lifetime_value import cell_sentence
from retention.lifetime_value import frequency_recency
from retention.text import Words
from tests.lifetime_value import shops


def test_the_grid_is_small_and_counts_every_customer_once(people, purchases):
    grid = frequency_recency(purchases, people, "p_alive")
    assert len(grid) == 25 * 25  # x reaches beyond 24 and T is in days
    assert grid["customers"].sum() == len(people)
    assert grid["x"].max() == people["x"].max()
    assert (grid["t_x"] + grid["days_since_last"]).unique().tolist() == [people["T"].max()]


def test_states_and_customers_give_the_same_picture(people, states, purchases):
    pd.testing.assert_frame_equal(
        frequency_recency(purchases, states, "expected_purchases", 90),
        frequency_recency(purchases, people, "expected_purchases", 90),
    )


@pytest.mark.parametrize("quantity", ["p_alive", "expected_purchases"])
def test_lifetimes_paints_the_same_picture(people, purchases, quantity):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from lifetimes import BetaGeoFitter  # noqa: PLC0415  its import warns
    oracle = BetaGeoFitter()
    oracle.params_ = dict(zip(("r", "alpha", "a", "b"), purchases.parameters, strict=True))
    grid = frequency_recency(purchases, people, quantity, 70)
    x, t_x, age = grid["x"], grid["t_x"] / 7, float(people["T"].max()) / 7
    expected = (
        oracle.conditional_probability_alive(x, t_x, age)
        if quantity == "p_alive"
        else oracle.conditional_expected_number_of_purchases_up_to_time(10, x, t_x, age)
    )
    assert grid["value"].to_numpy() == pytest.approx(np.asarray(expected), rel=1e-6)


def test_customers_are_counted_at_the_nearest_frequency_and_silence():
    table = pd.DataFrame({"x": [0, 2, 2], "t_x": [0, 8, 3], "T": [10, 10, 5], "customers": [4, 2, 1]})
    grid = frequency_recency(shops.purchase_model(0.3, 4, 0.8, 2.5), table, "p_alive")
    counted = grid[grid["customers"] > 0][["x", "days_since_last", "customers"]].to_numpy().tolist()
    assert counted == [[0, 10, 4], [2, 2, 3]]
    assert len(grid) == 3 * 11


def test_a_shop_of_one_day_has_one_cell():
    table = pd.DataFrame({"x": [0], "t_x": [0], "T": [0], "customers": [7]})
    grid = frequency_recency(shops.purchase_model(0.3, 4, 0.8, 2.5), table, "p_alive")
    assert grid.to_numpy().tolist() == [[0, 0, 0, 1.0, 7]]


@pytest.mark.parametrize("quantity", ["p_alive", "expected_purchases"])
def test_the_sentence_names_the_silence_its_customers_are_counted_by(quantity):
    # Forty first came lately, so that their last purchase is soon after the first; they are silent for 7 days
    table = pd.DataFrame({"x": [2, 1], "t_x": [13, 5], "T": [20, 100], "customers": [40, 1]})
    grid = frequency_recency(shops.purchase_model(0.3, 4, 0.8, 2.5), table, quantity)
    silences = np.unique(grid["days_since_last"])
    nearest = int(silences[np.abs(silences - 7).argmin()])
    said = cell_sentence(grid, quantity, Words("en"))
    assert f"{nearest} days since the last purchase" in said
    assert said.endswith("Customers about there: 40")
