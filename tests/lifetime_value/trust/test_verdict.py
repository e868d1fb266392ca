from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from retention.errors import DataWarning
from retention.lifetime_value import (
    FAMILIES,
    Errors,
    Holdout,
    Holdouts,
    Money,
    fit_purchases,
    holdout,
    holdouts,
    known_spend,
    no_holdout,
    trust_in,
    verdict,
)
from retention.lifetime_value.models.when_asked import WhenAsked
from retention.lifetime_value.trust import holdout as trials
from retention.lifetime_value.trust.holdout_tables import ByChance
from tests.conftest import shop
from tests.lifetime_value import shops

UNTIL = date(2024, 6, 30)
GATE = (DataWarning("too_few_customers", {"customers": 90, "needed": 500}),)
STALE = (DataWarning("no_recent_purchase", {"days": 90, "allowed": 30}),)


def scored(bias, rmse=1.0, naive=2.0, money=None, kind="bg_nbd"):
    """A holdout of 100 purchases with these scores."""
    expected = None if bias is None else 100 * (1 + bias)
    return Holdout(
        model=shops.purchase_model(1.0, 1.0, 1.0, 1.0, kind=kind),
        until=UNTIL,
        days=184,
        weeks=184 / 7,
        customers=90,
        actual=100,
        expected=expected,
        bias=bias,
        errors=Errors(expected or 0.0, rmse, rmse),
        naive={name: Errors(50.0, naive, naive) for name in ("same_rate", "mean_of_all", "zero")},
        by_chance=WhenAsked(lambda: ByChance(pd.DataFrame(), 90.0, 110.0)),
        money=None if money is None else Money(100.0, 100 * (1 + money), money),
        tracked=pd.DataFrame(),
        tracking_error=None,
        mape=None,
    )


def of_three(*found):
    return Holdouts(UNTIL, dict(zip(FAMILIES, found, strict=True)))


def codes(said):
    return [reason.code for reason in said.reasons]


@pytest.mark.parametrize(
    ("bias", "naive", "trust"),
    [
        (0.15, 2.0, "good"),
        (-0.15, 2.0, "good"),
        (0.16, 2.0, "fair"),
        (-0.30, 2.0, "fair"),
        (0.31, 2.0, "poor"),
        (-0.31, 2.0, "poor"),
        (0.01, 0.9, "fair"),
        (0.01, 1.0, "fair"),
        (0.40, 0.9, "poor"),
        (None, 2.0, "poor"),
    ],
)
def test_good_fair_poor(bias, naive, trust):
    assert trust_in(scored(bias, naive=naive)) == trust


def test_the_reasons_say_why():
    good = verdict(of_three(*[scored(-0.12)] * 3).of("bg_nbd"))
    assert (good.trust, codes(good)) == ("good", ["total_within", "beats_naive"])
    assert good.reasons[0].details == {"bias": -0.12, "limit": 0.15}
    poor = verdict(of_three(*[scored(0.5, naive=0.5)] * 3).of("bg_nbd"))
    assert (poor.trust, codes(poor)) == ("poor", ["total_off", "loses_to_naive"])
    assert poor.reasons[1].details["naive"] == ["same_rate", "mean_of_all", "zero"]


def test_money_foreseen_worse_than_purchases_is_told():
    assert "money_off" in codes(verdict(of_three(*[scored(0.1, money=-0.2)] * 3).of("bg_nbd")))
    assert "money_off" not in codes(verdict(of_three(*[scored(0.1, money=-0.1)] * 3).of("bg_nbd")))


def test_too_little_data_makes_any_forecast_poor_but_old_data_does_not():
    found = of_three(*[scored(0.0)] * 3)
    assert verdict(found.of("bg_nbd"), GATE).trust == "poor"
    assert verdict(found.of("bg_nbd"), STALE).trust == "good"
    assert "no_recent_purchase" in codes(verdict(found.of("bg_nbd"), STALE))


def test_the_verdict_is_that_of_the_chosen_model():
    found = of_three(scored(-0.12), scored(-0.16), scored(0.9))
    assert [verdict(found.of(kind)).trust for kind in FAMILIES] == ["good", "fair", "poor"]


