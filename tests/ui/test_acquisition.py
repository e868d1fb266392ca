"""The Win or keep page part by part: which sentence stands where, with which figures."""

from types import SimpleNamespace as Some

import pandas as pd
import pytest
import streamlit as st

from retention.errors import DataWarning, InputError
from retention.lifetime_value import Correction, Missed
from retention.statistics import Estimate
from retention.story import acquisition as story, tables as of_money
from retention.ui.acquisition import (
    channels,
    costs,
    next_euro,
    payback,
    prospects,
    response,
    spend_editor,
    tables,
    trend,
)
from tests.keyed import ENGLISH
from tests.ui import forecasts
from tests.ui.screens import read

NAN = float("nan")
JANUARY = 24288


def spent(**changed):
    given = {
        "cac": Estimate(90.0),
        "retention_cost": Estimate(10.0),
        "ratio": Estimate(9.0, 4.0, 12.0),
        "ratio_position": "within",
        "ratio_interval_positions": ("below", "within"),
        "months": (JANUARY, JANUARY + 1),
        "new_customers": 20,
        "retained_customers": 80,
        "warnings": (),
        "paid_cac": Estimate(120.0, 110.0, 130.0),
        "paid_customers": 15,
        "acquisition_spend": 1800.0,
        "retention_spend": 800.0,
        "monthly": pd.DataFrame({"month": [JANUARY, JANUARY + 1], "cac": [80.0, 100.0]}),
        "channels": pd.DataFrame({"channel": ["ads", ""], "acquisition": [9.0, 1.0]}),
    }
    return Some(**(given | changed))


def found(left_out=0, orders=(5.0, 3.0), **changed):
    new, old = (cost and Estimate(cost) for cost in orders)
    made = Some(new=new, old=old, new_orders=25, old_orders=95)
    return Some(costs=spent(**changed), orders=made, left_out=left_out, channels=["ads"], trends=())


def test_the_headline_of_what_winning_and_keeping_cost():
    assert read(costs.headline, found(), worth()) == [
        "markdown ## acquisition.headline.unsure.interval cac=90 cost=10 ratio=9 low=4 high=12",
    ]
    assert read(costs._basis, found()) == [
        "caption acquisition.basis first=2024-01-01 last=2024-02-01 n=2 new=20 retained=80",
    ]
    assert read(costs._basis, found(left_out=3))[-1] == "caption acquisition.left_out n=3"
    assert read(costs.headline, found(cac=None, retention_cost=None), worth()) == ["info acquisition.no_cost"]


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({}, "unsure.interval"),
        ({"ratio_interval_positions": ("within", "within")}, "within.interval"),
        ({"ratio_interval_positions": None}, "within.interval"),
        ({"ratio": Estimate(9.0)}, "within"),
        ({"ratio": None}, "win"),
        ({"ratio": None, "cac": None}, "keep"),
    ],
)
def test_where_the_ratio_stands(given, key):
    said = read(costs.headline, found(**given), worth())[0]
    assert said.split()[2] == f"acquisition.headline.{key}"


def worth(**changed):
    given = {
        "realised_multiple": Estimate(1.5, 1.2, 1.8),
        "expected_multiple": Estimate(2.5),
        "everybody": Some(months=7),
        "first_year": Some(margin=Estimate(100.0, 95.0, 105.0), customers=30),
        "expected": Estimate(200.0),
        "warnings": (),
        "by_channel": {},
        "channels": {},
        "cohorts": {},
    }
    return Some(**(given | changed))


def view(doubts=None, costs=None, correction=None, **changed):
    given = {"found": found(**(costs or {})), "worth": worth(**changed)}
    return Some(**given, doubts=doubts or {}, value=forecasts.value(), correction=correction)


EXPECTED = [
    "grid_container",
    "metric acquisition.ltv_expected: value.ratio value=2.5",
    forecasts.LINE,
    "caption acquisition.break_even.expected most=200 discount=0.1 acquisition.standing.below cac=90 ratio=2.5",
]


@pytest.mark.usefixtures("no_day_chosen")
def test_four_figures_and_ltv_to_cac_in_one_sentence():
    assert read(costs.figures, view(costs={"warnings": (DataWarning("no_retention_spend"),)})) == [
        "grid_container",
        "metric acquisition.cac: value.money value=90 course 2",
        "metric acquisition.payback_month: value.months n=7",
        "metric acquisition.most: value.money value=100",
        "metric acquisition.ltv_realised: value.ratio value=1.5",
        "caption acquisition.ltv.below.interval ratio=1.5 usual=below low=1.2 high=1.8",
        "warning warning.no_retention_spend",
    ]


