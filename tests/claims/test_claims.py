import json
from datetime import date

import numpy as np
import pandas as pd
import pytest

from retention import acquisition, claims, what_if
from retention.__main__ import main
from retention.claims import CLAIMS, Bought, Claim, Complained, Evidence, Finding, verdict
from retention.errors import InputError
from retention.report.claims import claims as written
from retention.statistics import Estimate
from retention.study import Question, Settings, Study, five_points
from tests.conftest import shop
from tests.study.test_last_year import alike, subscribers

RANGE = Claim("range", "share", 0.6, 0.7)
CLAIMED = {claim.code: claim for claim in CLAIMS}
POINT = Claim("point", "change", 0.33, 0.33, no_effect=0.0)
NOTHING = Evidence(Bought(again=None, best=None, multiples=(), repeat=None))


@pytest.mark.parametrize(
    ("claim", "figure", "said"),
    [
        (RANGE, Estimate(0.65, 0.61, 0.69), "within"),
        (RANGE, Estimate(0.65, 0.58, 0.69), "unsure"),
        (RANGE, Estimate(0.5, 0.45, 0.59), "below"),
        (RANGE, Estimate(0.8, 0.71, 0.9), "above"),
        (RANGE, Estimate(0.65), "within"),
        (RANGE, Estimate(0.65, 0.65, 0.65), "unsure"),  # of a single customer
        (POINT, Estimate(1.0, 1.0, 1.0), "unsure"),
        (POINT, Estimate(0.3, 0.2, 0.4), "holds"),
        (POINT, Estimate(0.1, 0.05, 0.2), "below"),
        (POINT, Estimate(0.0, -0.1, 0.2), "does_not_hold"),
        (POINT, Estimate(0.1, -0.2, 0.4), "unsure"),
        (POINT, Estimate(0.5, 0.4, 0.6), "above"),
        (Claim("low", "share", 0.8, 0.8, understated=True), Estimate(0.7), "unsure"),
        (Claim("low", "share", 0.8, 0.8, understated=True), Estimate(0.9), "above"),
    ],
)
def test_verdicts(claim, figure, said):
    assert verdict(claim, figure) == said


def by_code(known):
    return {found.claim.code: found for found in claims.check(known)}


def test_without_data_nothing_is_known_and_each_claim_says_what_it_needs():
    found = by_code(NOTHING)
    assert len(found) == len(CLAIMS)
    assert {one.verdict for one in found.values()} == {"unknown"}
    needs = {code: one.needs for code, one in found.items()}
    assert needs["acquisition_7"] == "spend"
    assert needs["sell_to_prospect"] == "leads"
    assert needs["lost_customer"] == needs["best_20_future"] == "lifetime_value"
    assert {needs[claim.code] for claim in CLAIMS if claim.asked} == {"ask_customers"}
    assert None not in needs.values()


def complained(**of):
    usual = {"days": 180, "back": Estimate(0.3, 0.2, 0.4), "solved_back": None, "people": 80, "solved": 12}
    return by_code(Evidence(NOTHING.bought, complained=Complained(**{**usual, "share": 0.04, **of})))


def test_complaints_do_not_tell_who_leaves_without_a_word():
    found = complained()
    gone, few = found["dissatisfied_gone"], found["few_complain"]
    assert gone.figure is few.figure is None
    assert (gone.needs, few.needs) == ("silent_but", "silent_share")
    assert gone.details["gone"] == Estimate(0.7, 0.6, 0.8)
    assert few.details["share"] == 0.04
    assert complained(back=None)["dissatisfied_gone"].needs == "silent"


@pytest.mark.parametrize(
    ("back", "said"),
    [
        (Estimate(0.65, 0.61, 0.69), "within"),
        (Estimate(0.8, 0.75, 0.85), "above"),
        (Estimate(0.4, 0.3, 0.5), "unsure"),  # who returns later is not seen
    ],
)
def test_resolved_complaints_test_who_returns(back, said):
    assert complained(solved_back=back)["solved_return"].verdict == said


def test_too_few_resolved_complaints_say_how_many_are_needed():
    found = complained()["solved_return"]
    assert (found.needs, found.details["solved"]) == ("resolved_complaints", 12)


def test_of_claims_about_one_figure_the_first_is_named():
    told = (("acquisition_7", "holds"), ("acquisition_10", "below"), ("repeat_spend", "below"))
    found = claims.tested([Finding(CLAIMED[code], Estimate(7.0), said, None) for code, said in told])
    named = {which: [one.claim.code for one in ones] for which, ones in found.named_once.items()}
    # what repeat customers spend is another figure, alike by chance
    assert named == {"true": ["acquisition_7"], "too_much": ["repeat_spend"]}
    assert found.count("too_much") == 2
    of_costs = [Finding(CLAIMED[code], Estimate(7.0), said, None) for code, said in told[:2]]
    assert set(claims.tested(of_costs).named_once) == {"true"}


