"""The Audit page part by part: its choices, the five lenses, the tables behind them."""

from datetime import date
from types import SimpleNamespace as Some

import pandas as pd
import pytest

from retention.periods import Window
from retention.statistics import Estimate
from retention.ui.audit import choices, lenses, tables
from tests.keyed import ENGLISH
from tests.ui.screens import read, shown

NAN = float("nan")
FEBRUARY = 24289


def study(**audit):
    return Some(audit=Some(**{name: lambda *asked, found=found: found for name, found in audit.items()}))


def one_period(**changed):
    given = {
        "customers": 30,
        "best": Estimate(0.6, 0.5, 0.7),
        "median": 20.0,
        "mean": 30.0,
        "share_once": 0.4,
    }
    given |= {"is_skewed": True, "refunds": 0.0, "refunded": 0.0}
    return Some(**(given | changed))


def test_lens_one():
    found = read(lenses.one_period, study(one_period=one_period()), "month", FEBRUARY, drawn=[lenses])
    assert found == [
        "markdown ## audit.one_period.headline when=Feb 2024 customers=30 best=0.6 low=0.5 high=0.7",
        "chart charts.audit.distribution: audit.one_period.alt when=Feb 2024 customers=30 median=20 best=0.6",
        "caption audit.one_period.reading once=0.4 median=20 mean=30",
        "table audit_bins: table.audit_bins ui.audit.tables.bins",
        "table audit_deciles: table.audit_deciles ui.audit.tables.deciles columns=decile,customers,gross,share_of_revenue,orders_per_customer,gross_per_customer",
    ]
    other = one_period(is_skewed=False, refunds=-0.5, refunded=0.5)
    said = read(lenses.one_period, study(one_period=other), "month", FEBRUARY, drawn=[lenses])
    assert said[2] == (
        "caption audit.one_period.reading.even once=0.4 median=20 mean=30 audit.refunds refunded=0.5"
    )
    few = read(
        lenses.one_period, study(one_period=one_period(customers=29)), "month", FEBRUARY, drawn=[lenses]
    )
    assert few[:2] == [
        "markdown ## audit.one_period.headline.few n=29 when=Feb 2024",
        "caption audit.few n=29",
    ]
    assert [line.split()[0] for line in few[2:]] == ["table", "table"]
    assert read(lenses.one_period, study(one_period=None), "month", FEBRUARY) == [
        "caption audit.nobody when=Feb 2024",
    ]


def two_periods(everybody=30):
    return Some(
        kept=Estimate(0.5, 0.4, 0.6),
        net_before=100.0,
        net_after=90.0,
        relative_change=-0.1,
        kept_spent="less",
        stayed="less",
        customers=lambda group: {"lost": 1, "new": 2, "reactivated": 3, "retained": 4}[group],
        money={"lost": -20.0, "won": 15.0, "kept": -5.0},
        by_orders=-3.0,
        by_order_value=-2.0,
        up=5,
        down=6,
        same=7,
        everybody=everybody,
        moved={"up": 0.1, "down": 0.2, "same": 0.3, "gone": 0.4, "none": 0.5},
    )


def test_lens_two():
    asked = study(two_periods=two_periods())
    assert read(lenses.two_periods, asked, "month", FEBRUARY, drawn=[lenses]) == [
        "markdown ## audit.two_periods.changed change=-0.1 first=Jan 2024 second=Feb 2024 before=100 after=90 audit.two_periods.because.less lost=-20 won=15 kept=5",
        "button next.customers",
        "chart charts.audit.steps: audit.two_periods.alt first=Jan 2024 second=Feb 2024 before=100 after=90",
        "caption audit.two_periods.reading lost_money=-20 won_money=15 lost=1 new=2 reactivated=3 audit.two_periods.stayed.less n=4 stayed=5 by_orders=3 by_value=2 audit.two_periods.kept first=Jan 2024 kept=0.5 low=0.4 high=0.6",
        "table audit_steps: table.audit_steps ui.audit.tables.steps",
        "table audit_groups: table.audit_groups ui.audit.tables.groups",
        "subheader audit.migration",
        "grid_container",
        "chart charts.audit.migration: audit.migration.alt first=Jan 2024 second=Feb 2024 up=5 down=6 same=7",
        "caption audit.migration.reading up=0.1 down=0.2 same=0.3 gone=0.4 none=0.5",
        "table audit_migration: table.audit_migration ui.audit.tables.migration",
    ]
    few = read(lenses.two_periods, study(two_periods=two_periods(29)), "month", FEBRUARY, drawn=[lenses])
    assert few[0].startswith("markdown ## audit.two_periods.changed change=-0.1 ")
    assert few[2] == "caption audit.few n=29"
    assert [line.split()[0] for line in few] == ["markdown", "button", "caption", "caption", "table", "table"]
    assert read(lenses.two_periods, study(two_periods=None), "month", FEBRUARY) == [
        "caption audit.two_periods.none when=Feb 2024",
    ]


