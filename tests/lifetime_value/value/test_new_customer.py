"""What a customer won today is expected to bring, with the draws that tell how sure that is."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from retention.lifetime_value import (
    PurchaseModel,
    SpendModel,
    Terms,
    new_customer,
    new_customer_value,
)
from retention.lifetime_value.models.identifiability import Cautions
from retention.lifetime_value.models.when_asked import WhenAsked

PURCHASES = PurchaseModel(
    kind="bg_nbd",
    unit="week",
    parameters=(0.243, 4.414, 0.793, 2.426),
    log_likelihood=0.0,
    covariance=np.eye(4) * 1e-4,
    cautions=WhenAsked(Cautions),
    customers=1000,
)
SPEND = SpendModel(6.25, 3.74, 15.44, 0.0, np.eye(3) * 1e-4, 30.0, None, None, 500)
FIRST = pd.Series([20.0, 30.0, 40.0])


def test_its_value_is_that_of_the_formula_and_scales_with_the_margin():
    found = new_customer(PURCHASES, SPEND, FIRST, Terms(margin=1.0))
    assert found.value == new_customer_value(PURCHASES, SPEND, 30.0)
    half = new_customer(PURCHASES, SPEND, FIRST, Terms(margin=0.5))
    assert half.value == pytest.approx(found.scaled(0.5).value)
    assert half.draws == pytest.approx(found.scaled(0.5).draws)


def test_with_the_models_known_exactly_only_the_first_purchases_scatter():
    exact = replace(PURCHASES, covariance=np.eye(4) * 1e-20)
    sure = replace(SPEND, covariance=np.eye(3) * 1e-20)
    found = new_customer(exact, sure, FIRST, Terms())
    assert found.draws.mean() == pytest.approx(found.value, rel=0.03)
    assert found.draws.std() == pytest.approx(10 / 3**0.5, rel=0.15)


def test_parameters_less_well_known_scatter_more():
    wide = replace(PURCHASES, covariance=np.eye(4) * 0.04)
    one, other = (new_customer(model, SPEND, FIRST[:1], Terms()) for model in (PURCHASES, wide))
    assert other.draws.std() > 2 * one.draws.std()


def test_a_mean_spend_that_may_not_exist_gives_no_draws():
    assert new_customer(PURCHASES, replace(SPEND, q=0.9), FIRST, Terms()).draws.size == 0
    assert new_customer(PURCHASES, replace(SPEND, q=1.001), FIRST, Terms()).draws.size == 0
