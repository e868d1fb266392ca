"""Whom a shop wins in the coming year, and how many customers it has, worked out by hand."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from retention.flows import Flows
from retention.periods import first_day, number_of
from retention.what_if import measured_base

JANUARY = number_of(date(2022, 1, 1), "month")


def flows(new, active=None, period="month", start=JANUARY):
    """Complete periods in which so many were new, and as many bought again."""
    new = np.array(new)
    active = 2 * new + 1 if active is None else np.array(active)
    table = pd.DataFrame({"period": start + np.arange(new.size), "complete": True, "new": new})
    return Flows(period, table.assign(active=active, revenue=10.0 * active, refunds=0.0))


def test_as_many_are_won_as_in_the_same_months_of_the_last_year():
    year = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120]
    base = measured_base(flows(year))
    assert base.won_per_period == pytest.approx(65.0)
    assert base.course.won == pytest.approx([n / 65.0 for n in year])
    assert base.course.buying == ()
    assert base.doubt.won == pytest.approx(780.0**-0.5)


def test_a_trend_beyond_chance_goes_on_for_a_year():
    year = np.array([100, 140, 90, 120, 100, 110, 130, 80, 100, 150, 120, 200])
    grown = np.round(1.3 * year + np.array([3, -3] * 6))
    base = measured_base(flows([*year, *grown]))
    assert base.won_per_period == pytest.approx(grown.mean() * grown.sum() / year.sum())
    assert sum(base.course.won) == pytest.approx(12.0)
    assert base.doubt.won > grown.sum() ** -0.5


def test_a_trend_that_may_be_chance_is_none():
    year = [100] * 12
    wild = [50, 170, 80, 140, 60, 150, 90, 130, 70, 120, 110, 160]
    assert measured_base(flows([*year, *wild])).won_per_period == pytest.approx(np.mean(wild))


def test_a_trend_needs_three_periods_with_a_year_before_them():
    assert measured_base(flows([50, 52, *[100] * 12])).won_per_period == pytest.approx(100.0)
    three = measured_base(flows([50, 52, 48, *[100] * 12]))
    assert three.won_per_period == pytest.approx(100.0 * 2.0)  # 300 beside 150


def test_a_trend_is_no_more_than_a_doubling():
    assert measured_base(flows([30] * 12 + [89] * 12)).won_per_period == pytest.approx(178.0)


def test_periods_before_customers_are_known_do_not_tell_how_many_are_won():
    new = [885, 417, 380, *[100] * 6]
    known_from = first_day(JANUARY + 3, "month")
    assert measured_base(flows(new), known_from=known_from).won_per_period == pytest.approx(100.0)
    assert measured_base(flows(new), known_from=known_from).course.won == ()
    nobody_known = date(2030, 1, 1)
    assert measured_base(flows([90] * 6), known_from=nobody_known).won_per_period == pytest.approx(90.0)


def test_where_winning_has_stopped_nobody_is_expected():
    base = measured_base(flows([700, 850, 720, 0, 0, 0], active=[700, 900, 900, 200, 200, 200]))
    assert (base.won_per_period, base.doubt.won, base.course.won) == (0.0, 0.0, ())
    assert base.active == 200.0


def test_a_quiet_season_that_was_as_quiet_the_year_before_is_no_break():
    year = [*[300] * 9, 40, 30, 30]
    assert measured_base(flows([*year, *year])).won_per_period == pytest.approx((9 * 300 + 100) / 12)
    first = measured_base(flows(year))
    assert first.won_per_period == pytest.approx(100 / 3)


def test_the_last_month_counts_as_a_usual_one_would():
    index = [0.8] * 11 + [1.6]  # December twice as fast as any other month
    new, active = [20] * 12, [50] * 11 + [20 + 64]
    base = measured_base(flows(new, active), index=index)
    mean = (11 * 0.8 + 1.6) / 12
    assert base.active == pytest.approx(20 + 64 / (1.6 / mean))
    assert base.course.buying == pytest.approx([each / mean for each in index])
    plain = measured_base(flows(new, active))
    assert plain.active == 84.0
    assert plain.revenue_per_active == base.revenue_per_active


def test_a_part_follows_the_trend_of_the_shop():
    year = np.array([100, 140, 90, 120, 100, 110, 130, 80, 100, 150, 120, 200])
    all_new = np.array([*year, *(1.5 * year + np.array([2, -2] * 6))])
    part = np.round(0.3 * all_new)
    shop = flows(all_new)
    whole = measured_base(shop)
    parts = [measured_base(flows(each), shop=shop) for each in (part, all_new - part)]
    assert sum(one.won_per_period for one in parts) == pytest.approx(whole.won_per_period)


def test_quarters_and_years():
    four = flows([10, 20, 30, 40], period="quarter", start=8088)
    quarters = measured_base(four, index=[0.5] * 9 + [2.5] * 3)
    assert quarters.course.buying == pytest.approx([0.5, 0.5, 0.5, 2.5])
    assert quarters.course.won == pytest.approx([0.4, 0.8, 1.2, 1.6])
    years = measured_base(flows([10, 20], period="year", start=2022), index=[1.0] * 12)
    assert (years.course.won, years.course.buying, years.won_per_period) == ((), (), 20.0)
