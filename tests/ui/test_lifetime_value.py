"""The Lifetime value page part by part: which sentence stands where, with which figures."""

from datetime import date
from types import SimpleNamespace as Some

import pandas as pd
import pytest

from retention.errors import DataWarning
from retention.lifetime_value import FAMILIES, Correction, Holdout, Missed, Origins, Variant, Wanted
from retention.statistics import Estimate
from retention.story import tables as of_story
from retention.text import LANGUAGES, Words
from retention.ui.lifetime_value import (
    customers,
    groups,
    holdout,
    matrix,
    parameters,
    risk,
    spread,
    story,
    tables,
    trust,
    value as worth,
)
from retention.ui.parts import forecast
from retention.ui.state import visit
from tests.keyed import ENGLISH
from tests.ui.screens import read, shown

NAN = float("nan")
JANUARY = date(2024, 1, 1).toordinal()
UNTIL = date(2024, 6, 30)
MODEL = Some(kind="mbg_nbd", k=1, season=None, shocks=None)
BEST, USED = Variant("mbg_nbd", 1, season=True), Variant("mbg_nbd")


class Tried(Holdout):
    """A holdout whose figures are given."""

    def __init__(self, **given):
        for name, figure in given.items():
            object.__setattr__(self, name, figure)

    within_chance = beaten_by = expected = low = high = actual = bias = mape = trust = None
    kind = model = until = days = customers = money = by_frequency = errors = naive = None


def tried(**changed):
    rows = pd.DataFrame({"expected": [0.5, 3.0], "actual": [0.25, 4.0]})
    given = {"until": date(2024, 6, 30), "days": 180, "customers": 99, "expected": 50.0, "low": 40.0}
    given |= {"high": 60.0, "actual": 55, "bias": -0.1, "mape": 0.2, "within_chance": True, "beaten_by": ()}
    given |= {"model": MODEL, "money": None, "by_frequency": rows, "errors": Some(rmse=0.5), "kind": "bg_nbd"}
    given |= {"naive": {"zero": Some(rmse=0.6), "same_rate": Some(rmse=0.7), "mean_of_all": Some(rmse=0.8)}}
    return Tried(**(given | changed))


def said(trust="good", *codes, correction=None):
    return Some(trust=trust, reasons=[Some(code=code) for code in codes], correction=correction)


def models(**more):
    return Some(models=Some(**more))


def check(found=None, verdict=None, doubts=(), study=None, pooled=None):
    told = forecast.Forecast(USED, verdict or said(), doubts)
    here = found or tried()
    made = study or models(holdout=lambda *asked: here if asked == (USED, UNTIL) else None)
    missing = here if isinstance(here, DataWarning) else None
    return holdout.Check(Some(study=made, variant=USED), UNTIL, missing, pooled, told)


def test_a_good_forecast_over_what_happened():
    assert read(holdout.verdict, check()) == [
        "markdown :green-badge[:material/check_circle: trust.good]",
        "markdown lifetime_value.tested.day.less off=0.1 until=2024-06-30 days=180 trust.good.use",
    ]
    assert read(holdout.over_what_happened, check(), drawn=[holdout]) == [
        "markdown holdout.told until=2024-06-30 days=180 customers=99 expected=50 low=40 high=60 actual=55 bias=-0.1 mape=0.2",
        "markdown - holdout.chance.may until=2024-06-30 days=180 customers=99 expected=50 low=40 high=60 actual=55 bias=-0.1 mape=0.2\n- holdout.customers.better",
        "chart charts.lifetime_value.holdout.cumulative: holdout.alt until=2024-06-30 days=180 customers=99 expected=50 low=40 high=60 actual=55 bias=-0.1 mape=0.2",
    ]


def test_how_several_days_came_out_stands_before_the_one_that_is_drawn():
    pooled = Some(origins=3, bias=0.05, biases=(-0.1, 0.2, 0.05), side=None)
    said = read(holdout.verdict, check(pooled=pooled))[1]
    assert said.startswith("markdown lifetime_value.tested.days.more off=0.05 n=3 ")
    lines = read(holdout.over_what_happened, check(pooled=pooled), drawn=[holdout])
    assert lines[0] == "markdown origins.told n=3 bias=0.05 low=-0.1 high=0.2"
    assert lines[1].startswith("markdown holdout.told ")
    pooled.side = "low"
    told = read(holdout.over_what_happened, check(pooled=pooled), drawn=[holdout])
    assert told[1] == "markdown origins.side.low"