@pytest.mark.usefixtures("no_day_chosen")
def test_where_nobody_was_observed_for_a_year_the_expected_figure_stands_with_its_verdict():
    unknown = {"realised_multiple": None, "first_year": Some(margin=None, customers=0)}
    assert read(costs.figures, view(**unknown))[3:] == EXPECTED


@pytest.mark.parametrize(
    ("most", "stands"),
    [(Estimate(100.0), "below"), (Estimate(80.0), "above"), (Estimate(100.0, 80.0, 120.0), "unsure")],
)
def test_what_a_customer_brings_beside_what_one_costs(most, stands):
    told = read(costs.figures, view(first_year=Some(margin=most, customers=30)))[5]
    assert told.startswith(f"caption acquisition.ltv.{stands}.interval ")


@pytest.mark.usefixtures("no_day_chosen")
def test_how_the_costs_are_reckoned():
    assert read(costs.reckoned, view(), drawn=[costs])[:-5] == [
        "caption acquisition.basis first=2024-01-01 last=2024-02-01 n=2 new=20 retained=80",
        "caption acquisition.channels.help",
        "caption acquisition.paid.interval paid=120 n=15 new=20 cac=90 low=110 high=130",
        "caption acquisition.break_even.realised.interval most=100 low=95 high=105 n=30 acquisition.standing.below.interval cac=90 ratio=1.5 low=1.2 high=1.8",
        *EXPECTED,
    ]


@pytest.mark.usefixtures("no_day_chosen")
def test_what_the_model_behind_the_expected_value_has_missed_is_told_beside_it():
    missed = Missed(1.5, 1.25, 2.0)
    told = read(costs._expected, view(correction=Correction(missed, missed, 3)))
    assert told == [*EXPECTED, "caption acquisition.by_a_poor_model n=3 least=1.25 most=2"]


def test_figures_that_are_not_known():
    bare = {"realised_multiple": None, "expected_multiple": None, "everybody": None, "expected": None}
    bare |= {"first_year": Some(margin=None, customers=0)}
    one_month = {"cac": None, "monthly": pd.DataFrame({"cac": [80.0, NAN]})}
    assert read(costs.figures, view(costs=one_month, **bare)) == []  # no card of nothing
    not_yet = read(costs.figures, view(everybody=Some(months=None)))
    assert not_yet[2] == "metric acquisition.payback_month: value.not_yet"
    assert read(costs._paid, spent(paid_cac=None)) == ["caption acquisition.paid.unknown"]


def test_both_costs_as_a_chart():
    assert read(costs._drawn, found(), drawn=[costs]) == [
        "chart charts.acquisition.costs.costs: acquisition.costs.alt cac=90 cost=10",
        "caption acquisition.costs.reading",
        "caption acquisition.orders new=5 old=3",
        "table acquisition_costs: table.acquisition_costs story.tables.costs",
        "table acquisition_months: table.acquisition_months ui.acquisition.tables.monthly",
    ]
    said = read(costs._drawn, found(orders=(5.0, None), ratio=None), drawn=[costs])
    assert [line.split()[1] for line in said if line.startswith("caption")] == [
        "acquisition.costs.reading.one"
    ]
    assert read(channels.section, found(), worth(), drawn=[channels]) == [
        "subheader acquisition.channels",
        "table acquisition_channels: table.acquisition_channels ui.acquisition.tables.channels open=True",
    ]


@pytest.mark.parametrize(("spent_there", "told"), [(9.0, []), (0.0, ["caption acquisition.without_spend"])])
def test_of_channels_one_sees_what_one_decides_by_and_where_nothing_was_spent(spent_there, told):
    known = pd.DataFrame({"channel": ["ads", "shop"], "acquisition": [9.0, spent_there], "cac": [10.0, NAN]})
    said = read(channels.section, found(channels=known), worth(), drawn=[channels])
    assert said[1].endswith("open=True columns=channel,room,cac,new,paid_after")
    assert said[2:] == told


