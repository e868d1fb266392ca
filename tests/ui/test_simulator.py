"""The What if page part by part: which sentence stands where, with which of the answer's figures."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace as Some

import pandas as pd
import pytest

from retention.errors import DataWarning, InputError
from retention.lifetime_value import OPEN, Variant
from retention.periods import Window
from retention.statistics import Estimate
from retention.story import rise, simulator as told
from retention.text import Words
from retention.ui.parts import screen
from retention.ui.simulator import (
    answer,
    claim,
    differences,
    inputs,
    last_year,
    question,
    rests,
    scenarios as kept_ones,
    tables,
    views,
)
from retention.ui.state import scenarios
from retention.what_if import LastYear, Others, Plan, Takings, Tried, last_span
from tests.keyed import ENGLISH
from tests.ui import forecasts
from tests.ui.screens import read, shown


def gain(value=200.0, ends=(100.0, 300.0), rise=(0.2, 0.1, 0.3), position="below"):
    return Some(
        before=1000.0,
        after=1000.0 + value,
        absolute=Estimate(value, *ends) if ends else Estimate(value),
        relative=rise and Estimate(*rise),
        position=position,
    )


def start(firm=None, uplift=0.05, warnings=(), segment=None, plan=None, curve=None, strict=False, **result):
    firm = firm or gain()
    given = {
        "present": Some(firm=firm),
        "changes": {"firm": firm, "base": None},
        "warnings": warnings,
        "retention_before": 0.8,
        "retention_after": 0.85,
        "break_even_budget": 111.0,
        "break_even_cost": 222.0,
        "cost": 0.0,
        "cost_present": 50.0,
        "net": Estimate(150.0, 140.0, 160.0),
        "payback_period": 7,
        "footing": "constant",
        "saved": 12.0,
        "share_of_new": 0.4,
    }
    other = Some(retention_after=0.84, firm=gain(190.0, rise=(0.19,)))
    planned = {"uplift": uplift, "hundredths": 100 * uplift, "kind": "points", "steps": "all", "years": 3.0}
    planned |= {"discount_rate": 0.1, "margin": 0.3}
    return Some(
        answer=Some(**(given | result)),
        plan=Some(**(planned | (plan or {}))),
        base=Some(period="month", per_year=12),
        question=Some(segment=segment, strict=strict),
        other_reading=other,
        won=20.0,
        reaches_everybody=True,
        first_year=None,
        footing=Some(code="constant", curve=curve),
    )


RATES = "simulator.rates rise=0.2 low=0.1 high=0.3 retention=simulator.retention.with_pauses before=0.8 after=0.85"
ALONE = "simulator.rates.alone retention=simulator.retention.with_pauses before=0.8 after=0.85"
EACH = "simulator.each budget=111 most=222"
LATER = "simulator.later n=3 discount=0.1 budget=111 gain=200"


def test_the_headline_with_its_interval_and_how_far_it_is_to_be_trusted():
    assert read(
        answer.headline, start(), held(constant=102.0), foreseen(102.0), Others((50.0, 90.0), False)
    ) == [
        "markdown ## simulator.headline.methods low=50 high=200 rise=simulator.rise.points n=5 uplift=5 subject=simulator.subject.all step=month subject=simulator.subject.all step=month before=0.8 after=0.85 profit=1000 gain=200 horizon=value.periods.year n=3 gain_low=100 gain_high=300 simulator.spend.apart least=27.75 most=111",
        "caption simulator.foreseen.high off=0.02 first=2024-01-01 last=2024-12-31 until=2023-12-31 simulator.later n=3 discount=0.1 budget=27.75 gain=50",
    ]


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (Others((50.0,), False), "simulator.spend.apart least=27.75 most=111"),
        (Others((150.0, 250.0), True), "simulator.spend.apart least=83.25 most=111"),
        (Others((199.9999,), True), "simulator.spend least=– most=111"),  # reads alike
        (Others((400.0,), False), "simulator.spend least=– most=111"),
        (Others((), True), "simulator.spend least=– most=111"),
        (None, "simulator.spend least=– most=111"),
    ],
)
def test_what_may_be_spent_pays_by_every_method_that_fits(others, said):
    line, *_ = read(answer.headline, start(), None, None, others)
    assert line.endswith(f" {said}")


@pytest.mark.parametrize("given", [{"uplift": 0.0}, {"warnings": (DataWarning("retention_capped"),)}])
def test_where_the_headline_is_no_answer_to_it_nothing_is_said_of_spending(given):
    said = read(answer.headline, start(**given), None, None, Others((50.0,), False))
    assert not any("simulator.spend" in line for line in said)


def test_why_later_years_count_less_is_said_where_they_do():
    assert read(answer.headline, start(plan={"years": 1.0}))[1].endswith(LATER.replace("n=3", "n=1"))
    for given in ({"plan": {"discount_rate": 0.0}}, {"warnings": (DataWarning("retention_capped"),)}):
        assert not any("simulator.later" in line for line in read(answer.headline, start(**given)))


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (97.6, "low off=0.024"),
        (102.4, "high off=0.024"),
        (100.04, "exact off=0.0004"),
        (99.9, "low off=0.001"),
        (100.0, "exact off=0"),
    ],
)
def test_how_far_off_the_last_year_would_have_been_is_said_by_its_side(expected, said):
    found = told.Answer(start(), held(constant=expected), foreseen(expected))
    assert list(told._foreseen(found, ENGLISH)) == [
        f"simulator.foreseen.{said} first=2024-01-01 last=2024-12-31 until=2023-12-31"
    ]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({}, "with_pauses"),
        ({"strict": True}, "strict"),
        ({"plan": {"steps": "first"}}, "plain"),
        ({"firm": gain(ends=None)}, "plain"),
    ],
)
def test_the_retention_has_the_name_it_has_on_the_other_pages(given, named):
    assert told.measured(start(**given)) == named
    if named == "with_pauses":
        for language in ("en", "it"):
            words = Words(language)
            name = words.say("coming_back.with_pauses")
            assert name[0].lower() + name[1:] in words.say("simulator.retention.with_pauses")
    curve = start(**given)
    curve.footing.code = "cohorts"  # on which the strict one does not count
    assert told.measured(curve) == named.replace("strict", "with_pauses")


def rates(**given):
    """From which retention to which."""
    return [line for line in methods(**given) if "simulator.rates" in line]


def test_the_rates_and_the_change_of_profit_are_what_the_answer_rests_on():
    named = "retention=simulator.retention.with_pauses before=0.8 after=0.85"
    assert rates() == [f"simulator.rates rise=0.2 low=0.1 high=0.3 {named}"]
    assert rates(firm=gain(rise=(0.2,))) == [f"simulator.rates rise=0.2 low=– high=– {named}"]
    assert rates(firm=gain(rise=None)) == [f"simulator.rates.alone {named}"]
    assert rates(firm=gain(0.0)) == rates(uplift=0.0, firm=gain(0.0)) == []


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (Others((), True), "simulator.others.none"),
        (
            Others((5.0,), False),
            "simulator.others.one.apart low=5 high=5 gain=200 gain_low=100 gain_high=300",
        ),
        (
            Others((500.0,), False),
            "simulator.others.one.apart low=500 high=500 gain=200 gain_low=100 gain_high=300",
        ),
        (
            Others((150.0,), True),
            "simulator.others.one.agree low=150 high=150 gain=200 gain_low=100 gain_high=300",
        ),
        (
            Others((5.0, 9.0), False),
            "simulator.others.several.apart low=5 high=9 gain=200 gain_low=100 gain_high=300",
        ),
        (
            Others((5.0, 500.0), False),
            "simulator.others.several.apart low=5 high=500 gain=200 gain_low=100 gain_high=300",
        ),
        (
            Others((150.0, 250.0), True),
            "simulator.others.several.agree low=150 high=250 gain=200 gain_low=100 gain_high=300",
        ),
    ],
)
def test_what_the_other_methods_say_is_told_beside_the_answers_own(others, said):
    named = ALONE if not others.agree else RATES
    assert methods(others) == [named, said, EACH]
    assert not any("simulator.others" in line for line in methods(others, uplift=0.0))
    assert methods() == [RATES, EACH]
    assert f"caption {named} {said} {EACH}" in read(rests.on, None, start(), None, None, others)


def methods(others=None, **given):
    """What each way of reckoning says, and why the years add up to more."""
    return told.methods(told.Answer(start(**given), others=others), markdown())


def left(asked):
    """What is said of what the programme leaves after its cost."""
    return [line for line in read(answer.headline, asked) if "simulator.net" in line]


def markdown():
    return replace(ENGLISH, markdown=True)


def test_a_cost_is_told_with_what_is_left_and_when_it_is_back():
    assert left(start(cost=10.0)) == [
        "markdown simulator.net.interval low=140 high=160 cost=50 net=150 simulator.payback.month n=7",
    ]
    assert left(start(cost=10.0, net=Estimate(-5.0), payback_period=None)) == [
        "markdown simulator.net.loss lost=5 cost=50 net=-5 simulator.payback.never n=0",
    ]
    assert left(start(cost=10.0, net=Estimate(5.0, None, 9.0))) == [
        "markdown simulator.net cost=50 net=5 simulator.payback.month n=7",
    ]
    assert left(start(cost=10.0, net=Estimate(0.0, -1.0, 1.0))) == [
        "markdown simulator.net.interval low=-1 high=1 cost=50 net=0 simulator.payback.month n=7",
    ]
    assert left(start(cost=0.0)) == []


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"uplift": 0.0}, ".nothing"),
        ({"firm": gain(0.0)}, ".no_effect"),
        ({"warnings": (DataWarning("hardly_any_dropout"),)}, ".no_dropout"),
        ({"warnings": (DataWarning("retention_capped"),)}, ".capped.interval"),
        ({"firm": gain(ends=None)}, ""),
        ({"firm": gain(rise=(0.2,))}, ""),
        ({"firm": gain(rise=None)}, ""),
        ({"firm": gain(ends=(200.01, 200.02))}, ""),
        ({}, ".interval"),
    ],
)
def test_which_headline_is_true(given, kind):
    found = rise.headline(start(**given), markdown()).split()[0]
    assert found == f"simulator.headline{kind}"


def test_without_a_rise_there_is_no_other_reading():
    assert not any(
        "simulator.other" in line for line in read(rests.on, None, start(uplift=0.0), None, None, None)
    )
    assert any("simulator.other" in line for line in read(rests.on, None, start(), None, None, None))
    said = read(rests._other_reading, start(plan={"kind": "relative"}))
    assert said == [
        "caption simulator.other.points uplift=5 after=0.84 gain=190 rise=0.19",
    ]


def test_what_the_answer_rests_on():
    assert read(rests._basis, start(firm=gain(ends=None))) == [
        "caption simulator.basis step=month discount=0.1 margin=0.3 won=20 footing=simulator.footing.short.constant simulator.basis.typed",
    ]
    part = start(segment=Some(name="web"), footing="cohorts", curve=Some(own_risk="rises"))
    assert read(rests._basis, part) == [
        "caption simulator.basis step=month discount=0.1 margin=0.3 won=20 footing=simulator.footing.short.cohorts simulator.basis.parts simulator.curve.rises simulator.basis.interval.cohorts",
    ]
    assert len(read(rests._basis, start(segment=Some(name="web")))) == 1


def subject(found):
    return [line.split(" subject=")[-1].split(" before=")[0] for line in read(answer.headline, found)[:1]]


def test_who_is_raised():
    assert subject(start()) == [
        "simulator.subject.all step=month",
    ]
    assert subject(start(segment=Some(name="web"))) == [
        "simulator.subject.segment step=month segment=web",
    ]
    assert subject(start(segment=Some(name=""))) == [
        "simulator.subject.segment step=month segment=dropoff.not_given",
    ]


def year(*, alike):
    found = start()
    found.first_year = Some(alike=alike, past=90.0, ahead=80.0)
    return found


def test_the_first_year_warns_where_it_is_off_and_says_so_where_it_is_not():
    assert read(answer.cautions, year(alike=False)) == [
        "warning simulator.check.off past=90 first=80",
    ]
    assert read(answer.cautions, year(alike=True)) == read(answer.cautions, start()) == []
    assert read(rests._check, year(alike=True), None) == [
        "caption simulator.check past=90 first=80",
    ]
    assert read(rests._check, year(alike=False), None) == read(rests._check, start(), None) == []


def test_that_customers_rose_warns_only_where_the_last_year_does_not_speak_against_it():
    rose = start(
        warnings=(
            DataWarning("season_hides_leaving", {"steps": 14, "of": 35}),
            DataWarning("customer_value_unbounded"),
        )
    )
    loud = ["warning warning.season_hides_leaving steps=14 of=35", "warning warning.customer_value_unbounded"]
    quiet = "caption simulator.risen steps=14 of=35"
    assert read(answer.cautions, rose) == read(answer.cautions, rose, foreseen(60.0)) == loud
    assert read(answer.cautions, rose, foreseen(97.6)) == loud[1:]
    assert quiet in read(rests.on, None, rose, None, foreseen(97.6), None)
    assert quiet not in read(rests.on, None, rose, None, foreseen(60.0), None)
    assert quiet not in read(rests.on, None, rose, None, None, None)
    assert quiet not in read(rests.on, None, start(), None, foreseen(97.6), None)


def foreseen(expected, came=100.0):
    return Tried(Takings((expected,), (expected / 2,)), Takings((came,), (came / 2,)))


def held(**expected):
    """The last year, of which footings expected so much; a hundred came."""
    span = last_span(Window(date(2023, 1, 1), date(2024, 12, 31)), "month")
    tried = {
        code: foreseen(much) if much else DataWarning("nothing_to_try") for code, much in expected.items()
    }
    return LastYear(span, tried)


def test_a_footing_that_foresaw_the_last_year_speaks_for_a_first_year_unlike_it():
    assert read(answer.cautions, year(alike=False), foreseen(90.0)) == []
    assert read(rests._check, year(alike=False), foreseen(90.0)) == [
        "caption simulator.check past=90 first=80",
    ]


def test_a_footing_that_missed_the_last_year_gives_no_answer():
    tried = held(constant=126.0)
    several, one = Others((5.0, 9.0), False), Others((5.0,), False)
    said = read(answer.headline, start(), tried, foreseen(126.0), several)
    assert said[0] == (
        "warning simulator.headline.missed expected=126 came=100 bias=0.26 gain=200 "
        "horizon=value.periods.year n=3"
    )
    assert not any("simulator.headline.interval" in line for line in said)
    assert said[1:] == ["caption simulator.instead.several low=5 high=9"]
    near = read(answer.headline, start(), tried, foreseen(125.0), one)
    assert near[0].startswith("markdown ## simulator.headline.methods low=5 high=200 ")
    assert "simulator.foreseen.high off=0.25 " in near[1]


def test_where_the_last_year_could_not_be_tried_the_answer_says_so_beside_it():
    assert read(answer.headline, start())[1:] == [f"caption simulator.last_year.too_short {LATER}"]
    assert read(answer.headline, start(), held(constant=60.0))[1:] == [f"caption {LATER}"]


def test_every_footing_stands_beside_what_came_and_what_follows():
    found = held(constant=60.0, cohorts=110.0, purchases=95.0)
    rows = last_year.table(found, ENGLISH)
    assert rows.to_numpy().tolist() == [
        ["setting.footing.constant", 60.0, 100.0, pytest.approx(-0.4), "simulator.answers.missed"],
        ["setting.footing.cohorts", 110.0, 100.0, pytest.approx(0.1), "simulator.answers.range"],
        ["setting.footing.purchases", 95.0, 100.0, pytest.approx(-0.05), "simulator.answers.best"],
    ]
    assert read(last_year.show, found)[0] == (
        "caption simulator.last_year first=2024-01-01 last=2024-12-31 until=2023-12-31 "
        "footing=setting.footing.purchases expected=95 came=100 bias=-0.05"
    )
    assert last_year.table(held(constant=60.0, purchases=0), ENGLISH)["answers"].tolist() == [
        "simulator.answers.missed",
        "simulator.answers.untried",
    ]


def test_where_no_footing_foresaw_the_last_year_none_is_named():
    assert read(last_year.show, held(constant=60.0))[0] == (
        "caption simulator.last_year.none first=2024-01-01 last=2024-12-31 until=2023-12-31"
    )
    assert read(last_year.show, None) == []


@pytest.mark.usefixtures("no_day_chosen")
def test_the_controls_are_those_of_the_footing_that_did_best():
    best = held(constant=60.0, cohorts=110.0, purchases=95.0)
    lines = read(inputs.show, shop(), best)
    assert not any("setting.kept" in line or "setting.form" in line for line in lines)
    assert any("setting.kept" in line for line in read(inputs.show, shop(), held(constant=95.0)))


def test_a_way_of_reckoning_that_missed_the_last_year_is_not_offered_unless_it_is_looked_at_or_all_did():
    def offered(year, **state):
        lines = read(inputs.show, shop(), year, state=state)
        (line,) = [line for line in lines if line.startswith("buttons setting.footing:")]
        return line.replace("setting.footing.", "").split(": ")[1]

    missed = held(constant=60.0, cohorts=110.0, purchases=95.0)
    assert offered(missed) == "best, cohorts, purchases = best"
    assert offered(missed, footing="constant") == "best, constant, cohorts, purchases = constant"
    everything = "best, constant, cohorts, purchases = best"
    assert offered(held(constant=60.0)) == offered(None) == everything


def test_four_figures():
    assert read(answer.figures, start()) == [
        "grid_container",
        "metric simulator.profit_before horizon=value.periods.year n=3: value.about value=1000",
        "metric simulator.profit_after horizon=value.periods.year n=3: value.about value=1200",
        "metric simulator.most_cost horizon=value.periods.year n=3: value.about value=222",
        "metric simulator.most_budget horizon=value.periods.year n=3: value.about value=111",
    ]
    assert (
        read(answer.figures, start(cost=1.0))[-1]
        == "metric simulator.pays_back horizon=value.periods.year n=3: value.periods.month n=7"
    )
    assert (
        read(answer.figures, start(cost=1.0, payback_period=None))[-1]
        == "metric simulator.pays_back horizon=value.periods.year n=3: value.not_yet"
    )


def test_where_methods_disagree_the_figures_say_what_is_safe_to_spend():
    told = {"horizon": "value.periods.year n=3"}
    apart = Others((100.0,), agree=False)  # of a gain of 200, so half of its budget
    (safe,) = read(answer.figures, start(), None, apart)[3:]
    assert safe == f"metric simulator.safe_budget horizon={told['horizon']}: value.about value=55.5"
    missed = read(answer.figures, start(), foreseen(126.0), apart)
    assert missed == read(answer.figures, start())  # which gives no answer, and advises nothing
    paid = read(answer.figures, start(cost=1.0), None, apart)[3:]
    assert [line.split()[1] for line in paid] == ["simulator.safe_budget", "simulator.pays_back"]


@pytest.mark.parametrize(
    ("given", "kind"), [({"cost": 1.0}, ".cost"), ({}, ""), ({"firm": gain(ends=None)}, ".plain")]
)
def test_profit_as_it_adds_up(given, kind):
    chart, reading = read(answer.cumulative, start(**given), drawn=[answer])
    assert chart.startswith(
        "chart charts.simulator.cumulative.cumulative: simulator.cumulative.alt before=1000 after=1200 gain=200"
    )
    assert reading == f"caption simulator.cumulative.reading{kind}"


def test_where_nothing_is_earned_there_is_a_sentence_and_no_chart_of_nothing():
    nothing = gain(0.0, rise=None, position=None)
    nothing.before = nothing.after = 0.0
    assert read(answer.cumulative, start(nothing), drawn=[answer]) == ["caption simulator.cumulative.nothing"]
    said = read(claim.section, start(nothing, changes={"firm": nothing, "customer": None}), drawn=[claim])
    assert said == ["subheader simulator.claim", "markdown simulator.claim.where.none"]


def test_the_claim_and_where_it_falls():
    assert read(
        claim.section,
        start(changes={"customer": gain(), "base": None, "new": gain(), "firm": gain()}),
        drawn=[claim],
    ) == [
        "subheader simulator.claim",
        "chart charts.simulator.claim.claim: simulator.claim.alt customer=0.2 base=– new=0.2 firm=0.2",
        "markdown simulator.claim.where.below rise=0.2 low=0.1 high=0.3 simulator.claim.saved step=month horizon=value.periods.year n=3 simulator.claim.new new=0.4",
    ]


def test_where_the_firm_stands_in_the_quoted_range():
    def where(**given):
        return read(lambda: screen.st.markdown(claim._where(start(**given))))

    assert where() == [
        "markdown simulator.claim.where.below rise=0.2 low=0.1 high=0.3 simulator.claim.saved step=month horizon=value.periods.year n=3 simulator.claim.new new=0.4",
    ]
    assert where(firm=gain(position="above")) == [
        "markdown simulator.claim.where.above rise=0.2 low=0.1 high=0.3 simulator.claim.saved step=month horizon=value.periods.year n=3",
    ]
    assert where(share_of_new=0.0) == [
        "markdown simulator.claim.where.below rise=0.2 low=0.1 high=0.3 simulator.claim.saved step=month horizon=value.periods.year n=3",
    ]
    assert (
        where(firm=gain(position=None))
        == where(firm=gain(rise=None))
        == [
            "markdown simulator.claim.where.none",
        ]
    )
    few = start()
    few.reaches_everybody = False
    assert ".saved.reached" in answer_where(few)


def answer_where(found):
    (line,) = read(lambda: screen.st.markdown(claim._where(found)))
    return line


def test_a_rise_of_nothing_or_of_the_claims_own_says_less():
    changes = {"customer": None, "base": None, "new": None, "firm": None}
    nothing = read(claim.section, start(uplift=0.0, changes=changes), drawn=[claim])
    assert [line.split()[1] for line in nothing if line.startswith(("caption", "markdown"))] == [
        "simulator.claim.other",
    ]
    other = read(claim.section, start(uplift=0.06, changes=changes), drawn=[claim])
    assert other[-1] == "caption simulator.claim.other uplift=6"


def test_the_tables_behind_the_answer():
    assert read(answer.in_tables, start(), drawn=[answer]) == [
        "table simulator_changes: table.simulator_changes ui.simulator.tables.changes",
        "table simulator_cumulative: table.simulator_cumulative story.tables.cumulative",
        "table simulator_years: table.simulator_years ui.simulator.tables.yearly",
    ]


def pictures(**changed):
    found = start()
    found.answer.active = pd.DataFrame({"before": [100.0, 80.0], "after": [100.0, 90.0]})
    left = {"before": 50.0, "after": 55.0, "after_a_year": True, "hardly_anybody": False}
    found.answer.survivors = lambda per_year: Some(**(left | changed)) if per_year == 12 else None
    return found


def test_customers_over_time():
    assert read(views.active, pictures(), drawn=[views]) == [
        "chart charts.simulator.active.active: simulator.active.alt today=100 before=80 after=90 base_before=50 base_after=55 when=simulator.active.year horizon=value.periods.year n=3",
        "caption simulator.active.reading today=100 before=80 after=90 base_before=50 base_after=55 when=simulator.active.year horizon=value.periods.year n=3",
        "table simulator_active: table.simulator_active ui.simulator.tables.active",
    ]
    gone = read(views.active, pictures(after_a_year=False, hardly_anybody=True), drawn=[views])
    assert "when=simulator.active.horizon" in gone[0]
    assert gone[1].startswith("caption simulator.active.reading.gone ")


def test_which_input_matters_most():
    found = start()
    found.sensitivity = pd.DataFrame(
        {
            "input": ["margin"],
            "low_value": [0.2],
            "high_value": [0.4],
            "gain_low": [300.0],
            "gain_high": [100.0],
        }
    )
    assert read(views.tornado, found) == [
        "chart Drawing(chart=alt.LayerChart(...)): simulator.tornado.alt name=simulator.input.margin low=100 high=300",
        "caption simulator.tornado.reading name=simulator.input.margin low=100 high=300",
        "table simulator_tornado: table.simulator_tornado 1 rows",
    ]


def test_no_input_matters_where_nothing_is_gained():
    found = start(firm=gain(0.0))
    found.sensitivity = pd.DataFrame({"input": ["margin"]})
    empty = start()
    empty.sensitivity = pd.DataFrame({"input": []})
    assert read(views.tornado, found) == read(views.tornado, empty) == ["caption simulator.tornado.nothing"]


def cells(**columns):
    return pd.DataFrame(
        {"uplift": [0.05, 0.1], "margin": 0.3, "retention": 0.8, "gain": [5.0, 9.0], "relative": [0.1, None]}
    ).assign(**columns)


def test_the_grids_name_their_ends():
    found = start()
    found.gain_by_margin, found.gain_by_retention = cells(), cells()
    assert read(views.by_margin, found, drawn=[views]) == [
        "chart charts.simulator.grid.grid: simulator.grid.margin.alt low=5 high=9",
        "caption simulator.grid.margin.reading",
        "table simulator_margin: table.simulator_margin ui.simulator.tables.grid",
    ]
    assert read(views.by_retention, found, drawn=[views]) == [
        "chart charts.simulator.grid.grid: simulator.grid.retention.alt low=0.1 high=0.1",
        "caption simulator.grid.retention.reading",
        "table simulator_retention: table.simulator_retention ui.simulator.tables.grid",
    ]
    found.gain_by_retention = cells(relative=float("nan"))
    found.plan.steps = "first"
    assert read(views.by_retention, found, drawn=[views])[:2] == [
        "chart charts.simulator.grid.grid: simulator.grid.retention.alt low=– high=–",
        "caption simulator.grid.retention.reading.plain",
    ]


def test_a_picture_stays_open_over_languages():
    state = {"simulator_view": "margin"}
    seen = shown(_tabs, state=state).app.session_state
    assert seen["simulator_view_en"] == "simulator.more.margin"
    assert seen["simulator_view"] == "margin"
    assert shown(_tabs).app.session_state["simulator_view"] == "active"


def _tabs():
    views._tabs()


def asked(**changed):
    return scenarios.Scenario("s", changed).asked


def made(study=None, **changed):
    found = []
    read(lambda: found.append(question.of(study, asked(**changed))))
    return found[0]


def test_the_page_as_one_question():
    found = made()
    assert found.plan == Plan(
        uplift=0.05,
        kind="points",
        margin=0.3,
        discount_rate=0.1,
        years=3.0,
        form="without_first",
        steps="all",
        growth=0.0,
        fixed_cost=0.0,
        cost_per_customer=0.0,
        bites_after=0.0,
    )
    assert (found.period, found.footing, found.wanted) == ("month", "constant", OPEN)
    assert (found.strict, found.retention, found.unmeasured) == (False, None, 0.35)
    assert (found.active, found.won, found.revenue) == (None, None, None)
    assert (found.measured_growth, found.segment) == (False, None)


def test_what_is_typed_goes_into_the_question():
    found = made(
        kept="typed",
        typed_retention=40.0,
        growth_from="typed",
        typed_growth=2.0,
        reach="first",
        bites_after=6,
    )
    assert (found.retention, found.unmeasured, found.strict) == (0.4, 0.4, False)
    assert (found.plan.growth, found.plan.steps, found.plan.bites_after) == (0.02, "first", 0.5)
    assert made(kept="strict").strict is True
    assert made(growth_from="measured").measured_growth is True
    assert made(Some(), footing="cohorts").footing == "cohorts"
    assert made(None, footing="cohorts").footing == "constant"


def test_a_segment_is_found_by_its_place():
    study = Some(what_if=Some(segment_at=lambda column, place: (column, place)))
    values = asked(reach="segment", reach_column=1, reach_segment=2)
    assert question.segment(study, values) == (1, 2)
    assert question.segment(study, asked()) is None
    with pytest.raises(InputError, match="segment_not_here"):
        question.segment(None, values)


def apart(study, *settings):
    found = []
    read(lambda: found.extend(differences.apart(study, [asked(**each) for each in settings])))
    return found


def measured(rate=0.5):
    return Some(shop=Some(retention=lambda step: rate), what_if=Some(segment_at=_segment))


def _segment(column, place):
    if place > 1:
        raise InputError("segment_not_here", place=place + 1)
    return Some(name=["web", ""][place])


def test_scenarios_are_told_apart_by_what_differs():
    assert apart(measured(), {}, {"uplift": 7.0, "margin": 45.0}) == [
        {"setting.uplift": "scenarios.uplift.points uplift=5", "setting.margin": "30"},
        {"setting.uplift": "scenarios.uplift.points uplift=7", "setting.margin": "45"},
    ]
    assert apart(measured(), {}, {"footing": "purchases", "own_active": 9.0, "kept": "strict"}) == [
        {"setting.footing": "setting.footing.best"},
        {"setting.footing": "setting.footing.purchases"},
    ]
    assert apart(measured(), {}, {"footing": "cohorts", "own_active": 9.0, "kept": "strict"}) == [
        {"setting.footing": "setting.footing.best", "setting.own_active": "scenarios.own.measured"},
        {"setting.footing": "setting.footing.cohorts", "setting.own_active": "9"},
    ]
    assert apart(None, {}, {"own_won": 9.0, "own_revenue": 8.5, "fixed_cost": 7.0}) == [
        {
            "setting.fixed_cost": "0",
            "setting.own_won": "scenarios.own.example",
            "setting.own_revenue": "scenarios.own.example",
        },
        {"setting.fixed_cost": "7.00", "setting.own_won": "9", "setting.own_revenue": "8.50"},
    ]
    assert apart(measured(), {}, {"growth_from": "typed", "typed_growth": 2.0}) == [
        {"setting.growth_from": "setting.growth_from.off"},
        {"setting.growth_from": "2.0%"},
    ]


def test_whom_a_scenario_reaches_is_told_where_one_reaches_a_segment():
    web = {"reach": "segment"}
    assert apart(measured(), web, web) == [
        {"setting.reach": "web"},
        {"setting.reach": "web"},
    ]
    assert apart(measured(), {}, web | {"reach_segment": 1}, web | {"reach_segment": 2}) == [
        {"setting.reach": "setting.reach.all"},
        {"setting.reach": "dropoff.not_given"},
        {"setting.reach": "error.segment_not_here place=3"},
    ]


def test_retention_is_typed_where_none_is_measured():
    given = {"kept": "typed", "typed_retention": 40.0}
    assert apart(measured(), {}, given) == [
        {"setting.kept": "setting.kept.textbook"},
        {"setting.kept": "40.0%"},
    ]
    assert apart(measured(None), {}, {"typed_retention": 40.0}) == [
        {"setting.kept": "35.0%"},
        {"setting.kept": "40.0%"},
    ]
    assert apart(None, {}, {"typed_retention": 40.0}) == [
        {"setting.kept": "35.0%"},
        {"setting.kept": "40.0%"},
    ]


def inputs_of(study=None, **state):
    return read(inputs.show, study, None, state=state)


def shop(base=None, measured=0.5, columns=None, year=None):
    """A shop whose retention is measured, with a column of two segments."""
    rate = Estimate(0.4, 0.3, 0.5)
    kept = measured and Some(strict=Some(rate=Estimate(0.2)), textbook=Some(rate=rate), transitions=7)
    base = base or Some(active=80.0, won_per_period=20.0, revenue_per_active=9.0)
    of = Some(
        base=lambda step, wanted: base,
        study=Some(shop=Some(retention=lambda step: kept)),
        by_purchases=lambda kind, unit, step: (Some(active=70.0, revenue_per_active=8.0), None),
    )
    growth = Some(rate=Estimate(0.01, 0.005, 0.015), is_seen=True)
    what_if = Some(
        periods=lambda: ("month", "quarter"),
        segment_at=_segment,
        of=lambda segment: of,
        growth=lambda step: growth,
        last_year=lambda *asked, strict: year,
    )
    names = lambda column: ("web", "")  # noqa: E731
    columns = {"channel": "segment"} if columns is None else columns
    models = Some(chosen=lambda wanted: Variant(wanted.kind or "mbg_nbd", wanted.k or 1))
    return Some(
        what_if=what_if,
        segments=columns,
        shop=Some(segments=names),
        models=models,
        value=lambda wanted: forecasts.value(),
    )


def test_the_controls_without_a_file():
    assert inputs_of() == [
        "number setting.uplift.points: 5",
        "number setting.margin: 30",
        "number setting.years: 3",
        "number setting.fixed_cost: 0",
        "number setting.typed_retention: 35",
        "number setting.own_active: 1,000",
        "number setting.own_revenue: 50",
        "number setting.own_won: 650",
        "expander simulator.advanced",
        "buttons setting.step: setting.step.month, setting.step.quarter, setting.step.year = month",
        "markdown **simulator.change**",
        "buttons setting.uplift_kind: setting.uplift_kind.points, setting.uplift_kind.relative = points",
        "buttons setting.reach: setting.reach.all, setting.reach.first = all",
        "number setting.bites_after: 0",
        "markdown **simulator.money**",
        "number setting.cost_each: 0",
        "number setting.discount: 10",
        "buttons setting.form: setting.form.without_first, setting.form.first_payment_now, setting.form.period_end = without_first",
        "buttons setting.growth_from: setting.growth_from.off, setting.growth_from.typed = off",
    ]


def test_the_controls_of_a_shop():
    assert inputs_of(shop(), uplift_kind="relative") == [
        "number setting.uplift.relative: 5",
        "number setting.margin: 30",
        "number setting.years: 3",
        "number setting.fixed_cost: 0",
        "expander simulator.advanced",
        "buttons setting.footing: setting.footing.best, setting.footing.constant, setting.footing.cohorts, setting.footing.purchases = best",
        "buttons setting.step: setting.step.month, setting.step.quarter = month",
        "markdown **simulator.today**",
        "buttons setting.kept: setting.kept.textbook, setting.kept.strict, setting.kept.typed = textbook",
        "number setting.own_won: 20",
        "number setting.own_active: 80",
        "number setting.own_revenue: 9",
        "markdown **simulator.change**",
        "buttons setting.uplift_kind: setting.uplift_kind.points, setting.uplift_kind.relative = relative",
        "buttons setting.reach: setting.reach.all, setting.reach.first, setting.reach.segment = all",
        "number setting.bites_after: 0",
        "markdown **simulator.money**",
        "number setting.cost_each: 0",
        "number setting.discount: 10",
        "buttons setting.form: setting.form.without_first, setting.form.first_payment_now, setting.form.period_end = without_first",
        "buttons setting.growth_from: setting.growth_from.off, setting.growth_from.measured, setting.growth_from.typed = off",
        "caption simulator.growth.clear step=month rate=0.01 low=0.005 high=0.015",
    ]
    assert "number setting.typed_retention: 35" in inputs_of(shop(measured=None))
    assert "number setting.typed_retention: 35" not in inputs_of(shop())


def based(code, *, segment=None, typed=None, strict=False):
    """An answer on a footing, of a shop whose base the model sees otherwise than it is measured."""
    found = start(footing=code)
    found.footing = Some(code=code, curve=None)
    found.base = Some(period="month", per_year=12, active=70.0, revenue_per_active=8.0, won_per_period=20.0)
    found.question = Some(segment=segment, retention=typed, strict=strict, wanted=OPEN)
    return found


def test_what_the_figures_of_today_rest_on():
    def told(study, found):
        return read(rests._figures, study, found)

    measured = "caption simulator.measured n=7 rate=0.4 low=0.3 high=0.5"
    base = "caption simulator.base.month active=80 won=20 revenue=9"
    assert told(shop(), based("constant")) == told(shop(), based("cohorts")) == [measured, base]
    assert told(shop(), based("constant", strict=True)) == [
        "caption simulator.measured n=7 rate=0.2 low=– high=–",
        base,
    ]
    assert (
        told(shop(), based("constant", typed=0.5)) == told(shop(measured=None), based("constant")) == [base]
    )
    assert told(shop(), based("purchases")) == [
        measured,
        "caption simulator.expected step=month active=70 won=20 revenue=8",
    ]
    assert told(shop(), based("cohorts", segment=Some(name="web"))) == [
        measured,
        "caption simulator.segment.month active=80 won=20 revenue=9",
    ]


def test_each_way_of_reckoning_is_explained():
    assert read(rests._explained, shop(), "cohorts") == [
        "caption simulator.footing.cohorts step=month model=–",
    ]
    assert read(rests._explained, shop(), "purchases") == [
        "caption simulator.footing.purchases step=month model=setting.purchase_kind.mbg_nbd",
    ]
    regular = "model.regular kind=setting.purchase_kind.bg_nbd k=2"
    asked = {"purchase_kind": "bg_nbd", "regularity": "2"}
    assert read(rests._explained, shop(), "purchases", state=asked) == [
        f"caption simulator.footing.purchases step=month model={regular}",
    ]


@pytest.mark.usefixtures("no_day_chosen")
def test_by_the_purchase_model_its_verdict_stands_beside_the_answer():
    assert read(answer.verdict, shop(), based("purchases")) == [forecasts.LINE]
    assert read(answer.verdict, shop(), based("cohorts")) == []
    assert read(answer.verdict, None, based("purchases")) == []


def test_what_is_usually_left_as_it_is():
    closed = inputs_of(shop(), footing="purchases")
    closed = closed[closed.index("expander simulator.advanced") :]
    assert [line.split(":")[0] for line in closed] == [
        "expander simulator.advanced",
        "buttons setting.footing",
        "buttons setting.step",
        "markdown **simulator.today**",
        "number setting.own_won",
        "markdown **simulator.change**",
        "buttons setting.uplift_kind",
        "buttons setting.reach",
        "number setting.bites_after",
        "markdown **simulator.money**",
        "number setting.cost_each",
        "number setting.discount",
        "buttons setting.growth_from",
        "caption simulator.growth.clear step=month rate=0.01 low=0.005 high=0.015",
    ]
    typed = inputs_of(shop(), growth_from="typed")
    assert "number setting.typed_growth: 1" in typed


def settled(study, **state):
    got = []
    screen_ = shown(lambda: got.append(inputs._settle_reach(study)), state=state)
    kept = {name: screen_.app.session_state[name] for name in state}
    return got[0], kept


def test_a_segment_that_is_not_here_gives_way():
    here = {"reach": "segment", "reach_column": 0, "reach_segment": 1}
    assert settled(shop(), **here) == (False, here)
    assert settled(shop(), **here | {"reach_segment": 2}) == (True, here | {"reach_segment": 0})
    other = here | {"reach_column": 1, "reach_segment": 5}
    assert settled(shop(), **other) == (True, {"reach": "segment", "reach_column": 0, "reach_segment": 0})
    assert settled(shop(columns={}), **here)[0] is True
    assert settled(shop(columns={}), **here)[1]["reach"] == "all"
    assert settled(None, reach="all") == (False, {"reach": "all"})


def test_a_segment_is_picked_by_its_number():
    two = shop(columns={"channel": "segment", "country": "segment_2"})
    found = inputs_of(two, reach="segment", reach_segment=1)
    assert [line for line in found if line.startswith("selectbox")] == [
        "selectbox setting.reach_column: channel, country = 0",
        "selectbox setting.reach_segment: web, dropoff.not_given = 1",
    ]


def answers(*nets, **changed):
    found = []
    for net in nets:
        each = start()
        each.answer.net = Estimate(net)
        found.append(each)
    values = [asked(uplift=5.0 + n) | changed.get(str(n), {}) for n in range(len(nets))]
    return [(f"s{n}", values[n], found[n]) for n in range(len(nets))]


def test_which_scenario_leaves_most():
    assert read(kept_ones._best, answers(5.0, 9.0, 7.0)) == [
        "markdown scenarios.reading name=s1 net=9 horizon=value.periods.year n=3",
    ]
    assert read(kept_ones._best, answers(9.0, 5.0))[0].startswith("markdown scenarios.reading.now name=s0 ")
    assert read(kept_ones._best, answers(9.0, 9.0)) == read(kept_ones._best, answers(9.0)) == []
    assert read(kept_ones._best, answers(5.0, 9.0, **{"1": {"margin": 50.0}})) == []


def test_a_scenario_in_figures():
    got = []
    read(lambda: got.append(kept_ones._figures(start())))
    read(lambda: got.append(kept_ones._figures(start(payback_period=None))))
    assert got[0] == {
        "gain": 200.0,
        "gain_low": 100.0,
        "gain_high": 300.0,
        "rise": 0.2,
        "programme_cost": 50.0,
        "net_gain": 150.0,
        "pays_back": "value.periods.month n=7",
        "most_a_year": 111.0,
        "retention_before": 0.8,
        "retention_after": 0.85,
    }
    assert got[1]["pays_back"] is None


def test_a_page_is_kept_as_a_scenario():
    screen_ = shown(kept_ones.section, None)
    assert screen_.lines == [
        "expander scenarios.title",
        "text_input scenarios.name: ",
        "button scenarios.keep",
        "caption scenarios.help n=6",
    ]
    screen_.press("scenarios.keep")
    (first,) = screen_.app.session_state["scenarios"]
    assert first.name == "scenarios.unnamed number=1"
    screen_.app.session_state["scenario_name"] = "mine"
    screen_.press("scenarios.keep")
    assert [each.name for each in screen_.app.session_state["scenarios"]] == [first.name, "mine"]
    full = tuple(scenarios.Scenario(f"s{n}") for n in range(6))
    lines = shown(kept_ones.section, None, state={"scenarios": full}).lines
    assert lines[2:4] == [
        "button scenarios.keep disabled",
        "caption scenarios.full n=6",
    ]


def test_a_scenario_is_taken_up_again_or_removed():
    kept = (scenarios.Scenario("a", {"years": 7}), scenarios.Scenario("b"))
    screen_ = shown(kept_ones.section, None, state={"scenarios": kept, "scenario_chosen": "a"})
    screen_.press("scenarios.take")
    assert (screen_.app.session_state["years"], screen_.app.session_state["scenario_chosen"]) == (7, None)
    screen_ = shown(kept_ones.section, None, state={"scenarios": kept, "scenario_chosen": "a"})
    screen_.press("scenarios.remove")
    assert screen_.app.session_state["scenarios"] == kept[1:]


def outcome():
    changes = {"firm": gain(), "base": None, "new": gain(rise=None, position=None)}
    years = pd.DataFrame(
        {"year": [1, 2], "base_before": [1.0, 2.0], "base_after": 3.0, "new_before": 4.0, "new_after": 5.0}
    )
    return Some(changes=changes, yearly=years)


def test_the_tables_of_an_answer():
    rows = tables.changes(outcome(), ENGLISH)
    assert rows.astype(object).where(rows.notna(), None).to_numpy().tolist() == [
        ["simulator.who.firm", 1000.0, 1200.0, 200.0, 0.2, 0.1, 0.3, "simulator.claim.below"],
        ["simulator.who.new", 1000.0, 1200.0, 200.0, None, None, None, ""],
    ]
    assert tables.yearly(outcome(), ENGLISH).to_numpy().tolist() == [
        ["1", 1.0, 3.0, 4.0, 5.0],
        ["2", 2.0, 3.0, 4.0, 5.0],
        ["table.total", 3.0, 6.0, 8.0, 10.0],
    ]
    found = pd.DataFrame(
        {
            "input": ["margin", "revenue", "won"],
            "low_value": [0.2, 9.0, 9.0],
            "high_value": [0.4, 11.0, 11.0],
            "gain_low": 1.0,
            "gain_high": 2.0,
        }
    )
    assert tables.inputs(found, ENGLISH).to_numpy().tolist() == [
        ["simulator.input.margin", "20.0%", "40.0%", 1.0, 2.0],
        ["simulator.input.revenue", "9.00", "11.00", 1.0, 2.0],
        ["simulator.input.won", "9", "11", 1.0, 2.0],
    ]
    assert list(tables.sensitivity(tables.inputs(found, ENGLISH))) == [
        "input",
        "input_low",
        "input_high",
        "gain_at_low",
        "gain_at_high",
    ]
    assert list(tables.grid(cells(), "margin")) == ["uplift_share", "margin_share", "gain", "rise"]
