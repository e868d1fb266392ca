"""Over a whole visit each result is computed once; a control moves only what depends on it."""

import pytest

from retention import aggregate
from retention.resources import resource
from retention.ui.state import visit as state
from tests.pages.visit import PAGES, Visit

ROWS = 2_500  # of the sample shop: a file of its own, which no other visit has computed anything of


@pytest.fixture(scope="module")
def counted():
    """A visit that has opened every page once, its study, and how often purchases were prepared."""
    made, prepared = [], []
    study, prepare = state.Study, aggregate.prepare

    def kept(*known):
        made.append(study(*known))
        return made[-1]

    def counting(orders):
        prepared.append(orders)
        return prepare(orders)

    with pytest.MonkeyPatch.context() as change:
        change.setattr(state, "Study", kept)
        change.setattr(aggregate, "prepare", counting)
        lines = resource("sample_data/negozio.csv").read_bytes().splitlines(keepends=True)
        visit = Visit("en").upload("part.csv", b"".join(lines[: ROWS + 1]))
        for page in (*PAGES, "overview"):  # whose claims quote lifetime value once it is known
            visit.open(page)
            assert visit.failures == []
        yield visit, made[-1], prepared


def computed(study):
    return dict(study.memo.computed)


def test_opening_every_page_prepares_the_purchases_once(counted):
    """Once as they are, and once with orders worth 0 as purchases, which others count."""
    zeros = [int((orders.table["kind"] == "zero").sum()) for orders in counted[2]]
    assert zeros == [2, 0]


def test_opening_every_page_computes_each_result_once(counted):
    found = computed(counted[1])
    assert len(found) > 60
    assert {name: times for name, times in found.items() if times > 1} == {}


def test_going_back_computes_nothing_anew(counted):
    visit, study, _ = counted
    before = computed(study)
    for page in PAGES:
        visit.open(page)
    assert computed(study) == before


@pytest.mark.parametrize(
    ("page", "control", "value", "moved"),
    [
        ("cohorts", "measure", "customers", set()),
        ("cohorts", "leave_out", 1, {"Cohorts"}),
        ("overview", "within", "90", {"Overview", "Tables"}),
        ("lifetime_value", "margin", 41.0, {"Value"}),
        ("lifetime_value", "horizon", 7, {"Value", "Models", "Tables"}),  # held against as many months
        ("simulator", "uplift", 3.0, {"WhatIf"}),
    ],
)
def test_a_control_computes_only_what_depends_on_it(counted, page, control, value, moved):
    visit, study, _ = counted
    visit.open(page)
    before = computed(study)
    visit.set(control, value)
    new = {name[0].split(".")[0] for name, times in computed(study).items() if times != before.get(name, 0)}
    assert new <= moved
    assert all(times == 1 for times in computed(study).values())
