"""One model stands behind every figure, so that what has one name is one number wherever it is told."""

import pytest

from retention.lifetime_value import Wanted
from retention.study import Study
from tests.lifetime_value import shops

ASKED = {
    "open": Wanted(),
    "bg_nbd": Wanted("bg_nbd", 1, season=False),
    "season": Wanted("mbg_nbd", 1, season=True),
    "pareto": Wanted("pareto_nbd"),
}


@pytest.fixture(scope="module")
def study():
    return Study(shops.cdnow(shops.HOLDOUT_END))


@pytest.fixture(params=ASKED)
def wanted(request):
    return ASKED[request.param]


def test_customers_still_there_are_as_many_wherever_they_are_counted(study, wanted):
    value = study.value(wanted)
    active = float(value.customers.table["p_alive"].sum())
    assert value.at_risk.active == pytest.approx(active)
    assert active + value.at_risk.lost == pytest.approx(len(value.customers.table))
    assert value.ranked()["p_alive"].sum() == pytest.approx(active)
    assert value.by_group("cohort")["p_alive"].sum() == pytest.approx(active)
    base, _ = study.what_if.by_purchases(wanted, "week", "month")
    assert base.active == pytest.approx(active, rel=1e-3)  # on a grid of states


def test_a_customer_is_told_alike_in_the_list_and_in_the_story(study, wanted):
    value = study.value(wanted)
    best = value.ranked().iloc[0]
    told = value.story(best["customer_id"]).person
    for name in ("p_alive", "clv", "expected_purchases"):
        assert told[name] == pytest.approx(best[name])


def test_value_to_come_and_new_customers_are_of_the_model_in_use(study, wanted):
    value = study.value(wanted)
    assert value.purchases is study.models.purchases(study.models.chosen(wanted))
    assert value.by_group("cohort")["clv"].sum() == pytest.approx(value.customers.total)
    tried = study.models.holdout(value.variant, study.models.calibration_end())
    assert (tried.model.kind, tried.model.k) == (value.variant.kind, value.variant.k)
    assert (tried.model.season is not None) == value.variant.season