@pytest.mark.parametrize(
    ("scores", "proposed"),
    [
        ([(-0.12, 1.60), (-0.16, 1.50), (0.9, 1.40)], "bg_nbd"),  # the verdict first
        ([(-0.12, 1.60), (-0.14, 1.50), (0.1, 1.55)], "mbg_nbd"),  # then the error
        ([(-0.12, 1.6031), (-0.14, 1.6029), (0.1, 1.6033)], "pareto_nbd"),  # one to three digits: the bias
        ([(-0.1200, 1.6031), (-0.1201, 1.6029), (0.1199, 1.6033)], "bg_nbd"),  # one and the same
    ],
)
def test_which_model_is_proposed(scores, proposed):
    assert of_three(*[scored(bias, rmse) for bias, rmse in scores]).proposed == proposed


def a_shop(rows, last="2024-12-31"):
    return shop(rows, "2024-01-01", last)


def first_buyers(n, month="01"):
    return [(f"c{k}", f"2024-{month}-{k % 28 + 1:02d}", 10 + k) for k in range(n)]


@pytest.mark.parametrize(
    ("rows", "last", "reason"),
    [
        (first_buyers(20), "2024-01-01", "too_short"),
        ([], "2024-12-31", "nobody_acquired"),
        (first_buyers(20, "09"), "2024-12-31", "nobody_acquired"),
        (first_buyers(20), "2024-12-31", "nobody_bought"),
        ([*first_buyers(5), ("c1", "2024-10-01", 5)], "2024-12-31", "too_few_customers"),
        ([*first_buyers(20), ("c1", "2024-10-01", 5)], "2024-12-31", "nobody_repeats"),
    ],
)
def test_where_there_is_no_holdout_the_reason_is_told(rows, last, reason):
    rows = [row for row in rows if row[1] <= last]
    found = holdouts(shops.hold_back(a_shop(rows, last)))
    assert (found.found, found.proposed) == ({}, None)
    assert (found.missing.code, found.missing.details["reason"]) == ("no_holdout", reason)
    said = verdict(found.of("bg_nbd"), GATE)
    assert (said.trust, codes(said)) == (None, ["no_holdout", "too_few_customers"])


def test_a_tiny_shop_is_scored_without_nan():
    again = [("c1", "2024-03-05", 0.01), ("c2", "2024-05-06", 0.01), ("c1", "2024-09-01", 0.01)]
    found = holdouts(shops.hold_back(a_shop([*first_buyers(12), *again])))
    assert found.missing is None
    for each in found.found.values():
        figures = (
            each.expected,
            each.low,
            each.high,
            each.bias,
            each.errors.rmse,
            each.money.expected,
            each.mape,
        )
        assert np.isfinite(figures).all()
        assert 0 <= each.low <= each.high
        assert np.isfinite(each.tracked.to_numpy(dtype=float)).all()
        assert np.isfinite(each.by_frequency.to_numpy(dtype=float)).all()


def test_one_kind_can_be_tried_alone_without_fitting_the_others(monkeypatch):
    held = shops.hold_back(shops.cdnow(shops.HOLDOUT_END))
    fitted = []

    def fit(states, unit, kind):
        fitted.append(kind)
        return fit_purchases(states, unit, kind)

    monkeypatch.setattr(trials, "fit_purchases", fit)
    alone = holdout(held, "mbg_nbd", known_spend(held))
    assert fitted == ["mbg_nbd"]
    among = holdouts(held)
    assert fitted[1:] == list(FAMILIES)
    assert alone.expected == among.found["mbg_nbd"].expected
    assert verdict(alone) == verdict(among.of("mbg_nbd"))
    assert no_holdout(held) is None


def test_a_holdout_says_itself_what_it_allows_to_trust():
    assert scored(0.05).trust == "good"
    assert scored(0.05, rmse=2.0).trust == "fair"  # no better than the guesses
    assert scored(0.5).trust == "poor"


@pytest.mark.parametrize(("actual", "within"), [(89, False), (90, True), (110, True), (111, False)])
def test_what_happened_may_be_chance_between_the_ends_and_on_them(actual, within):
    assert replace(scored(0.0), actual=actual).within_chance is within
