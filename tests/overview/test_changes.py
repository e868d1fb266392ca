import dataclasses
import itertools

import pytest

from retention.overview import (
    Candidate,
    by_cohort,
    by_number,
    by_segment,
    by_shop,
    followed_by_number,
    notable,
)
from retention.statistics import Estimate
from retention.study import Study
from retention.text import LANGUAGES, Words
from retention.text.changes import change_sentence
from tests.conftest import shop
from tests.overview.shops import simulated

PLACES = {
    ("buyers", "all"),
    ("kept", "all"),
    ("average_order", "all"),
    ("followed", "all"),
    ("back", "cohort"),
    ("buyers", "segment"),
    ("kept", "segment"),
    ("average_order", "segment"),
    ("average_order", "number"),
    ("followed", "number"),
}


def candidate(chance, measure="kept", place="all", *, value=0.4, **more):
    return Candidate(
        measure,
        place,
        more.pop("item", ""),
        "before",
        24290,
        24289,
        value,
        0.5,
        Estimate(-0.15, -0.2, -0.1),
        -3.0,
        chance,
        **more,
    )


def everything(study, period="month", within=30):
    """Every change the study looks at."""
    window, known_from = study.window, study.shop.known_from()
    followed = study.tables.followed(period, within, "number")
    return [
        *by_shop(study.overview.trends(period, within)),
        *by_cohort(study.cohorts.table(period), known_from),
        *(found for by in study.segments.values() for found in of_segment(study, period, by)),
        *of_number(study, period),
        *followed_by_number(followed, window, period, within, known_from),
    ]


def of_segment(study, period, by):
    kept, values = study.tables.retained_by_segment(period, by), study.tables.order_values(period, by)
    return by_segment(kept, values, study.window, period, by)


def of_number(study, period):
    values = study.tables.order_values(period, "number")
    return by_number(values, study.window, period, study.shop.known_from())


def test_the_more_was_looked_at_the_further_a_change_must_stand_out():
    # .02 × 2 is under .05; of three, .02 × 3 is not
    assert len(notable([candidate(0.02), candidate(0.9)]).changes) == 1
    found = notable([candidate(0.02), candidate(0.9), candidate(0.8)])
    assert (found.changes, found.looked_at) == ((), 3)


def test_adjusted_chances_are_holms():
    named = [candidate(p, measure) for p, measure in ((0.001, "back"), (0.01, "kept"), (0.9, "followed"))]
    assert [found.adjusted for found in notable(named).changes] == pytest.approx([0.003, 0.02])


def test_of_one_measure_and_place_only_the_greatest_is_named_and_at_most_three():
    many = [candidate(1e-9 * n, "kept", "segment", item=str(n)) for n in (3, 1, 2)]
    assert [found.item for found in notable(many).changes] == ["1"]
    places = [candidate(1e-9, "kept", place) for place in ("all", "segment", "cohort", "number")]
    assert len(notable(places).changes) == 3


def test_counts_are_named_once():
    counts = [candidate(1e-9, "buyers", place) for place in ("all", "segment")]
    assert len(notable(counts).changes) == 1


def test_stayed_by_segment_by_hand():
    """Web: 40 in January of whom 30 stay, 40 in February of whom 10 do; the shop is too small to compare."""
    rows, segment = [], []

    def buy(who, when, where, value=10):
        rows.append((who, when, value))
        segment.append(where)

    for n in range(40):
        buy(f"w{n}", "2024-01-10", "web")
    for n in [*range(30), *range(100, 110)]:
        buy(f"w{n}", "2024-02-10", "web")
    for n in range(10):
        buy(f"w{n}", "2024-03-10", "web", 20)
        buy(f"s{n}", "2024-02-10", "shop")
        buy(f"s{n}", "2024-03-10", "shop")
    orders = shop(rows, "2024-01-01", "2024-03-31")
    orders.table["segment"] = segment
    found = {each.measure: each for each in of_segment(Study(orders), "month", "segment")}
    assert found.keys() == {"kept"}  # only ten buy in March: too few for the average order and the count
    kept = found["kept"]
    assert (kept.item, kept.value, kept.other) == ("web", 0.25, 0.75)
    assert kept.score == pytest.approx(-0.5 / (0.5 * 0.5 * 2 / 40) ** 0.5)
    assert kept.difference.low < -0.5 < kept.difference.high < 0


def test_without_a_complete_month_there_is_nothing_to_compare():
    short = Study(shop([("a", "2024-01-05", 5)], "2024-01-05", "2024-01-20"))
    assert of_number(short, "month") == []
    assert everything(short) == []


def of_firsts(period, **customers):
    """What is compared of first orders in a shop with so many new customers in each month."""
    rows = [
        (f"{month}-{n}", f"{month[1:5]}-{month[5:]}-{1 + n % 28:02d}", 10 + n % 3)
        for month, count in customers.items()
        for n in range(count)
    ]
    orders = shop([("old", "2021-01-01", 1), *rows], "2021-01-01", "2024-06-30")
    return [each for each in of_number(Study(orders), period) if each.measure == "average_order"]


@pytest.mark.parametrize(("now", "then", "compared"), [(30, 30, 1), (29, 60, 0), (60, 29, 0)])
def test_thirty_customers_then_and_now_are_needed(now, then, compared):
    assert len(of_firsts("month", m202406=now, m202405=then)) == compared