def test_what_cannot_be_told_of_the_past_is_left_out():
    missing = DataWarning("no_holdout", {"reason": "too_short"})
    assert read(holdout.over_what_happened, check(missing)) == []
    unknown = Some(origins=3, bias=None, biases=(), side=None)
    assert read(holdout.verdict, check(pooled=unknown))[1] == "markdown trust.good.use"


@pytest.mark.parametrize(
    ("verdict", "usable"),
    [
        (said("good"), "good.use"),
        (said("good", "money_off"), "good.purchases"),
        (said("fair", "money_off"), "fair.use"),
        (said("poor"), "poor.use"),
        (said("poor", correction=Some()), "poor.corrected"),
    ],
)
def test_what_a_forecast_is_good_for(verdict, usable):
    lines = read(holdout.verdict, check(verdict=verdict))
    assert f"trust.{verdict.trust}]" in lines[0]
    assert lines[1].endswith(f" trust.{usable}")


def test_why_a_forecast_is_what_it_is():
    found = tried(within_chance=False, beaten_by=("mean_of_all", "zero"))
    got = []
    read(lambda: got.extend(holdout._reasons(found)))
    read(lambda: got.extend(holdout._reasons(tried())))
    read(lambda: got.extend(holdout._reasons(tried(money=Some(bias=None)))))
    assert [each.split()[0] for each in got] == [
        "holdout.chance.not",
        "holdout.customers.worse",
        "holdout.chance.may",
        "holdout.customers.better",
        "holdout.chance.may",
        "holdout.customers.better",
    ]


def test_the_check_in_full():
    study = models(holdouts=lambda until: "all")
    assert read(holdout._in_full, tried(), study, drawn=[holdout]) == [
        "caption holdout.weekly.reading until=2024-06-30 days=180 customers=99 expected=50 low=40 high=60 actual=55 bias=-0.1 mape=0.2",
        "chart charts.lifetime_value.holdout.weekly: holdout.weekly.alt until=2024-06-30 days=180 customers=99 expected=50 low=40 high=60 actual=55 bias=-0.1 mape=0.2",
        "table tracking: table.tracking story.tables.weeks",
        "caption holdout.frequency.reading",
        "chart charts.lifetime_value.holdout.by_frequency: holdout.frequency.alt first_expected=0.5 first_actual=0.25 last_expected=3 last_actual=4",
        "table by_frequency: table.by_frequency ui.lifetime_value.tables.frequencies",
        "caption holdout.errors.reading",
        "chart charts.lifetime_value.holdout.errors: holdout.errors.alt model=0.5 zero=0.6 same_rate=0.7 mean_of_all=0.8",
        "table scores: table.scores ui.lifetime_value.tables.scores",
        "caption holdout.definition",
    ]


def cut(asked=None, bounds=(date(2024, 3, 1), date(2024, 9, 30)), **state):
    middle = date(2024, 6, 30)
    study = models(
        holdout_bounds=lambda: bounds,
        calibration_end=lambda: middle,
        holdout_day=lambda day: day if day and bounds[0] <= day <= bounds[1] else middle,
    )
    return read(holdout._cut, study, state={"holdout_until": asked, **state})


def test_the_day_up_to_which_the_models_know_the_data():
    assert cut() == cut(date(2024, 6, 30)) == ["date_input setting.holdout_until: 2024-06-30"]
    assert cut(date(2024, 9, 30)) == ["date_input setting.holdout_until: 2024-09-30"]
    assert cut(date(2024, 10, 1)) == [
        "warning holdout.until.outside until=2024-10-01 first=2024-03-01 last=2024-09-30",
        "date_input setting.holdout_until: 2024-06-30",
    ]
    assert cut(date(2024, 2, 29))[0].startswith("warning holdout.until.outside until=2024-02-29")
    assert cut(bounds=None) == []


def origins(*variants):
    """Models held against what followed two days; the first did best."""
    days = (date(2024, 3, 31), date(2024, 6, 30))
    found = {}
    for place, variant in enumerate(variants):
        errors = Some(rmse=1.0 + place)
        each = [
            tried(customers=50, errors=errors, naive={}, expected=e, bias=e / 55 - 1, within_chance=e == 50)
            for e in (40.0, 50.0)
        ]
        for holdout_ in each:
            object.__setattr__(holdout_, "tracking_error", 0.25)
        found[variant] = dict(zip(days, each, strict=True))
    return Origins(days, found)


def of_origins(tried_, used=USED):
    study = models(compared=lambda *asked: tried_ if asked == (365.25, used.kind) else None)
    given = Some(terms=Some(days=365.25), variant=used, purchases=MODEL)
    return shown(holdout._origins, check(study=study), given)


