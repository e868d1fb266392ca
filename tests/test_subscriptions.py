"""Orders at fixed intervals: by hand, by brute force, and on shops whose truth is known."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from retention.aggregate import CANCELLED, OPEN, PAUSED, RENEWED, recurring, renewals, times_between
from retention.periods import last_day, number_of
from retention.study import Study
from retention.subscriptions import BOUNDS, INTERVALS, RULES, kept_to, renewed
from tests.conftest import shop
from tests.subscribing import buyers, orders, subscribers

MONTH, QUARTER = INTERVALS.index("month"), INTERVALS.index("quarter")
LENGTHS = [rule.months for rule in RULES.values()]


def study(*customers, last="2024-12-31"):
    """Each customer's purchases as (day, value) pairs, or days of a value of 10."""
    rows = [
        (f"c{n}", *(each if isinstance(each, tuple) else (each, 10)))
        for n, days in enumerate(customers)
        for each in days
    ]
    return Study(shop(rows, "2024-01-01", last))


def monthly(*months, day=15):
    return [f"2024-{month:02d}-{day}" for month in months]


def subscribed(*intervals, known=0):
    return pd.DataFrame({"customer": range(len(intervals)), "interval": intervals, "known": known})


@pytest.mark.parametrize(
    ("days", "interval"),
    [
        (monthly(1, 2, 3, 4), "month"),  # 31, 29, 31 days
        (monthly(1, 2, 3), None),  # on time twice only
        (monthly(1, 2, 3, 5, 6), "month"),  # a pause of one, on time three times of four
        (monthly(1, 2, 3, 5, 6, 8, 9, 11), None),  # as many pauses as times on time
        ([*monthly(1, 2, 3, 4), "2024-04-25"], None),  # sooner once in four times that were no pause
        (["2024-01-01", "2024-03-31", "2024-07-01", "2024-09-30"], "quarter"),
        ([f"2024-01-{day:02d}" for day in (1, 8, 15, 22, 29)], None),  # four weeks may be chance
        (["2024-01-01", "2024-01-01"], None),
    ],
)
def test_who_keeps_to_an_interval(days, interval):
    times = times_between(study(days).purchases, BOUNDS)
    place = kept_to(times)
    found = [INTERVALS[at] for at in place if at >= 0]
    assert found == ([interval] if interval else [])


def test_what_becomes_of_renewals_by_hand():
    """One pauses after two on time, one cancels after one, one is not due yet; an extra order counts not."""
    found = renewals(
        study(
            monthly(1, 2, 3, 6, 7),
            monthly(1, 2),
            [*monthly(11, 12), "2024-11-20"],
        ).purchases,
        subscribed(MONTH, MONTH, MONTH),
        BOUNDS,
    )
    told = sorted(
        zip(
            found["renewals"],
            found["first"],
            found["outcome"],
            found["late"],
            found["customers"],
            strict=True,
        )
    )
    assert told == sorted(
        [
            (0, True, RENEWED, 0, 3),
            (1, True, RENEWED, 0, 1),
            (1, True, CANCELLED, 0, 1),
            (1, True, OPEN, 0, 1),
            (2, True, PAUSED, 92 - 34, 1),
            (2, False, RENEWED, 0, 1),
            (3, False, CANCELLED, 0, 1),
        ]
    )
    seen = renewed(found)
    assert (seen.active, seen.cancelled, seen.paused, seen.back_after) == (1, 2, 1, 58)
    assert seen.rate is None  # too few


def test_the_day_after_the_last_on_time_is_overdue():
    for days, outcome in ((34, OPEN), (35, CANCELLED)):
        last = (date(2024, 2, 15) + timedelta(days=days)).isoformat()
        found = renewals(study(monthly(1, 2), last=last).purchases, subscribed(MONTH), BOUNDS)
        assert found["outcome"].tolist() == [RENEWED, outcome]


def test_the_rate_is_over_customers_up_to_their_first_miss():
    """Of 40, 30 renew twice and cancel, 10 renew once and are not due: 70 of 100 renewals."""
    table = pd.DataFrame(
        [
            (MONTH, 0, 0, True, RENEWED, 0, 40),
            (MONTH, 0, 1, True, RENEWED, 0, 30),
            (MONTH, 0, 2, True, CANCELLED, 0, 30),
            (MONTH, 0, 1, True, OPEN, 0, 10),
            (MONTH, 0, 3, False, RENEWED, 0, 99),  # after a miss
        ],
        columns=["interval", "known", "renewals", "first", "outcome", "late", "customers"],
    )
    seen = renewed(table)
    assert seen.rate.value == pytest.approx(0.7)
    assert seen.by_number["due"].tolist() == [40, 30, 30]
    assert seen.by_number["rate"].tolist() == [1.0, 1.0, 0.0]
    later = renewed(table.assign(known=1))
    assert later.rate.value == pytest.approx(0.5)  # the first renewal made them known