def test_how_those_who_stayed_changed_is_told_by_its_sign():
    found = two_periods()
    found.stayed = "rarer_larger"
    found.by_orders, found.by_order_value = -9.0, 4.0
    told = "audit.two_periods.stayed.rarer_larger n=4 stayed=-5 by_orders=-9 by_value=4"
    kept = "audit.two_periods.kept first=Jan 2024 kept=0.5 low=0.4 high=0.6"
    assert read(lenses._who_changed_it, found, "Jan 2024")[0].endswith(f"reactivated=3 {told} {kept}")
    found.customers = lambda group: 0
    assert read(lenses._who_changed_it, found, "Jan 2024")[0].endswith(f"reactivated=0 {kept}")


def cohort(age=1, size=30):
    table = pd.DataFrame(
        {
            "period": [FEBRUARY - 1, FEBRUARY, FEBRUARY + 1],
            "age": [0, age, age + 1],
            "active": [10, 4, 3],
            "share": [1.0, 0.4, 0.3],
            "low": [0.9, 0.3, 0.2],
            "high": [1.0, 0.5, 0.4],
            "net_per_customer": [20.0, 30.0, 31.0],
            "orders_per_active": [1.5, 1.25, 1.0],
            "net_per_active": [20.0, 25.0, 9.0],
            "complete": [True, True, False],
        }
    )
    return Some(cohort=FEBRUARY - 1, period="month", size=size, table=table, complete=table.head(2))


def test_lens_three(monkeypatch):
    monkeypatch.setattr(lenses.choices, "cohort", lambda study: ("month", FEBRUARY - 1))
    assert read(lenses.one_cohort, study(one_cohort=cohort()), drawn=[lenses]) == [
        "markdown ## audit.one_cohort.headline share=0.4 low=0.3 high=0.5 cohort=Jan 2024 when=Feb 2024 size=30 worth=30",
        "chart charts.audit.followed: audit.one_cohort.alt what=setting.followed.active cohort=Jan 2024 when=Feb 2024 first=10 last=4",
        "caption audit.one_cohort.reading when=Feb 2024 share=0.4 orders=1.25 net=25",
        "table audit_cohort: table.audit_cohort ui.audit.tables.one_cohort columns=period,whole_period,active,share_of_cohort,low,high,net_per_customer",
    ]
    own = read(lenses.one_cohort, study(one_cohort=cohort(age=0)), drawn=[lenses])
    assert own[0].startswith("markdown ## audit.one_cohort.headline.own ")
    few = read(lenses.one_cohort, study(one_cohort=cohort(size=29)), drawn=[lenses])
    assert few[1] == "caption audit.few n=29"
    assert not any(line.startswith("chart") for line in few)


def base(count=1, **changed):
    table = pd.DataFrame(
        {
            "cohort": [FEBRUARY] * count,
            "share_active": 0.5,
            "low": 0.4,
            "high": 0.6,
            "share_of_revenue": 0.25,
            "days_since": 60.0,
        }
    )
    given = {
        "customers": 30,
        "active": 5,
        "share_active": 0.5,
        "share_once": 0.1,
        "share_of_old": 0.7,
        "table": table,
    }
    given |= {
        "new": pd.Series({"share_of_revenue": 0.3}),
        "has_unassigned": False,
        "unassigned_refunded": 8.0,
    }
    return Some(**(given | changed))