def test_what_the_orders_say_by_hand():
    # a spends 70 of 100 in 10 and 60, b, c, d, e spend 7.5 each, once
    rows = [("a", "2024-01-01", 10), ("a", "2024-02-01", 60)]
    rows += [(name, "2024-01-02", 7.5) for name in "bcde"]
    found = Study(shop(rows, "2024-01-01", "2024-03-31")).claims.bought()
    assert found.best.value == pytest.approx(0.7)  # the best fifth is a
    assert found.repeat.paired.value == pytest.approx(5.0)
    assert found.multiples == ()
    checked = by_code(Evidence(found))
    assert checked["best_20_past"].figure == found.best
    assert checked["repeat_spend"].verdict == "above"
    assert checked["repeat_spend"].details["customers"] == 1
    assert checked["ten_times_first"].needs == "longer_history"


def by_the_formula(retention, today, won, rate, years):
    """Change of a firm's profit by five points, month by month: who is there pays, new ones at once."""

    def profit(stays):
        there, worth = today, 0.0
        for month in range(1, 12 * years + 1):
            there = there * stays + won
            worth += there * (1.0 + rate) ** (-month / 12)
        return worth

    return profit(retention + 0.05) / profit(retention) - 1.0


def test_where_the_textbook_answers_the_lift_is_its_formula_worked_by_hand(small_study):
    # a and b buy in January, a and c in February: half stay; of the two months' new ones only c, in February
    asked = five_points("month", 0.1, 2)
    found = small_study.claims.lift(asked)
    assert (found.footing, found.retention) == ("constant", 0.5)  # too short for any other to be tried
    shop = small_study.what_if.base("month")
    assert found.points.value == pytest.approx(by_the_formula(0.5, 2.0, shop.won_per_period, 0.1, 2))
    assert found.relative.value < found.points.value  # 5 % of .5 is half of 5 points
    told = by_code(Evidence(NOTHING.bought, lift=found))["retention_profit"].details
    basis = {"footing": "constant", "retention": 0.5, "period": "month", "years": 2, "discount_rate": 0.1}
    assert told == {"relative": found.relative, **basis}


def test_where_the_textbook_foresaw_the_last_year_best_its_formula_stands():
    study = Study(subscribers([40] * 30, alike(0.6), seed=14))
    asked = five_points("month", 0.1, 3)
    assert study.what_if.last_year("month", asked.wanted, asked.unit).recommended == "constant"
    found, shop = study.claims.lift(asked), study.what_if.base("month", asked.wanted)
    by_hand = by_the_formula(found.retention, shop.active, shop.won_per_period, 0.1, 3)
    assert found.points.value == pytest.approx(by_hand, rel=0.01)  # 40 a month: next to no course of the year
    assert found.footing == "constant"


def test_the_lift_is_what_if_s_own_answer_whatever_the_margin_and_the_form(retail_study):
    asked = five_points("month", 0.1, 3)
    found = retail_study.claims.lift(asked)
    assert found.footing == "cohorts"
    plan = what_if.Plan(0.05, "points", 0.3, 0.1, 3, "period_end")
    answer = retail_study.what_if.start(Question("month", plan, footing="cohorts")).answer
    for end in ("value", "low", "high"):
        assert getattr(found.points, end) == pytest.approx(getattr(answer.present.firm.relative, end))


def test_retention_that_cannot_be_measured_lifts_nothing():
    alone = Study(shop([("a", "2024-01-05", 10)], "2024-01-01", "2024-01-31"))
    asked = five_points("month", 0.1, 3)
    assert alone.claims.lift(asked) is None
    assert alone.claims.knows_lift(asked)
    assert by_code(Evidence(NOTHING.bought, lift=None))["retention_profit"].needs == "two_periods"


def test_where_no_footing_foresaw_the_last_year_the_claim_says_so():
    dearer = lambda month: 10.0 if month < 24 else 25.0  # noqa: E731  prices rise after two years
    study = Study(subscribers([50] * 36, alike(0.8), seed=4, price=dearer))
    asked = five_points("month", 0.1, 3)
    assert not study.claims.knows_lift(asked)
    found = study.claims.findings(study.claims.lift(asked))[0]
    assert (found.claim.code, found.figure, found.verdict) == ("retention_profit", None, "unknown")
    assert found.needs == "no_footing_holds"
    assert found.details == {"first": date(2023, 1, 1), "last": date(2023, 12, 31)}
    assert written([found])[0]["details"] == {"first": "2023-01-01", "last": "2023-12-31"}
    assert study.claims.knows_lift(asked)


def test_where_the_footing_cannot_be_built_today_the_claim_says_so():
    study = Study(subscribers([50] * 7, alike(0.8), seed=5))

    def refuse(_):
        raise InputError("no_cohort_curve")

    study.what_if.start = refuse
    found = study.claims.findings(study.claims.lift(five_points("month", 0.1, 3)))[0]
    assert (found.figure, found.needs, found.details) == (None, "no_footing", {})


