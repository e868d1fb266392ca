"""A season as a value: its intervals, whether it is proposed, and how it is drawn with its model."""

from dataclasses import replace

import numpy as np
import pytest

from retention.lifetime_value.models.drawing import drawn_steps, known_spread, model_draws
from tests.lifetime_value import seasonal, shops

MODEL = seasonal.model(log_sd=0.1, months_sd=0.05)


def test_ends_of_an_index_are_normal_on_the_logarithmic_scale():
    season = MODEL.season
    assert season.high / np.array(season.index) == pytest.approx(np.exp(1.96 * 0.05), rel=1e-4)
    assert season.low / np.array(season.index) == pytest.approx(np.exp(-1.96 * 0.05), rel=1e-4)


@pytest.mark.parametrize(("gain", "proposed"), [(-0.5, False), (1.35, False), (1.36, True)])
def test_it_is_proposed_where_twice_the_gain_passes_the_threshold(gain, proposed):
    assert replace(MODEL.season, gain=gain).proposed is proposed


def test_a_model_moves_with_its_season():
    steps = np.zeros(16)
    steps[1], steps[4 + 11] = 0.2, -0.3
    moved = MODEL.moved(steps)
    assert moved.parameters == pytest.approx([0.7, 8.0 * np.exp(0.2), 0.8, 2.6])
    assert moved.season.index[:11] == pytest.approx(seasonal.INDEX[:11])
    assert moved.season.index[11] == pytest.approx(1.6 * np.exp(-0.3))
    assert moved.clock.ahead(184) < MODEL.clock.ahead(184)


def test_a_season_is_drawn_with_the_parameters_it_goes_with():
    spread = np.diag(np.repeat([0.04, 0.01], [4, 12]))
    spread[1, 8] = spread[8, 1] = -0.015
    spread[15, 15] = 0.0
    model = replace(MODEL, season=replace(MODEL.season, covariance=spread))
    drawn = drawn_steps(model, np.random.default_rng(2), 20_000)
    assert np.cov(drawn.T) == pytest.approx(spread, abs=0.002)
    assert np.all(drawn[:, 15] == 0.0)
    months = np.log([one.season.index for one in model_draws(model, 5_000)])
    assert months.mean(axis=0) == pytest.approx(np.log(seasonal.INDEX), abs=0.01)
    assert months.std(axis=0)[:11] == pytest.approx(0.1, rel=0.05)


def test_where_drop_out_is_not_known_the_season_varies_around_it():
    spread = 0.01 * np.eye(16) + 0.002
    unknown = shops.unsure(MODEL, [0.7, 8.0, 0.1, 0.4])
    model = replace(unknown, season=replace(MODEL.season, covariance=spread))
    others = [0, 1, *range(4, 16)]
    given = np.linalg.inv(np.linalg.inv(spread)[np.ix_(others, others)])
    found = known_spread(model)
    assert found[np.ix_(others, others)] == pytest.approx(given)
    assert not found[2:4].any()
    drawn = [one.parameters[2:] for one in model_draws(model, 4)]
    assert np.array(drawn) == pytest.approx(np.array([(0.8, 2.6), (0.1, 0.4)] * 2))


def test_without_a_season_there_are_four_to_draw():
    plain = shops.purchase_model(*seasonal.PARAMETERS, log_sd=0.1)
    assert drawn_steps(plain, np.random.default_rng(2), 3).shape == (3, 4)
