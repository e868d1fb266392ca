"""The Drop-off page part by part: which sentence stands where, with which figures."""

from datetime import date
from types import SimpleNamespace as Some

import pandas as pd
import pytest

from retention.leaving import FIRST_ORDER
from retention.statistics import Estimate
from retention.story import tables as told
from retention.ui.dropoff import groups, leavers, one_step, steps, tables
from tests.keyed import ENGLISH
from tests.ui.screens import read

NAN = float("nan")


WITHIN = Estimate(0.5, 0.4, 0.6)


def step(number=1, within=WITHIN, **changed):
    given = {"purchase": number, "next_purchase": number + 1, "customers": 100, "within": within}
    given |= {
        "lost": within and Estimate(0.5, 0.45, 0.55),
        "reached": Estimate(0.5**number),
        "asked_within": 180,
        "median_days": 30,
    }
    given |= {"trigger_day": 70, "goes_on": Estimate(0.6, 0.5, 0.7), "read_at_day": 90, "naive": 0.3}
    return Some(**(given | changed))


def drop(*found, worst=None, later=None, day=90):
    compared = found or (step(1), step(2))
    found = {"steps": compared, "compared": compared, "day": day, "worst": worst, "later_point": later}
    return Some(**found, is_short=False)


def test_where_most_are_lost():
    assert read(steps.headline, drop(worst=step(1), later=step(3))) == [
        "markdown ## dropoff.headline.both number=1 within=90 lost=0.5 low=0.45 high=0.55 later_lost=0.5 later_low=0.45 later_high=0.55 later=3",
        "caption dropoff.basis customers=100 median=30 trigger=70",
    ]
    assert read(steps.headline, drop(worst=step(1)))[0].split()[2] == "dropoff.headline.first"
    assert read(steps.headline, drop(worst=step(2), later=step(2)))[0].split()[2] == "dropoff.headline.later"
    assert read(steps.headline, drop()) == ["info dropoff.too_few"]
    short = drop(worst=step(1))
    short.is_short = True
    assert read(steps.headline, short) == ["info dropoff.too_short"]


def test_four_figures():
    assert read(steps.figures, drop(), 2) == [
        "grid_container",
        "metric dropoff.goes_on: value.percent value=0.5",
        "metric dropoff.median: value.days n=30",
        "metric dropoff.trigger: value.days n=70",
        "metric dropoff.to_ask: 2",
    ]
    never = drop(step(within=None, median_days=None, trigger_day=None))
    assert read(steps.figures, never, 0)[1:] == [
        "metric dropoff.goes_on: value.percent value=–",
        "metric dropoff.median: –",
        "metric dropoff.trigger: –",
        "metric dropoff.to_ask: 0",
    ]


def test_the_curve_by_purchase_number():
    assert read(steps.curve, drop(), drawn=[steps]) == [
        "chart charts.dropoff.steps.steps: dropoff.steps.alt within=90 second=0.5 last=3 share=0.25",
        "caption dropoff.steps.reading within=90 second=0.5 last=3 share=0.25",
        "table dropoff_steps: table.dropoff_steps story.tables.steps columns=purchase,customers,within,within_low,within_high,trigger_day",
    ]
    many = drop(*(step(n) for n in range(1, 15)))
    assert "last=13" in read(steps.curve, many, drawn=[steps])[1]


def test_the_step_looked_at():
    got, found = [], drop(*(step(n) for n in range(1, 4)))
    lines = read(lambda: got.append(steps.purchase(found)), state={"purchase_number": "3"})
    assert got[0].purchase == 3
    assert lines == [
        "buttons setting.purchase_number: setting.purchase_number.1, setting.purchase_number.2, setting.purchase_number.3 = 3",
    ]
    read(lambda: got.append(steps.purchase(found)), state={"purchase_number": "8"})
    assert got[1].purchase == 1


def test_customers_older_than_the_file_are_left_out_when_asked():
    got = []
    for chosen in ("keep", "leave_out"):
        read(lambda: got.append(steps.leave_out()), state={"old_customers": chosen})
    assert got == [False, True]


def test_the_wait_for_the_next_purchase():
    assert read(steps.waiting, step(2), drawn=[steps]) == [
        "chart charts.dropoff.waiting.waiting: dropoff.waiting.alt n=2 customers=100 share=0.6 day=90 asked=180 median=30 trigger=70 naive=0.3",
        "caption dropoff.waiting.reading n=2 customers=100 share=0.6 day=90 asked=180 median=30 trigger=70 naive=0.3",
        "table dropoff_waiting: table.dropoff_waiting ui.dropoff.tables.waiting",
    ]


def test_no_day_to_ask_is_named_where_too_few_are_followed():
    untold = step(asked_within=None, median_days=None, trigger_day=None)
    assert read(steps.headline, drop(untold, worst=untold))[1].split()[1] == "dropoff.basis.untold"
    drawn = read(steps.waiting, untold, drawn=[steps])
    assert "dropoff.waiting.alt.untold" in drawn[0]
    assert "dropoff.waiting.reading.untold" in drawn[1]


