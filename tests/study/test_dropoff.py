"""What the study asks of drop-off: which cohorts stand side by side, and whose triggers count."""

from datetime import date

import pandas as pd
import pytest

from retention import aggregate, ingest
from retention.study import Study
from tests.conftest import shop


@pytest.mark.parametrize(
    ("last", "period"),
    [
        ("2024-01-31", "month"),  # 25 months, of which 24 can be told apart and one may be older
        ("2024-02-01", "quarter"),
        ("2028-03-31", "quarter"),  # 25 quarters
        ("2028-04-01", "year"),
        ("2060-01-01", "year"),
    ],
)
def test_cohorts_are_as_short_as_can_be_told_apart(last, period):
    study = Study(shop([("a", "2022-01-05", 5)], "2022-01-01", last))
    assert study.dropoff.cohort_period() == period


@pytest.fixture(scope="module")
def study():
    raw = ingest.open_sample("shop")
    return Study(ingest.to_orders(raw, ingest.guess(raw).mapping).orders)


def test_who_is_asked_waits_past_their_trigger_whoever_that_was_measured_of(study):
    everybody, known = study.dropoff.steps(), study.without_left_truncated.dropoff.steps()
    for left_out, found in ((False, everybody), (True, known)):
        direct = aggregate.past_trigger(study.tables.customers(), study.window, found.triggers, found.later)
        asked = study.dropoff.to_ask(leave_out_left_truncated=left_out)
        pd.testing.assert_frame_equal(asked, direct)


def test_groups_of_a_step_share_its_customers(study):
    (column, *_) = study.segments.values()
    groups = study.dropoff.by_segment(column, 1, 60)
    cohorts = study.dropoff.by_cohort(1, 60)
    assert len(groups) > 1
    assert len(cohorts) > 1
    assert study.dropoff.by_segment(column, 1, 90) is not groups


def test_cohorts_of_whom_half_were_not_followed_so_long_are_not_told_of(study):
    cohorts = study.dropoff.by_cohort(1, 180)
    known = cohorts["within"].notna()
    assert known.equals(cohorts["followed_to_day"] >= cohorts["customers"] / 2)
    # of the twelve quarters the last two: of those won from July 2024 on few were seen for 180 days
    assert known.tolist() == [True] * 10 + [False] * 2


def test_of_one_day_nothing_is_known():
    alone = Study(shop([("a", "2024-01-05", 5)], "2024-01-05", "2024-01-05"))
    assert alone.dropoff.leaving() is None
    assert alone.dropoff.buying_again() is None
    assert alone.window.last == date(2024, 1, 5)
