"""Whether customers who complained came back: by hand, and on shops where the truth is known."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from retention.complaints import LEAST, LEAST_ALIKE, after_complaints, watched_days
from retention.study import Study
from tests.complaining import shop as complaining
from tests.conftest import shop

JANUARY = 12 * 2024
END = date(2024, 12, 31).toordinal()


def waits(*rows):
    names = ["number", "month", "value", "days", "followed", "complained", "resolved", "customers"]
    return pd.DataFrame(rows, columns=names)


def test_a_share_beside_that_of_like_customers_by_hand():
    """40 complain 10 days after a purchase, 10 return in time, 5 too late; of 80 like them 60 do.

    Not like them: 7 who had bought again by day 10, 3 who complained by then.
    """
    found = after_complaints(
        waits(
            (0, JANUARY, 0, 30, True, 10, -1, 10),
            (0, JANUARY, 0, 150, True, 10, -1, 5),
            (0, JANUARY, 0, 350, False, 10, -1, 25),
            (0, JANUARY, 0, 60, True, -1, -1, 60),
            (0, JANUARY, 0, 350, False, -1, -1, 20),
            (0, JANUARY, 0, 10, True, -1, -1, 7),
            (0, JANUARY, 1, 60, True, -1, -1, 500),
        ),
        END,
        100,
    ).everybody
    assert (found.people, found.matched, found.alike) == (40, 40, 80)
    assert found.back.value == found.matched_back.value == pytest.approx(0.25)
    assert found.alike_back.value == pytest.approx(0.75)
    assert found.difference.value == pytest.approx(-0.5)
    assert found.difference.high < 0


def test_who_complains_later_is_like_those_who_did_until_then():
    found = after_complaints(
        waits((0, JANUARY, 0, 30, True, 5, -1, 30), (0, JANUARY, 0, 60, True, 6, -1, 40)), END, 100
    ).everybody
    assert found.alike_back.value == 1.0
    assert found.alike == 40  # of those who complained after 6 days nobody had waited longer without


@pytest.mark.parametrize(("people", "told"), [(LEAST - 1, False), (LEAST, True)])
def test_too_few_say_nothing(people, told):
    rows = (0, JANUARY, 0, 30, True, 0, -1, people), (0, JANUARY, 0, 60, True, -1, -1, 100)
    assert (after_complaints(waits(*rows), END, 100).everybody is not None) is told


@pytest.mark.parametrize(("alike", "told"), [(LEAST_ALIKE - 1, False), (LEAST_ALIKE, True)])
def test_whom_nobody_is_like_is_not_compared(alike, told):
    rows = (0, JANUARY, 0, 30, True, 0, -1, 50), (0, JANUARY, 0, 60, True, -1, -1, alike)
    found = after_complaints(waits(*rows), END, 100).everybody
    assert found.back.value == 1.0
    assert (found.difference is not None) is told
    assert found.matched == (50 if told else 0)


def test_nobody_is_compared_who_cannot_be_followed_as_long():
    """Purchases of September end on the 30th: 92 days of the year are left, 12 after a wait of 80."""
    month = 12 * 2024 + 8
    rows = (0, month, 0, 95, False, 80, -1, 40), (0, month, 0, 95, False, -1, -1, 100)
    for days, recent in ((12, 0), (13, 40)):
        found = after_complaints(waits(*rows), END, days)
        assert (found.complained, found.too_recent) == (40, recent)


def test_days_watched():
    assert [watched_days(span) for span in (1, 90, 539, 2000)] == [1, 30, 179, 180]


def told(*rows):
    return pd.DataFrame(
        [(who, date.fromisoformat(when).toordinal(), -1) for who, when in rows],
        columns=["customer_id", "day", "resolved"],
    )


def test_what_became_of_every_complaint_by_hand():
    sales = shop(
        [("a", "2024-01-10", 10), ("a", "2024-02-10", 20), ("b", "2024-03-01", 30), ("c", "2024-03-05", -3)],
        "2024-01-01",
        "2024-12-31",
    )
    complaints = told(
        ("a", "2024-01-20"),  # ten days into a wait of 31
        ("a", "2024-03-01"),  # again
        ("b", "2024-02-01"),  # before any purchase
        ("c", "2024-04-01"),  # a refund alone
        ("nobody", "2024-04-01"),
        ("a", "2023-12-31"),
        ("b", "2025-01-01"),
    )
    found = Study(sales).complaints(complaints).heard()
    assert (found.complaints, found.outside, found.strangers, found.again) == (7, 2, 1, 1)
    assert (found.before, found.after.complained) == (2, 1)
    assert found.after.everybody is None


def test_a_complaint_on_the_day_of_a_purchase_is_about_it():
    sales = shop(
        [(f"c{n}", day, 10) for n in range(40) for day in ("2024-01-10", "2024-01-20")],
        "2024-01-01",
        "2024-12-31",
    )
    found = Study(sales).complaints(told(*((f"c{n}", "2024-01-10") for n in range(30)))).heard()
    assert found.after.everybody.back.value == 1.0
    assert found.after.everybody.alike == 10
    found = Study(sales).complaints(told(*((f"c{n}", "2024-01-20") for n in range(30)))).heard()
    assert found.after.everybody.back.value == 0.0


def test_the_order_of_rows_changes_nothing():
    made = complaining(3, customers=800, driven_away=0.3)
    shuffled = made.complaints.sample(frac=1, random_state=1)
    first, other = (Study(made.orders).complaints(each).heard() for each in (made.complaints, shuffled))
    assert first == other


@pytest.mark.slow
@pytest.mark.parametrize(("driven_away", "healed"), [(0.0, 0.0), (0.4, 0.5)])
def test_the_effect_of_complaining_is_found_within_its_interval(driven_away, healed):
    """Who bought more complains more and returns more: a plain comparison would find an effect of its own."""
    covered, resolved, plain = [], [], []
    for seed in range(60):
        made = complaining(seed, driven_away=driven_away, healed=healed)
        after = Study(made.orders).complaints(made.complaints).heard().after
        truth = -driven_away * (1 - healed / 2) * after.everybody.alike_back.value
        gain = (
            driven_away * healed * (after.resolved.alike_back.value + after.unresolved.alike_back.value) / 2
        )
        covered.append(not after.everybody.difference.excludes(truth))
        resolved.append(not after.apart.excludes(gain))
        plain.append(after.everybody.difference.value - truth)
    assert np.mean(covered) >= 0.90
    assert np.mean(resolved) >= 0.90
    assert abs(np.mean(plain)) < 0.02
