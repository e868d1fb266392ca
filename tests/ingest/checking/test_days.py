"""What days with and without sales give away, by hand."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from retention.ingest.checking.days import of_days
from retention.periods import Window

FIRST = date(2024, 1, 1)
NOW = datetime(2025, 6, 1)  # noqa: DTZ001  local


def numbered(days):
    return np.array(sorted(day.toordinal() for day in days))


def checks(days, *, last=None, window=None, now=NOW):
    last = last or max(days)
    window = window or Window(FIRST, last)
    return {check.code: check for check in of_days(numbered(days), window, last, now)}


def every(step, count, *, without=range(0)):
    """Every so many days from the first on, but for some."""
    return [FIRST + timedelta(days=day) for day in range(0, count, step) if day not in without]


@pytest.mark.parametrize(("silent", "found"), [(6, False), (7, True), (20, True)])
def test_a_week_without_sales_in_a_shop_that_sells_daily(silent, found):
    days = every(1, 366, without=range(100, 100 + silent))
    told = checks(days)
    assert ("date_gap" in told) is found
    if found:
        first = FIRST + timedelta(days=100)
        assert told["date_gap"].details == {
            "first": first,
            "last": first + timedelta(days=silent - 1),
            "days": silent,
        }


def test_the_longest_of_several_gaps_is_told():
    without = {*range(50, 60), *range(150, 165), *range(250, 258)}
    assert checks(every(1, 366, without=without))["date_gap"].details["days"] == 15


@pytest.mark.parametrize(("silent", "found"), [(54, False), (59, True)])
def test_a_shop_that_sells_seldom_is_silent_longer_by_chance(silent, found):
    # every fifth day: 24 sales in the 120 days around the gap; 366 · 0.8^n < .001 from n = 58 on
    days = every(5, 366, without=range(101, 101 + silent))
    assert ("date_gap" in checks(days)) is found


def test_a_gap_is_judged_by_the_pace_around_it():
    # daily in the first half, every tenth day in the second: nine days are usual there and only there
    slow = [FIRST + timedelta(days=day) for day in range(180, 366, 10)]
    assert "date_gap" not in checks([*every(1, 180), *slow])
    assert "date_gap" in checks([*every(1, 180, without=range(60, 69)), *slow])


def test_complete_months_without_sales_are_named():
    days = [day for day in every(1, 366) if day.month not in {3, 4, 12}]
    told = checks(days, window=Window(FIRST, date(2024, 12, 31)))
    assert told["months_without_sales"].details == {"months": ["2024-03", "2024-04", "2024-12"]}
    cut = checks([day for day in every(1, 366) if day.month < 12], window=Window(FIRST, date(2024, 12, 30)))
    assert "months_without_sales" not in cut


@pytest.mark.parametrize(
    ("last", "missing"), [(date(2024, 6, 30), 0), (date(2024, 6, 29), 1), (date(2024, 6, 10), 20)]
)
def test_a_last_month_without_its_last_days(last, missing):
    told = checks([day for day in every(1, 366) if day <= last])
    assert ("last_month_cut_short" in told) is (missing > 0)
    if missing:
        check = told["last_month_cut_short"]
        assert check.details == {"month": "2024-06", "last": last, "days": missing, "silent": 0.0}
        assert check.switch is None


@pytest.mark.parametrize(
    ("now", "whole"),
    [(datetime(2024, 7, 1), True), (datetime(2024, 6, 30), False)],  # noqa: DTZ001  local
)
def test_where_silence_is_usual_the_month_may_be_taken_as_whole_once_it_is_over(now, whole):
    # every fourth day: of the last 60 days 15 have sales, and two silent days have .75² = .5625
    days = [date(2024, 6, 28) - timedelta(days=4 * place) for place in range(45)]
    check = checks(days, window=Window(min(days), date(2024, 6, 28)), now=now)["last_month_cut_short"]
    assert check.details["silent"] == pytest.approx(0.75**2)
    assert (check.switch is not None) is whole
    if whole:
        assert (check.switch.option, check.switch.value) == ("until", date(2024, 6, 30))


@pytest.mark.parametrize(("last", "likely"), [(date(2024, 6, 20), True), (date(2024, 6, 19), False)])
def test_silence_must_be_likely_to_be_taken_for_a_whole_month(last, likely):
    # .75^10 is .0563, .75^11 is .0422
    days = [last - timedelta(days=4 * place) for place in range(45)]
    check = checks(days, window=Window(min(days), last))["last_month_cut_short"]
    assert (check.switch is not None) is likely


def test_a_short_file_is_judged_by_the_days_it_has():
    days = [date(2024, 6, 20), date(2024, 6, 24), date(2024, 6, 28)]
    check = checks(days, window=Window(date(2024, 6, 20), date(2024, 6, 28)))["last_month_cut_short"]
    assert check.details["silent"] == pytest.approx((1 - 3 / 9) ** 2)


def test_another_end_than_the_last_row_is_not_questioned():
    days = [day for day in every(1, 366) if day <= date(2024, 6, 10)]
    assert "last_month_cut_short" in checks(days)
    assert "last_month_cut_short" not in checks(
        days, last=date(2024, 6, 10), window=Window(FIRST, date(2024, 6, 9))
    )