def test_revenue_a_month_by_hand():
    """10 a month from January to March, 12 from April, none in August, back in October; 30 a quarter."""
    found = recurring(
        study(
            [*((day, 10) for day in monthly(1, 2, 3)), *((day, 12) for day in monthly(4, 5, 6, 10))],
            [("2024-02-10", 30)],
            last="2024-11-30",
        ).purchases,
        subscribed(MONTH, QUARTER),
        BOUNDS,
        LENGTHS,
    ).set_index("month")
    at = {month: found.loc[12 * 2024 + month - 1] for month in range(1, 12)}
    assert at[1]["new"] == 10
    assert at[2]["new"] == 10  # 30 over three months
    assert at[4]["expansion"] == 2
    assert at[5]["churned"] == 10  # the quarter's, overdue from 16 May on
    assert at[7]["churned"] == 12  # overdue from 20 July on
    assert at[10]["reactivated"] == 12
    assert at[11]["churned"] == 12
    assert [at[month]["customers"] for month in (1, 2, 4, 5, 7, 10, 11)] == [1, 2, 2, 1, 0, 1, 0]


def paid(rows, table, end):
    """What a subscriber pays at the end of a month, looked up day by day."""
    low, high = BOUNDS[table]
    last, value = None, 0.0
    for day, amount in rows:
        if day > end:
            break
        if last is None or day - last >= low:
            last, value = day, amount
    return value / LENGTHS[table] if last is not None and end <= last + high else 0.0


@pytest.mark.parametrize("seed", range(3))
def test_the_moves_of_revenue_sum_to_its_change(seed):
    made = Study(orders(subscribers(seed, 60, pauses=0.4, extras=0.1)))
    purchases = made.purchases
    customers = range(len(purchases.names))
    table = pd.DataFrame({"customer": customers, "interval": MONTH, "known": 0})
    found = recurring(purchases, table, BOUNDS, LENGTHS)
    rows = purchases.table.groupby(["customer", "day"])["value"].sum().reset_index()
    bought = {
        who: list(zip(each["day"], each["value"], strict=True)) for who, each in rows.groupby("customer")
    }
    total = 0.0
    for month in found.itertuples():
        end = last_day(month.month, "month").toordinal()
        each = [paid(bought[who], MONTH, end) for who in customers]
        total += month.new + month.expansion + month.reactivated - month.contraction - month.churned
        assert total == pytest.approx(sum(each))
        assert month.customers == sum(value > 0 for value in each)
    assert found["month"].iloc[-1] == number_of(made.window.last, "month")


@pytest.mark.parametrize("k", [1, 4])
def test_buyers_at_their_own_moments_are_not_taken_for_subscribers(k):
    kept = Study(orders(buyers(1, 1500, k=k))).subscriptions.kept()
    assert kept.recognised <= 0.005 * kept.judged
    assert not kept.found


def test_subscribers_are_found_among_other_buyers():
    made = Study(orders(subscribers(2, 400) + buyers(3, 400)))
    kept = made.subscriptions.kept()
    found = made.purchases.names_of(kept.subscribers["customer"])
    known = made.tables.rhythms()
    bought = known[(known["gaps"] >= 4) & known["customer_id"].str.startswith("s")]["customer_id"]
    assert bought.isin(found).mean() > 0.98
    assert found.str.startswith("s").mean() > 0.99
    assert not kept.everybody
    assert made.subscriptions.found().by_interval.keys() == {"month"}


def test_where_nearly_all_subscribe_everybody_counts_from_the_first_order():
    found = Study(orders(subscribers(4, 400))).subscriptions.found()
    assert found.everybody
    assert found.share == 1.0
    assert found.renewals.by_number["renewals"].iloc[0] == 0


def test_who_buys_irregularly_does_not_count_with_everybody():
    made = Study(orders(subscribers(4, 400) + buyers(1, 20)))
    kept = made.subscriptions.kept()
    assert kept.everybody
    counted = made.purchases.names_of(kept.subscribers["customer"])
    bought = made.tables.rhythms()
    judged = bought[(bought["gaps"] >= 3) & bought["customer_id"].str.startswith("b")]["customer_id"]
    assert len(judged) >= 10
    assert judged.isin(counted).mean() <= 0.1
    assert counted.str.startswith("s").sum() == made.purchases.names.str.startswith("s").sum()


@pytest.mark.parametrize(("few", "first"), [(0, 0), (600, 3)])
def test_renewal_rates_are_recovered(few, first):
    """Of customers who leave by chances of Beta(1, 15), (15 + n) / (16 + n) make renewal n + 1."""
    inside = []
    for seed in range(4):
        rows = subscribers(seed, 500, alpha=1.0, beta=15.0) + buyers(seed, few)
        seen = Study(orders(rows)).subscriptions.found().renewals
        told = seen.by_number.head(12)
        truth = (15 + told["renewals"]) / (16 + told["renewals"])
        assert told["renewals"].iloc[0] == first
        inside += ((told["low"] <= truth) & (truth <= told["high"])).tolist()
    assert np.mean(inside) >= 0.88  # 95 % of 48, within what chance allows


def test_a_shop_without_any_says_how_many_were_looked_at(small_study):
    assert small_study.subscriptions.found() is None
    assert small_study.subscriptions.warnings() == ()