def decided(**most):
    """What is said of channels whose customers cost 10 (9–11), by what one may cost."""
    table = pd.DataFrame({"channel": list(most), "cac": 10.0, "cac_low": 9.0, "cac_high": 11.0})
    by_channel = {name: Some(margin=one and Estimate(one, one - 2, one + 2)) for name, one in most.items()}
    said = story.decision(found(channels=table), worth(by_channel=by_channel), ENGLISH)
    return [] if said is None else [said]


def test_where_there_is_room_and_where_there_is_none():
    assert decided(ads=15.0, friends=40.0, tv=20.0) == [
        "acquisition.decide.several best=friends most=30 worst=ads least=5",
    ]
    assert decided(ads=9.0, friends=40.0, tv=20.0) == [  # 9 (7–11) may as well be enough
        "acquisition.decide.even best=friends most=30 worst=ads least=-1",
    ]
    assert decided(ads=10.0, friends=40.0) == [
        "acquisition.decide.several best=friends most=30 worst=ads least=0",
    ]
    assert decided(ads=5.0, friends=40.0, tv=4.0, radio=None) == [
        "acquisition.decide.one best=friends most=30 worst=tv least=-6 acquisition.decide.over channels=ads,tv",
    ]
    assert decided(ads=15.0) == ["acquisition.decide.one best=ads most=5 worst=ads least=5"]
    assert decided(ads=5.0, tv=4.0) == [
        "acquisition.decide.above best=ads most=-5 worst=tv least=-6",
    ]
    assert decided(radio=None) == []


def test_the_ratio_stands_below_what_to_do_where_a_channel_is_known():
    table = pd.DataFrame({"channel": ["ads"], "cac": 10.0, "cac_low": 9.0, "cac_high": 11.0})
    by_channel = {"ads": Some(margin=Estimate(15.0, 13.0, 17.0))}
    assert read(costs.headline, found(channels=table), worth(by_channel=by_channel)) == [
        "markdown ## acquisition.decide.one best=ads most=5 worst=ads least=5",
        "markdown acquisition.headline.unsure.interval cac=90 cost=10 ratio=9 low=4 high=12",
    ]


LACKING = Estimate(12.0, 10.0, 14.0)


def one(how="paid", months=7, soonest=5, latest=9, lacking=LACKING):
    return Some(
        how=how,
        months=months,
        soonest=soonest,
        latest=latest,
        lacking=lacking,
        cac=90.0,
        observed=12,
        balance=5.0,
        won=30,
    )


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({}, "paid.interval"),
        ({"latest": None}, "paid.open"),
        ({"soonest": None}, "paid"),
        ({"soonest": 7, "latest": 7}, "paid"),
        ({"soonest": 7, "latest": 8}, "paid.interval"),
        ({"how": "not_yet"}, "not_yet.interval"),
        ({"how": "not_yet", "lacking": Estimate(12.0)}, "not_yet"),
        ({"how": "unobserved"}, "unobserved"),
    ],
)
def test_when_a_group_has_paid_back(given, key):
    (said,) = read(lambda: payback._told("web", one(**given), single=False))
    assert said.split()[2] == f"acquisition.payback.one.{key}"
    (said,) = read(lambda: payback._told("all", one(**given), single=True))
    assert said.split()[2] == f"acquisition.payback.all.{key}"


def test_payback_of_all_of_cohorts_and_of_channels():
    everybody = one()
    groups = worth(everybody=everybody, cohorts={JANUARY: one(), JANUARY + 1: one(how="not_yet")})
    assert read(payback.section, groups, "month", drawn=[payback]) == [
        "buttons setting.payback_by: setting.payback_by.all, setting.payback_by.cohort = all",
        "markdown ## acquisition.payback.all.paid.interval name=chart.all_new cac=90 n=7 soonest=5 latest=9 observed=12 lacking=12 low=10 high=14",
        "chart charts.acquisition.payback.paid_back: acquisition.payback.alt name=chart.all_new balance=5 n=12",
        "caption acquisition.payback.reading",
        "table payback_curve: table.payback_curve ui.acquisition.tables.balances",
    ]
    cohorts = read(payback.section, groups, "month", drawn=[payback], state={"payback_by": "cohort"})
    assert cohorts[1:] == [
        "buttons acquisition.payback.group: Jan 2024, Feb 2024 = Jan 2024",
        "markdown ## acquisition.payback.one.paid.interval name=Jan 2024 cac=90 n=7 soonest=5 latest=9 observed=12 lacking=12 low=10 high=14",
        "chart charts.acquisition.payback.paid_back: acquisition.payback.alt name=Jan 2024 balance=5 n=12",
        "caption acquisition.payback.reading",
        "caption acquisition.payback.cohort.some n=2 paid=1",
        "table paid_back: table.paid_back ui.acquisition.tables.paid_back",
        "table payback_curve: table.payback_curve ui.acquisition.tables.balances",
    ]
    channels = worth(everybody=everybody, channels={"ads": one()})
    said = read(payback.section, channels, "month", drawn=[payback], state={"payback_by": "channel"})
    assert said[-3] == "caption acquisition.payback.channel.all n=1 paid=1"
    assert read(payback.section, worth(everybody=None), "month") == []
    assert read(payback.section, worth(everybody=everybody), "month", drawn=[payback])[0].startswith(
        "markdown"
    )


