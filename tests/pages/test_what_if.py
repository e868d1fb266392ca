"""The What if page: with a file and without, every choice, its sentences against the library, the limits."""

from dataclasses import replace

import pytest

from retention.text import LANGUAGES
from retention.what_if import Base, Plan, constant_retention, other_reading, simulate
from tests.pages.sentences import foreign
from tests.pages.visit import ROWS, Visit, csv, unescaped

PLAN = Plan(0.05, "points", margin=0.3, discount_rate=0.1, years=3, form="without_first")
EXAMPLE = Base("month", 1000.0, 650.0, 50.0)
ROUNDS = (  # every choice at least once
    {
        "step": "quarter",
        "kept": "strict",
        "uplift_kind": "relative",
        "reach": "first",
        "growth_from": "measured",
    },
    {"step": "year", "kept": "typed", "reach": "segment", "form": "period_end", "growth_from": "typed"},
    {"step": "month", "kept": "textbook"},
    {"step": "month", "footing": "cohorts", "form": "first_payment_now", "reach": "all", "bites_after": 6},
    {"footing": "purchases", "uplift_kind": "points", "growth_from": "off", "fixed_cost": 1000.0},
    {"footing": "purchases", "reach": "segment"},
    {"footing": "cohorts", "reach": "first"},
    {"footing": "best", "reach": "all", "fixed_cost": 0.0, "bites_after": 0},
)


def said(visit, key, **values):
    return unescaped(visit.words.say(key, **values)).replace("**", "")


def headline_of(visit, result, plan, subject="all"):
    """The sentence the library's result asks for."""
    gain, words = result.present.firm.absolute, visit.words
    points = 100 * plan.uplift
    named = words.say(f"simulator.subject.{subject}", step="month")
    values = {
        "rise": words.say(f"simulator.rise.{plan.kind}", n=points, uplift=points, subject=named),
        "gain": gain.value,
        "horizon": words.say("value.periods.year", n=plan.years),
    }
    spend = said(visit, "simulator.spend", most=result.break_even_budget)
    if gain.ends is None:
        return f"{said(visit, 'simulator.headline', **values)} {spend}"
    ends = {"gain_low": gain.low, "gain_high": gain.high}
    return f"{said(visit, 'simulator.headline.interval', **values, **ends)} {spend}"


def rates_are_told(visit, result):
    """Whether the rates and the change of profit stand below it."""
    rise = result.present.firm.relative
    low, high = rise.ends or (None, None)
    told = {"before": result.retention_before, "after": result.retention_after}
    told["retention"] = visit.words.say("simulator.retention.plain")  # typed
    return visit.says("simulator.rates", rise=rise.value, low=low, high=high, **told)


@pytest.fixture(scope="module", params=LANGUAGES)
def bare(request):
    """The page before anything is loaded."""
    return Visit(request.param).open("simulator")


@pytest.fixture(scope="module")
def shop():
    """The page on the sample shop, in Italian, by a link to the textbook, which is not offered here."""
    return Visit("it", sample="shop", footing="constant").open("simulator")


def test_without_a_file_the_textbook_answers_from_typed_numbers(bare):
    assert bare.failures == bare.errors == []
    assert bare.says("simulator.no_file")
    assert bare.links == [""]
    footing = constant_retention(0.35)
    assert bare.headline == headline_of(bare, simulate(EXAMPLE, PLAN, footing), PLAN)
    assert foreign(bare.texts, bare.language, ()) == []
    typed = {"own_active": 200.0, "own_won": 10.0, "own_revenue": 80.0, "typed_retention": 75.0}
    for name, value in typed.items():
        bare.set(name, value)
    own = simulate(Base("month", 200.0, 10.0, 80.0), PLAN, constant_retention(0.75))
    assert bare.headline == headline_of(bare, own, PLAN)
    assert rates_are_told(bare, own)
    for name in typed:
        bare.set(name, 35.0 if name == "typed_retention" else None)
    assert bare.headline == headline_of(bare, simulate(EXAMPLE, PLAN, footing), PLAN)


def test_the_other_reading_is_always_told(bare):
    other = other_reading(EXAMPLE, PLAN, constant_retention(0.35))
    firm = other.firm
    values = {"uplift": 5.0, "after": other.retention_after, "gain": firm.absolute.value}
    values["rise"] = firm.relative.value
    assert bare.says("simulator.other.relative", **values)


def test_no_rise_changes_nothing(bare):
    bare.set("uplift", 0.0)
    assert bare.failures == []
    profit = simulate(EXAMPLE, PLAN, constant_retention(0.35)).present.firm.before
    subject = bare.words.say("simulator.subject.all", step="month")
    horizon = bare.words.say("value.periods.year", n=3)
    told = {"subject": subject, "before": 0.35, "profit": profit, "horizon": horizon}
    assert bare.headline == said(bare, "simulator.headline.nothing", **told)
    bare.set("uplift", 5.0)


def test_without_a_margin_there_is_nothing_to_gain(bare):
    bare.set("margin", 0.0)
    assert bare.failures == []
    assert bare.words.say("simulator.claim.where.none") in map(unescaped, bare.formatted)
    assert "0" in bare.metric("simulator.profit_after", horizon=bare.words.say("value.periods.year", n=3))
    bare.set("margin", 30.0)