def test_costs_fill_in_the_claims_about_acquisition(small_study):
    # January and February: 3 customers won for 60, 1 kept for 4: 20 against 4
    month = 12 * 2024
    spend = pd.DataFrame(
        {
            "month": [month, month + 1, month + 1],
            "channel": "x",
            "purpose": ["acquisition", "acquisition", "retention"],
            "amount": [30.0, 30.0, 4.0],
        }
    )
    costs = acquisition.costs(spend, small_study.shop.flows("month").table)
    found = by_code(Evidence(NOTHING.bought, costs=costs))
    assert found["acquisition_5_to_25"].figure == Estimate(5.0)
    assert found["acquisition_5_to_25"].verdict == "within"
    assert found["acquisition_7"].verdict == "below"
    assert found["acquisition_10"].details == {"cac": 20.0, "retention_cost": 4.0}


def test_prospects_are_those_won_of_those_addressed(small_study):
    month = 12 * 2024
    spend = pd.DataFrame(
        {
            "month": [month, month + 1, month + 2],
            "purpose": "acquisition",
            "leads": [10.0, 20.0, 50.0],  # March is not complete
        }
    )
    monthly = small_study.shop.flows("month")
    known = acquisition.success(spend, monthly)
    assert known.rate.value == pytest.approx(3 / 30)
    assert acquisition.success(spend.drop(columns="leads"), monthly) is None
    assert acquisition.success(spend.assign(leads=np.nan), monthly) is None
    found = by_code(Evidence(NOTHING.bought, prospects=known.rate))
    assert found["sell_to_prospect"].figure.value == pytest.approx(0.1)


def test_records_are_plain():
    rows = written(claims.check(NOTHING))
    assert json.loads(json.dumps(rows, allow_nan=False)) == rows
    assert rows[0] == {
        "code": "retention_profit",
        "unit": "change",
        "claimed_low": 0.25,
        "claimed_high": 0.95,
        "figure": None,
        "low": None,
        "high": None,
        "verdict": "unknown",
        "needs": "two_periods",
        "details": {},
    }


def test_online_retail(retail_study):
    lift = retail_study.claims.lift(five_points("month", 0.1, 3))
    found = {one.claim.code: one for one in retail_study.claims.findings(lift)}
    assert found["best_20_past"].figure.value == pytest.approx(0.7461, abs=0.00005)
    assert found["best_20_past"].verdict == "below"
    assert found["repeat_spend"].verdict == "does_not_hold"
    assert found["sell_to_existing"].figure.value == pytest.approx(0.592, abs=0.0005)
    assert found["ten_times_first"].verdict == "unknown"  # a year's history, a quarter of it left out
    assert found["retention_profit"].verdict == "below"


def test_the_claim_keeps_its_five_points_whatever_is_asked_of_what_if(small_study):
    def found(**asked):
        settings = Settings(**asked)
        lift = small_study.claims.lift(five_points("month", settings.discount_rate, float(settings.years)))
        return small_study.claims.findings(lift)[0]

    other = {"uplift": 12.0, "uplift_kind": "relative", "programme_cost": 9.0, "bites_after": 6}
    assert found().figure == found(**other).figure != found(years=5).figure


def test_the_command_line_writes_the_claims(tmp_path):
    rows = ["customer,date,amount"]
    rows += [f"c{n},2024-{month:02d}-{1 + n % 27:02d},{10 + n}" for n in range(30) for month in (1, 2, 4)]
    spent = ["month,channel,purpose,amount,leads"]
    spent += ["2024-01,web,acquisition,90,60", "2024-02,web,retention,6,"]
    sales, spend, out = (tmp_path / name for name in ("sales.csv", "spend.csv", "out.json"))
    sales.write_text("\n".join(rows))
    spend.write_text("\n".join(spent))
    assert main(["analyse", str(sales), "--spend", str(spend), "--json", str(out)]) == 0
    written = {row["code"]: row for row in json.loads(out.read_text())["claims"]}
    assert list(written) == [claim.code for claim in CLAIMS]
    assert written["repeat_spend"]["figure"] == pytest.approx(0)
    assert written["sell_to_prospect"]["figure"] == pytest.approx(30 / 60)
    assert written["acquisition_7"]["figure"] == pytest.approx((90 / 30) / (6 / 30))
    assert written["leave_for_treatment"]["needs"] == "ask_customers"


def test_one_customer_proves_no_claim():
    alone = Study(shop([("a", "2024-01-05", 10), ("a", "2024-03-05", 20)], "2024-01-01", "2024-12-31"))
    found = alone.claims.findings(alone.claims.lift(five_points("month", 0.1, 5.0)))
    assert any(each.figure is not None for each in found)
    assert {each.verdict for each in found} <= {"unsure", "unknown"}
