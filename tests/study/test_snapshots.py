"""Snapshots of a shop opened on its own later sales: what came is counted apart, what differs is refused."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from benchmarks.simulated_shop import Shop, live, orders_table
from retention import ingest
from retention.errors import InputError
from retention.orders import Orders
from retention.periods import Window
from retention.snapshot import dump, load
from retention.study import Study
from retention.study.snapshots import HORIZONS
from retention.text import LANGUAGES, Words, since as said
from tests.conftest import shop

MADE = date(2025, 1, 3)
CUTS = {"a year": date(2023, 12, 31), "six months": date(2024, 6, 30), "three months": date(2024, 9, 30)}


@pytest.fixture(scope="module")
def whole():
    """The sample shop's study, and its table of orders."""
    raw = ingest.open_sample("shop")
    orders = ingest.to_orders(raw, ingest.guess(raw).mapping).orders
    return Study(orders), orders.table


@pytest.fixture(scope="module", params=CUTS.values(), ids=CUTS.keys())
def opened(request, whole):
    """A snapshot of an earlier day, from its file, and what the whole data says of it."""
    study, _ = whole
    taken = study.until(request.param).snapshots.taken("shop.csv", MADE)
    kept = load(dump(taken))
    assert kept == taken
    return kept, study.snapshots.since(kept)


def came(table, end, due):
    """Purchase days and net revenue of the customers first seen by a day, counted in the orders table."""
    rows = table.assign(day=table["date"].dt.normalize())
    bought = rows[rows["kind"] == "purchase"]
    known = bought.groupby("customer_id")["day"].min()
    known = known[known <= pd.Timestamp(end)].index
    rows = rows[
        rows["customer_id"].isin(known)
        & (rows["day"] > pd.Timestamp(end))
        & (rows["day"] <= pd.Timestamp(due))
    ]
    days = rows[rows["kind"] == "purchase"].drop_duplicates(["customer_id", "day"])
    return len(days), rows.loc[rows["kind"] != "zero", "value"].sum()


def test_what_came_is_what_the_orders_say(opened, whole):
    kept, found = opened
    _, table = whole
    over = [each for each in found.opened if each.due <= date(2024, 12, 31)]
    assert len(over) == sum(kept.end + timedelta(days=n) <= date(2024, 12, 31) for n in (30, 91, 183, 365))
    assert over
    for each in over:
        days, money = came(table, kept.end, each.due)
        assert each.purchases.came == days
        assert each.revenue.came == pytest.approx(money)
        for figure in (each.purchases, each.revenue):
            low, high = figure.expected.ends
            assert figure.hit == (low <= figure.came <= high)
            assert low < figure.expected.value < high


def test_what_is_not_over_stays_sealed(opened):
    _, found = opened
    for each in found.opened:
        assert each.over == (each.due <= date(2024, 12, 31))
        if not each.over:
            assert (each.purchases.came, each.revenue.came, each.purchases.hit) == (None, None, None)


def test_both_know_the_same_past(opened):
    _, found = opened
    assert found.same_past


def test_no_customer_is_in_it(opened, whole):
    kept, _ = opened
    _, table = whole
    content = dump(kept).decode()
    assert len(content) < 30_000
    values = set()

    def gather(part):
        for each in part.values() if isinstance(part, dict) else part:
            gather(each) if isinstance(each, dict | list) else values.add(str(each))

    gather(json.loads(content))
    assert not values & set(table["customer_id"])


def test_the_same_months_are_compared(opened):
    kept, found = opened
    assert found.basis == ("year" if kept.end == CUTS["a year"] else "same_months")
    assert found.now.first_day == kept.end + timedelta(days=1)
    assert found.now.first - found.then.first == 12
    assert found.now.months == found.then.months


def test_the_figures_are_those_of_the_orders(opened, whole):
    _, found = opened
    _, table = whole
    for span in (found.now, found.then):
        rows = table[table["date"].dt.date.between(span.first_day, span.last_day)]
        bought = rows[rows["kind"] == "purchase"]
        net = rows.loc[rows["kind"] != "zero"].groupby("customer_id")["value"].sum()
        assert span.sums["revenue_net"].part == pytest.approx(net.sum())
        assert span.sums["revenue_net"].part2 == pytest.approx((net**2).sum())
        assert span.sums["orders"].part == len(bought)
        assert span.sums["orders"].customers == bought["customer_id"].nunique()
        assert span.sums["average_order"].part == pytest.approx(bought["value"].sum())
        first = table[table["kind"] == "purchase"].groupby("customer_id")["date"].min().dt.date
        assert span.sums["new"].customers == first.between(span.first_day, span.last_day).sum()


