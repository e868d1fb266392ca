"""What if as plain data: every footing with its figures, intervals and tables."""

import json

import numpy as np
import pandas as pd
import pytest

from retention.lifetime_value import Wanted
from retention.report.what_if import what_if
from retention.study import Study
from retention.what_if import Plan, constant_retention, simulate
from tests.conftest import shop
from tests.lifetime_value import shops

PLAN = Plan(0.01, "points", 0.3, 0.1, 3, "without_first")
FOOTINGS = ("constant", "cohorts", "purchases")


@pytest.fixture(scope="module")
def study():
    return Study(shops.cdnow(shops.HOLDOUT_END))


@pytest.fixture(scope="module")
def found(study):
    return what_if(study, PLAN, Wanted("bg_nbd", 1, season=False), "week")


def test_every_footing_says_the_same_things_as_json(found):
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["period"] == "month"
    assert found["plan"]["uplift"] == 0.01
    keys = [set(found[name]) for name in FOOTINGS]
    of_curve = {f"{p}{e}" for p in ("alpha", "beta", "c") for e in ("", "_low", "_high")}
    assert keys[1] - keys[0] == {*of_curve, "curve", "held_back"}
    assert keys[2] - keys[0] == {"model"}
    assert found["purchases"]["model"] == "bg_nbd"


def test_the_curve_says_what_it_is_and_how_it_was_chosen(study, found):
    told, curve = found["cohorts"], study.what_if.curve("month")
    tried = told["held_back"]
    # CDNOW's months vary eleven times as much as chance: a lead of 5 in log-likelihood is none of a curve
    assert (told["curve"], told["c"], told["c_low"], told["c_high"]) == ("sbg", 1.0, None, None)
    assert (tried["steps"], tried["customers"]) == (curve.held_back.steps, curve.held_back.customers)
    assert tried["gain"] == pytest.approx((tried["bdw"] - tried["sbg"]) / tried["dispersion"])
    assert tried["gain"] < 0.5 < tried["bdw"] - tried["sbg"]
    assert tried["dispersion"] > 1.0


def test_figures_lie_inside_their_intervals(found):
    for name in FOOTINGS:
        told = found[name]
        for figure in ("retention", "gain", "relative"):
            assert told[f"{figure}_low"] <= told[figure] <= told[f"{figure}_high"]
        assert told["gain"] == pytest.approx(told["today"]["gain"] + told["new"]["gain"])
        assert told["customer_relative"] == pytest.approx(
            told["customer_after"] / told["customer_before"] - 1
        )
        assert told["payback"] is None
        assert told["net"] == pytest.approx(told["gain"])


def test_the_textbook_is_that_of_the_simulation(study, found):
    base, measured = study.what_if.base("month"), study.shop.retention("month").textbook
    firm = simulate(base, PLAN, constant_retention(measured.rate.value, measured.draws)).present.firm
    assert (found["constant"]["gain"], found["constant"]["relative"]) == pytest.approx(
        (firm.absolute.value, firm.relative.value)
    )
    assert found["constant"]["retention"] == pytest.approx(measured.rate.value)


def test_the_tables_behind_a_footing_are_its_figures(found):
    for name in FOOTINGS:
        told = found[name]
        years, active = pd.DataFrame(told["yearly"]), pd.DataFrame(told["active"])
        for who, part in (("base", "today"), ("new", "new")):
            rise = years[f"{who}_after_present"].sum() - years[f"{who}_before_present"].sum()
            assert rise == pytest.approx(told[part]["gain"])
        assert list(years["year"]) == [1, 2, 3]
        assert list(active["period"]) == list(range(37))
        assert active.loc[0, ["before", "after"]].tolist() == pytest.approx([told["base"]["active"]] * 2)
        assert (active.loc[1:, "after"] > active.loc[1:, "before"]).all()


def test_every_table_of_other_inputs_goes_through_the_answer(found):
    for name in FOOTINGS:
        told = found[name]
        for by, at in (("margin", PLAN.margin), ("retention", told["retention"])):
            here = [
                row
                for row in told[f"by_{by}"]
                if (row["uplift"], row[by]) == pytest.approx((PLAN.uplift, at))
            ]
            assert [row["gain"] for row in here] == pytest.approx([told["gain"]])
            assert [row["relative"] for row in here] == pytest.approx([told["relative"]])
        bars = {row["input"]: row for row in told["sensitivity"]}
        assert (bars["margin"]["low_value"], bars["margin"]["high_value"]) == pytest.approx((0.27, 0.33))
        assert bars["margin"]["gain_high"] == pytest.approx(1.1 * told["gain"])


def test_the_models_share_the_customers_won(found):
    assert len({found[name]["base"]["won_per_period"] for name in FOOTINGS}) == 1


def test_what_cannot_be_measured_is_none():
    orders = shop([("a", "2024-01-10", 10)], "2024-01-05", "2024-01-20")
    told = what_if(Study(orders), PLAN, None, "week")
    assert [told[name] for name in FOOTINGS] == [None] * 3
    assert told["growth"] is None


def test_without_models_there_is_no_purchase_footing(small_shop):
    told = what_if(Study(small_shop), PLAN, None, "week")
    assert told["purchases"] is None
    assert told["constant"]["gain"] > 0
    assert np.isfinite(told["cohorts"]["gain"])
