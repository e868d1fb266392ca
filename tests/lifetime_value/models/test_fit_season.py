"""The fit of a season: its gradient, the numbers it must hit, and shops whose season is known."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from retention.lifetime_value import FAMILIES, expected_purchases, fit_purchases
from retention.lifetime_value.models import fit_season as module
from retention.lifetime_value.models.dated import Dated
from retention.lifetime_value.models.fit_season import fit_season, repeats_by_month
from retention.lifetime_value.models.fitted import family_of
from retention.lifetime_value.models.prior_width import with_prior
from tests.lifetime_value import seasonal, shops
from tests.lifetime_value.sloped import bent

STATES = pd.DataFrame(
    {
        "x": [0, 0, 1, 2, 5, 1, 12],
        "t_x": [0, 0, 40, 200, 390, 399, 350],
        "T": [10, 400, 90, 260, 400, 400, 401],
        "customers": [4, 30, 5, 6, 2, 1, 3],
    }
)
REPEATS = np.array([3.0, 2, 5, 4, 6, 7, 5, 2, 8, 9, 7, 6])
REPEATS_OF_STATES = float(STATES["x"] @ STATES["customers"])
END = date(2024, 3, 10)
KINDS = {"bg_nbd": (0.5, 60.0, 0.8, 2.5), "mbg_nbd": (0.7, 90.0, 0.6, 1.5)}
INDEX = np.array([1.0, 0.8, 0.9, 1.0, 1.1, 1.0, 0.9, 0.6, 1.1, 1.1, 1.2, 1.5])


GAPS = pd.DataFrame(
    {"first_day": [738_000, 738_100, 738_200], "last_day": [738_040, 738_101, 738_560]}
).assign(count=[2, 1, 61])


def dated(gaps=None):
    return Dated.of(STATES, REPEATS, END.toordinal(), gaps)


def day_by_day(kind, parameters, index):
    """Log-likelihood of the states, the days of each stretch added up one by one."""
    family, total = FAMILIES[kind], float(REPEATS @ np.log(index))
    for x, t_x, age, customers in STATES.itertuples(index=False):
        won = END.toordinal() - age
        speed = np.array([index[date.fromordinal(day).month - 1] for day in range(won, END.toordinal())])
        state = [x], [speed[:t_x].sum()], [speed.sum()]
        total += customers * family.log_likelihood(parameters, *state)[0]
    return total


@pytest.mark.parametrize("kind", KINDS)
def test_the_likelihood_is_that_on_the_clock_and_of_the_months(kind):
    likelihood = module._likelihood(FAMILIES[kind], 1, dated(), 1.0)
    at = np.log([*KINDS[kind], *INDEX])
    assert likelihood.curved(at)[0] == pytest.approx(day_by_day(kind, KINDS[kind], INDEX), rel=1e-12)


@pytest.mark.parametrize("k", [1, 2, 3, 4])
@pytest.mark.parametrize("scale", [1.0, 401.0])
@pytest.mark.parametrize("kind", KINDS)
def test_its_gradient_and_its_information_are_those_of_finite_differences(kind, scale, k):
    likelihood = with_prior(module._likelihood(family_of(kind, k), k, dated(GAPS), scale), 0.3, 4)
    at, step = np.log([*KINDS[kind], *INDEX]), 1e-5
    at[1] -= np.log(scale)
    numeric = [
        (likelihood.curved(at + step * unit)[0] - likelihood.curved(at - step * unit)[0]) / (2 * step)
        for unit in np.eye(16)
    ]
    _, slope, matrix = likelihood.curved(at)
    assert slope == pytest.approx(numeric, rel=1e-6, abs=1e-6)
    assert matrix == pytest.approx(bent(likelihood.curved, at), rel=1e-6, abs=1e-5)


def test_of_regular_buyers_the_gaps_on_the_clock_add_to_it():
    at = np.log([*KINDS["bg_nbd"], *INDEX])
    random, regular = (
        module._likelihood(FAMILIES["bg_nbd"], k, dated(GAPS), 7.0).curved(at)[0] for k in (1, 3)
    )
    lengths = [
        sum(INDEX[date.fromordinal(day).month - 1] for day in range(first, last)) / 7.0
        for first, last, _ in GAPS.itertuples(index=False)
    ]
    assert regular - random == pytest.approx(2 * float(GAPS["count"] @ np.log(lengths)), rel=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_the_scale_of_the_index_is_taken_up_by_alpha(kind):
    r, alpha, a, b = KINDS[kind]
    likelihood = module._likelihood(FAMILIES[kind], 1, dated(), 1.0)
    here = likelihood.curved(np.log([r, alpha, a, b, *INDEX]))[0]
    twice = likelihood.curved(np.log([r, 2 * alpha, a, b, *(2 * INDEX)]))[0]
    assert twice - here == pytest.approx((REPEATS.sum() - REPEATS_OF_STATES) * np.log(2), abs=1e-9)


def test_days_customers_were_watched_by_month():
    # Won on 1 January 2024 and on 1 February 2024, seen to 10 March: 31 + 29 + 9 days, and 29 + 9
    states = pd.DataFrame({"x": [0, 0], "t_x": [0, 0], "T": [69, 38], "customers": [1, 10]})
    watched = Dated.of(states, np.zeros(12), END.toordinal()).watched
    assert watched.tolist() == [31, 29 * 11, 9 * 11, *[0] * 9]


def test_repeats_fall_in_the_months_of_all_years_up_to_the_end():
    days = [date(2023, 1, 5), date(2024, 1, 6), date(2024, 3, 10), date(2024, 3, 11)]
    table = pd.DataFrame({"day": [day.toordinal() for day in days], "repeats": [2, 3, 4, 50]})
    assert repeats_by_month(table, END).tolist() == [5, 0, 4, *[0] * 9]


# Of each data set, last day known and kind: σ, the log-likelihood at it, and of the days held back the bias,
# the error of the cumulative weekly curve and the weekly error, in per cent; then these without a season.
PUBLISHED = {
    ("cdnow", date(1997, 9, 30), "bg_nbd"): (0.1751, -9556.251, 3.85, 5.36, 21.7),
    ("cdnow", date(1997, 9, 30), "mbg_nbd"): (0.1636, -9558.005, -2.51, 3.85, 20.8),
    ("shop", date(2024, 6, 30), "bg_nbd"): (0.1717, -16102.393, 4.14, 7.86, 10.0),
    ("shop", date(2024, 6, 30), "mbg_nbd"): (0.1715, -16116.625, 1.05, 5.76, 10.0),
    ("shop", date(2024, 8, 31), "bg_nbd"): (0.1788, -18803.609, 5.56, 6.67, 9.6),
    ("shop", date(2024, 8, 31), "mbg_nbd"): (0.1759, -18818.876, 2.70, 4.87, 9.3),
    ("shop", date(2024, 1, 1), "bg_nbd"): (0.1674, -8288.096, 39.4, 42.0, 39.6),
}
PLAIN = {
    ("cdnow", date(1997, 9, 30), "bg_nbd"): (-12.15, 11.88, 20.5),
    ("cdnow", date(1997, 9, 30), "mbg_nbd"): (-16.22, 14.90, 21.5),
    ("shop", date(2024, 6, 30), "bg_nbd"): (-3.51, 10.58, 18.9),
    ("shop", date(2024, 6, 30), "mbg_nbd"): (-5.74, 9.72, 20.0),
    ("shop", date(2024, 8, 31), "bg_nbd"): (-19.47, 12.64, 19.4),
    ("shop", date(2024, 8, 31), "mbg_nbd"): (-21.12, 13.89, 20.8),
    ("shop", date(2024, 1, 1), "bg_nbd"): (48.7, 47.3, 48.7),
}


@pytest.fixture
def held(request, two_years):
    name, until, _ = request.param
    orders = shops.cdnow(shops.HOLDOUT_END) if name == "cdnow" else two_years
    return shops.hold_back(orders, until)


def errors_of(held, model):
    """Bias, mean error of the cumulative curve at week ends, and weekly error, of customers won before."""
    rows, weeks = held.outcomes, held.days // 7
    state, customers = [rows[name].to_numpy() for name in ("x", "t_x", "T")], rows["customers"].to_numpy()
    curve = [expected_purchases(model, *state, 7 * week) @ customers for week in range(1, weeks + 1)]
    made = np.zeros(held.window.days)
    made[held.repeats["day"] - held.window.first.toordinal()] = held.repeats["repeats"]
    actual = made[held.known_days :].cumsum()[6::7][:weeks]
    off = np.diff(curve, prepend=0.0) - np.diff(actual, prepend=0.0)
    bias = expected_purchases(model, *state, held.days) @ customers / held.purchases - 1.0
    return 100 * np.array([bias, np.mean(np.abs(curve / actual - 1.0)), np.abs(off).sum() / actual[-1]])


@pytest.mark.parametrize(("held", "case"), [(case, case) for case in PUBLISHED], indirect=["held"])
def test_published_fits_and_their_forecasts(held, case):
    width, log_likelihood, *errors = PUBLISHED[case]
    plain = fit_purchases(held.states, "week", case[2])
    repeats = repeats_by_month(held.repeats, held.until)
    found = fit_season(plain, held.states, repeats, held.until, width=width)
    assert found.log_likelihood == pytest.approx(log_likelihood, abs=0.05)
    digits = [0.006, 0.006, 0.06] if case[1] != date(2024, 1, 1) else [0.06] * 3
    assert np.all(np.abs(errors_of(held, found) - errors) < digits)
    assert np.all(np.abs(errors_of(held, plain) - PLAIN[case]) < digits)
    learnt = fit_season(plain, held.states, repeats, held.until).season
    assert learnt.width == pytest.approx(width, rel=0.05)
    assert learnt.proposed


WITHOUT_PENALTY = {
    ("cdnow", date(1997, 9, 30), "bg_nbd"): (-9582.43, -9555.389),
    ("shop", date(2024, 6, 30), "bg_nbd"): (-16152.4, -16101.686),
    ("shop", date(2024, 8, 31), "bg_nbd"): (-18870.2, -18803.133),
}


@pytest.mark.parametrize(("held", "case"), [(case, case) for case in WITHOUT_PENALTY], indirect=["held"])
def test_published_fits_without_penalty(held, case):
    plain = fit_purchases(held.states, "week", "bg_nbd")
    found = fit_season(plain, held.states, repeats_by_month(held.repeats, held.until), held.until, width=10.0)
    assert plain.log_likelihood == pytest.approx(WITHOUT_PENALTY[case][0], abs=0.06)
    assert found.log_likelihood == pytest.approx(WITHOUT_PENALTY[case][1], abs=0.05)
    assert found.season.plain_log_likelihood == plain.log_likelihood


GAINS = {
    ("shop", date(2024, 6, 30), "bg_nbd"): 32.09,
    ("shop", date(2024, 6, 30), "mbg_nbd"): 32.14,
    ("shop", date(2024, 8, 31), "bg_nbd"): 47.28,
    ("shop", date(2024, 8, 31), "mbg_nbd"): 46.10,
    ("shop", date(2024, 1, 1), "bg_nbd"): 13.57,
}


@pytest.mark.parametrize(("held", "case"), [(case, case) for case in GAINS], indirect=["held"])
def test_published_gains(held, case):
    plain = fit_purchases(held.states, "week", case[2])
    found = fit_season(plain, held.states, repeats_by_month(held.repeats, held.until), held.until)
    assert found.season.gain == pytest.approx(GAINS[case], abs=0.1)


@pytest.fixture(scope="module")
def simulated():
    shop = seasonal.shop(np.random.default_rng(11), 30, a_year=3000)
    return shop, fit_purchases(shop.states)


def test_the_season_of_a_shop_is_found(simulated):
    shop, plain = simulated
    season = fit_season(plain, shop.states, shop.repeats, seasonal.LAST).season
    assert season.proposed
    assert season.gain > 50
    inside = (season.low <= seasonal.INDEX) & (np.array(seasonal.INDEX) <= season.high)
    assert inside.sum() >= 10
    assert np.argmax(season.index) == 11
    oldest = int(shop.states["T"].max())
    assert (season.first, season.last) == (seasonal.LAST - timedelta(days=oldest), seasonal.LAST)


def test_its_logarithm_is_nothing_on_average_over_the_days_watched(simulated):
    shop, plain = simulated
    season = fit_season(plain, shop.states, shop.repeats, seasonal.LAST).season
    watched = Dated.of(shop.states, shop.repeats, seasonal.LAST.toordinal()).watched
    assert watched @ np.log(season.index) == pytest.approx(0.0, abs=1e-6 * watched.sum())
    of_mean = watched @ season.covariance[4:, 4:] @ watched / watched.sum() ** 2
    assert of_mean == pytest.approx(0.0, abs=1e-12)


def test_of_many_customers_a_sample_tells_the_width(simulated, monkeypatch):
    shop, plain = simulated
    whole = fit_season(plain, shop.states, shop.repeats, seasonal.LAST)
    monkeypatch.setattr(module, "SAMPLE", 3_000)
    sampled = fit_season(plain, shop.states, shop.repeats, seasonal.LAST)
    assert sampled.season.width == pytest.approx(whole.season.width, rel=0.3)
    assert sampled.season.width != whole.season.width
    assert sampled.log_likelihood == pytest.approx(whole.log_likelihood, abs=0.5)
    assert sampled.season.index == pytest.approx(whole.season.index, rel=0.03)


def test_time_in_days_or_weeks_is_one_season(simulated):
    shop, plain = simulated
    by_week = fit_season(plain, shop.states, shop.repeats, seasonal.LAST)
    by_day = fit_season(fit_purchases(shop.states, "day"), shop.states, shop.repeats, seasonal.LAST)
    assert by_day.season.index == pytest.approx(by_week.season.index, rel=1e-3)
    assert by_day.parameters[1] == pytest.approx(7 * by_week.parameters[1], rel=1e-3)
    assert by_day.season.gain == pytest.approx(by_week.season.gain, abs=0.01)


def test_a_month_never_seen_is_as_unsure_as_the_prior():
    shop = seasonal.shop(np.random.default_rng(5), 7, last=date(2024, 7, 31))
    season = fit_season(fit_purchases(shop.states), shop.states, shop.repeats, date(2024, 7, 31)).season
    errors = np.sqrt(np.diag(season.covariance)[4:])
    assert errors[8:] == pytest.approx(np.full(4, season.width), rel=0.1)
    assert np.ptp(np.array(season.index)[8:]) == pytest.approx(0.0, abs=1e-9)
    logs = np.log(season.index)
    assert logs[9] == pytest.approx(np.mean(logs[:7]), abs=0.02)


def test_repeats_of_other_states_are_refused():
    plain = shops.purchase_model(*KINDS["bg_nbd"])
    with pytest.raises(ValueError, match="repeats"):
        fit_season(plain, STATES, REPEATS + 1.0, END)


REGULAR = {"bg_nbd": (0.5, 25.0, 0.8, 2.5), "mbg_nbd": (0.7, 40.0, 0.6, 1.5)}


@pytest.mark.parametrize("kind", KINDS)
def test_the_slopes_in_time_of_regular_buyers_add_up_to_that_of_a_longer_unit(kind):
    # Time in another unit is another α, but for a density a purchase: ∂/∂ln α + Σ t·∂/∂t = −k·Σx
    known, family = dated().on(np.ones(12), 1.0), family_of(kind, 3)
    _, slope, _ = family.curved(REGULAR[kind], known, known.times[:, None])
    assert slope[1] + slope[4] == pytest.approx(-3.0 * REPEATS_OF_STATES, rel=1e-12)


@pytest.fixture(scope="module")
def regular():
    shop = seasonal.shop(np.random.default_rng(21), 30, a_year=3000, k=2)
    return shop, [fit_purchases(shop.states, "week", "bg_nbd", k, shop.waits) for k in (1, 2, 3)]


def test_the_season_of_regular_buyers_is_found(regular):
    shop, plain = regular
    found = [
        fit_season(one, shop.states, shop.repeats, seasonal.LAST, gaps=None if one.k == 1 else shop.gaps)
        for one in plain
    ]
    assert np.argmax([one.log_likelihood for one in found]) == 1
    season = found[1].season
    assert season.gain > 50
    inside = (season.low <= seasonal.INDEX) & (np.array(seasonal.INDEX) <= season.high)
    assert inside.sum() >= 10
    ends = np.array(list(found[1].intervals.values()))
    r, alpha, a, b = seasonal.PARAMETERS
    assert np.all((ends[:, 0] < [r, alpha / 2, a, b]) & (ends[:, 1] > [r, alpha / 2, a, b]))
    state = [shop.states[name].to_numpy() for name in ("x", "t_x", "T")]
    bought = expected_purchases(found[1], *state, 365) @ shop.states["customers"]
    assert bought == pytest.approx(shop.bought_within(365), rel=0.05)


@pytest.mark.slow
@pytest.mark.parametrize(("index", "least", "most"), [((1.0,) * 12, 0, 4), (seasonal.INDEX, 29, 30)])
def test_seasons_of_regular_buyers_are_proposed_where_there_are_some(index, least, most):
    proposed = 0
    for seed in range(30):
        shop = seasonal.shop(np.random.default_rng(1000 + seed), 24, index=index, k=2)
        plain = fit_purchases(shop.states, "week", "bg_nbd", 2, shop.waits)
        season = fit_season(plain, shop.states, shop.repeats, seasonal.LAST, gaps=shop.gaps).season
        proposed += season.proposed
    assert least <= proposed <= most


def test_without_leave_to_differ_the_months_of_regular_buyers_are_alike(regular):
    shop, (_, plain, _) = regular
    flat = fit_season(plain, shop.states, shop.repeats, seasonal.LAST, gaps=shop.gaps, width=1e-6)
    assert flat.season.index == pytest.approx([1.0] * 12, abs=1e-6)
    assert flat.log_likelihood == pytest.approx(plain.log_likelihood, abs=1e-3)
    assert flat.parameters == pytest.approx(plain.parameters, rel=1e-4)


def test_regular_buyers_cannot_be_told_without_the_gaps():
    plain = replace(shops.purchase_model(*REGULAR["bg_nbd"]), k=2)
    with pytest.raises(ValueError, match="gaps"):
        fit_season(plain, STATES, REPEATS * REPEATS_OF_STATES / REPEATS.sum(), END)


def test_pareto_knows_no_season():
    plain = shops.purchase_model(0.5, 10.0, 0.6, 12.0, kind="pareto_nbd")
    with pytest.raises(TypeError, match="BG/NBD"):
        fit_season(plain, STATES, REPEATS, END)