@pytest.mark.parametrize(("number", "height"), [(5, ""), (6, " height=248")])
def test_the_list_of_whom_to_ask(number, height):
    days = ("purchase", "last_day", "waited", "trigger", "revenue")
    to_ask, last = (
        pd.DataFrame(dict.fromkeys(("customer_id", *days), range(1, number + 1))),
        date(2024, 12, 31),
    )
    assert read(steps.list_of, to_ask, last, drawn=[steps]) == [
        f"caption dropoff.list.help n={number} last=2024-12-31",
        f"rows ui.dropoff.steps._listed{height}",
        f"download dropoff_list: dropoff.list.download {number} rows",
    ]
    assert read(steps.list_of, to_ask.head(0), last) == ["caption dropoff.list.none last=2024-12-31"]


def table_of_steps():
    curve = Some(
        at_risk_on=lambda day: 100 - day, gone_by=lambda day: Estimate(day / 100, day / 200, day / 50)
    )
    return step(curve=curve, read_at_day=16)


def test_the_tables():
    assert told.steps(drop(step(1), step(2, goes_on=None))).to_dict("records") == [
        {
            "purchase": 1,
            "customers": 100,
            "within": 0.5,
            "within_low": 0.4,
            "within_high": 0.6,
            "median_days": 30,
            "trigger_day": 70,
            "goes_on": 0.6,
            "low": 0.5,
            "high": 0.7,
            "read_at_day": 90,
            "naive": 0.3,
            "reached": 0.5,
        },
    ]
    assert tables.waiting(table_of_steps()).to_numpy().tolist() == [
        [0, 100, 0, 0, 0],
        [7, 93, 0.07, 0.035, 0.14],
        [14, 86, 0.14, 0.07, 0.28],
        [16, 84, 0.16, 0.08, 0.32],
    ]
    never = table_of_steps()
    never.read_at_day = None
    assert tables.waiting(never)["day"].tolist() == [0]
    first = date(2024, 1, 1).toordinal()
    asked = {"customer_id": ["a"], "purchase": [2], "last_day": [first], "waited": [5], "trigger": [4]}
    assert tables.listed(pd.DataFrame({**asked, "revenue": [9.0]})).to_dict("records") == [
        {
            "customer_id": "a",
            "orders": 2,
            "last_bought": date(2024, 1, 1),
            "waited": 5,
            "trigger_day": 4,
            "revenue_net": 9.0,
        },
    ]


def grouped(count=2, **columns):
    return pd.DataFrame(
        {
            "group": [f"g{n}" for n in range(count)],
            "customers": range(count, 0, -1),
            "followed_to_day": 40,
            "within": [n / 100 for n in range(count)],
            "within_low": 0.1,
            "within_high": 0.9,
            "median_days": 30.0,
        }
    ).assign(**columns)


def test_a_step_in_each_group():
    assert read(groups._chart, "segment", grouped(), step(2), 90, drawn=[groups]) == [
        "chart charts.dropoff.groups.groups: dropoff.segment.alt number=2 within=90 name=g0 share=0 low=0.1 high=0.9 everybody=0.5",
        "caption dropoff.segment.reading number=2 within=90 name=g0 share=0 low=0.1 high=0.9 everybody=0.5",
    ]
    nobody = grouped(within=NAN)
    for shown, looked_at in ((nobody, step()), (grouped(), step(within=None))):
        assert read(groups._chart, "cohort", shown, looked_at, 90) == [
            "caption dropoff.cohort.none within=90"
        ]


def test_one_step_of_all_and_of_each_group(monkeypatch):
    monkeypatch.setattr(one_step.steps, "cached", lambda make, *of: make.__name__)
    months = study()
    lines = read(one_step.section, months, drop(), state={"purchase_number": "2"})
    kinds = [line.split()[0] for line in lines]
    assert kinds == ["buttons", "chart", "caption", "table", "subheader", "chart", "caption", "table"]
    assert months.asked == [(2, 90)]


def test_the_groups_a_chart_can_hold():
    large = groups._largest(grouped(13))
    assert large["group"].tolist() == [f"g{n}" for n in range(11, -1, -1)]
    named = groups._segments(grouped(group=["web", None]), ENGLISH)
    assert named["group"].tolist() == ["web", "dropoff.not_given"]
    cohorts = groups._cohorts(grouped(group=[24288, 24289]), "month", ENGLISH)
    assert cohorts["group"].tolist() == ["Jan 2024", "Feb 2024"]
    assert str(named["median_days"].dtype) == str(cohorts["median_days"].dtype) == "Int64"


def study(**segments):
    asked = []

    def by_segment(*given):
        asked.append(given)
        return grouped()

    by_cohort = lambda *given: asked.append(given) or grouped(group=[24288, 24289])  # noqa: E731
    found = Some(by_segment=by_segment, by_cohort=by_cohort, cohort_period=lambda: "month")
    return Some(segments=segments, dropoff=found, asked=asked)