def lines_of_origins(tried_, used=USED):
    study = models(compared=lambda *asked: tried_ if asked == (365.25, used.kind) else None)
    given = Some(terms=Some(days=365.25), variant=used, purchases=MODEL)
    return read(holdout._origins, check(study=study), given, drawn=[holdout])


def test_every_model_tried_from_several_days_and_a_better_one_is_offered():
    reading = "caption origins.reading n=2 model=setting.purchase_kind.mbg_nbd"
    table = "table origins: table.origins ui.lifetime_value.tables.origins columns=forecast_by,known_until,total_expected,total_made,bias,interval_held"
    better = "model.season kind=setting.purchase_kind.mbg_nbd k=1"
    assert lines_of_origins(origins(BEST, USED)) == [
        reading,
        f"caption origins.better model={better}",
        "button origins.use",
        table,
    ]
    assert lines_of_origins(origins(USED, BEST)) == [reading, table]
    assert lines_of_origins(Origins((), {})) == []


def test_a_better_model_is_taken_when_asked_for_and_not_before():
    screen = of_origins(origins(BEST, USED))
    assert "purchase_kind" not in screen.app.session_state
    state = screen.press("origins.use").app.session_state
    assert (state["purchase_kind"], state["regularity"], state["season"]) == ("mbg_nbd", "1", "on")


def test_the_table_of_origins():
    rows = tables.origins(origins(BEST, USED), ENGLISH)
    name = "model.season kind=setting.purchase_kind.mbg_nbd k=1"
    assert rows["forecast_by"].tolist() == [name] * 3 + ["setting.purchase_kind.mbg_nbd"] * 3
    first = rows.head(3)
    assert first["total_expected"].tolist() == [90.0, 40.0, 50.0]
    assert first["total_made"].tolist() == [110, 55, 55]
    assert first["bias"].tolist() == pytest.approx([90 / 110 - 1, 40 / 55 - 1, 50 / 55 - 1])
    assert first["rmse"].tolist() == pytest.approx([1.0] * 3)
    assert first["tracking_error"].tolist() == [0.25] * 3
    assert first["interval_held"].tolist()[1:] == ["origins.held.no", "origins.held.yes"]


def test_the_check_is_made_of_the_model_in_use_alone(monkeypatch):
    monkeypatch.setattr(forecast.loaded, "reference_day", lambda: date(2025, 1, 1))
    monkeypatch.setattr(visit, "holdout_day", lambda study: date(2024, 6, 30))
    study = models(
        holdout=lambda *asked: asked,
        no_holdout=lambda day: ("none", day),
        pooled=lambda *asked: asked,
        verdict=lambda *asked: asked,
        reliability=lambda as_of: (as_of,),
    )
    given = Some(study=study, variant=USED, terms=Some(days=365.25))
    day, today = date(2024, 6, 30), date(2025, 1, 1)

    monkeypatch.setattr(visit, "holdout_asked", lambda study: None)
    made = holdout.check(given)
    assert (made.found, made.missing, made.pooled) == ((USED, day), ("none", day), (USED, 365.25))
    assert made.forecast == forecast.Forecast(USED, (USED, today, 365.25, None), (today,))

    monkeypatch.setattr(visit, "holdout_asked", lambda study: day)
    one_day = holdout.check(given)
    assert (one_day.found, one_day.pooled) == ((USED, day), None)
    assert one_day.forecast.said == (USED, today, 365.25, day)


def rows_of(by):
    return pd.DataFrame(
        {
            "group": ["a", "b"],
            "customers": [3, 2],
            "active_expected": 1.0,
            "clv": [10.0, 30.0],
            "low": 5.0,
            "high": 40.0,
            "mean": [3.0, 15.0],
            "lost": 1.0,
            "value_at_risk": [9.0, 8.0],
            "share": 0.25,
            "if_active": 20.0,
        }
    )


ONE_BY_ONE = Some(one_by_one=lambda: True)


def value(**changed):
    customers = Some(
        total=100.0,
        low=90.0,
        high=110.0,
        horizon_months=12,
        top_20_percent_share=0.6,
        customers=3,
        expected_purchases=7.4,
        warnings=(),
    )
    at_risk = Some(
        table=[1, 2],
        lost=5.0,
        total=Estimate(50.0, 40.0, 60.0),
        share=0.123,
        if_active=80.0,
        each=Estimate(9.0, 8.0, 10.0),
        hardly_anybody=False,
        warnings=(),
        active=4.0,
    )
    given = {"customers": customers, "at_risk": at_risk, "purchases": MODEL, "terms": Some(horizon_months=12)}
    given |= {
        "study": Some(segments={}, tables=ONE_BY_ONE),
        "cohort_period": lambda: "month",
        "variant": Variant("bg_nbd"),
    }
    given["differ"] = lambda by: False
    return Some(**(given | changed))


