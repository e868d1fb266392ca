"""The Overview page part by part: which sentence stands where, with which figures."""

from types import SimpleNamespace as Some
from unittest.mock import patch

import pandas as pd
import pytest

from retention.lifetime_value import OPEN, Correction, Missed
from retention.overview import MOST, ComingBack
from retention.reconciled import Reconciled, Step
from retention.statistics import Estimate
from retention.story import overview
from retention.ui.overview import (
    calculator,
    claims,
    coming_back,
    flows,
    reconciled,
    signs,
    tables,
    trends,
    worth,
)
from retention.ui.reality import findings
from retention.ui.state import visit
from tests.keyed import ENGLISH
from tests.ui import forecasts
from tests.ui.reality.findings_of import finding
from tests.ui.screens import read

NAN = float("nan")


def change(difference=5.0, relative=0.1, *, is_firm=True, other=50.0):
    return Some(
        difference=Estimate(difference, difference - 1, difference + 1),
        relative=relative,
        other=other,
        is_firm=is_firm,
    )


def trend(name="customers", unit="count", latest=24289, before=None, year=None, value=55.0):
    table = pd.DataFrame(
        {
            "period": [24288, 24289, 24290],
            "value": [50.0, 55.0, 9.0],
            "low": [40.0, 45.0, NAN],
            "high": [60.0, 65.0, NAN],
            "status": ["known", "known", "incomplete"],
        }
    )
    return Some(
        name=name,
        unit=unit,
        period="month",
        latest=latest,
        previous=latest and latest - 1,
        table=table,
        known=table.head(2),
        value=lambda: value,
        before=lambda: before,
        year_before=lambda: year,
    )


SHOWN = ("customers", "revenue_net", "strict_retention", "repeat_rate")


def four(**units):
    return tuple(trend(name, units.get(name, "count")) for name in SHOWN)


def test_a_headline_where_nothing_changed_or_nothing_can_be_said():
    assert read(trends.headline, Some(changes=(), looked_at=7, growth=None), four()) == [
        "markdown ## overview.headline.none period=Feb 2024",
        "caption overview.looked_at n=7",
        "link dropoff.py: overview.todo.none",
    ]
    assert read(trends.headline, Some(changes=(), looked_at=0), four()) == [
        "markdown ## overview.headline.short",
    ]
    nothing = (trend(latest=None),)
    assert read(trends.headline, Some(changes=(1,), looked_at=7), nothing) == [
        "markdown ## overview.headline.short",
    ]


@pytest.mark.parametrize(("number", "key"), [(MOST, "headline"), (MOST - 1, "headline.few")])
def test_a_headline_lists_what_changed(monkeypatch, number, key):
    monkeypatch.setattr(overview, "change_sentence", lambda each, every, words: f"{each} by {every}")
    found = Some(changes=tuple(f"change {n}" for n in range(number)), looked_at=7, growth=None)
    said = read(trends.headline, found, four())
    assert said[0] == f"markdown ## overview.{key} n={number} period=Feb 2024"
    assert said[1].splitlines() == [
        "markdown - change 0 by month",
        *(f"- change {n} by month" for n in range(1, number)),
    ]
    assert said[2:] == ["caption overview.looked_at n=7", "link audit.py: overview.todo.changed"]


GREW = {"value": 813, "other": 527, "basis": "year_before.month", "relative": 0.54, "period": "Dec"}


@pytest.mark.parametrize(("score", "key"), [(8.0, "growing"), (-8.0, "shrinking")])
def test_where_nothing_is_unusual_the_growth_that_goes_on_is_the_headline(monkeypatch, score, key):
    monkeypatch.setattr(overview, "change_values", lambda found, every, words: GREW)
    told = "value=813 other=527 basis=year_before.month relative=0.54 period=Dec"
    found = Some(changes=(), looked_at=7, growth=Some(score=score))
    assert read(trends.headline, found, four()) == [
        f"markdown ## overview.headline.{key} period=Feb 2024",
        f"markdown overview.goes_on {told}",
        "caption overview.looked_at n=7",
        "link dropoff.py: overview.todo.none",
    ]


@pytest.mark.parametrize(("score", "key"), [(8.0, "growing"), (-8.0, "shrinking")])
def test_growth_that_goes_on_stands_below_what_changed(monkeypatch, score, key):
    monkeypatch.setattr(overview, "change_values", lambda found, every, words: GREW)
    monkeypatch.setattr(overview, "change_sentence", lambda each, every, words: each)
    found = Some(changes=("one",), looked_at=7, growth=Some(score=score))
    said = read(trends.headline, found, four())
    assert said[:2] == ["markdown ## overview.headline.few n=1 period=Feb 2024", "markdown - one"]
    assert said[2].startswith(f"markdown overview.{key} value=813 ")