def moved(channel=None, direction="dearer"):
    by = Estimate(0.1, 0.05, 0.15)
    return Some(
        channel=channel,
        direction=direction,
        by_direction=by,
        per_month=by,
        corrected_p=0.01 if direction != "unsure" else 0.2,
        months=12,
        at_first=90.0,
        at_last=99.0,
        first=JANUARY,
        last=JANUARY + 1,
    )


def trends(*each, months=24, **changed):
    given = found(months=tuple(range(JANUARY, JANUARY + months)), **changed)
    given.trends = each
    return given


def test_whether_winning_grows_dearer():
    ways = (moved(), moved("ads"), moved("web", "cheaper"), moved("tv", "unsure"))
    assert read(trend.section, trends(*ways), None, drawn=[trend]) == [
        "markdown ## acquisition.trend.dearer rise=0.1 low=0.05 high=0.15 at_first=90 at_last=99 first=2024-01-01 last=2024-02-01",
        "chart charts.acquisition.trend.cac_by_channel: acquisition.trend.alt n=24 channels=ads",
        "caption acquisition.trend.reading",
        "caption acquisition.trend.channels.dearer n=1 channels=ads",
        "caption acquisition.trend.channels.cheaper n=1 channels=web",
        "table cac_trends: table.cac_trends ui.acquisition.tables.trends",
    ]
    none = trends(moved("ads", "unsure"), months=23)
    none.channels = []
    assert read(trend.section, none, None, drawn=[trend]) == [
        "caption acquisition.trend.none",
        "chart charts.acquisition.trend.cac_by_channel: acquisition.trend.alt n=23 channels=–",
        "caption acquisition.trend.reading",
        "table cac_trends: table.cac_trends ui.acquisition.tables.trends",
    ]
    assert (
        read(trend.section, trends(months=23), None, drawn=[trend])[-1] == "caption acquisition.trend.reading"
    )
    season = read(trend.section, trends(moved(), months=23), None, drawn=[trend])
    assert season[-2] == "caption acquisition.trend.season n=23"
    untold = ["caption acquisition.trend.none"]
    assert read(trend.section, trends(moved(), months=1), None) == untold
    assert read(trend.section, trends(moved(), cac=None), None) == untold


def use(spend, back):
    return Some(spend=spend, customers=spend / 10, return_of_next=back, average_cost=10.0, marginal_cost=20.0)


def euro(advice="to_winning", **changed):
    today = Some(winning=use(40.0, 3.0), keeping=use(60.0, 2.0), spend=100.0, profit=7.0)
    best = Some(winning=use(70.0, 2.5), keeping=use(30.0, 2.5), spend=100.0, profit=9.0)
    winning, keeping = Some(name="w"), Some(name="k")
    moves = {id(winning): (10.0, 0.1, 5.0), id(keeping): (10.0, 0.1, -4.0), id(best): (30.0, 0.3, 8.0)}

    def move_to(split):
        return Some(**dict(zip(("moved", "share", "gain"), moves[id(split)], strict=True)))

    given = {"advice": advice, "today": today, "best": best, "unlimited": best, "best_move": winning}
    given |= {"to_winning": winning, "to_keeping": keeping, "move_to": move_to, "spends_all": True}
    given |= {"unspent": 3.0, "average_ratio": 4.0, "marginal_ratio": 5.0}
    return Some(**(given | changed))


