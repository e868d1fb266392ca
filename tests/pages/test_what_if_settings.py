"""Every setting of the What if page that changes what is computed: the figures are those of its question."""

from dataclasses import replace

import pytest

from retention.lifetime_value import OPEN, Wanted
from retention.study import Question, Segment, Study
from retention.text import Words
from retention.text.formats import about
from retention.what_if import Plan
from tests.pages.visit import Visit

PLAN = Plan(0.05, "points", margin=0.3, discount_rate=0.1, years=3.0, form="without_first")
USUAL = Question("month", PLAN, unmeasured=0.35)


def planned(**changes):
    return replace(USUAL, plan=replace(PLAN, **changes))


def asked(**changes):
    return replace(USUAL, **changes)


CASES = (
    ({}, USUAL),
    ({"step": "quarter"}, asked(period="quarter")),
    ({"kept": "strict"}, asked(strict=True)),
    ({"kept": "typed", "typed_retention": "60"}, asked(retention=0.6, unmeasured=0.6)),
    ({"footing": "best"}, asked(footing=None)),
    ({"footing": "cohorts"}, asked(footing="cohorts")),
    ({"footing": "purchases"}, asked(footing="purchases")),
    (
        {"footing": "purchases", "purchase_kind": "mbg_nbd"},
        asked(footing="purchases", wanted=Wanted("mbg_nbd")),
    ),
    ({"footing": "purchases", "season": "off"}, asked(footing="purchases", wanted=Wanted(season=False))),
    ({"footing": "purchases", "time_unit": "day"}, asked(footing="purchases")),  # which sets how it is told
    ({"own_active": "70"}, asked(active=70.0)),
    ({"own_won": "12"}, asked(won=12.0)),
    ({"own_revenue": "33"}, asked(revenue=33.0)),
    ({"growth_from": "measured"}, asked(measured_growth=True)),
    ({"growth_from": "typed", "typed_growth": "2"}, planned(growth=0.02)),
    ({"typed_growth": "2", "typed_retention": "90"}, asked(unmeasured=0.9)),  # neither of which is asked for
    ({"uplift": "8"}, planned(uplift=0.08)),
    ({"uplift_kind": "relative"}, planned(kind="relative")),
    ({"reach": "first"}, planned(steps="first")),
    ({"margin": "45"}, planned(margin=0.45)),
    ({"discount": "4"}, planned(discount_rate=0.04)),
    ({"years": "7"}, planned(years=7.0)),
    ({"fixed_cost": "900"}, planned(fixed_cost=900.0)),
    ({"cost_each": "2"}, planned(cost_per_customer=2.0)),
    ({"bites_after": "18"}, planned(bites_after=1.5)),
)
FIGURES = {
    "profit_before": lambda result: result.present.firm.before,
    "profit_after": lambda result: result.present.firm.after,
}


@pytest.fixture(scope="module")
def study(samples):
    return Study(samples["shop"][1].orders)


def shown(visit):
    named = {"horizon": visit.words.say("value.periods.year", n=visit.settings["years"])}
    return {name: visit.metric(f"simulator.{name}", **named) for name in FIGURES}


def expected(study, question):
    say = Words("en", "EUR").say
    result = study.what_if.start(question).answer
    return {name: say("value.about", value=figure(result)) for name, figure in FIGURES.items()}


def of_page(**settings):
    visit = Visit("en", sample="shop", **{"footing": "constant"} | settings).open("simulator")
    assert visit.failures == visit.errors == []
    return visit


def _may_cost(visit, each, in_all):
    """Whether the page tells the most a programme may cost per customer, as a figure or among the methods."""
    named = {"horizon": visit.words.say("value.periods.year", n=visit.settings["years"])}
    label = visit.words.say("simulator.most_cost", **named)
    if any(metric.label == label for metric in visit.app.metric):
        return visit.metric("simulator.most_cost", **named) == visit.words.say("value.about", value=each)
    return visit.says("simulator.each", budget=in_all, most=each)


@pytest.mark.parametrize(("settings", "question"), CASES, ids=lambda case: str(case) if case == {} else None)
def test_each_setting_asks_its_question(study, settings, question):
    visit = of_page(**settings)
    assert shown(visit) == expected(study, question)
    answer = study.what_if.start(question).answer
    assert _may_cost(visit, answer.break_even_cost, answer.break_even_budget)
    if answer.cost:
        back = answer.payback_period
        told = visit.words.say("value.periods.month", n=back) if back else visit.words.say("value.not_yet")
        assert visit.metric("simulator.pays_back") == told


