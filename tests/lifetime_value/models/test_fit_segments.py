"""The models of segments: gradient, known differences found, and segments that do not differ."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from retention.lifetime_value import FAMILIES, fit_purchases, fit_segments, fit_spend
from retention.lifetime_value.models import fit_segments as module
from retention.lifetime_value.models.fit_purchases import likelihood_of
from retention.lifetime_value.models.fitted import family_of
from retention.lifetime_value.models.histories import Histories
from retention.lifetime_value.models.segment_shifts import joint, turns_of
from tests.lifetime_value import seasonal, segmented, shops
from tests.lifetime_value.sloped import bent

STATES = pd.DataFrame(
    {
        "segment": ["", "", "a", "a", "b", "b", "b"],
        "x": [0, 2, 0, 5, 0, 1, 12],
        "t_x": [0.0, 20, 0, 39, 0, 4, 30],
        "T": [1.0, 26, 40, 40, 9, 9, 41],
        "customers": [4, 6, 30, 2, 30, 5, 3],
    }
)
KINDS = {
    ("bg_nbd", 1): (0.5, 6.0, 0.8, 2.5),
    ("mbg_nbd", 1): (0.7, 9.0, 0.6, 1.5),
    ("mbg_nbd", 3): (0.7, 3.0, 0.6, 1.5),
    ("pareto_nbd", 1): (0.6, 9.0, 0.6, 11.0),
}


def likelihoods(family):
    return [
        likelihood_of(
            family, Histories.of(*(part[name].to_numpy() for name in ("x", "t_x", "T", "customers")))
        )
        for _, part in STATES.groupby("segment")
    ]


@pytest.mark.parametrize(("kind", "k"), KINDS)
def test_the_gradient_is_that_of_finite_differences_and_the_value_that_of_each_by_itself(kind, k):
    family, parameters = family_of(kind, k), KINDS[kind, k]
    ways = module._ways(shops.purchase_model(*parameters, kind=kind))
    likelihood = joint(likelihoods(family), turns_of(3, ways))
    at, step = np.array([*np.log(parameters), 0.2, -0.3, -0.4, 0.1, 0.3, 0.25]), 1e-5
    numeric = [
        (likelihood.curved(at + step * unit)[0] - likelihood.curved(at - step * unit)[0]) / (2 * step)
        for unit in np.eye(at.size)
    ]
    _, slope, matrix = likelihood.curved(at)
    assert slope == pytest.approx(numeric, rel=1e-6, abs=1e-6)
    assert matrix == pytest.approx(bent(likelihood.curved, at), rel=1e-6, abs=1e-5)
    total = 0.0
    for (_, part), (pace, leaving) in zip(STATES.groupby("segment"), at[4:].reshape(3, 2), strict=True):
        r, alpha, third, fourth = parameters
        own = (
            (r, alpha * np.exp(pace), third, fourth * np.exp(leaving))
            if kind == "pareto_nbd"
            else (r, alpha * np.exp(pace), third * np.exp(leaving / 2), fourth / np.exp(leaving / 2))
        )
        each = family.log_likelihood(own, *(part[name].to_numpy() for name in ("x", "t_x", "T")))
        total += float(each @ part["customers"])
    assert likelihood.curved(at)[0] == pytest.approx(total, rel=1e-9)


def fitted(channels, kind="bg_nbd"):
    people = channels.people
    states = people.groupby(["x", "t_x", "T"]).size().rename("customers").reset_index()
    again = people[people["x"] > 0].groupby(["x", "m_x"]).size().rename("customers").reset_index()
    return fit_purchases(states, "week", kind), fit_spend(again)


DIFFERENT = {"pace": (0.7, 1.4, 1.0), "leaving": (1.8, 1.0, 0.6), "worth": (0.6, 1.2, 1.0)}


@pytest.fixture(scope="module")
def different():
    chance = np.random.default_rng(8)
    return segmented.shop(chance, 24, a_year=12_000, **DIFFERENT)


@pytest.fixture(scope="module")
def models(different):
    return fit_segments(*fitted(different), different.states, different.spent)


def test_known_differences_are_found(models):
    """Beside the last channel, within three standard errors of both together."""
    pairs = [models.of(name) for name in segmented.CHANNELS]
    logs = np.array([np.log(purchases.parameters) for purchases, _ in pairs])
    errors = np.array([np.diag(purchases.covariance) for purchases, _ in pairs])
    odds = logs[:, 2] - logs[:, 3]
    for place in (0, 1):
        pace = logs[2, 1] - logs[place, 1]
        assert pace == pytest.approx(
            np.log(DIFFERENT["pace"][place]), abs=3 * np.sqrt(errors[[place, 2], 1].sum())
        )
        leaving = np.log(DIFFERENT["leaving"][place] / DIFFERENT["leaving"][2])
        off = errors[[place, 2], 2].sum() + errors[[place, 2], 3].sum()
        assert odds[place] - odds[2] == pytest.approx(leaving, abs=3 * np.sqrt(off))
        worth = np.log(pairs[place][1].gamma / pairs[2][1].gamma)
        assert worth == pytest.approx(np.log(DIFFERENT["worth"][place]), abs=0.1)
    assert logs[1, 1] < logs[2, 1] < logs[0, 1]
    assert odds[2] < odds[1] < odds[0]


def test_of_large_segments_a_sample_leads_to_the_same(different, models, monkeypatch):
    monkeypatch.setattr(module, "SAMPLE", 10**9)
    at_once = fit_segments(*fitted(different), different.states, different.spent)
    for name in segmented.CHANNELS:
        (bought, spent), (led, led_spent) = at_once.of(name), models.of(name)
        assert led.parameters == pytest.approx(bought.parameters, rel=2e-3)
        assert led_spent.parameters == pytest.approx(spent.parameters, rel=2e-3)
        assert np.diag(led.covariance) == pytest.approx(np.diag(bought.covariance), rel=0.02)


def test_how_customers_within_a_segment_differ_is_common_to_all(models):
    pairs = [models.of(name) for name in segmented.CHANNELS]
    assert np.ptp([purchases.parameters[0] for purchases, _ in pairs]) == pytest.approx(0.0, abs=1e-12)
    assert np.ptp([spend.q for _, spend in pairs]) == pytest.approx(0.0, abs=1e-12)
    truth = segmented.USUAL.purchases[0]
    assert pairs[0][0].parameters[0] == pytest.approx(truth, rel=0.1)
    assert pairs[0][0].parameters[0] > models.purchases.parameters[0]  # which takes the segments' own for it


def copies(channels, names):
    """The same customers under several names."""
    return [
        pd.concat([table.assign(segment=name) for name in names])
        for table in (
            channels.states.groupby(["x", "t_x", "T"], as_index=False)["customers"].sum(),
            channels.spent.groupby(["x", "m_x"], as_index=False)["customers"].sum(),
        )
    ]


def test_equal_segments_stay_equal(different):
    models = fit_segments(*fitted(different), *copies(different, "abc"))
    assert not models.differ
    assert models.of("b") == (models.purchases, models.spend)


def test_one_segment_is_the_whole(different):
    models = fit_segments(*fitted(different), *copies(different, [""]))
    assert not models.differ


def test_of_three_customers_next_to_nothing_is_learnt():
    """They bought every week, and yet are near the whole; the others stay as they were."""
    channels = segmented.shop(np.random.default_rng(9), 24, pace=(0.6, 1.5, 1.0))
    whole = fitted(channels)
    keen = {"segment": "few", "x": 20, "t_x": 280, "T": 285, "m_x": 20.0}
    states = pd.concat(
        [channels.states, pd.DataFrame([{**keen, "customers": 3}]).drop(columns="m_x")], ignore_index=True
    )
    alone = fit_segments(*whole, channels.states, channels.spent)
    models = fit_segments(*whole, states, channels.spent)
    faster = np.log([models.of(name)[0].parameters[1] for name in ("few", *segmented.CHANNELS)])
    assert models.purchases.parameters[1] / 3 < np.exp(faster[0]) < models.purchases.parameters[1]
    before = np.log([alone.of(name)[0].parameters[1] for name in segmented.CHANNELS])
    assert faster[1:] == pytest.approx(before, abs=0.1)
    errors = {name: models.of(name)[0].covariance[1, 1] for name in ("few", "search")}
    assert errors["few"] > errors["search"]


def test_the_small_ones_of_many_segments_share_their_effects(monkeypatch):
    monkeypatch.setattr(module, "MOST_APART", 2)
    channels = segmented.shop(np.random.default_rng(9), 24, pace=(1.0, 1.0, 2.0))
    table = channels.people.assign(
        segment=channels.people["segment"].where(
            channels.people.index % 2 == 0, channels.people["segment"] + "2"
        )
    )
    many = replace(channels, people=table)
    models = fit_segments(*fitted(channels), many.states, many.spent)
    by_size = table["segment"].value_counts().index.tolist()
    others = [models.of(name)[0] for name in by_size[2:]]
    assert all(one is others[0] for one in others)
    assert models.of(by_size[0])[0] is not others[0]
    assert models.of(by_size[1])[0] is not others[0]


def test_the_season_is_that_of_the_shop():
    shop = seasonal.shop(np.random.default_rng(4), 30)
    plain = shops.purchase_model(*seasonal.PARAMETERS, log_sd=0.05)
    whole = replace(plain, season=shops.season(plain, seasonal.INDEX, seasonal.LAST, 0.05))
    number = np.arange(len(shop.states)) % 3
    states = shop.states.assign(
        segment=np.array(["a", "b", "c"])[number], x=shop.states["x"] * (1 + (number == 0))
    )
    spend = shops.spend_model(6.0, 4.0, 15.0)
    nothing = pd.DataFrame({"segment": ["a"], "x": [1], "m_x": [1.0], "customers": [1]})
    models = fit_segments(whole, spend, states, nothing)
    own = models.of("a")[0]
    assert own.season.index == whole.season.index
    assert own.parameters[1] < models.of("b")[0].parameters[1]
    assert own.clock.ahead(31) == whole.clock.ahead(31)
    assert own.season.covariance[:4, :4] == pytest.approx(own.covariance)
    assert own.season.covariance[4:, 4:] == pytest.approx(whole.season.covariance[4:, 4:])
    assert np.linalg.eigvalsh(own.season.covariance)[0] > -1e-12


def test_were_the_season_known_the_parameters_would_be_known_better():
    # One parameter moves with one month: variance .05² and .04², correlation .6.
    plain = shops.purchase_model(*seasonal.PARAMETERS, log_sd=0.05)
    season = shops.season(plain, seasonal.INDEX, seasonal.LAST, 0.04)
    spread = season.covariance.copy()
    spread[1, 4] = spread[4, 1] = 0.6 * 0.05 * 0.04
    model = replace(plain, season=replace(season, covariance=spread))
    known = module.on_the_clock(model)
    assert known[1, 1] == pytest.approx(0.05**2 * (1 - 0.6**2))
    assert known[0, 0] == pytest.approx(0.05**2)


def test_where_drop_out_is_not_known_only_the_pace_differs():
    channels = segmented.shop(np.random.default_rng(3), 24, pace=(0.5, 2.0, 1.0), a_year=3_000)
    purchases, spend = fitted(channels)
    unknown = shops.unsure(purchases, [0.6, 7.0, 0.1, 9.0], [0.8, 9.0, 5.0, 1.0])
    models = fit_segments(unknown, spend, channels.states, channels.spent)
    slow, fast = (models.of(name)[0] for name in segmented.CHANNELS[:2])
    assert slow.parameters[2:] == pytest.approx(fast.parameters[2:], rel=1e-9)
    assert slow.parameters[1] > 1.5 * fast.parameters[1]
    assert slow.alternatives[:, 2:] == pytest.approx(unknown.alternatives[:, 2:])
    moved = slow.parameters[1] / unknown.parameters[1]
    assert slow.alternatives[:, 1] == pytest.approx(moved * unknown.alternatives[:, 1])


def test_segments_of_a_pareto_differ_in_both_scales():
    usual = replace(segmented.USUAL, kind="pareto_nbd", purchases=(0.7, 56.0, 0.7, 80.0))
    channels = segmented.shop(np.random.default_rng(6), 24, pace=(0.6, 1.5, 1.0), a_year=3_000, usual=usual)
    models = fit_segments(*fitted(channels, "pareto_nbd"), channels.states, channels.spent)
    slow, fast, usual = (models.of(name)[0] for name in segmented.CHANNELS)
    assert slow.family is FAMILIES["pareto_nbd"]
    assert slow.parameters[1] > usual.parameters[1] > fast.parameters[1]
    assert np.ptp([one.parameters[2] for one in (slow, fast, usual)]) == pytest.approx(0.0, abs=1e-12)


def test_spend_without_a_mean_stays_that_of_the_whole(different):
    purchases, spend = fitted(different)
    models = fit_segments(purchases, replace(spend, q=0.9), different.states, different.spent)
    assert models.own_spend == {}
    assert models.differ


@pytest.mark.parametrize(("kind", "k"), KINDS)
def test_one_customer_won_on_the_last_day_is_a_segment_too(kind, k):
    model = shops.purchase_model(*KINDS[kind, k], kind=kind, log_sd=0.1)
    states = pd.concat(
        [STATES, pd.DataFrame([{"segment": "c", "x": 0, "t_x": 0, "T": 0, "customers": 1}])],
        ignore_index=True,
    )
    nothing = pd.DataFrame({"segment": ["a"], "x": [1], "m_x": [1.0], "customers": [1]})
    models = fit_segments(replace(model, k=k), shops.spend_model(6.0, 4.0, 15.0), states, nothing)
    assert np.isfinite(models.of("c")[0].parameters).all()
    assert np.isfinite(models.of("c")[0].covariance).all()