def test_four_figures_with_their_course():
    found = (
        trend(before=change()),
        trend("revenue_net", "money", before=change(is_firm=False)),
        trend("strict_retention", "rate", value=0.5, before=change(0.02)),
        trend("repeat_rate", "rate", latest=None, value=None),
        trend("orders"),
    )
    assert read(trends.figures, found) == [
        "grid_container",
        "metric figure.customers: value.count value=55 delta overview.delta.relative difference=5 relative=0.1 firm overview.delta.on other=Jan course 2",
        "metric figure.revenue_net: value.money value=55 delta overview.delta.relative difference=5 relative=0.1 firm overview.delta.on other=Jan course 2",
        "metric figure.strict_retention.month: value.percent value=0.5 delta overview.delta.points difference=0.02 relative=0.1 firm overview.delta.on other=Jan course 2",
        "metric figure.repeat_rate: value.percent value=– course 2",
        "caption overview.metrics.reading now=Feb 2024 then=Jan 2024 waited=– waited_then=–",
    ]


def test_the_days_between_purchases_where_somebody_bought_twice():
    def study(days):
        metrics = Some(median_days_between_purchases=days, median_days_between_purchase_days=30.0)
        return Some(shop=Some(metrics=lambda period: metrics if period == "month" else None))

    assert read(trends._days_between, study(28.0)) == [
        "caption overview.between days=28 purchase_days=30",
    ]
    assert read(trends._days_between, study(None)) == []


def test_the_tables_of_every_figure():
    whole = Some(median_days_between_purchases=28.0, median_days_between_purchase_days=30.0)
    study = Some(shop=Some(metrics=lambda every: {"month": whole}[every]))
    assert read(trends.tabled, study, four(), drawn=[trends]) == [
        "table metrics: table.metrics ui.overview.tables.metrics",
        "table changes: table.changes ui.overview.tables.changes columns=figure,period,latest,against_before,against_year",
        "table trends: table.trends ui.overview.tables.trends columns=period,status,customers,revenue_net,strict_retention,repeat_rate",
        "caption overview.between days=28 purchase_days=30",
    ]


def test_days_watched_as_chosen_or_the_usual_ones():
    found = []
    study = Some(overview=Some(usual_days=lambda: 77))
    read(lambda: found.append(trends.within(study)))
    read(lambda: found.append(trends.within(study)), state={"within": "60"})
    read(lambda: found.append(trends.period()), state={"every": "year"})
    assert found == [77, 60, "year"]


def complete(**columns):
    row = {"period": 24289, "new": 3, "retained": NAN, "reactivated": 1, "lost": 4, "active": 9}
    row |= {"start": 5, "end": 6, "strict_retention": 0.5, "retention_rate": 0.6}
    return pd.DataFrame([row]).assign(**columns)


def study_of_flows():
    calendar = Some(period="month", complete=complete())
    active = {None: 142, 30: 30, 1: 1}
    return Some(
        shop=Some(flows=lambda every: calendar),
        overview=Some(
            active_flows=lambda every, days: Some(period=every, complete=complete(), days=active[days])
        ),
    )


def test_flows_by_the_calendar_or_by_days():
    assert read(flows.show, study_of_flows(), "month", drawn=[flows]) == [
        "markdown flows.calendar period=Feb 2024 new=3 retained=– reactivated=1 lost=4 active=9 start=5 end=6 strict_retention=0.5 retention_rate=0.6 kept=0.5 previous=Jan 2024",
        "chart charts.overview.flows.flows: flows.alt period=Feb 2024 new=3 retained=– reactivated=1 lost=4 active=9 start=5 end=6 strict_retention=0.5 retention_rate=0.6 kept=0.5 previous=Jan 2024",
        "caption flows.early",
        "table flows: table.flows ui.overview.tables.calendar_flows columns=period,status,start,new,retained,reactivated,lost,end,strict_retention",
    ]
    usual = read(flows.show, study_of_flows(), "month", drawn=[flows], state={"active_by": "usual"})
    assert usual == [
        "markdown flows.active period=Feb 2024 new=3 retained=– reactivated=1 lost=4 active=9 start=5 end=6 strict_retention=0.5 retention_rate=0.6 days=142 kept=0.5 previous=Jan 2024",
        "chart charts.overview.flows.flows: flows.alt period=Feb 2024 new=3 retained=– reactivated=1 lost=4 active=9 start=5 end=6 strict_retention=0.5 retention_rate=0.6 days=142 kept=0.5 previous=Jan 2024",
        "caption flows.active.days days=142",
        "table flows: table.flows ui.overview.tables.active_flows columns=period,status,start,new,retained,reactivated,lost,end,strict_retention",
    ]
    typed = {"active_by": "typed", "own_days": 30}
    thirty = read(flows.show, study_of_flows(), "month", drawn=[flows], state=typed)
    assert "caption flows.active.days days=30" in thirty


