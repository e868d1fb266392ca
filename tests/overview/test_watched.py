"""How long customers are watched, by hand."""

from datetime import date, timedelta

import pandas as pd
import pytest

from retention.overview.watched import settled_from, status, usual_days
from retention.periods import Window, number_of

YEAR = Window(date(2024, 1, 1), date(2024, 12, 31))


def gaps(*days):
    """Waits of one customer each, the last two of people still waiting."""
    return pd.DataFrame({"days": [*days, 1, 1], "followed": [*[True] * len(days), False, False], "count": 1})


@pytest.mark.parametrize(
    ("median", "days"),
    [
        (1, 30),
        (30, 30),
        (31, 60),
        (60, 60),
        (61, 90),
        (90, 90),
        (91, 180),
        (180, 180),
        (181, 365),
        (366, 365),
        (900, 365),
    ],
)
def test_the_shortest_time_in_which_half_of_those_who_buy_again_have_done_so(median, days):
    assert usual_days(gaps(1, median, 1_000)) == days


def test_where_nobody_bought_twice_it_is_the_shortest_of_all():
    assert usual_days(gaps()) == 30


@pytest.mark.parametrize(("days", "after"), [(4, 1), (7, 1), (8, 2), (366, 91)])
def test_after_a_quarter_of_the_file_customers_can_be_compared(days, after):
    first = date(2024, 1, 1)
    assert settled_from(Window(first, first + timedelta(days=days - 1))) == first + timedelta(days=after)


@pytest.mark.parametrize(
    ("month", "ahead", "old", "told"),
    [
        (date(2024, 6, 1), 0, None, "known"),
        (date(2024, 12, 1), 0, None, "known"),
        (date(2024, 12, 1), 1, None, "incomplete"),
        (date(2024, 11, 1), 31, None, "known"),
        (date(2024, 11, 1), 32, None, "incomplete"),
        (date(2025, 1, 1), 0, None, "incomplete"),
        (date(2024, 3, 1), 0, date(2024, 3, 1), "known"),
        (date(2024, 3, 1), 0, date(2024, 3, 2), "old"),
        (date(2024, 12, 1), 1, date(2025, 3, 1), "incomplete"),
    ],
)
def test_what_a_months_figure_can_be_used_for(month, ahead, old, told):
    assert status(number_of(month, "month"), "month", YEAR, ahead=ahead, old=old) == told


def test_a_month_the_file_has_in_part_is_incomplete():
    window = Window(date(2024, 1, 2), date(2024, 12, 30))
    assert [status(number_of(date(2024, month, 1), "month"), "month", window) for month in (1, 2, 12)] == [
        "incomplete",
        "known",
        "incomplete",
    ]