def test_the_headline_and_four_figures():
    assert read(worth.headline, value(), said()) == [
        "markdown ## lifetime_value.headline.plain.interval customers=3 total=100 low=90 high=110 months=12",
    ]
    plain = value()
    plain.customers.low = None
    assert read(worth.headline, plain, said())[0].startswith("markdown ## lifetime_value.headline.plain cust")
    assert read(worth.figures, value(), said()) == [
        "grid_container",
        "metric lifetime_value.total: value.about value=100",
        "metric lifetime_value.purchases: 7",
        "metric lifetime_value.alive: 4",
        "metric lifetime_value.best: value.percent value=0.6",
    ]
    assert read(worth.corrected, value(), None) == []


def test_until_it_is_tested_and_where_it_is_poor_the_total_is_greyed():
    assert read(lambda: worth.untested(value()) and None)[0].startswith(
        "markdown ## lifetime_value.headline.untested customers=3 total=100 "
    )
    assert read(worth.headline, value(), said("poor"))[0].startswith(
        "markdown ## lifetime_value.headline.poor.interval customers=3 total=100 "
    )
    assert [line.split(":")[0] for line in read(worth.figures, value(), said("poor"))] == [
        "grid_container",
        "metric lifetime_value.alive",
        "metric lifetime_value.best",
    ]
    for language in LANGUAGES:
        words = Words(language)
        for kind in ("untested", "poor", "poor.interval"):
            told = words.say(f"lifetime_value.headline.{kind}", customers=3, total=1, low=1, high=2, months=9)
            assert told.startswith(":gray[")
            assert told.endswith("]")
        both = {"customers": 3, "total": 150, "low": 1, "high": 2, "months": 9, "n": 3}
        told = words.say("lifetime_value.headline.corrected.interval", model=100, **both)
        assert "**150**" in told
        assert ":gray[100 " in told  # what the model says, beside it


def test_what_the_interval_covers():
    assert read(worth.covered, value(), None) == [
        "caption lifetime_value.not_held_out",
        "caption lifetime_value.spread.expected expected=0.6",
    ]
    found = value(purchases=Some(shocks=Some(sd=0.1)))
    assert read(worth.covered, found, None)[0] == "caption lifetime_value.not_held_out.shocks sd=0.1"


def test_a_total_that_was_missed_each_time_is_told_corrected_beside_what_the_model_says():
    missed = Missed(1.5, 1.25, 2.0)
    correction = Correction(missed, missed, 3)
    poor = said("poor", correction=correction)
    assert read(worth.headline, value(), poor) == [
        "markdown ## lifetime_value.headline.corrected.interval customers=3 total=150 low=112.5 high=220 months=12 model=100 n=3",
    ]
    assert read(worth.corrected, value(), correction) == ["caption lifetime_value.corrected model=100"]
    by = "caption lifetime_value.corrected.by least=1.25 most=2"
    assert read(worth.covered, value(), correction)[1] == by
    unbounded = value()
    unbounded.customers.low = None
    told = read(worth.headline, unbounded, poor)[0]
    assert told.startswith("markdown ## lifetime_value.headline.corrected customers=3 total=150 ")
    assert read(worth.figures, value(), poor)[1:3] == [
        "metric lifetime_value.total_corrected: value.about value=150",
        "metric lifetime_value.purchases_corrected: 11",
    ]


def test_everything_about_the_models_stands_in_one_place(monkeypatch):
    told = []
    for part, name in (
        (trust.holdout, "over_what_happened"),
        (trust.worth, "covered"),
        (trust.worth, "remarks"),
        (trust.parameters, "section"),
    ):
        monkeypatch.setattr(part, name, lambda *_, name=name: told.append(name))
    assert read(trust.section, check(), value()) == [
        "expander holdout.section",
        "expander season.section",
        "expander lifetime_value.matrix",
    ]
    assert told == ["over_what_happened", "covered", "remarks", "section"]


def test_the_terms_are_those_of_the_page():
    asked = []
    study = Some(value=lambda *model, **terms: asked.append((model, terms)))
    state = {"horizon": 24, "margin": 40.0, "discount": 5.0, "purchase_kind": "mbg_nbd", "time_unit": "day"}
    read(worth.asked, study, state=state)
    assert asked == [
        ((Wanted("mbg_nbd"), "day"), {"horizon_months": 24, "discount_rate": 0.05, "margin": 0.4}),
    ]


