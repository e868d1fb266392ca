"""A shop small enough to work every figure of winning against keeping by hand."""

import json
from datetime import date

import numpy as np
import pandas as pd
import pytest

from retention.acquisition import cac_position, channel_column, unit_economics
from retention.errors import DataWarning
from retention.lifetime_value import NewCustomer
from retention.orders import Orders
from retention.periods import Window
from retention.report.acquisition import acquisition
from retention.statistics import Estimate
from retention.study import Spending, Study
from tests.conftest import shop

JANUARY = 12 * 2024
# (customer, day, value, channel): a and b come in January by the search, c and d in February, by the search
# and by word of mouth, e in February by nobody knows what; a, b and c buy again
ROWS = [
    ("a", "2024-01-01", 40, "Search"),
    ("b", "2024-01-10", 60, "search "),
    ("b", "2024-01-20", 20, "Mail"),
    ("a", "2024-02-05", 30, "Mail"),
    ("b", "2024-02-06", -10, "Mail"),
    ("c", "2024-02-10", 50, "Search"),
    ("d", "2024-02-11", 70, "Friends"),
    ("e", "2024-02-12", 90, None),
    ("a", "2024-03-05", 30, "Mail"),
    ("c", "2024-03-10", 10, "Mail"),
]
SPEND = [
    (JANUARY, "search", "acquisition", 30.0, 10),
    (JANUARY + 1, "Search", "acquisition", 40.0, 20),
    (JANUARY + 1, "Radio", "acquisition", 20.0, np.nan),
    (JANUARY + 1, "Mail", "retention", 3.0, np.nan),
    (JANUARY + 2, "Mail", "retention", 5.0, np.nan),
]


def spending(rows):
    columns = ["month", "channel", "purpose", "amount", "leads"]
    return pd.DataFrame(rows, columns=columns).astype({"month": "int64", "amount": float, "leads": float})


def made(rows=ROWS, last="2024-03-31"):
    orders = shop([row[:3] for row in rows], "2024-01-01", last)
    table = orders.table.assign(segment=[channel for *_, channel in rows])
    return Orders(table, orders.window)


def against(orders, spend, *, leave_out_left_truncated=False):
    spent = Study(orders).acquisition(spend)
    return spent.winning(leave_out_left_truncated=leave_out_left_truncated)


class Expecting(Spending):
    """Spend beside what a new customer is expected to bring, as given."""

    def __init__(self, study, spend, expected):
        super().__init__(study, spend)
        self.expected = expected

    def worth(self, _, margin, **how):
        return unit_economics(self.winning(**how), margin, self.expected)


def plain_of(orders, spend, *, margin, expected=None, leave_out_left_truncated=False):
    spent = Expecting(Study(orders), spend, expected)
    return acquisition(spent, None, margin, leave_out_left_truncated=leave_out_left_truncated)


@pytest.fixture(scope="module")
def found():
    return against(made(), spending(SPEND))


def test_all_new_customers_and_those_of_channels_with_spend(found):
    assert found.costs.cac.value == 90 / 5
    assert (found.costs.paid_customers, found.costs.paid_cac.value) == (3, 90 / 3)


def test_a_kept_customer_costs_what_was_spent_on_keeping(found):
    # a buys in January, February and March, b leaves, c stays: kept are a in February, and a and c in March
    assert (found.costs.retained_customers, found.costs.retention_cost.value) == (3, pytest.approx(8 / 3))
    assert found.costs.ratio.value == pytest.approx(18 / (8 / 3))


def test_an_order_of_new_and_of_old_customers(found):
    # in the month of their first purchase a orders once, b twice, c, d and e once; later a twice and c once
    assert (found.orders.new_orders, found.orders.old_orders) == (6, 3)
    assert (found.orders.new.value, found.orders.old.value) == (90 / 6, pytest.approx(8 / 3))


def test_each_channel_against_its_own_spend(found):
    rows = found.costs.channels.set_index("channel")
    assert rows["new"].to_dict() == {"Search": 3, "Radio": 0, "": 1, "Friends": 1, "Mail": 0}
    assert rows.loc["Search", "cac"] == 70 / 3
    assert rows["cac"].drop("Search").isna().all()
    assert [w.details for w in found.costs.warnings if w.code == "channel_without_customers"] == [
        {"channels": ["Radio"], "unmatched": ["Friends"]}
    ]


def test_the_channel_is_found_in_whichever_column_names_it():
    orders = made()
    moved = Orders(orders.table.assign(segment="north", segment_2=orders.table["segment"]), orders.window)
    tables = Study(moved).tables
    held = {column: tables.names(column) for column in ("segment", "segment_2")}
    assert channel_column(held, ["SEARCH"]) == "segment_2"
    assert channel_column(held, ["Elsewhere", ""]) is None
    assert against(moved, spending(SPEND)).costs.paid_customers == 3


def test_the_trend_needs_more_than_three_months(found):
    assert found.trends == ()


def test_leads_of_the_search_made_customers_of_three_in_thirty(found):
    assert (found.success.won, found.success.leads, found.success.rate.value) == (3, 30, 0.1)