def weighed(found, if_one_month="holds"):
    one_month = Some(today=Some(winning=use(1.0, 0.5), keeping=use(1.0, 0.25)))
    advice = found.advice if if_one_month == "holds" else "stay"
    market = Some(value_won=30.0)
    return Some(found=found, market=market, one_month=one_month, if_one_month=if_one_month, advice=advice)


KEPT = Some(value=20.0, one_month=5.0, retention=0.8)


@pytest.mark.parametrize(
    ("found", "if_one_month", "kind"),
    [
        (euro(), "holds", "to_winning"),
        (euro("stay"), "holds", "stay"),
        (euro(), "turns", "unsure"),
        (euro(), "stay", "unsure"),
        (euro("stay"), "to_winning", "unsure"),
    ],
)
def test_the_next_euro_and_that_the_split_stays_where_its_readings_do_not_agree(found, if_one_month, kind):
    assert read(next_euro._answer, weighed(found, if_one_month)) == [
        f"markdown next_euro.headline.{kind} won=3 kept=2 next_won=0.5 next_kept=0.25 gain=5 moved=10 share=0.1",
    ]


def test_what_the_advice_on_the_next_euro_rests_on():
    assert read(next_euro._told, weighed(euro()), KEPT, drawn=[next_euro]) == [
        "caption next_euro.returns won=3 kept=2 next_kept=0.25",
        "caption next_euro.moved.to_keeping.costs moved=10 gain=4 next_euro.best budget=100 winning=70 keeping=30 gain=8 unspent=3",
        "caption next_euro.worth won=30 kept=20 month=5 retention=0.8 next_euro.one_month.holds month=5 next_won=0.5 next_kept=0.25 next_euro.rests.assumed",
        "chart charts.acquisition.response.response: next_euro.alt winning=40 keeping=60 won=3 kept=2",
        "caption next_euro.reading average=4 marginal=5",
        "table next_euro: table.next_euro ui.acquisition.tables.next_euro",
    ]
    once = Some(value=20.0, one_month=5.0, retention=None)
    said = read(next_euro._told, weighed(euro("stay", spends_all=False)), once, drawn=[next_euro])
    assert said[:3] == [
        "caption next_euro.returns won=3 kept=2 next_kept=0.25",
        "caption next_euro.moved.to_winning.adds moved=10 gain=5 next_euro.moved.to_keeping.costs moved=10 gain=4 next_euro.best.unspent budget=100 winning=70 keeping=30 gain=8 unspent=3",
        "caption next_euro.worth.one_month won=30 kept=20 month=5 retention=– next_euro.rests.assumed",
    ]


def euro_view(values=(30.0, KEPT), **changed):
    spending = Some(next_euro=lambda *given, **more: weighed(euro()))
    return Some(found=found(**changed), values=values, spending=spending, left_out=False)


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"cac": None}, "needs_both"),
        ({"retention_cost": None}, "needs_both"),
        ({"values": (None, KEPT)}, "no_value"),
        ({"values": (30.0, None)}, "no_value"),
        ({"values": (0.0, KEPT)}, "no_value"),
        ({"values": (30.0, Some(value=-1.0))}, "no_value"),
    ],
)
def test_what_the_next_euro_cannot_do_without(given, key):
    assert of_next_euro(**given) == [f"caption next_euro.{key}"]


def of_next_euro(**given):
    """What the page says of it, all its parts in their places."""
    return read(lambda: next_euro.section(euro_view(**given), st.container()), drawn=[next_euro])


def test_the_next_euro_is_told_where_both_curves_are_possible(monkeypatch):
    monkeypatch.setattr(next_euro.response, "curves", lambda view, refused: (1, 2))
    said = of_next_euro()
    assert said[0].startswith("markdown next_euro.headline.to_winning ")
    assert said[1] == "expander next_euro.more"
    assert len(said) == 8
    monkeypatch.setattr(next_euro.response, "curves", lambda view, refused: refused.text("why not") and None)
    assert of_next_euro() == ["why not", "expander next_euro.more"]