def test_who_stays_and_who_returns_are_counted_one_by_one(opened, whole):
    kept, found = opened
    _, table = whole
    bought = table[table["kind"] == "purchase"].sort_values("date")
    month = 12 * bought["date"].dt.year + bought["date"].dt.month - 1
    there = set(zip(bought["customer_id"], month, strict=True))
    span = found.now
    at_risk = [(who, m) for who, m in there if span.first - 1 <= m < span.last]
    assert span.sums["kept"].whole == len(at_risk)
    assert span.sums["kept"].part == sum((who, m + 1) in there for who, m in at_risk)
    days = {who: list(each.dt.date) for who, each in bought.groupby("customer_id")["date"]}
    wait = timedelta(days=kept.within)
    won = [each for each in days.values() if span.first_day <= each[0] + wait <= span.last_day]
    assert span.sums["again"].whole == len(won)
    assert span.sums["again"].part == sum(len(each) > 1 and each[1] <= each[0] + wait for each in won)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_both_languages(opened, language):
    _, found = opened
    words = Words(language, "EUR", markdown=True)
    lines = said.sentences(found, words)
    assert len(said.rows(found, words.bare)) == 8
    assert not any("{" in line for line in lines)
    assert sum(line.startswith("**") for line in lines) == 2 + len(found.changes.real)


# Two years of a shop where nothing is drawn: forty customers buy on the 5th of every month
def steady(months, value=10.0, customers=40, start="2022-01"):
    days = pd.period_range(start, periods=months, freq="M").to_timestamp() + timedelta(days=4)
    rows = [(f"c{n}", str(day.date()), value) for day in days for n in range(customers)]
    last = (days[-1] + pd.offsets.MonthEnd(0)).date()
    return shop(rows, f"{start}-01", str(last))


def refusal(kept, orders):
    with pytest.raises(InputError) as refused:
        Study(orders).snapshots.since(kept)
    for language in LANGUAGES:
        assert Words(language).error(refused.value)
    return refused.value


@pytest.fixture(scope="module")
def kept():
    return Study(steady(18)).snapshots.figures("steady", MADE)


def test_nothing_has_changed_where_nothing_does(kept):
    found = Study(steady(24)).snapshots.since(kept)
    assert found.basis == "same_months"
    assert found.changes.real == ()
    assert found.opened == ()


def test_data_that_ends_no_later_is_refused(kept):
    assert refusal(kept, steady(18)).code == "snapshot_not_newer"
    assert refusal(kept, steady(12)).code == "snapshot_not_newer"


def test_another_currency_is_refused(kept):
    error = refusal(replace(kept, currency="EUR"), replace(steady(24), currency="USD"))
    assert (error.code, error.details) == ("snapshot_currency", {"then": "EUR", "now": "USD"})


def test_a_currency_that_only_one_names_is_not(kept):
    assert Study(replace(steady(24), currency="USD")).snapshots.since(kept).same_past


def test_a_file_that_begins_later_is_refused(kept):
    assert refusal(kept, steady(18, start="2022-07")).code == "snapshot_starts_later"


def test_another_past_is_refused_and_a_nearly_equal_one_is_told(kept):
    assert refusal(kept, steady(24, customers=41)).code == "snapshot_other_past"
    assert refusal(kept, steady(24, value=10.3)).code == "snapshot_other_past"
    near = Study(steady(24, value=10.1)).snapshots.since(kept)
    assert not near.same_past
    lines = said.notes(near, Words("en"))
    assert any("7,272 net instead of 7,200" in line for line in lines)


def test_less_than_a_month_leaves_nothing_to_compare(kept):
    orders = steady(19)
    early = Orders(orders.table, Window(orders.window.first, date(2023, 7, 20)))
    found = Study(early).snapshots.since(kept)
    assert (found.basis, found.changes) == (None, None)
    assert said.changed(found, Words("en"))[0].startswith("**Nothing to compare yet**")


