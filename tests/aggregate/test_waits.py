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
