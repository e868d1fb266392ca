from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, strategies as st

from retention.acquisition.cac_trend import cac_trend, cac_trends

JANUARY = 12 * 2024


def months(spent, won):
    number = np.arange(JANUARY, JANUARY + len(spent))
    return pd.DataFrame({"month": number, "acquisition": np.asarray(spent, dtype=float), "new": won})


def simulated(generator, count, rise, spread=3.0):
    """Months of spend at will and customers scattered `spread` times as widely as independent ones."""
    spent = generator.gamma(9, 500, count)
    mean = spent / (20 * (1 + rise) ** np.arange(count))
    return months(spent, generator.negative_binomial(mean / (spread - 1), 1 / spread))


def test_a_cac_that_doubles_each_month_is_found_exactly():
    # 800 customers for 800, then 400, 200, 100, 50, 25: a CAC of 1, 2, 4, 8, 16, 32
    found = cac_trend(months([800] * 6, [800, 400, 200, 100, 50, 25]))
    assert found.per_month.value == pytest.approx(1.0)
    assert (found.at_first, found.at_last, found.in_all) == pytest.approx((1.0, 32.0, 31.0))
    assert (found.first, found.last, found.months) == (JANUARY, JANUARY + 5, 6)
    assert found.direction == "dearer"
    assert found.by_direction is found.per_month


def test_twice_the_spend_for_twice_the_customers_is_no_trend():
    found = cac_trend(months([100, 200, 400, 800, 1600, 3200], [5, 10, 20, 40, 80, 160]))
    assert found.per_month.value == pytest.approx(0.0, abs=1e-9)
    assert found.per_month.low < 0 < found.per_month.high
    assert found.direction == "unsure"


def test_cheaper_is_told_too():
    found = cac_trend(months([800] * 6, [25, 50, 100, 200, 400, 800]))
    assert found.per_month.value == pytest.approx(-0.5)
    assert found.direction == "cheaper"
    told, fall = found.by_direction, found.per_month
    assert (told.value, told.low, told.high) == (-fall.value, -fall.high, -fall.low)


def test_so_few_customers_that_the_line_leaves_every_month_have_no_trend():
    assert cac_trend(months([2830, 200, 79, 32, 287, 14074, 5], [2, 0, 2, 0, 1, 20, 20])) is None


@given(st.lists(st.tuples(st.integers(1, 20_000), st.integers(0, 30)), min_size=6, max_size=12))
def test_a_trend_is_told_in_numbers_that_can_be_written(each):
    found = cac_trend(months(*zip(*each, strict=True)))
    if found is not None:
        told = (
            found.per_month.value,
            found.per_month.low,
            found.per_month.high,
            found.at_first,
            found.at_last,
        )
        assert np.isfinite(told).all()
        assert found.per_month.low <= found.per_month.value <= found.per_month.high


def test_five_months_are_too_few_and_months_without_spend_do_not_count():
    assert cac_trend(months([100] * 5, [5] * 5)) is None
    assert cac_trend(months([100] * 5 + [0], [5] * 6)) is None
    assert cac_trend(months([100] * 6, [5] * 6)).months == 6


def test_too_few_months_with_customers_say_nothing():
    assert cac_trend(months([100] * 8, [0] * 8)) is None
    assert cac_trend(months([100] * 8, [0, 0, 3, 0, 0, 0, 4, 0])) is None
    assert cac_trend(months([100] * 8, [0, 0, 3, 0, 0, 1, 4, 0])) is not None


def test_a_month_of_spend_that_won_nobody_makes_the_end_dearer():
    won = [20, 20, 20, 20, 20, 20, 20]
    before, after = (cac_trend(months([400] * 8, [*won, last])) for last in (20, 0))
    assert after.at_last > before.at_last * 1.2


@given(factor=st.floats(0.01, 1000), seed=st.integers(0, 50))
def test_another_currency_moves_the_cac_and_not_its_trend(factor, seed):
    here = simulated(np.random.default_rng(seed), 12, 0.02)
    there = here.assign(acquisition=here["acquisition"] * factor).sample(frac=1, random_state=seed)
    one, other = cac_trend(here), cac_trend(there)
    assert other.per_month.value == pytest.approx(one.per_month.value, abs=1e-9)
    assert other.per_month.high == pytest.approx(one.per_month.high, abs=1e-9)
    assert other.at_first == pytest.approx(factor * one.at_first)