@pytest.mark.parametrize("footing", ["constant", "cohorts", "purchases"])
@pytest.mark.parametrize(("column", "place"), [(0, 0), (1, 2)])
def test_a_segment_alone_is_reached_and_no_other(study, footing, column, place):
    by = list(study.segments.values())[column]
    name = study.shop.segments(by)[place]
    question = asked(footing=footing, segment=Segment(by, name))
    visit = of_page(footing=footing, reach="segment", reach_column=str(column), reach_segment=str(place))
    assert shown(visit) == expected(study, question)
    assert shown(visit) != expected(study, replace(question, segment=None))
    assert visit.app.get_by_key("reach_segment").value == place
    assert name in (visit.headline or name)  # of a footing that missed the last year there is none


@pytest.mark.parametrize("kept", ["textbook", "strict"])
def test_the_measured_retention_is_told_with_its_interval(study, kept):
    measured = study.shop.retention("month")
    rate = (measured.strict if kept == "strict" else measured.textbook).rate
    told = {"rate": rate.value, "low": rate.low, "high": rate.high, "n": measured.transitions}
    assert of_page(kept=kept).says("simulator.measured", **told)


def test_the_last_year_stands_beside_the_first_one_ahead(study):
    year = study.what_if.start(asked(footing="cohorts")).first_year
    visit = of_page(footing="cohorts")
    assert visit.says("simulator.check", past=year.past, first=year.ahead)
    visit.set("own_won", 1.0)
    assert not visit.says("simulator.check", past=year.past, first=year.ahead)


def test_the_page_answers_on_the_footing_that_foresaw_the_last_year_best(study):
    year = study.what_if.last_year("month", OPEN, "week")
    found = year.tried[year.recommended]
    told = {"first": year.span.first, "last": year.span.last, "until": year.span.until, "bias": found.bias}
    told |= {"expected": found.expected.total, "came": found.actual.total}
    visit = of_page(footing="best")
    named = visit.words.say(f"setting.footing.{year.recommended}")
    assert visit.says("simulator.last_year", footing=named, **told)
    gains = study.what_if.gains(USUAL)
    ((code, other),) = ((code, gain) for code, gain in gains.items() if code != year.recommended)
    result, least = (study.what_if.start(asked(footing=each)).answer for each in (None, code))
    gain = result.present.firm.absolute
    ends = {"gain": gain.value, "gain_low": gain.low, "gain_high": gain.high}
    assert visit.says("simulator.others.one.apart", low=other, high=other, **ends)  # far below the interval
    assert visit.words.money(about(other)) in visit.headline
    budgets = {"least": least.break_even_budget, "most": result.break_even_budget}
    assert visit.words.say("simulator.spend.apart", **budgets).replace("**", "") in visit.headline
    told = {"n": 3.0, "discount": 0.1, "budget": least.break_even_budget}
    assert visit.says("simulator.later", **told, gain=other)
    side = "low" if found.bias < 0 else "high"
    assert visit.says(f"simulator.foreseen.{side}", off=abs(found.bias), **told_span(year))


def told_span(year):
    return {"first": year.span.first, "last": year.span.last, "until": year.span.until}


@pytest.mark.parametrize("footing", ["constant", "cohorts", "purchases"])
def test_a_footing_that_missed_the_last_year_is_no_answer(study, footing):
    found = study.what_if.last_year("month", OPEN, "week").tried[footing]
    start = study.what_if.start(asked(footing=footing))
    visit = of_page(footing=footing)
    told = {"expected": found.expected.total, "came": found.actual.total, "bias": found.bias}
    told |= {"gain": start.gain, "horizon": visit.words.say("value.periods.year", n=3.0)}
    assert visit.says("simulator.headline.missed", **told) is not found.holds
    assert (visit.headline is None) is not found.holds


def test_the_picture_of_the_customers_tells_what_is_left_after_a_year(study):
    result, words = study.what_if.start(USUAL).answer, of_page().words
    then, last = result.active.iloc[12], result.active.iloc[-1]
    told = {
        "today": result.active["before"].iloc[0],
        "before": last["before"],
        "after": last["after"],
        "base_before": then["base_before"],
        "base_after": then["base_after"],
        "when": words.say("simulator.active.year"),
        "horizon": words.say("value.periods.year", n=3.0),
    }
    visit = of_page()
    visit.app.session_state["details_simulator.more"] = True
    assert visit.run().says("simulator.active.reading", **told)