@pytest.fixture
def no_grouping(monkeypatch):
    """Groups named already, those a chart can hold the first only."""
    for part in (risk, groups):
        monkeypatch.setattr(
            part, "cached", lambda make, *of: of[0] if make.__name__.endswith("_groups") else make.__name__
        )


def test_what_a_loss_costs(monkeypatch, no_grouping):
    monkeypatch.setattr(risk.spend_editor, "present", lambda: None)
    found = value(risk_by_group=rows_of)
    assert read(risk.section, found) == [
        "markdown lifetime_value.risk.each model=setting.purchase_kind.mbg_nbd months=12 customers=3 gone=5 total=50 low=40 high=60 share=0.123 if_active=80 each=9 each_low=8 each_high=10",
        "markdown lifetime_value.risk.total model=setting.purchase_kind.mbg_nbd months=12 customers=3 gone=5 total=50 low=40 high=60 share=0.123 if_active=80",
        "caption lifetime_value.risk.no_cac",
        "caption lifetime_value.risk.assumes model=setting.purchase_kind.mbg_nbd",
        "buttons lifetime_value.groups.by: lifetime_value.groups.p_alive, lifetime_value.groups.cohort = p_alive",
        "chart at_risk: lifetime_value.risk.alt n=2 group=a customers=3 active_expected=1 clv=10 low=5 high=40 mean=3 lost=1 value_at_risk=9 share=0.25 if_active=20",
        "caption lifetime_value.risk.reading.p_alive group=a customers=3 active_expected=1 clv=10 low=5 high=40 mean=3 lost=1 value_at_risk=9 share=0.25 if_active=20",
        "table value_at_risk: table.value_at_risk 7 rows columns=p_alive_band,cohort,segment,customers,likely_gone,value_at_risk,at_risk_low,at_risk_high",
    ]
    by_cohort = read(risk.section, found, state={"risk_by": "cohort"})
    assert by_cohort[-2].startswith("caption lifetime_value.risk.reading group=a")


def test_what_is_hardly_at_risk(monkeypatch, no_grouping):
    monkeypatch.setattr(risk.spend_editor, "present", lambda: None)
    nobody = value(risk_by_group=rows_of)
    nobody.at_risk.each, nobody.at_risk.warnings = None, (1,)
    nobody.at_risk.total = Estimate(0.0)
    assert read(risk.section, nobody) == [
        "markdown lifetime_value.risk.nobody model=setting.purchase_kind.mbg_nbd months=12 customers=3 gone=5 total=0 low=– high=– share=0.123 if_active=80",
        "warning lifetime_value.risk.unsure",
        "caption lifetime_value.risk.assumes model=setting.purchase_kind.mbg_nbd",
    ]
    hardly = value()
    hardly.at_risk.hardly_anybody = True
    assert read(risk._told, hardly)[0].startswith("markdown lifetime_value.risk.nobody ")


@pytest.mark.parametrize(("net", "key"), [(5.0, "replace"), (0.0, "replace.gain"), (-5.0, "replace.gain")])
def test_what_replacing_a_customer_costs(monkeypatch, net, key):
    monkeypatch.setattr(risk, "_cac", lambda value: 90.0)
    replaced = Some(net=Estimate(net, -9.0, 9.0), cac=90.0, new_customer_value=70.0)
    found = value(replacement=lambda cac: replaced if cac == 90 else None)
    assert read(risk._replacing, found, Estimate(7.0)) == [
        f"markdown lifetime_value.risk.{key} each=7 cac=90 new=70 months=12 net={net:g} low=-9 high=9",
    ]


def test_cac_comes_from_the_spend(monkeypatch):
    asked, got = [], []

    def winning(**terms):
        asked.append(terms)
        return Some(costs=Some(cac=Estimate(90.0)))

    found = Some(study=Some(acquisition=lambda spend: Some(winning=winning)))
    monkeypatch.setattr(risk.spend_editor, "present", lambda: "spend")
    read(lambda: got.append(risk._cac(found)))
    assert (got, asked) == ([90.0], [{"leave_out_left_truncated": False}])


def test_value_by_group(no_grouping):
    found = value(by_group=rows_of, shares=lambda by: pd.Series([0.25, 0.75]))
    assert read(groups.section, found) == [
        "chart groups: lifetime_value.groups.alt n=2 group=b customers=2 clv=30 low=5 high=40 mean=15",
        "caption lifetime_value.groups.reading group=b customers=2 clv=30 low=5 high=40 mean=15 share=0.75",
        "table value_groups: table.value_groups 6 rows columns=p_alive_band,cohort,segment,customers,active_expected,clv,clv_low,clv_high,clv_mean",
    ]