def test_without_a_year_before_it_says_that_seasons_are_in_the_difference():
    short = Study(steady(6)).snapshots.figures("steady", MADE)
    found = Study(steady(8)).snapshots.since(short)
    assert (found.basis, found.then.months, found.now.months) == ("before", 2, 2)
    assert any("another time of the year" in line for line in said.notes(found, Words("en")))


def test_more_than_a_year_is_compared_with_a_whole_one(kept):
    found = Study(steady(33)).snapshots.since(kept)
    assert (found.basis, found.then.months, found.now.months) == ("year", 12, 12)
    assert found.then.last_day == kept.end


def test_a_shop_no_model_can_be_fitted_to_has_no_forecast():
    once = shop([(f"c{n}", "2022-01-05", 10) for n in range(40)], "2022-01-01", "2022-12-31")
    taken = Study(once).snapshots.taken("once", MADE)
    assert (taken.sealed, taken.model) == ((), None)
    assert load(dump(taken)) == taken


# Shops that were as they are for years before their file begins; only a rise of spend is new, where asked for
BEGAN, FIRST, CUT, LAST = date(2018, 1, 1), date(2021, 1, 1), date(2023, 12, 31), date(2024, 7, 31)


def drawn(seed, *, spend=1.0, customers=1400):
    """Orders of customers who buy at random while they stay, each at an own pace and of an own amount."""
    draw = np.random.default_rng(seed)
    first, cut, last = ((day - BEGAN).days for day in (FIRST, CUT, LAST))
    rows = []
    for n in range(customers):
        won = draw.uniform(0, last + 1)
        gone = won + draw.exponential(400)
        gaps = draw.exponential(60 / draw.gamma(1.5), 400).cumsum()
        days = np.floor([won, *(won + gaps)])
        days = days[(days <= gone) & (days >= first) & (days <= last)].astype(int)
        values = draw.lognormal(3, 0.4) * draw.lognormal(0, 0.3, days.size) * np.where(days > cut, spend, 1.0)
        rows += [
            (f"c{n}", str(BEGAN + timedelta(days=int(day))), round(value, 2))
            for day, value in zip(days, values, strict=True)
        ]
    return shop(rows, str(FIRST), str(LAST))


def since_the_cut(orders):
    study = Study(orders)
    return study.snapshots.since(study.until(CUT).snapshots.figures("drawn", MADE))


@pytest.mark.slow
def test_where_nothing_changes_something_is_named_once_in_twenty_at_most():
    shops = 200
    named = sum(bool(since_the_cut(drawn(seed)).changes.real) for seed in range(shops))
    assert named <= 0.05 * shops + 2 * np.sqrt(0.05 * 0.95 * shops)


def test_where_something_changes_it_is_named():
    found = since_the_cut(drawn(7, spend=1.3))
    assert {"average_order", "revenue_net"} <= {each.figure for each in found.changes.real}
    order = next(each for each in found.changes.compared if each.figure == "average_order")
    assert order.difference.low / order.other < 0.3 < order.difference.high / order.other


# Shops that live by the BG/NBD, the same all along: what was sealed of them is held against what they then do
LIVED = Shop("bg_nbd", (0.8, 60.0, 0.8, 2.5), (6.25, 3.74, 15.44))
SEALED, SEEN = date(2022, 12, 31), Window(date(2021, 1, 1), date(2023, 12, 31))


def lived(seed, customers=1500):
    """Three years of one, its customers won evenly over them."""
    chance = np.random.default_rng(seed)
    born = chance.uniform(0.0, SEEN.days, customers)
    table = orders_table(live(LIVED, born, SEEN.days - 1e-6, chance), pd.Timestamp(SEEN.first))
    return Study(Orders(table, SEEN))


@pytest.mark.slow
def test_what_comes_lies_in_the_sealed_ranges_as_often_as_they_say():
    shops, held, ranges = 100, Counter(), Counter()
    for seed in range(shops):
        study = lived(seed)
        taken = study.until(SEALED).snapshots.taken("lived", MADE)
        for part in study.snapshots.since(taken).opened:
            for figure in (part.purchases, part.revenue):
                if figure.hit is not None:
                    ranges[part.months, figure.of] += 1
                    held[part.months, figure.of] += figure.hit
    assert len(ranges) == 2 * len(HORIZONS)
    assert min(ranges.values()) >= 0.98 * shops
    shares = {which: held[which] / n for which, n in ranges.items()}
    assert all(0.88 <= share <= 0.99 for share in shares.values()), shares