def test_who_counts_as_active_is_chosen_among_the_options():
    ways = "setting.active_by.calendar, setting.active_by.usual, setting.active_by.typed"
    assert read(flows.counted_by) == [f"buttons setting.active_by: {ways} = calendar"]
    assert read(flows.counted_by, state={"active_by": "typed", "own_days": 30}) == [
        f"buttons setting.active_by: {ways} = typed",
        "number setting.own_days: 30",
    ]


def test_flows_of_no_complete_period():
    found = Some(period="month", complete=complete().head(0))
    assert read(flows._chart, found, "flows.calendar", drawn=[flows]) == ["caption flows.none"]


def sign(verdict, line=None):
    known = pd.DataFrame({"period": [24288, 24289, 24300]})
    return Some(
        name="gap",
        verdict=verdict,
        known=known,
        line=line,
        told=line and Estimate(0.1, 0.04, 0.16),
        period="month",
        within=60,
        stays_from=30,
        watched_days=90,
    )


def test_each_sign_with_its_verdict():
    line = Some(start=1.0, end=2.0, per_period=Estimate(0.1, 0.05, 0.15))
    found = (sign("yes", line), sign("too_few"))
    study = Some(overview=Some(signs=lambda days: found if days == 60 else None))
    assert read(signs.show, study, 60, drawn=[signs]) == [
        "caption signs.question days=90",
        "markdown **sign.gap**",
        "markdown :material/trending_up: **verdict.yes**",
        "chart charts.overview.signs.sign: sign.alt name=gap verdict=yes",
        "caption sign.gap.reading first=Jan 2024 last=Jan 2025 start=1 end=2 slope=0.1 low=0.04 high=0.16 within=60 from_day=30 to_day=90",
        "markdown **sign.gap**",
        "markdown :material/hourglass_empty: **verdict.too_few**",
        "chart charts.overview.signs.sign: sign.alt name=gap verdict=too_few",
        "caption sign.too_few n=3 needed=6",
        "table signs: table.signs ui.overview.tables.signs",
    ]


@pytest.mark.parametrize(("verdict", "key"), [("noise", "signs.none"), ("too_few", "signs.none.too_few")])
def test_where_no_sign_can_tell_one_line_says_so(verdict, key):
    line = Some(start=1.0, end=2.0, per_period=Estimate(0.1, -0.05, 0.15))
    found = (sign("noise", line), sign(verdict, line if verdict == "noise" else None))
    study = Some(overview=Some(signs=lambda days: found))
    closed = [f"markdown {key} days=90", "expander signs.behind"]
    assert read(signs.show, study, 60, drawn=[signs]) == closed
    opened = read(signs.show, study, 60, drawn=[signs], state={"details_signs.behind": True})
    assert opened[:2] == [f"markdown {key} days=90", "expander signs.behind open"]
    assert opened[2] == "caption signs.question days=90"
    assert opened.count("markdown **sign.gap**") == 2


def test_three_claims_with_their_verdicts_and_the_way_to_all():
    rows = []
    told = [finding(code, Estimate(0.5)) for code in claims._SHOWN]
    unknown = [finding("retention_profit", needs="no_footing", verdict="unknown"), *told[1:]]
    with patch.object(findings, "table_of", rows.extend):
        with patch.object(findings, "so_far", lambda _: told):
            assert read(claims.show, None) == ["link reality.py: reality.all"]
        with patch.object(findings, "so_far", lambda _: unknown):
            read(claims.show, None)
    assert [row["said"] for row in rows[3:]] == [f"claims.said.{code}" for code in claims._SHOWN[1:]]
    assert rows[:3] == [
        {
            "said": f"claims.said.{code}",
            "here": f"**claims.unit.{unit} value=0.5**",
            "verdict": "**claims.verdict.holds**",
        }
        for code, unit in (
            ("retention_profit", "change"),
            ("sell_to_existing", "share"),
            ("best_20_past", "share"),
        )
    ]