def test_a_cost_is_held_against_the_gain_and_paid_back_or_not(bare):
    bare.set("fixed_cost", 2000.0).set("cost_each", 3.0)
    assert bare.failures == []
    plan = replace(PLAN, fixed_cost=2000.0, cost_per_customer=3.0)
    result = simulate(EXAMPLE, plan, constant_retention(0.35))
    assert bare.says("simulator.net", cost=result.cost_present, net=result.net.value)
    back = bare.words.say("value.periods.month", n=result.payback_period)
    assert bare.metric("simulator.pays_back") == back
    bare.set("fixed_cost", 100_000.0)
    assert bare.says("simulator.payback.never")
    assert bare.metric("simulator.pays_back") == bare.words.say("value.not_yet")
    bare.set("fixed_cost", 0.0).set("cost_each", 0.0)


@pytest.mark.parametrize("own", [{"own_won": 0.0}, {"own_active": 0.0}, {"own_won": 0.0, "own_active": 0.0}])
def test_without_new_customers_or_without_any_it_still_says_so(bare, own):
    for name, value in own.items():
        bare.set(name, value)
    assert bare.failures == bare.errors == []
    assert bare.headline
    for text in bare.texts:
        assert "nan" not in text.lower().split()
        assert "inf" not in text.lower().split()
    for name in own:
        bare.set(name, None)


def test_a_retention_of_one_stops_there(bare):
    bare.set("typed_retention", 98.0).set("discount", 0.0)
    assert bare.failures == []
    assert bare.says("warning.retention_capped")
    assert bare.says("warning.customer_value_unbounded")
    bare.set("typed_retention", 35.0).set("discount", 10.0)


def test_every_choice_is_answered_in_the_readers_language(shop):
    for chosen in ROUNDS:
        for name in ("footing", *chosen):  # which decides what else is asked
            if name in chosen:
                shop.app.get_by_key(name).set_value(chosen[name])
                if name == "footing":
                    shop.run()
        shop.run()
        assert shop.failures == shop.errors == [], chosen
        assert shop.settings.items() >= chosen.items()
        assert shop.headline or any("non c'è risposta" in text for text in shop.texts), chosen
        assert foreign(shop.texts, "it", ()) == [], chosen


@pytest.mark.parametrize("view", ["tornado", "margin", "retention", "active"])
def test_each_picture_has_its_reading_and_its_table(shop, view):
    shop.app.session_state["details_simulator.more"] = True
    shop.app.session_state["simulator_view_it"] = shop.words.say(f"simulator.more.{view}")
    shop.run()
    assert shop.failures == []
    assert len(shop.charts) == 3
    assert shop.says(f"table.simulator_{view}")
    assert foreign(shop.texts, "it", ()) == []


@pytest.mark.parametrize("view", ["tornado", "margin", "retention", "active"])
@pytest.mark.parametrize(("kept", "kind"), [(100.0, "points"), (0.0, "relative")])
def test_where_no_rise_is_possible_each_picture_is_there_or_says_why(bare, view, kept, kind):
    key = f"simulator_view_{bare.words.language}"
    bare.app.session_state["details_simulator.more"] = True
    bare.app.session_state[key] = bare.words.say(f"simulator.more.{view}")
    bare.set("uplift_kind", kind)
    bare.set("typed_retention", kept)
    assert bare.failures == bare.errors == []
    assert bare.says("simulator.tornado.nothing" if view == "tornado" else f"table.simulator_{view}")
    bare.app.session_state[key] = bare.words.say("simulator.more.active")
    bare.set("uplift_kind", "points")
    bare.set("typed_retention", 35.0)


def test_the_segment_is_named_and_the_others_stay_as_they_are(shop):
    shop.set("footing", "best").set("reach", "segment")
    named = shop.app.get_by_key("reach_segment").options
    assert len(named) > 1
    assert any(named[0] in text for text in [shop.headline])
    everybody = shop.metric("simulator.profit_before", horizon=shop.words.say("value.periods.year", n=3))
    shop.set("reach_segment", 1)
    assert named[1] in shop.headline
    assert shop.failures == []
    assert everybody
    shop.set("reach", "all")


def test_a_segments_hostile_name_is_shown_as_it_stands():
    hostile = "<b>x</b> *y* [z](http://a)"
    rows = [(*row, hostile) for row in ROWS]
    visit = Visit("en").upload("sales.csv", csv(rows, ("customer", "date", "amount", "channel")))
    visit.set("map_segment", "channel").open("simulator").set("reach", "segment")
    assert visit.failures == []
    assert hostile in visit.headline
    assert "<b>" not in visit.link.values()


def test_one_customer_is_a_shop():
    rows = [("a", f"2024-{month:02d}-01", 10) for month in range(1, 8)]
    visit = Visit("en").upload("sales.csv", csv(rows)).open("simulator")
    assert visit.failures == visit.errors == []
    assert visit.headline


def test_one_period_alone_takes_a_typed_retention():
    rows = [("a", "2024-01-01", 10), ("b", "2024-01-31", 20)]
    visit = Visit("en").upload("sales.csv", csv(rows)).open("simulator")
    assert visit.failures == visit.errors == []
    result = simulate(Base("month", 2.0, 2.0, 15.0), PLAN, constant_retention(0.35))
    assert visit.headline == headline_of(visit, result, PLAN)


def test_active_customers_start_with_all_of_them_where_one_segment_is_reached(shop):
    frame = "simulator_active"
    shop.app.session_state["details_simulator.more"] = True
    shop.set("reach", "all")
    shop.app.session_state[f"table_{frame}"] = True
    heading = shop.words.heading("active_before")
    start = {}
    for reach in ("all", "segment"):
        shop.set("reach", reach)
        start[reach] = next(f for f in shop.frames if heading in f)[heading].iloc[0]
    assert start["all"] > 0
    assert start["segment"] == pytest.approx(start["all"], rel=1e-12)
    shop.set("reach", "all")