def test_groups_by_segment_and_by_cohort():
    one = study(channel="segment")
    lines = read(groups.by_segment, one, step(2), drop())
    assert one.asked == [("segment", 2, 90)]
    assert [line.split(":")[0].split()[0] for line in lines] == ["chart", "caption", "table"]
    two = study(channel="segment", country="segment_2")
    lines = read(groups.by_segment, two, step(2), drop(), state={"dropoff_segment": "country"})
    assert two.asked == [("segment_2", 2, 90)]
    assert lines[0] == "buttons dropoff.segment: Channel, country = country"
    assert read(groups.by_segment, study(), step(), drop()) == []
    assert read(groups.by_segment, one, step(), drop(day=None)) == []
    months = study()
    assert len(read(groups.by_cohort, months, step(2), drop())) == 3
    assert months.asked == [(2, 90)]
    assert read(groups.by_cohort, months, step(), drop(day=None)) == []


def leaving(real=1, rows=2):
    columns = {"column": ["channel", FIRST_ORDER], "level": ["web", 1], "outcome": OUTCOMES}
    table = pd.DataFrame(
        {
            **columns,
            "customers": [40, 50],
            "rate": 0.5,
            "low": 0.4,
            "high": 0.6,
            "other_rate": 0.3,
            "difference": [0.2, -0.1],
            "difference_low": 0.1,
            "difference_high": 0.3,
            "corrected_p": 0.01,
            "real": [True, False],
        }
    )
    found = table.head(rows)
    return Some(table=found, days=90, watched_days=180, edges=(10.0, 20.0), real=lambda: range(real))


OUTCOMES = ["gone", "repeated"]


def test_who_leaves():
    found = leaving()
    one = Some(dropoff=Some(leaving=lambda: found), segments={"channel": "segment"})
    assert read(leavers.section, one) == [
        "subheader leaving.title",
        "markdown leaving.headline.gone days=90 twice=180 outcome=gone group=web customers=40 rate=0.5 low=0.4 high=0.6 other=0.3 points=0.2 points_low=0.1 points_high=0.3",
        "caption leaving.window days=90",
        "markdown **leaving.chart.repeated days=90 twice=180**",
        "chart Drawing(chart=alt.LayerChart(...)): leaving.alt.repeated n=0 outcome=repeated group=leaving.size.between low=10 high=20 customers=50 rate=0.5 low=0.4 high=0.6 other=0.3 points=-0.1 points_low=0.1 points_high=0.3",
        "markdown **leaving.chart.gone days=90 twice=180**",
        "chart Drawing(chart=alt.LayerChart(...)): leaving.alt.gone n=1 outcome=gone group=web customers=40 rate=0.5 low=0.4 high=0.6 other=0.3 points=0.2 points_low=0.1 points_high=0.3",
        "caption leaving.legend n=1 compared=2",
        "table leaving: table.leaving 2 rows columns=group,outcome,group_share,other_rate,points,points_low,points_high,real",
    ]
    alone = Some(dropoff=Some(leaving=lambda: leaving(rows=1)), segments={"channel": "segment"})
    assert sum(line.startswith("chart") for line in read(leavers.section, alone)) == 1
    for nobody in (None, leaving(rows=0)):
        none = Some(dropoff=Some(leaving=lambda nobody=nobody: nobody))
        assert read(leavers.section, none) == ["subheader leaving.title", "caption leaving.none"]


def test_nothing_may_be_more_than_chance():
    found = leaving(real=0)
    rows = leavers._worded(found, False, ENGLISH)
    assert read(leavers._headline, found, rows) == ["markdown leaving.headline.none n=2"]


def test_the_names_of_groups():
    rows = leavers._worded(leaving(), True, ENGLISH)
    assert rows["group"].tolist() == [
        "leaving.group column=Channel group=web",
        "leaving.size.between low=10 high=20",
    ]
    sizes = [leavers._size(leaving(), n, ENGLISH) for n in range(3)]
    assert sizes == [
        "leaving.size.smallest high=10",
        "leaving.size.between low=10 high=20",
        "leaving.size.largest low=20",
    ]
    assert leavers._segment("channel", None, False, ENGLISH) == "dropoff.not_given"
    assert leavers._segment("channel", "web", False, ENGLISH) == "web"


def test_the_table_of_who_leaves():
    rows = leavers._worded(leaving(), False, ENGLISH)
    assert leavers._table(rows, ENGLISH).round(6).to_numpy().tolist() == [
        [
            "Channel",
            "web",
            "leaving.outcome.gone",
            40,
            0.5,
            0.4,
            0.6,
            0.3,
            20.0,
            10.0,
            30.0,
            0.01,
            "leaving.is_real.yes",
        ],
        [
            "leaving.first_order",
            "leaving.size.between low=10 high=20",
            "leaving.outcome.repeated",
            50,
            0.5,
            0.4,
            0.6,
            0.3,
            -10.0,
            10.0,
            30.0,
            0.01,
            "leaving.is_real.no",
        ],
    ]