def test_months_stand_beside_the_one_before_and_the_year_before():
    found = of_firsts("month", m202406=30, m202405=30, m202306=30, m202305=30)
    june = 12 * 2024 + 5
    assert [(each.basis, each.period, each.other_period) for each in found] == [
        ("before", june, june - 1),
        ("year_before", june, june - 12),
    ]


def test_years_stand_beside_the_year_before_alone():
    found = of_firsts("year", m202306=30, m202206=30)
    assert [(each.basis, each.period, each.other_period) for each in found] == [("before", 2023, 2022)]


def test_a_segment_of_which_nobody_stays_keeps_nothing():
    months = {"2024-01": range(40), "2024-02": range(40), "2024-03": range(40, 80)}
    rows = [(f"w{n}", f"{month}-10", 10) for month, who in months.items() for n in who]
    orders = shop(rows, "2024-01-01", "2024-03-31")
    orders.table["segment"] = "web"
    kept = [each for each in of_segment(Study(orders), "month", "segment") if each.measure == "kept"]
    assert [(each.value, each.other) for each in kept] == [(0.0, 1.0)]


def test_first_orders_that_double_are_found():
    value = {"2024-02": 10, "2024-03": 20}
    rows = [
        (f"{month}{n}", f"{month}-{1 + n % 28:02d}", value.get(month, 10) + n % 5)
        for month in ("2023-12", "2024-01", "2024-02", "2024-03")
        for n in range(60)
    ]
    (found,) = notable(of_number(Study(shop(rows, "2023-12-01", "2024-03-31")), "month")).changes
    assert (found.measure, found.place, found.item) == ("average_order", "number", 1)
    assert (found.value, found.other) == (22, 12)


def test_a_cohort_is_compared_with_the_one_before_it():
    rows = []
    for month, after, stay in (("2024-03", "2024-04", 60), ("2024-04", "2024-05", 20)):
        rows += [(f"{month}{n}", f"{month}-05", 10) for n in range(100)]
        rows += [(f"{month}{n}", f"{after}-05", 10) for n in range(stay)]
    study = Study(shop([("old", "2024-01-01", 1), *rows], "2024-01-01", "2024-05-31"))
    (found,) = by_cohort(study.cohorts.table("month"), study.shop.known_from())
    assert (found.item, found.age, found.value, found.other) == (12 * 2024 + 3, 1, 0.2, 0.6)


@pytest.mark.slow
def test_in_shops_where_nothing_changes_hardly_anything_is_named():
    named = [bool(notable(everything(Study(simulated(seed, before=365)))).changes) for seed in range(4)]
    assert sum(named) <= 2  # of four at chances of .05 each, more than two come once in two thousand trials


def test_each_place_is_looked_at_with_its_segments():
    places = {(found.measure, found.place) for found in everything(Study(simulated(1, before=365)))}
    assert places == PLACES


def test_neither_names_nor_the_order_of_rows_matter():
    orders = simulated(3, customers=300)
    table = orders.table.sample(frac=1, random_state=1)
    table["customer_id"] = "x" + table["customer_id"].str[::-1]
    shuffled = type(orders)(table.reset_index(drop=True), orders.window)
    one, other = everything(Study(orders)), everything(Study(shuffled))
    assert len(one) == len(other) > 10
    for a, b in zip(one, other, strict=True):
        assert (a.measure, a.item, a.period) == (b.measure, b.item, b.period)
        assert a.score == pytest.approx(b.score)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_change_has_its_sentence(language):
    ages = {("back", "cohort"): (1, 2, 3)}
    for measure, place in PLACES:
        for period, number in {"month": 24290, "quarter": 8097, "year": 2024}.items():
            for value, age in itertools.product((0.4, 0.6), ages.get((measure, place), (None,))):
                found = candidate(0.01, measure, place, value=value, age=age, within=30, item=1)
                item = number if place == "cohort" else 1
                found = dataclasses.replace(found, period=number, item=item)
                assert len(change_sentence(found, period, Words(language, "EUR"))) > 30


def test_a_sentence_can_be_read_aloud():
    won = candidate(0.001, "back", "cohort", value=0.31, item=12 * 2024 + 2, age=1)
    assert change_sentence(won, "month", Words("en")) == (
        "Customers won in **Mar 2024** came back **less** in the month after: **31** of 100, against 50 of "
        "those won the month before (−19.0 points, −20.0 to −10.0)."
    )
    stayed = candidate(0.001, "kept", "segment", value=0.6, item="Negozio")
    assert change_sentence(stayed, "month", Words("it")) == (
        "In **mar 2024** i clienti di **Negozio** sono rimasti **di più**: su 100 che avevano comprato in "
        "feb 2024, **60** hanno ricomprato, contro i 50 del mese precedente (+10,0 punti, da −20,0 a −10,0)."
    )


def test_online_retail_stayed_more_in_november(retail_study):
    changes = notable(everything(retail_study)).changes
    assert retail_study.overview.notable_changes("month", 30).changes == changes
    named = {(found.measure, found.place): found for found in changes}
    kept = named["kept", "all"]
    assert (kept.period, kept.other_period) == (12 * 2011 + 10, 12 * 2011 + 9)
    bought = retail_study.orders.table.query("kind == 'purchase'")
    months = bought.groupby(bought["date"].dt.to_period("M"))["customer_id"].agg(set)
    september, october, november = (months[f"2011-{month}"] for month in ("09", "10", "11"))
    assert kept.value == pytest.approx(len(october & november) / len(october))
    assert kept.other == pytest.approx(len(september & october) / len(september))