def test_segments_that_differ_are_told_to(monkeypatch, no_grouping):
    monkeypatch.setattr(risk.spend_editor, "present", lambda: None)
    shares = pd.Series([0.25, 0.75])
    found = value(
        by_group=rows_of, risk_by_group=rows_of, shares=lambda by: shares, differ=lambda by: by == "segment"
    )
    found.study.segments = {"channel": "segment"}
    for part, name in ((groups, "value_by"), (risk, "risk_by")):
        told = read(part.section, found, state={name: "segment"})
        assert told[-2] == "caption lifetime_value.groups.differ"
        cohorts = read(part.section, found, state={name: "cohort"})
        assert "caption lifetime_value.groups.differ" not in cohorts


def test_the_matrix_and_the_spread():
    found = value(matrix=lambda quantity: quantity, spread=lambda: 1, past_share_of_best=lambda: 0.7)
    found.realised = lambda: Some(best_20_percent=0.9, low=0.8, high=0.95)
    assert read(matrix.section, found, drawn=[matrix]) == [
        "buttons setting.matrix: setting.matrix.p_alive, setting.matrix.expected_purchases = p_alive",
        "chart charts.lifetime_value.matrix.matrix: lifetime_value.matrix.alt sentence=charts.lifetime_value.matrix.cell_sentence",
        "caption lifetime_value.matrix.reading sentence=charts.lifetime_value.matrix.cell_sentence",
        "caption lifetime_value.matrix.model model=setting.purchase_kind.mbg_nbd",
        "table value_matrix: table.value_matrix ui.lifetime_value.tables.matrix most=50",
    ]
    other = read(matrix.section, found, drawn=[matrix], state={"matrix": "expected_purchases"})
    assert not any("matrix.model" in line for line in other)
    found.customers.customers = 5
    assert read(spread.section, found, drawn=[spread]) == [
        "subheader lifetime_value.spread",
        "chart charts.lifetime_value.spread.spread: lifetime_value.spread.alt past=0.7 expected=0.6 realised=0.9 low=0.8 high=0.95",
        "caption lifetime_value.spread.reading past=0.7 expected=0.6 realised=0.9 low=0.8 high=0.95",
        "table value_spread: table.value_spread ui.lifetime_value.tables.spread",
    ]
    found.realised = lambda: None
    assert (
        read(spread.section, found, drawn=[spread])[1]
        == "chart charts.lifetime_value.spread.spread: lifetime_value.spread.alt past=0.7 expected=0.6 realised=– low=– high=–"
    )
    found.customers.customers = 4
    assert read(spread.section, found, drawn=[spread])[1:] == ["caption lifetime_value.spread.few n=4"]
    found.customers.top_20_percent_share = None
    assert read(spread.section, found, drawn=[spread])[1:] == ["caption lifetime_value.spread.none"]


def model(kind):
    return Some(kind=kind, days_between=30.0, rate_spread=0.5, half_life=90.0, drop_out=0.2, leaves_after=5.0)


def test_what_the_parameters_mean():
    got = []
    for kind in FAMILIES:
        read(lambda kind=kind: got.append(parameters._of_purchases(model(kind))))
    assert got == [
        ["lifetime_value.means.rate days=30 spread=0.5", "lifetime_value.means.dropout share=0.2 one_in=5"],
        [
            "lifetime_value.means.rate days=30 spread=0.5",
            "lifetime_value.means.dropout.first share=0.2 one_in=5",
        ],
        ["lifetime_value.means.rate days=30 spread=0.5", "lifetime_value.means.life days=90"],
    ]
    means = []
    read(lambda: means.append(parameters._of_spend(Some(spread_within=0.3, has_mean=False, q=0.9))))
    assert means == [
        ["lifetime_value.means.no_mean q=0.9", "lifetime_value.means.within spread=0.3"],
    ]


def person(x=0):
    return {
        "customer_id": "c1",
        "revenue": 50.0,
        "first_day": JANUARY,
        "last_day": JANUARY + 1,
        "p_alive": 0.75,
        "x": x,
        "expected_purchases": 1.5,
        "purchases_low": 0.0,
        "purchases_high": 4.0,
        "clv": 20.0,
        "clv_low": 0.0,
        "clv_high": 60.0,
    }


def told(x=0, median=40.0, of_active=30.0):
    return Some(
        person=person(x),
        purchases=3,
        p_alive_later=0.5,
        path=1,
        bought=2,
        chances=[1, 2],
        none=0.25,
        median=median,
        median_of_active=of_active,
        soon=(0.1, 0.2),
    )