@pytest.mark.parametrize("count", [8, 24])
def test_the_interval_holds_the_true_rise_about_95_times_in_100(count):
    generator = np.random.default_rng(count)
    found = [cac_trend(simulated(generator, count, 0.03)) for _ in range(300)]
    assert 0.91 <= np.mean([one.per_month.low <= 0.03 <= one.per_month.high for one in found]) <= 0.99


def test_a_shop_without_a_trend_is_seldom_told_it_has_one():
    generator = np.random.default_rng(7)
    found = [cac_trend(simulated(generator, 12, 0.0)).direction for _ in range(300)]
    assert found.count("unsure") >= 270


def autocorrelated(generator, count, alike, rise=0.0):
    """Months whose ln CAC wanders by .2 about a line, neighbours correlated; about 60 customers each."""
    wander = np.empty(count)
    for month, push in enumerate(generator.normal(0, 0.2, count)):
        wander[month] = alike * wander[month - 1] + np.sqrt(1 - alike**2) * push if month else push
    spent = generator.gamma(9, 500, count)
    return months(spent, generator.poisson(spent / 75 * np.exp(-rise * np.arange(count) - wander)))


def of_channels(*each):
    """Costs as far as their trends are asked: each channel's months and all together."""
    named = [table.assign(channel=f"c{n}") for n, table in enumerate(each)]
    channels = pd.concat(named)
    monthly = channels.groupby("month", as_index=False)[["acquisition", "new"]].sum()
    listed = pd.DataFrame({"channel": [*(f"c{n}" for n in range(len(each))), ""], "new": 1})
    return SimpleNamespace(monthly=monthly, channel_months=channels, channels=listed)


def test_channels_are_looked_at_together():
    generator = np.random.default_rng(11)
    rising = months([800] * 12, np.round(40 * 0.93 ** np.arange(12)))
    level = [months([800] * 12, generator.poisson(40, 12)) for _ in range(4)]
    alone = cac_trends(of_channels(rising))
    among = cac_trends(of_channels(rising, *level))
    assert [trend.channel for trend in among] == [None, "c0", "c1", "c2", "c3", "c4"]
    assert alone[1].corrected_p == alone[1].chance == among[1].chance
    assert among[0].corrected_p == among[0].chance  # all customers are one question
    chances = [trend.chance for trend in among[1:]]
    assert min(chances) == chances[0]
    assert among[1].corrected_p == pytest.approx(5 * chances[0])
    assert alone[1].direction == "dearer"


def test_seasons_are_no_trend_from_two_years_on():
    # Half as dear in spring and summer, twice as many customers; the file ends in a dear winter
    cheap = (np.arange(26) % 12 >= 3) & (np.arange(26) % 12 < 9)
    two_years = months([800] * 26, np.where(cheap, 80, 40))
    found = cac_trend(two_years)
    assert found.seasons_out
    assert found.per_month.value == pytest.approx(0.0, abs=1e-6)
    without = cac_trend(two_years.iloc[:23])
    assert not without.seasons_out
    # a true rise of 2 % a month is found beside them, to the rounding of customers
    rising = months([80_000] * 26, np.round(np.where(cheap, 8000, 4000) / 1.02 ** np.arange(26)))
    assert cac_trend(rising).per_month.value == pytest.approx(0.02, abs=1e-4)


def test_a_month_of_the_year_that_never_won_anybody_has_no_level():
    august = np.arange(24) % 12 == 7
    found = cac_trend(months([800] * 24, np.where(august, 0, 40)))
    assert not found.seasons_out
    assert np.isfinite(found.per_month.bounds).all()


@pytest.mark.slow
@pytest.mark.parametrize("alike", [0.0, 0.3, 0.6])
def test_a_cac_that_wanders_is_told_to_move_about_one_time_in_twenty(alike):
    for count, power in ((12, 0.05), (24, 0.35), (36, 0.75)):
        generator = np.random.default_rng(count)
        shops = [
            cac_trends(of_channels(*(autocorrelated(generator, count, alike) for _ in range(4))))[1:]
            for _ in range(100)
        ]
        assert np.mean([trend.chance < 0.05 for shop in shops for trend in shop]) <= 0.09
        assert np.mean([any(trend.direction != "unsure" for trend in shop) for shop in shops]) <= 0.10
        rising = [cac_trend(autocorrelated(generator, count, alike, 0.03)) for _ in range(100)]
        assert np.mean([trend.direction == "dearer" for trend in rising]) >= power
