from datetime import date

from retention import aggregate
from tests.aggregate.shops import as_rows

JANUARY = 12 * 2024


def test_gaps_by_hand(small):
    # days to the next purchase, or waited until 20 March
    assert as_rows(aggregate.gaps(small)) == [
        (1, 29, False, 1),
        (1, 30, True, 1),
        (1, 65, True, 1),
        (2, 0, False, 1),
        (2, 10, True, 1),
        (3, 24, True, 1),
        (4, 15, False, 1),
    ]


def test_gaps_by_cohort_by_hand(small):
    assert as_rows(aggregate.gaps_by_cohort(small, "month")) == [
        (JANUARY, 1, 30, True, 1),
        (JANUARY, 1, 65, True, 1),
        (JANUARY, 2, 0, False, 1),
        (JANUARY, 2, 10, True, 1),
        (JANUARY, 3, 24, True, 1),
        (JANUARY, 4, 15, False, 1),
        (JANUARY + 1, 1, 29, False, 1),
    ]


def test_last_two_gaps_by_hand(small):
    # only a buys on three days or more: 1 January, 31 January, 10 February, 5 March
    assert as_rows(aggregate.last_two_gaps(small)) == [(10, 24, 1)]


def test_gaps_by_day_by_hand(small):
    # a on 1 and 31 January, 10 February and 5 March; b on 15 January and 20 March
    days = [date(2024, 1, 1), date(2024, 1, 31), date(2024, 2, 10), date(2024, 3, 5)]
    number = [day.toordinal() for day in days]
    of_b = date(2024, 1, 15).toordinal(), date(2024, 3, 20).toordinal()
    assert as_rows(aggregate.gaps_by_day(small)) == [
        (number[0], number[1], 1),
        (*of_b, 1),
        (number[1], number[2], 1),
        (number[2], number[3], 1),
    ]


def test_gaps_by_day_are_those_by_length(small):
    by_day = aggregate.gaps_by_day(small)
    by_length = aggregate.gaps(small, unit="day").query("followed")
    lengths = (by_day["last_day"] - by_day["first_day"]).repeat(by_day["count"])
    assert sorted(lengths) == sorted(by_length["days"].repeat(by_length["count"]))