def test_every_figure_of_coming_back_has_one_name_and_its_use():
    rows = []
    for found in (
        ComingBack("repeat_rate", Estimate(0.25, 0.2, 0.3), 24289, 30),
        ComingBack("with_pauses", None),
    ):
        read(lambda found=found: rows.append(coming_back._row(found)))
    assert rows == [
        {
            "figure": "**coming_back.repeat_rate** · overview.page",
            "this_shop": "coming_back.share share=0.25 low=0.2 high=0.3",
            "of_whom": "coming_back.repeat_rate.of month=Feb 2024 days=30",
            "good_for": "coming_back.repeat_rate.for",
        },
        {
            "figure": "**coming_back.with_pauses** · simulator.page",
            "this_shop": "coming_back.share share=– low=– high=–",
            "of_whom": "coming_back.with_pauses.of month=– days=–",
            "good_for": "coming_back.with_pauses.for",
        },
    ]


def value(*, known, low=90.0, high=110.0):
    customers = Some(total=100.0, low=low, high=high, horizon_months=12, expected_purchases=7.0)
    return forecasts.value(known=known, customers=customers, at_risk=1)


def study_of_value(found, asked=None):
    def make(*kind, **terms):
        if asked is not None:
            asked.append((kind, terms))
        return found

    return Some(value=make)


@pytest.fixture
def said(monkeypatch, no_day_chosen):
    """A verdict on the forecast of lifetime value, which may carry a correction."""
    found = Some(trust="fair", reasons=(), correction=None)
    monkeypatch.setattr(visit, "verdict", lambda value: found)
    return found


def test_lifetime_value_that_was_missed_each_time_is_told_corrected_here_too(said):
    missed = Missed(1.5, 1.25, 2.0)
    said.trust, said.correction = "poor", Correction(missed, missed, 3)
    assert read(worth.told, study_of_value(value(known=True))) == [
        "caption overview.value.corrected.interval low=112.5 high=220 total=100 months=12 right=150 n=3",
        forecasts.LINE.replace("fair.use", "poor.corrected").replace("fair", "poor"),
    ]


def test_lifetime_value_without_an_interval_says_that_it_has_none(said):
    unbounded = study_of_value(value(known=True, low=None, high=None))
    assert read(worth.told, unbounded)[0].startswith("caption overview.value low=– high=– total=100")
    missed = Missed(1.5, 1.25, 2.0)
    said.trust, said.correction = "poor", Correction(missed, missed, 3)
    assert read(worth.told, unbounded)[0].startswith(
        "caption overview.value.corrected low=– high=– total=100"
    )


def test_lifetime_value_is_told_where_it_is_known_and_offered_where_not(said):
    asked = []
    assert read(worth.told, study_of_value(value(known=True), asked)) == [
        "caption overview.value.interval low=90 high=110 total=100 months=12",
        forecasts.LINE,
    ]
    assert asked == [
        ((OPEN, "week"), {"horizon_months": 12, "discount_rate": 0.1, "margin": 0.3}),
    ]
    assert read(worth.told, study_of_value(value(known=False))) == []
    assert read(worth.offered, study_of_value(value(known=True))) == []
    assert read(worth.offered, study_of_value(value(known=False))) == ["button overview.value.compute"]


def test_the_calculator():
    assert read(calculator.show) == [
        "expander calculator.title",
        "number setting.rate_start: 20",
        "number setting.rate_end: 24",
        "number setting.rate_new: 5",
        "markdown calculator.result rate=0.95 start=20 kept=19",
        "caption calculator.formula",
        "html",
    ]
    assert read(calculator.show, state={"rate_start": 0})[-3] == "warning error.rate_nobody_at_start"
    assert (
        read(calculator.show, state={"rate_new": 60})[-3]
        == "warning error.rate_more_new_than_there new=60 end=24"
    )


def test_a_figure_against_earlier_ones():
    found = [
        trend(before=change(5.0, 0.1), year=change(-2.0, None)),
        trend("strict_retention", "rate", before=change(0.02)),
        trend("revenue_net", "money", latest=None, value=None),
    ]
    assert tables.changes(found, ENGLISH).to_dict("records") == [
        {
            "figure": "figure.customers",
            "period": "Feb 2024",
            "latest": "value.count value=55",
            "interval": "overview.cell.ends.count low=45 high=65",
            "against_before": "overview.cell.count difference=5 relative=0.1 low=4 high=6 other=50",
            "against_year": "overview.cell.count difference=-2 relative=– low=-3 high=-1 other=50",
        },
        {
            "figure": "figure.strict_retention",
            "period": "Feb 2024",
            "latest": "value.percent value=55",
            "interval": "overview.cell.ends.rate low=45 high=65",
            "against_before": "overview.cell.points difference=0.02 relative=0.1 low=-0.98 high=1.02 other=50",
            "against_year": "",
        },
        {
            "figure": "figure.revenue_net",
            "period": "",
            "latest": "value.money value=–",
            "interval": "overview.cell.ends.money low=– high=–",
            "against_before": "",
            "against_year": "",
        },
    ]