def test_lens_five():
    assert read(lenses.whole_base, study(whole_base=base()), "month", FEBRUARY, drawn=[lenses]) == [
        "markdown ## audit.whole_base.headline when=Feb 2024 old=0.7 active=0.5 once=0.1",
        "chart charts.audit.generations: audit.whole_base.alt when=Feb 2024 new=0.3",
        "caption audit.whole_base.first",
        "table audit_base: table.audit_base ui.audit.tables.generations columns=cohort,whole_period,customers,active,share_active,share_once,share_of_revenue",
    ]
    many = base(25, has_unassigned=True)
    said = read(lenses.whole_base, study(whole_base=many), "month", FEBRUARY, drawn=[lenses])
    assert said[2] == (
        "caption audit.whole_base.first audit.whole_base.cut most=24 audit.unassigned refunded=8"
    )
    few = read(lenses.whole_base, study(whole_base=base(customers=29)), "month", FEBRUARY, drawn=[lenses])
    assert few[1] == "caption audit.few n=29"
    assert not any(line.startswith("chart") for line in few)
    exactly = read(lenses.whole_base, study(whole_base=base(24)), "month", FEBRUARY, drawn=[lenses])
    assert not any("audit.whole_base.cut" in line for line in exactly)
    for nobody in (None, base(active=0)):
        assert read(lenses.whole_base, study(whole_base=nobody), "month", FEBRUARY) == [
            "caption audit.nobody when=Feb 2024",
        ]


def test_a_lens_stays_open_over_languages():
    seen = shown(lenses.tabs, state={"audit_lens": lenses.LENSES[2]}).app.session_state
    assert seen["audit_lens_en"] == f"audit.lens.{lenses.LENSES[2]}"
    assert seen["audit_lens"] == lenses.LENSES[2]
    assert shown(lenses.tabs).app.session_state["audit_lens"] == lenses.LENSES[0]


def window(first, last):
    return Some(window=Window(date.fromisoformat(first), date.fromisoformat(last)))


def chosen(part, found, **state):
    got = []
    lines = read(lambda: got.append(part(found)), state=state)
    return (got[0] if got else None), lines


@pytest.mark.parametrize(
    ("first", "last", "step", "offered"),
    [
        ("2021-01-01", "2024-12-31", "year", "2024, 2023, 2022, 2021 = 2024"),
        ("2023-01-01", "2024-12-31", "year", "2024, 2023 = 2024"),
        ("2023-01-01", "2024-03-31", "quarter", "Q1 2024, Q4 2023, Q3 2023, Q2 2023, Q1 2023 = 8096"),
        ("2024-01-01", "2024-01-31", "month", "Jan 2024 = 24288"),
    ],
)
def test_the_longest_period_that_has_two_is_looked_at(first, last, step, offered):
    got, lines = chosen(choices.period, window(first, last))
    assert got[0] == step
    assert lines[-1] == f"selectbox audit.last: {offered}"


def test_without_a_whole_period_the_page_ends():
    assert chosen(choices.period, window("2024-01-02", "2024-01-30")) == (None, ["info audit.no_period"])


def cohorts(*numbers):
    found = window("2024-01-01", "2024-12-31")
    found.audit = Some(cohorts=lambda step: list(numbers))
    return found


def test_the_second_cohort_is_followed_at_first():
    month = {"audit_cohorts": "month"}
    got, lines = chosen(choices.cohort, cohorts(FEBRUARY - 1, FEBRUARY, FEBRUARY + 1), **month)
    assert got == ("month", FEBRUARY)
    assert lines[1] == "selectbox audit.cohort: Mar 2024, Feb 2024, Jan 2024 = 24289"
    assert chosen(choices.cohort, cohorts(FEBRUARY), **month)[0] == ("month", FEBRUARY)
    assert chosen(choices.cohort, cohorts(), **month)[1][-1] == "info audit.no_cohort"
    kept = {"audit_cohort.month": FEBRUARY + 1}
    assert chosen(choices.cohort, cohorts(FEBRUARY, FEBRUARY + 1), **month, **kept)[0] == (
        "month",
        FEBRUARY + 1,
    )