def test_a_customers_past_and_future():
    found = value(study=Some(window=Some(last=date(2024, 12, 31))))
    assert read(story._past, told(), found, drawn=[story]) == [
        "markdown lifetime_value.story.past customer=c1 n=3 revenue=50 first=2024-01-01 last=2024-01-02 p_alive=0.75 later=0.5 months=12",
        "chart charts.lifetime_value.story.story: lifetime_value.story.alt customer=c1 n=3 revenue=50 first=2024-01-01 last=2024-01-02 p_alive=0.75 later=0.5 months=12",
        "caption lifetime_value.story.reading model=setting.purchase_kind.mbg_nbd customer=c1 n=3 revenue=50 first=2024-01-01 last=2024-01-02 p_alive=0.75 later=0.5 months=12",
        "table story_purchases: table.story_purchases ui.lifetime_value.tables.bought",
    ]
    assert read(story._future, told(), found, drawn=[story]) == [
        "markdown lifetime_value.story.next months=12 none=0.25 expected_purchases=1.5 purchases_low=0 purchases_high=4 clv=20 clv_low=0 clv_high=60",
        "chart charts.lifetime_value.story.chances: lifetime_value.story.next.alt months=12 none=0.25 expected_purchases=1.5 purchases_low=0 purchases_high=4 clv=20 clv_low=0 clv_high=60",
        "caption lifetime_value.story.when median=40 of_active=30 soon=0.1 later=0.2",
        "caption lifetime_value.story.one_time",
        "caption lifetime_value.story.known",
        "table story_chances: table.story_chances 2 rows",
    ]


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({}, "when"),
        ({"median": None}, "when.never"),
        ({"median": None, "of_active": None}, "when.seldom"),
        ({"of_active": None}, "when.seldom"),
    ],
)
def test_when_a_customer_may_buy_again(given, key):
    lines = read(story._future, told(x=1, **given), value(), drawn=[story])
    assert lines[2].split()[1] == f"lifetime_value.story.{key}"
    assert not any("one_time" in line for line in lines)


def chosen(**state):
    ranked = pd.DataFrame({"customer_id": [f"c{n}" for n in range(102)]})
    got = []
    lines = read(lambda: got.append(story._chosen(value(ranked=lambda: ranked))), state=state)
    return got[0], lines


def test_the_customer_typed_or_chosen_at_first_the_best():
    assert chosen()[0] == "c0"
    assert chosen(story_customer="c99")[0] == "c99"
    assert chosen(story_customer="c100")[0] == "c0"
    assert chosen(story_typed=" c101 ")[0] == "c101"
    got, lines = chosen(story_typed="zz")
    assert (got, lines[-1]) == (None, "caption lifetime_value.story.nobody customer=zz")
    assert lines[0].endswith("c99 = c0")


def test_every_customer_or_those_looked_for():
    ranked = pd.DataFrame({"customer_id": [f"C{n}" for n in range(201)]})
    found = value(ranked=lambda: ranked, intervals=lambda rows: None)
    holding = customers._holding(ranked, "c20")
    assert holding["customer_id"].tolist() == ["C20", "C200"]
    assert customers._holding(ranked, "") is ranked
    assert customers._holding(ranked, "[").empty
    assert len(customers._first(ranked)) == 100
    nobody = ranked.head(0)
    assert read(customers._found, found, nobody, "x", "good") == ["caption lifetime_value.search.nobody"]


def test_the_tables_of_curves_and_groups():
    curves = pd.DataFrame(
        {
            "which": ["past", "future"],
            "behind": [True, False],
            "share_of_customers": 0.2,
            "share_of_value": 0.8,
        }
    )
    assert tables.spread(curves, ENGLISH).to_dict("records") == [
        {"curve": "chart.past", "share_of_customers": 0.2, "share_of_value": 0.8},
    ]
    by = ["group", "customers", "p_alive", "mean", "low", "high"]
    rows = pd.DataFrame([["g", 1, 2, 3, 4, 5]], columns=by)
    assert list(tables.groups(rows, "segment_2")) == [
        "segment",
        "customers",
        "active_expected",
        "clv_mean",
        "clv_low",
        "clv_high",
    ]
    assert next(iter(tables.groups(rows, "cohort"))) == "cohort"
    risk_by = pd.DataFrame([["g", 1, 2, 3, 4]], columns=["group", "lost", "share", "low", "high"])
    assert list(tables.at_risk(risk_by, "p_alive")) == [
        "p_alive_band",
        "likely_gone",
        "share_at_risk",
        "at_risk_low",
        "at_risk_high",
    ]