def test_figures_period_by_period():
    found = tables.trends([trend(), trend("repeat_rate", "rate")], ENGLISH)
    assert found.astype(object).where(found.notna(), None).to_dict("records") == [
        {"period": "Jan 2024", "status": "status.known", "customers": 50, "repeat_rate": 50.0},
        {"period": "Feb 2024", "status": "status.known", "customers": 55, "repeat_rate": 55.0},
        {"period": "Mar 2024", "status": "status.incomplete", "customers": 9, "repeat_rate": None},
    ]
    assert str(found["customers"].dtype) == "Int64"


def test_flows_in_a_table():
    table = pd.concat([complete(complete=True), complete(complete=False)], ignore_index=True)
    calendar = tables.calendar_flows(
        Some(table=table.drop(columns="start").assign(orders=2, revenue=3.0), period="month"), ENGLISH
    )
    assert list(calendar) == [
        "period",
        "status",
        "active",
        "new",
        "retained",
        "reactivated",
        "lost",
        "orders",
        "revenue",
        "strict_retention",
        "retention_rate",
    ]
    assert calendar["status"].tolist() == ["status.known", "status.incomplete"]
    table = pd.concat([table, complete(complete=True)], ignore_index=True).assign(settled=[True, True, False])
    active = tables.active_flows(Some(table=table, period="month"), ENGLISH)
    assert list(active) == [
        "period",
        "status",
        "start",
        "new",
        "retained",
        "reactivated",
        "lost",
        "end",
        "strict_retention",
        "retention_rate",
    ]
    assert active["status"].tolist() == ["status.known", "status.incomplete", "status.unsettled"]
    assert active["period"].tolist() == ["Feb 2024"] * 3


def test_the_signs_in_a_table():
    table = pd.DataFrame(
        {
            "period": [24288, 24289],
            "status": ["known", "incomplete"],
            "customers": [9, 8],
            "value": [0.5, 0.25],
        }
    )
    found = tables.signs([Some(name="gap", period="month", table=table)], ENGLISH)
    assert found.astype(object).where(found.notna(), None).to_dict("records") == [
        {"period": "Jan 2024", "status": "status.known", "customers": 9, "gap": 0.5},
        {"period": "Feb 2024", "status": "status.incomplete", "customers": 8, "gap": None},
    ]


def held_against(*found):
    return Some(reconciled=Some(all=lambda period: found))


def test_why_the_shop_system_says_otherwise():
    latest = Reconciled(
        "revenue_latest", (Step("sales", 110.0), Step("refunds", 90.0)), "month", 24289, ("refund_day",)
    )
    study = held_against(
        latest, Reconciled("customers", (Step("as_written", 5.0), Step("only_refunds", 5.0)))
    )
    lines = read(reconciled.show, study, "month", drawn=[reconciled])
    assert lines[1:] == [
        (
            "markdown reconciled.when when=Feb 2024 reconciled.said.money theirs=110 ours=90 "
            "reconciled.largest.money step=reconciled.step.refunds change=-20"
        ),
        (
            "chart charts.overview.reconciled.reconciled: reconciled.alt.money "
            "what=setting.reconciled.revenue_latest theirs=110 ours=90"
        ),
        "caption reconciled.untold.refund_day",
        "table reconciled: table.reconciled ui.overview.tables.reconciled",
    ]
    other = read(reconciled.show, study, "month", drawn=[reconciled], state={"reconciled": "customers"})
    assert other[1] == "markdown reconciled.same.count ours=5"
    assert other[3] == "caption reconciled.reading"


def test_a_figure_the_data_does_not_have_is_not_offered():
    only = Reconciled("customers", (Step("as_written", 5.0), Step("joined", 4.0)))
    lines = read(
        reconciled.show, held_against(only), "month", drawn=[reconciled], state={"reconciled": "revenue_net"}
    )
    assert "said.count theirs=5 ours=4" in lines[1]


def test_the_table_of_the_steps():
    found = Reconciled("cohort_retention", (Step("unweighted", 0.25), Step("weighted", 0.5)))
    assert tables.reconciled(found, ENGLISH).to_dict("records") == [
        {
            "step": "reconciled.step.unweighted",
            "value": "reconciled.value.percent value=0.25",
            "step_change": "",
        },
        {
            "step": "reconciled.step.weighted",
            "value": "reconciled.value.percent value=0.5",
            "step_change": "reconciled.change.percent value=0.25",
        },
    ]
