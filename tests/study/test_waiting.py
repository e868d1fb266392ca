"""A page can say what is being computed, and knows what is there already."""

from contextlib import contextmanager

import pytest

from retention import ingest
from retention.lifetime_value import OPEN, Wanted
from retention.study import Study

MBG = Wanted("mbg_nbd", 1, season=False)


@pytest.fixture(scope="module")
def orders():
    raw = ingest.open_sample("cdnow")
    return ingest.to_orders(raw, ingest.guess(raw).mapping).orders


@pytest.fixture
def watched(orders):
    """A study, and what it was heard to be at work on."""
    heard, study = [], Study(orders)

    @contextmanager
    def listen(code):
        heard.append(code)
        yield

    study.memo.waiting = listen
    return study, heard


def test_each_heavy_result_is_told_when_it_is_computed_and_never_again(watched):
    study, heard = watched
    study.value(MBG).fit()
    assert heard == ["purchases", "fit"]
    study.value(MBG).fit()
    assert heard == ["purchases", "fit"]


def test_what_the_data_decides_is_at_work_once_too(watched):
    study, heard = watched
    study.value(OPEN).fit()
    assert set(heard) == {"purchases", "fit"}
    already = len(heard)
    study.value(OPEN, margin=0.5).fit()
    assert len(heard) == already


def test_the_value_is_known_once_it_was_computed_on_the_same_terms_at_any_margin(watched):
    study, _ = watched
    value = study.value(MBG, margin=0.3)
    value.fit()
    assert not value.known
    assert value.customers.total > 0
    assert not value.known
    assert value.at_risk.lost > 0
    assert value.known
    assert study.value(MBG, margin=0.5).known
    assert not study.value(MBG, horizon_months=24).known


def test_shares_of_groups_are_of_all_value_to_come(watched):
    study, _ = watched
    value = study.value(MBG)
    assert value.shares("cohort").sum() == pytest.approx(1.0)
    assert value.shares("cohort").to_numpy() == pytest.approx(
        value.by_group("cohort")["clv"].to_numpy() / value.customers.total
    )


def test_a_day_too_near_an_end_gives_way_to_the_middle_one(watched):
    study, _ = watched
    first, last = study.models.holdout_bounds()
    assert study.models.holdout_day(first) == first
    assert study.models.holdout_day(last) == last
    middle = study.models.calibration_end()
    assert first < middle < last
    assert study.models.holdout_day(None) == middle
    assert study.models.holdout_day(study.window.last) == middle