def test_the_tables_of_customers():
    cells = pd.DataFrame({"x": [2, 1, 3], "t_x": [1, 1, 1], "customers": [5, 5, 9], "value": [0.1, 0.2, 0.3]})
    assert tables.matrix(cells, "p_alive")["x"].tolist() == [3, 1, 2]
    assert list(tables.matrix(cells, "p_alive")) == ["x", "t_x", "customers", "p_alive"]
    days = pd.DataFrame({"day": [JANUARY], "orders": [2], "value": [9.0]})
    assert tables.bought(days).to_numpy().tolist() == [[date(2024, 1, 1), 2, 9.0]]
    rows = pd.DataFrame(
        {
            "customer_id": ["c"],
            "first_day": [JANUARY],
            "last_day": [JANUARY + 366],
            "segment": ["web"],
            "p_alive": 0.5,
            "x": 1,
        }
    )
    found = tables.customers(rows, None, "good")
    assert found.to_dict("records") == [
        {
            "customer_id": "c",
            "p_alive": 0.5,
            "first_bought": date(2024, 1, 1),
            "last_bought": date(2025, 1, 1),
            "segment": "web",
            "forecast": "good",
        },
    ]
    ends = pd.DataFrame({"clv_low": [1.0], "clv_high": [2.0]})
    assert list(tables.customers(rows, ends, "good")) == [
        "customer_id",
        "clv_low",
        "clv_high",
        "p_alive",
        "first_bought",
        "last_bought",
        "segment",
        "forecast",
    ]


def test_the_tables_of_the_holdout():
    tracked = pd.DataFrame(
        {
            "week": [1],
            "ends": [JANUARY],
            "actual": [3.0],
            "expected": [2.5],
            "cumulative_actual": [3.0],
            "cumulative_expected": [2.5],
        }
    )
    assert of_story.weeks(Some(tracked=tracked)).to_dict("records") == [
        {
            "week": 1,
            "date": date(2024, 1, 1),
            "week_actual": 3,
            "week_expected": 2.5,
            "actual_so_far": 3,
            "expected_so_far": 2.5,
        },
    ]
    by = pd.DataFrame(
        {
            "frequency": [1],
            "customers": [9],
            "expected": [0.5],
            "low": [0.25],
            "high": [0.75],
            "actual": [0.6],
        }
    )
    assert tables.frequencies(Some(by_frequency=by), ENGLISH).to_dict("records") == [
        {
            "repeats_before": "1",
            "customers": 9,
            "mean_expected": 0.5,
            "mean_expected_low": 0.25,
            "mean_expected_high": 0.75,
            "mean_actual": 0.6,
        },
    ]
    errors = Some(rmse=0.5, mean_absolute_error=0.25)
    all_models = Some(found={"bg_nbd": Some(expected=9.0, bias=0.1, errors=errors, mape=0.2, trust="good")})
    scores = tables.scores(all_models, Some(naive={"same_rate": errors}), ENGLISH)
    assert scores.astype(object).where(scores.notna(), None).to_numpy().tolist() == [
        ["setting.purchase_kind.bg_nbd", 9.0, 0.1, 0.5, 0.25, 0.2, "trust.good"],
        ["naive.same_rate", None, None, 0.5, 0.25, None, ""],
    ]


def test_the_table_of_parameters():
    fitted = Some(
        kind="bg_nbd",
        k=1,
        season=None,
        intervals={"r": (0.1, 0.3)},
        named={"r": 0.2},
        standard_errors={"r": 0.05},
    )
    for name, figure in (("log_likelihood", -9.0), ("aic", 22.0), ("bic", 25.0)):
        setattr(fitted, name, figure)
    rows = tables.parameters(fitted, fitted, ENGLISH)
    assert len(rows) == 8
    assert rows.head(4).to_numpy().tolist() == [
        [
            "setting.purchase_kind.bg_nbd",
            "r",
            "value.exact value=0.2",
            "value.exact value=0.1",
            "value.exact value=0.3",
            "value.exact value=0.05",
        ],
        ["setting.purchase_kind.bg_nbd", "log-likelihood", "value.exact value=-9", "", "", ""],
        ["setting.purchase_kind.bg_nbd", "AIC", "value.exact value=22", "", "", ""],
        ["setting.purchase_kind.bg_nbd", "BIC", "value.exact value=25", "", "", ""],
    ]
    assert rows["model"].iloc[4] == "Gamma-Gamma"
