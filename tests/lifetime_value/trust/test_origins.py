"""Several days to look ahead from: which they are, how forecasts from them are pooled, which model wins."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from retention.errors import InputError
from retention.lifetime_value import (
    OPEN,
    Errors,
    Holdout,
    Money,
    Origins,
    Pooled,
    Variant,
    Wanted,
    looked_ahead,
    origins,
    trust_in,
    verdict,
)
from retention.lifetime_value.models.when_asked import WhenAsked
from retention.lifetime_value.trust.holdout_tables import ByChance
from retention.periods import Window
from tests.lifetime_value import shops

BG, MBG, PARETO = Variant("bg_nbd"), Variant("mbg_nbd"), Variant("pareto_nbd")
REGULAR, SEASONAL = Variant("mbg_nbd", 2), Variant("mbg_nbd", 1, season=True)
DAYS = (date(2024, 6, 30), date(2024, 9, 30))


def held(expected, actual, rmse=1.0, *, customers=100, naive=None, tracking=0.1, money=None, ends=None):
    """A holdout with these scores."""
    low, high = ends or (0.0, 1e9)
    return Holdout(
        model=shops.purchase_model(1.0, 1.0, 1.0, 1.0),
        until=DAYS[0],
        days=90,
        weeks=90 / 7,
        customers=customers,
        actual=actual,
        expected=expected,
        bias=expected / actual - 1 if actual else None,
        errors=Errors(expected, rmse, rmse),
        naive={name: Errors(0.0, off, off) for name, off in (naive or {"zero": 2.0}).items()},
        by_chance=WhenAsked(lambda: ByChance(pd.DataFrame(), low, high)),
        money=money,
        tracked=pd.DataFrame(),
        tracking_error=tracking,
        mape=None,
    )


def of(**found):
    """Models tried from as many days as each has holdouts."""
    named = {"bg": BG, "mbg": MBG, "pareto": PARETO, "regular": REGULAR, "seasonal": SEASONAL}
    days = DAYS[: len(next(iter(found.values())))]
    return Origins(days, {named[name]: dict(zip(days, each, strict=True)) for name, each in found.items()})


@pytest.mark.parametrize("days", [270, 271, 299, 300, 301, 365, 547, 731, 1096, 4000])
def test_origins_are_spread_over_the_data_with_enough_on_either_side(days):
    window = Window(date(2020, 1, 1), date(2020, 1, 1) + timedelta(days=days - 1))
    found = origins(window)
    known = [(day - window.first).days + 1 for day in found]
    assert known[0] == max(-(-days // 2), 180)
    assert known[-1] <= days - 90
    assert all(after - before >= 30 for before, after in pairwise(known))
    if days >= 540:  # a sixth of the data is a quarter of a year
        assert known == [-(-days // 2), -(-2 * days // 3), -(-5 * days // 6)]


def test_no_origin_where_the_data_is_too_short():
    first = date(2024, 1, 1)
    assert origins(Window(first, first + timedelta(days=268))) == ()
    assert origins(Window(first, first + timedelta(days=269))) == (first + timedelta(days=179),)


def test_a_forecast_is_held_against_the_horizon_or_what_there_is_of_it():
    window = Window(date(2023, 1, 1), date(2024, 12, 31))
    assert looked_ahead(window, date(2024, 1, 1), 90.4) == date(2024, 3, 31)
    assert looked_ahead(window, date(2024, 1, 1), 365.25) == date(2024, 12, 31)
    assert looked_ahead(window, date(2024, 9, 1), 365.25) == window.last


def test_two_origins_are_pooled_by_hand():
    # 100 customers, 80 of 100 purchases expected, an error of 1; 300 customers, 330 of 300, an error of 3
    first = held(80.0, 100, 1.0, naive={"zero": 2.0, "same_as_last_year": 0.1}, tracking=0.3)
    second = held(330.0, 300, 3.0, customers=300, naive={"zero": 2.5}, tracking=0.1, ends=(310.0, 350.0))
    found = Pooled.of([first, second])
    assert (found.actual, found.expected) == (400, 410.0)
    assert found.bias == pytest.approx(410 / 400 - 1)
    assert found.biases == pytest.approx((-0.2, 0.1))
    assert found.rmse == pytest.approx(np.sqrt((100 * 1 + 300 * 9) / 400))
    assert found.tracking_error == pytest.approx(0.2)
    assert found.naive == ("zero",)  # the other rule was not tried everywhere
    assert found.beaten_by == ("zero",)  # √((100·4 + 300·6.25)/400) = 2.39 < 2.65
    assert (found.covered, found.origins, found.within_chance) == (1, 2, False)
    assert not found.one_sided
    assert found.money_bias is None


def test_no_origin_alone_makes_the_verdict():
    # a first half of a year far off, a second right: together within 15 %, though the first is poor
    first, second = held(140.0, 100), held(400.0, 400, customers=400)
    pooled = Pooled.of([first, second])
    assert (trust_in(first), trust_in(pooled)) == ("poor", "good")
    said = verdict(pooled)
    assert [reason.code for reason in said.reasons] == ["total_within", "beats_naive"]
    assert said.reasons[0].details["bias"] == pytest.approx(540 / 500 - 1)


def test_money_is_pooled_over_the_origins_that_know_it():
    known = [held(1.0, 1, money=Money(100.0, 150.0, 0.5)), held(1.0, 1, money=Money(300.0, 250.0, -1 / 6))]
    assert Pooled.of([*known, held(1.0, 1)]).money_bias == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("expected", "one_sided"),
    [((80, 90), True), ((110, 140), True), ((80, 110), False), ((80,), False), ((100, 110), False)],
)
def test_off_to_one_side_is_off_to_the_same_side_from_several_days(expected, one_sided):
    assert Pooled.of([held(float(each), 100) for each in expected]).one_sided is one_sided


def test_where_nobody_bought_there_is_no_bias_and_no_curve():
    found = Pooled.of([held(1.0, 0, tracking=None)])
    assert (found.bias, found.biases, found.tracking_error) == (None, (), None)
    assert trust_in(found) == "poor"


def test_the_least_error_of_single_customers_is_proposed():
    tried = of(
        mbg=[held(99, 100, 1.60), held(99, 100, 1.60)], pareto=[held(50, 100, 1.5), held(50, 100, 1.6)]
    )
    assert tried.proposed == PARETO


def test_a_lesser_difference_than_a_hundredth_is_chance_and_the_way_decides():
    tried = of(mbg=[held(99, 100, 1.6031, tracking=0.2)], pareto=[held(99, 100, 1.6039, tracking=0.1)])
    assert tried.proposed == PARETO
    tied = of(mbg=[held(99, 100, 1.6031, tracking=0.1004)], pareto=[held(9, 100, 1.6029, tracking=0.1003)])
    assert tied.proposed == MBG  # the one tried first
    no_week = of(mbg=[held(80, 100, tracking=None)], pareto=[held(90, 100, tracking=None)])
    assert no_week.proposed == PARETO  # by the total, where there is no way to tell it by


def test_a_bg_nbd_is_proposed_only_where_no_other_was_tried():
    good, bad = [held(100, 100, 1.0)], [held(150, 100, 2.0)]
    assert of(bg=good, mbg=bad).proposed == MBG
    assert of(bg=good).proposed == BG
    assert of(bg=good, mbg=bad).proposed_of(Wanted("bg_nbd")) == BG


def test_of_the_models_asked_for_the_best_is_proposed():
    tried = of(
        mbg=[held(100, 100, 3.0)],
        regular=[held(100, 100, 2.0)],
        seasonal=[held(100, 100, 1.0)],
        pareto=[held(100, 100, 1.5)],
    )
    asked = [
        OPEN,
        Wanted(season=False),
        Wanted(season=False, kind="mbg_nbd"),
        Wanted(k=2),
        Wanted("mbg_nbd", 1, False),
    ]
    assert [tried.proposed_of(wanted) for wanted in asked] == [SEASONAL, PARETO, REGULAR, REGULAR, MBG]
    assert tried.proposed_of(Wanted(k=3)) is None
    assert Origins((), {}).proposed is None


@pytest.mark.parametrize("more", [{"season": True}, {"k": 2}, {"k": 4, "season": False}])
def test_a_pareto_nbd_knows_neither_seasons_nor_regular_buyers(more):
    with pytest.raises(InputError, match="pareto_is_plain"):
        Wanted("pareto_nbd", **more)


def test_what_is_left_open_allows_anything():
    assert all(OPEN.allows(variant) for variant in (BG, MBG, PARETO, REGULAR, SEASONAL))
    assert [Wanted(k=2).allows(variant) for variant in (MBG, REGULAR)] == [False, True]
    assert [Wanted(season=False).allows(variant) for variant in (MBG, SEASONAL)] == [True, False]
    for variant in (BG, PARETO, REGULAR, SEASONAL):
        only = Wanted.exactly(variant)
        assert only.allows(variant)
        assert not any(only.allows(other) for other in (MBG, replace(variant, kind="mbg_nbd", k=3)))
