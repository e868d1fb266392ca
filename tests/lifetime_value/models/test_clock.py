"""Days on a model's clock, against months counted by hand and day by day."""

from datetime import date, timedelta

import numpy as np
import pytest

from retention.lifetime_value.models.clock import Clock

INDEX = (0.9, 0.8, 1.0, 1.0, 1.1, 1.0, 0.9, 0.5, 1.0, 1.1, 1.2, 1.6)
END = date(2024, 2, 10)
SEASONAL = Clock(7.0, INDEX, END.toordinal())


def day_by_day(begin, end):
    """Weeks on the clock of the days from one to before another."""
    days = [END + timedelta(days=k) for k in range(begin, end)]
    return sum(INDEX[day.month - 1] for day in days) / 7.0


def test_a_steady_clock_counts_days():
    clock = Clock(7.0)
    assert clock.ahead([0, 7, 10.5]).tolist() == [0.0, 1.0, 1.5]
    assert clock.between(-14, 7) == 3.0
    t_x, age = clock.past([7, 0], [14, 21], [-3, -3])
    assert (t_x.tolist(), age.tolist()) == ([1.0, 0.0], [2.0, 3.0])


def test_a_month_begins_with_its_first_day():
    # From 10 February, of 29 days, 20 are left, itself one of them; then a day of March
    assert SEASONAL.ahead(20) == pytest.approx(20 * 0.8 / 7)
    assert SEASONAL.ahead(21) == pytest.approx((20 * 0.8 + 1.0) / 7)
    assert SEASONAL.ahead(-9) == pytest.approx(-9 * 0.8 / 7)
    assert SEASONAL.ahead(-10) == pytest.approx(-(9 * 0.8 + 0.9) / 7)


@pytest.mark.parametrize(("begin", "end"), [(-800, -300), (-90, 0), (-5, 400), (0, 3650), (-45, -45)])
def test_a_season_is_added_up_day_by_day(begin, end):
    assert SEASONAL.between(begin, end) == pytest.approx(day_by_day(begin, end), abs=1e-11)


def test_within_a_day_time_runs_evenly():
    whole = SEASONAL.ahead([100, 101])
    assert SEASONAL.ahead(100.25) == pytest.approx(0.75 * whole[0] + 0.25 * whole[1])


def test_ages_are_read_from_the_day_a_customer_was_won():
    t_x, age = SEASONAL.past(np.array([0, 200, 430]), np.array([430, 430, 430]))
    assert t_x == pytest.approx([0.0, day_by_day(-430, -230), day_by_day(-430, 0)], abs=1e-11)
    assert age == pytest.approx([day_by_day(-430, 0)] * 3)
    assert t_x[2] == age[2]


def test_ages_as_of_an_earlier_day_know_nothing_of_later_ones():
    t_x, age = SEASONAL.past([50], [100], [-60])
    assert t_x == pytest.approx([day_by_day(-160, -110)])
    assert age == pytest.approx([day_by_day(-160, -60)])


def test_an_index_of_ones_is_no_season():
    plain, ones = Clock(30.4375), Clock(30.4375, (1.0,) * 12, END.toordinal())
    days = np.linspace(-70_000, 70_000, 4_001)
    assert ones.ahead(days) == pytest.approx(plain.ahead(days), rel=1e-12, abs=1e-12)
    assert ones.past(days, 80_000, 5)[0] == pytest.approx(plain.past(days, 80_000, 5)[0], rel=1e-11, abs=1e-9)


def test_the_clock_never_stops():
    mean = float(np.mean(INDEX)) / 7
    assert SEASONAL.between(1e6, 1e6 + 1e5) == pytest.approx(1e5 * mean)
    assert SEASONAL.between(-1e6, 0) == pytest.approx(1e6 * mean, rel=0.01)


def test_every_month_has_its_part_of_the_time():
    last, age = np.array([0, 200, 430]), np.array([3, 430, 430])
    parts = [month.past(last, age) for month in SEASONAL.by_month]
    assert len(parts) == 12
    assert np.sum(parts, axis=0) == pytest.approx(np.array(SEASONAL.past(last, age)))
    december = SEASONAL.by_month[11].ahead([300, 330])  # from 6 December to the fifth of the next month
    assert december[1] - december[0] == pytest.approx(26 * 1.6 / 7)
    assert Clock(7.0).by_month == ()