class Spending:
    """Responses by what is asked of them."""

    def __init__(self, refused=False):
        self.asked, self.refused = [], refused

    def _answer(self, *asked):
        self.asked.append(asked)
        return Some(customers=lambda spend: spend / 10)

    def assumed_response(self, side, assumed, *, leave_out_left_truncated):
        return self._answer(side, assumed.unasked, assumed.most, leave_out_left_truncated)

    def months(self, side, *, leave_out_left_truncated):
        return Some(average=(100.0, 9.0), second_spend=200.0)

    def response_through(self, side, other, unasked, *, leave_out_left_truncated):
        return self._answer(side, other, unasked)

    def fitted_response(self, side, *, leave_out_left_truncated):
        if self.refused:
            raise InputError("not_fitted", needed=12, months=3)
        return self._answer(side, "fitted")


def curves(source, refused=False, **state):
    spending, got = Spending(refused), []
    view = Some(spending=spending, left_out=True)
    lines = read(
        lambda: got.append(response.curves(view, st.container())), state={"response_from": source, **state}
    )
    assert got[0] is not None
    return spending.asked, lines


def test_the_curves_by_what_they_are_drawn_from():
    asked, lines = curves("assumed", unasked_won=10)
    assert asked == [("won", 0.1, 1.5, True), ("kept", 0.8, 1.2, True)]
    assert lines[1:] == [
        "number setting.unasked_won: 10",
        "number setting.most_won: 150",
        "number setting.unasked_kept: 80",
        "number setting.most_kept: 120",
    ]
    asked, lines = curves("points", second_spend_won=300.0)
    assert asked == [
        ("won", 0.0, 1.5, True),
        ("won", (300.0, 30.0), 0.0),
        ("kept", 0.8, 1.2, True),
        ("kept", (200.0, 20.0), 0.8),
    ]
    assert lines[1:4] == [
        "caption next_euro.points.won spend=100 customers=9",
        "number setting.unasked_won: 0",
        "number setting.second_spend_won: 300",
    ]
    assert curves("history")[0] == [("won", "fitted"), ("kept", "fitted")]


def test_who_is_won_out_of_leads_and_who_buys_again():
    said = Some(
        claims=Some(
            verdict=lambda code, figure: {"sell_to_prospect": "within", "sell_to_existing": "below"}[code]
        ),
        dropoff=Some(buying_again=lambda: Some(soon=Estimate(0.3, 0.2, 0.4), active_days=142)),
    )
    channels = pd.DataFrame({"channel": ["ads"], "rate": [0.1]})
    won = Some(rate=Estimate(0.1, 0.05, 0.15), leads=200.0, won=20, warnings=(), channels=channels)
    assert read(prospects.section, said, won, drawn=[prospects]) == [
        "markdown ## acquisition.success.prospects.within leads=200 won=20 rate=0.1 low=0.05 high=0.15",
        "caption acquisition.success.existing.below rate=0.3 low=0.2 high=0.4 days=90 active_days=142",
        "table prospects: table.prospects ui.acquisition.tables.success open=True",
    ]
    nobody = Some(claims=said.claims, dropoff=Some(buying_again=lambda: None))
    assert read(prospects.section, nobody, None) == [
        "caption acquisition.success.no_leads",
    ]
    unknown = Some(rate=None, warnings=(), channels=channels.head(0))
    assert read(prospects.section, nobody, unknown) == []


def test_months_are_written_in_figures():
    written = [spend_editor._in_figures(month) for month in ("2024-03", "March", "2024-x", "x-03", 7)]
    assert written == ["03/2024", "March", "2024-x", "x-03", 7]


def test_a_table_typed_empty_is_none():
    nothing = spend_editor._nothing()
    assert list(nothing) == ["month", "channel", "purpose", "amount", "leads"]
    got = []
    read(lambda: got.append(spend_editor.table()))
    assert got == [None]


def test_the_tables_of_costs():
    assert tables.monthly(spent(), ENGLISH)["month"].tolist() == ["Jan 2024", "Feb 2024"]
    rows = of_money.costs(found(orders=(5.0, None)), ENGLISH)
    assert rows.astype(object).where(rows.notna(), None).to_numpy().tolist() == [
        ["acquisition.cost.cac", 90.0, None, None, 1800.0, 20],
        ["acquisition.cost.paid_cac", 120.0, 110.0, 130.0, 1800.0, 15],
        ["acquisition.cost.order_new", 5.0, None, None, 1800.0, 25],
        ["acquisition.cost.keep", 10.0, None, None, 800.0, 80],
        ["acquisition.cost.order_old", None, None, None, 800.0, 95],
    ]
    assert tables.named(pd.Series(["ads", ""]), ENGLISH).tolist() == ["ads", "acquisition.no_channel"]