def test_cohorts_pay_back_at_their_own_cac(found):
    # January: a and b for 30, so 15 each. February: c, d and e for 60, so 20 each
    value = unit_economics(found, margin=0.5)
    january, february = (value.cohorts[month] for month in (JANUARY, JANUARY + 1))
    assert (january.won, january.cac, february.won, february.cac) == (2, 15, 3, 20)
    # to 31 March a is observed 91 days and b 82, two months of 30.4375; c, d and e one. In the first month a
    # bought for 40, b for 80 less 10; in the second a for 30 (on day 36) and b nothing
    assert january.curve["balance"].tolist() == pytest.approx([-15, 55 / 2 - 15, 55 / 2 + 15 / 2 - 15])
    assert january.months == 1
    assert february.curve["balance"].tolist() == pytest.approx([-20, (60 + 70 + 90) / 6 - 20])


def test_a_channel_pays_back_at_its_own_cac(found):
    # a, b and c brought 40, 70 and 60 in their first month
    search = unit_economics(found, margin=0.5).channels["Search"]
    assert (search.won, search.cac) == (3, pytest.approx(70 / 3))
    assert search.curve["balance"].iloc[1] == pytest.approx(170 / 3 / 2 - 70 / 3)


def test_a_year_that_nobody_was_observed_for_gives_no_value(found):
    value = unit_economics(found, margin=0.5)
    assert (value.first_year.margin, value.realised_multiple, value.expected) == (None, None, None)


def test_an_average_customer_pays_back_as_far_as_thirty_were_observed():
    # 29 of 60 customers are observed for two months: the second is not read, so the CAC is not seen paid back
    rows = [(f"a{i}", "2024-01-25", 10, "Search") for i in range(29)]
    rows += [(f"b{i}", "2024-02-20", 10, "Search") for i in range(31)]
    rows += [(f"a{i}", "2024-03-01", 10, "Search") for i in range(29)]
    orders, spend = made(rows), spending([(JANUARY, "Search", "acquisition", 900.0, np.nan)])
    paid = unit_economics(against(orders, spend), margin=1.0).everybody
    assert (paid.months, paid.observed) == (None, 1)
    missed = {"cac": paid.cac, "reached": 10, "months": 1}
    assert paid.warnings == (DataWarning("not_paid_back", missed),)
    overall = plain_of(orders, spend, margin=1.0)["payback"]["overall"]
    assert (overall["months"], overall["months_observed"]) == (None, 1)


def test_what_a_customer_is_expected_to_bring_is_set_against_the_cac(found):
    value = unit_economics(found, margin=0.5, expected=NewCustomer(36.0, np.array([30.0, 42.0])))
    assert value.expected_multiple.value == 36 / 18
    assert (value.expected.value, value.expected.low < 36 < value.expected.high) == (36, True)


def test_why_no_model_tells_is_told_after_what_was_not_observed(found):
    refused = DataWarning("cannot_fit", {"reason": "nobody_repeats"})
    value = unit_economics(found, margin=0.5, expected=refused)
    assert (value.expected, value.expected_multiple, value.value_won) == (None, None, None)
    assert [warning.code for warning in value.warnings] == ["not_observed_long_enough", "cannot_fit"]


def test_a_customer_won_brings_what_a_year_brought_or_else_what_is_expected(found):
    expected = NewCustomer(36.0, np.empty(0))
    assert unit_economics(found, margin=0.5, expected=expected).value_won == 36.0
    rows = [(f"a{i}", "2023-01-15", 10, "Search") for i in range(40)]
    orders = Study(Orders(made(rows).table, Window(date(2023, 1, 1), date(2024, 3, 31))))
    spend = spending([(JANUARY - 12, "Search", "acquisition", 100.0, np.nan)])
    year = orders.acquisition(spend).winning(leave_out_left_truncated=False)
    assert unit_economics(year, margin=0.5, expected=expected).value_won == 5.0


@pytest.mark.parametrize(
    ("cac", "low", "high", "answer"),
    [
        (Estimate(10.0), 18.0, 22.0, "below"),
        (Estimate(19.0), 18.0, 22.0, "unsure"),
        (Estimate(10.0, 8.0, 19.0), 18.0, 22.0, "unsure"),
        (Estimate(30.0, 23.0, 40.0), 18.0, 22.0, "above"),
        (Estimate(20.5), None, None, "above"),
        (None, None, None, None),
    ],
)
def test_a_cac_is_told_from_its_ceiling_only_beyond_both_intervals(cac, low, high, answer):
    assert cac_position(cac, Estimate(20.0, low, high)) == answer


def test_neither_names_nor_the_order_of_rows_matter():
    spend = spending(SPEND)
    one = plain_of(made(), spend, margin=0.4)
    renamed = [(f"z{ord('z') - ord(name)}", *rest) for name, *rest in ROWS]
    other = plain_of(made(renamed[::-1]), spend[::-1].reset_index(drop=True), margin=0.4)
    assert other == one