def test_two_cohorts_the_last_but_one_against_the_one_before():
    month = {"audit_cohorts": "month"}
    four = cohorts(FEBRUARY, FEBRUARY + 1, FEBRUARY + 2, FEBRUARY + 3)
    got, lines = chosen(choices.pair, four, **month)
    assert got == ("month", FEBRUARY + 1, FEBRUARY + 2, 0.3)
    assert lines[1:] == [
        "selectbox audit.cohort: May 2024, Apr 2024, Mar 2024, Feb 2024 = 24291",
        "selectbox audit.against: May 2024, Mar 2024, Feb 2024 = 24290",
        "number setting.margin: 30",
    ]
    assert chosen(choices.pair, cohorts(FEBRUARY, FEBRUARY + 1), **month)[0][1:3] == (FEBRUARY, FEBRUARY + 1)
    first = {"audit_second.month": FEBRUARY}
    assert chosen(choices.pair, four, **month, **first)[0][1:3] == (FEBRUARY + 1, FEBRUARY)
    assert chosen(choices.pair, cohorts(FEBRUARY), **month)[1][-1] == "info audit.one_cohort_only"


def test_the_tables_of_one_period():
    table = pd.DataFrame({"share": [0.5], "revenue": [3.0], "revenue_per_customer": [1.5], "other": [1]})
    named = ["share_of_customers", "gross", "gross_per_customer", "other"]
    assert list(tables.bins(Some(bins=table))) == list(tables.deciles(Some(deciles=table))) == named


def test_the_tables_of_two_periods():
    groups = pd.DataFrame({"group": ["lost"], "orders": [3], "change": [-9.0]})
    assert tables.groups(Some(groups=groups), ENGLISH).to_dict("records") == [
        {"customer_group": "audit.group.lost", "orders_after": 3, "revenue_change": -9.0},
    ]
    steps = pd.DataFrame({"step": ["before"], "change": [9.0], "from_value": [0.0]})
    assert tables.steps(Some(steps=steps), {"first": "2023", "second": "2024"}, ENGLISH).to_dict(
        "records"
    ) == [
        {"step": "audit.step.before first=2023 second=2024", "revenue_change": 9.0},
    ]


def test_who_moved_between_tenths():
    moves = pd.DataFrame({"before": [1, 1, 0], "after": [2, 0, 10], "customers": [4, 5, 6]})
    found = tables.migration(Some(migration=moves), ENGLISH)
    nothing = "audit.bought_nothing"
    assert list(found) == ["tenth_before", *(str(n) for n in range(1, 11)), nothing]
    assert found["tenth_before"].tolist() == [*(str(n) for n in range(1, 11)), nothing]
    assert (found["2"].iloc[0], found[nothing].iloc[0], found["10"].iloc[10]) == (4, 5, 6)
    assert found.drop(columns="tenth_before").to_numpy().sum() == 15


def test_the_tables_of_cohorts():
    found = tables.one_cohort(cohort(), ENGLISH)
    assert found["period"].tolist() == ["Jan 2024", "Feb 2024", "Mar 2024"]
    assert found["whole_period"].tolist() == ["value.yes", "value.yes", "value.no"]
    assert found["share_of_cohort"].tolist() == [1.0, 0.4, 0.3]
    factors = pd.DataFrame({"factor": ["size"], "first": [3.0], "second": [4.0], "change": [9.0]})
    two = Some(first=FEBRUARY - 1, second=FEBRUARY, factors=factors)
    assert tables.factors(two, "month", ENGLISH).to_dict("records") == [
        {"factor": "audit.factor.size", "Jan 2024": 3.0, "Feb 2024": 4.0, "contribution": 9.0},
    ]
    whole = Some(table=pd.DataFrame({"cohort": [FEBRUARY], "complete": [False]}))
    assert tables.generations(whole, "month", ENGLISH).to_dict("records") == [
        {"cohort": "Feb 2024", "whole_period": "value.no"},
    ]