def test_the_table_of_channels():
    assert tables.channels(found(), worth(), ENGLISH)["channel"].tolist() == ["ads", "acquisition.no_channel"]
    channels = pd.DataFrame(
        {
            "channel": ["ads", "friends", "tv"],
            "acquisition": [9.0, 4.0, 1.0],
            "new": [3, 2, 1],
            "cac": [3.0, 2.0, 1.0],
            "cac_low": [0.5, 1.5, 0.5],
            "cac_high": [4.0, 2.5, 4.0],
        }
    )
    years = {"ads": Some(margin=Estimate(8.0, 7.0, 9.0)), "friends": Some(margin=Estimate(14.0, 13.0, 15.0))}
    known = worth(by_channel=years, channels={"ads": Some(months=5), "friends": Some(months=6)})
    rows = tables.channels(found(channels=channels), known, ENGLISH)
    assert list(rows) == [
        "channel",
        "room",
        "cac",
        "break_even",
        "new",
        "paid_after",
        "acquisition",
        "cac_low",
        "cac_high",
        "break_even_low",
        "break_even_high",
    ]
    assert rows.astype(object).where(rows.notna(), None).to_numpy().tolist() == [
        ["friends", 12.0, 2.0, 14.0, 2, 6, 4.0, 1.5, 2.5, 13.0, 15.0],
        ["ads", 5.0, 3.0, 8.0, 3, 5, 9.0, 0.5, 4.0, 7.0, 9.0],
        ["tv", None, 1.0, None, 1, None, 1.0, 0.5, 4.0, None, None],
    ]


def test_the_tables_of_trends_and_of_payback():
    rows = tables.trends([moved(), moved("ads", "unsure")], ENGLISH)
    assert rows.to_numpy().tolist() == [
        ["chart.all_new", 12, 0.1, 0.05, 0.15, 90.0, 99.0, 0.01, "acquisition.direction.dearer"],
        ["ads", 12, 0.1, 0.05, 0.15, 90.0, 99.0, 0.2, "acquisition.direction.unsure"],
    ]
    curve = pd.DataFrame(
        {
            "months": [0, 1],
            "customers": 3,
            "balance": [-9.0, 5.0],
            "low": [-9.5, 4.0],
            "high": [-8.0, 6.0],
            "most": True,
        }
    )
    paid = one()
    paid.curve = curve
    assert tables.paid_back({"web": paid}).to_dict("records") == [
        {
            "customer_group": "web",
            "customers": 30,
            "cac": 90.0,
            "paid_after": 7,
            "paid_soonest": 5,
            "paid_latest": 9,
            "months_observed": 12,
            "balance": 5.0,
            "balance_low": 4.0,
            "balance_high": 6.0,
        },
    ]
    assert tables.balances({"web": paid}).to_numpy().tolist() == [
        ["web", 0, 3, -9.0, -9.5, -8.0],
        ["web", 1, 3, 5.0, 4.0, 6.0],
    ]


def test_the_tables_of_the_next_euro_and_of_success():
    found = euro()
    found.unlimited = found.today
    rows = tables.next_euro(found, ENGLISH)
    assert rows.to_numpy().tolist() == [
        ["next_euro.split.today", "chart.win", 40.0, 4.0, 10.0, 20.0, 3.0, 7.0],
        ["next_euro.split.today", "chart.keep", 60.0, 6.0, 10.0, 20.0, 2.0, 7.0],
        ["next_euro.split.best", "chart.win", 70.0, 7.0, 10.0, 20.0, 2.5, 9.0],
        ["next_euro.split.best", "chart.keep", 30.0, 3.0, 10.0, 20.0, 2.5, 9.0],
        ["next_euro.split.unlimited", "chart.win", 40.0, 4.0, 10.0, 20.0, 3.0, 7.0],
        ["next_euro.split.unlimited", "chart.keep", 60.0, 6.0, 10.0, 20.0, 2.0, 7.0],
    ]
    channels = pd.DataFrame({"channel": [""], "rate": [0.5], "low": [0.25], "high": [0.75]})
    assert tables.success(Some(channels=channels), ENGLISH).to_dict("records") == [
        {"channel": "acquisition.no_channel", "success": 0.5, "success_low": 0.25, "success_high": 0.75},
    ]