def test_json_holds_the_figures():
    plain = plain_of(made(), spending(SPEND), margin=0.5, expected=NewCustomer(36.0, np.empty(0)))
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert plain["months"] == ["2024-01", "2024-02", "2024-03"]
    assert plain["spend"] == {"acquisition": 90, "retention": 8}
    assert plain["customers"] == {"new": 5, "paid": 3, "retained": 3}
    assert plain["paid_cac"] == {"value": 30, "low": None, "high": None}
    assert plain["cost_per_order"]["new"]["value"] == 15
    assert plain["success"]["rate"]["value"] == 0.1
    assert plain["break_even_cac"]["expected"]["value"] == 36
    assert plain["ltv_to_cac"]["expected"]["value"] == 2
    assert plain["payback"]["overall"]["months"] == 1
    assert [row["cohort"] for row in plain["payback"]["by_cohort"]] == ["2024-01", "2024-02"]
    assert plain["trend"] == []


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [(JANUARY - 30, "Search", "acquisition", 5.0, np.nan)],
        [(JANUARY + 2, "Search", "acquisition", 5.0, 7)],
        [(JANUARY, "Elsewhere", "acquisition", 5.0, 1)],
        [(JANUARY + 1, "Search", "acquisition", 0.0, 0)],
        [(JANUARY + 1, "Mail", "retention", 5.0, np.nan)],
    ],
    ids=["none", "before the data", "no new customers", "a channel nobody names", "of 0", "keeping alone"],
)
@pytest.mark.parametrize("leave_out", [False, True])
def test_spend_that_tells_nothing_leaves_blanks(rows, leave_out):
    plain = plain_of(made(), spending(rows), margin=0.5, leave_out_left_truncated=leave_out)
    assert json.dumps(plain, allow_nan=False)
    assert plain["trend"] == []


def test_one_customer_in_one_month():
    one = made([("a", "2024-01-01", 40, "Search")], last="2024-01-31")
    plain = plain_of(one, spending(SPEND[:1]), margin=0.5)
    assert plain["cac"]["value"] == 30
    assert plain["payback"]["overall"]["balance"] == -10


def growing(old, months=24, seed=2):
    """A shop won at 20 each throughout, whose first weeks bring `old` customers from before the file."""
    generator = np.random.default_rng(seed)
    start = pd.Timestamp("2023-01-01")
    rows = []
    for month in range(months):
        first = start + pd.DateOffset(months=month)
        days = (first + pd.DateOffset(months=1) - first).days
        rows += [
            (f"{month}-{i}", first + pd.Timedelta(days=int(generator.integers(days))), 30) for i in range(40)
        ]
    rows += [(f"old-{i}", start + pd.Timedelta(days=int(generator.exponential(20))), 30) for i in range(old)]
    again = [(who, when + pd.Timedelta(days=float(generator.exponential(25))), 30) for who, when, _ in rows]
    last = start + pd.DateOffset(months=months) - pd.Timedelta(days=1)
    kept = [(who, f"{when:%Y-%m-%d}", value) for who, when, value in rows + again if when <= last]
    number = 12 * 2023 + np.arange(months)
    spend = pd.DataFrame({"month": number, "channel": "x", "purpose": "acquisition", "amount": 800.0})
    return shop(kept, "2023-01-01", f"{last:%Y-%m-%d}"), spend


def warned(old):
    orders, spend = growing(old)
    spent = Study(orders).acquisition(spend)
    kept, later = (spent.winning(leave_out_left_truncated=out) for out in (False, True))
    return kept, later, spent.left_truncation(1.0)


def test_old_customers_taken_for_new_make_the_cac_seem_to_rise_and_that_is_said():
    kept, later, warnings = warned(old=250)
    told = {warning.code: warning.details for warning in warnings}
    assert kept.costs.cac.value < 17.5
    assert 19.5 < later.costs.cac.value <= 20  # the last of the old ones come a little later still
    trend = told["left_truncated_trend"]
    assert trend["rise"] == kept.trends[0].per_month.value > 0.01
    assert trend["rise_without"] == later.trends[0].per_month.value
    assert abs(trend["rise_without"]) < 0.004
    assert later.left_out == trend["customers"] > 250


def test_where_there_are_none_nothing_is_said():
    kept, later, warnings = warned(old=0)
    assert warnings == ()
    assert kept.trends[0].direction == later.trends[0].direction == "unsure"


@pytest.mark.parametrize(("months", "period"), [(8, "month"), (9, "quarter"), (36, "quarter"), (37, "year")])
def test_cohorts_are_as_long_as_leaves_a_dozen(months, period):
    days = pd.date_range("2024-01-01", periods=months, freq="MS")
    rows = [(f"c{n}", str(day.date()), 10, "Search") for n, day in enumerate(days)]
    spend = [(JANUARY + n, "Search", "acquisition", 5.0, np.nan) for n in range(months)]
    last = str((days[-1] + pd.offsets.MonthEnd()).date())
    assert against(made(rows, last), spending(spend)).cohort_period == period
