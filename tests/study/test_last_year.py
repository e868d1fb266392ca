"""Footings against a year they did not see, on shops whose truth is known and on real ones."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from retention import ingest
from retention.errors import DataWarning, InputError
from retention.lifetime_value import OPEN, Wanted
from retention.orders import Orders
from retention.periods import Window
from retention.study import Question, Study
from retention.what_if import FOOTINGS, Base, Plan, Tried, constant_retention, simulate
from tests.lifetime_value import shops
from tests.lifetime_value.conftest import TWO_YEARS

PLAN = Plan(0.05, "points", margin=0.3, discount_rate=0.1, years=3, form="without_first")
MODEL = Wanted("mbg_nbd", 1, season=False)
QUESTION = Question("month", PLAN, footing=None, wanted=MODEL)
START = date(2021, 1, 1)


def month_of(place):
    return pd.Timestamp(START) + pd.DateOffset(months=int(place))


def orders_of(rows, months, last=None):
    """Orders from (customer, month, day of it, value)."""
    customer, month, day, value = (np.array(column) for column in zip(*rows, strict=True))
    begins = pd.DatetimeIndex([month_of(m) for m in range(months)])
    table = pd.DataFrame(
        {
            "customer_id": customer.astype(str),
            "order_id": [str(n) for n in range(len(rows))],
            "date": begins[month] + pd.to_timedelta(day, unit="D"),
            "value": value.astype(float),
            "kind": "purchase",
        }
    )
    last = last or (month_of(months) - pd.Timedelta(days=1)).date()
    return Orders(table[table["date"] < pd.Timestamp(last) + pd.Timedelta(days=1)], Window(START, last))


def usual(_):
    """What every purchase costs."""
    return 10.0


def subscribers(won, stays, seed, price=usual):
    """Customers who buy once every month until they leave, each with a chance of their own of staying.

    Parameters
    ----------
    won : how many begin in each month
    stays : draws so many chances
    """
    draw, rows, customer = np.random.default_rng(seed), [], 0
    for month, many in enumerate(won):
        for chance in stays(draw, many):
            lives = 1 + (draw.geometric(1.0 - chance) - 1 if chance < 1 else len(won))
            until = min(month + lives, len(won))
            rows += [(customer, at, draw.integers(0, 27), price(at)) for at in range(month, until)]
            customer += 1
    return orders_of(rows, len(won))


def alike(chance):
    return lambda _, many: np.full(many, chance)


def two_kinds(draw, many):
    return draw.choice([0.97, 0.3], size=many)


def biases(study, question=QUESTION):
    year = study.what_if.last_year(question.period, question.wanted, question.unit)
    return year, {code: found.bias for code, found in year.tried.items() if isinstance(found, Tried)}


def test_where_all_customers_are_alike_the_textbook_and_the_curve_foresee_the_year():
    study = Study(subscribers([60] * 36, alike(0.8), seed=1))
    year, off = biases(study)
    assert year.span.until == date(2022, 12, 31)
    assert abs(off["constant"]) < 0.05
    assert abs(off["cohorts"]) < 0.05
    assert {"constant", "cohorts"} <= set(year.holding)
    # of 300 in the steady state, a fifth leaves a month: the truth of five points more
    truth = simulate(Base("month", 300.0, 60.0, 10.0), PLAN, constant_retention(0.8)).present.firm
    gains = study.what_if.gains(QUESTION)
    for code in ("constant", "cohorts"):
        assert gains[code] == pytest.approx(truth.absolute.value, rel=0.1)
    assert study.what_if.start(QUESTION).footing.code == year.recommended == next(iter(gains))


def test_what_pays_by_every_method_is_the_least_of_their_own_budgets():
    study = Study(subscribers([60] * 36, alike(0.8), seed=1))
    start = study.what_if.start(QUESTION)
    budgets = [
        study.what_if.start(replace(QUESTION, footing=code)).answer.break_even_budget
        for code in study.what_if.gains(QUESTION)
    ]
    found = study.what_if.others(start).budget_by_all(start.answer)
    assert len(budgets) > 1
    least = found or start.answer.break_even_budget
    assert least == pytest.approx(min(budgets), rel=1e-9)


def test_where_customers_differ_and_nobody_is_won_the_textbook_does_not_answer():
    study = Study(subscribers([150] * 12 + [0] * 16, two_kinds, seed=2))
    year, off = biases(study)
    assert off["constant"] < -0.25
    assert "constant" not in year.holding
    assert abs(off["cohorts"]) < 0.15
    assert "constant" not in study.what_if.gains(QUESTION)
    came = year.tried["cohorts"].actual
    assert came.all == came.known  # nobody was won since


def test_money_of_known_customers_and_of_those_won_since_add_up_to_what_came():
    orders = subscribers([40] * 30, alike(0.7), seed=3)
    year, _ = biases(Study(orders))
    table, first = orders.table, pd.Timestamp(year.span.first)
    known = set(table["customer_id"][table["date"] < first])
    later = table[table["date"] >= first]
    months = later["date"].dt.to_period("M")
    came = year.tried["constant"].actual
    assert list(came.all) == pytest.approx(later.groupby(months)["value"].sum().tolist())
    theirs = later[later["customer_id"].isin(known)]
    assert sum(came.known) == pytest.approx(theirs["value"].sum())


def test_where_the_year_was_another_no_footing_answers_and_none_is_pretended():
    dearer = lambda month: 10.0 if month < 24 else 25.0  # noqa: E731  prices rise after two years
    study = Study(subscribers([50] * 36, alike(0.8), seed=4, price=dearer))
    year, off = biases(study)
    assert max(off.values()) < -0.25
    assert (year.recommended, study.what_if.gains(QUESTION)) == (None, {})
    with pytest.raises(InputError) as refused:
        study.what_if.start(QUESTION)
    assert refused.value.code == "no_footing_holds"
    assert refused.value.details == {"first": date(2023, 1, 1), "last": date(2023, 12, 31)}
    chosen = study.what_if.start(replace(QUESTION, footing="cohorts"))
    assert chosen.answer.present.firm.before > 0  # it can still be looked at


def test_where_the_data_is_too_short_the_textbook_answers_untried():
    study = Study(subscribers([50] * 7, alike(0.8), seed=5))
    assert study.what_if.last_year("month", MODEL, "week") is None
    assert study.what_if.start(QUESTION).footing.code == "constant"
    assert study.what_if.gains(QUESTION) == {}


def test_a_footing_that_could_not_be_built_then_says_so():
    found = Study(subscribers([50] * 24, alike(0.8), seed=6)).what_if.last_year("year", MODEL, "week")
    assert found.span.until == date(2021, 12, 31)
    assert isinstance(found.tried["constant"], DataWarning)  # of one year there is no retention


def test_growth_of_new_customers_is_in_the_base():
    won = [round(40 * 1.02**month) for month in range(48)]
    study = Study(subscribers(won, alike(0.7), seed=7))
    year, off = biases(study)
    grown = study.until(year.span.until).what_if.base("month", MODEL)
    assert grown.won_per_period == pytest.approx(np.mean(won[36:]), rel=0.05)
    assert abs(off["constant"]) < 0.08


def test_the_season_is_in_the_base():
    """Customers who buy by chance, twice as often in December, and half as often in the first quarter."""
    index = np.array([0.5, 0.5, 0.5, *[1.0] * 8, 3.0])
    draw, rows = np.random.default_rng(8), []
    for customer in range(36 * 60):
        begins, rate = customer // 60, draw.gamma(2.0, 0.25)
        rows.append((customer, begins, draw.integers(0, 27), 10.0))
        left = False
        for month in range(begins, 36):
            for _ in range(draw.poisson(rate * index[month % 12])):
                left = left or draw.random() < 0.1
                if not left:
                    rows.append((customer, month, draw.integers(0, 27), 10.0))
    study = Study(orders_of(rows, 36))
    seasons = replace(QUESTION, wanted=Wanted("mbg_nbd", 1, season=True))
    (_, off), (_, flat) = biases(study, seasons), biases(study)
    assert abs(off["cohorts"]) < 0.2
    assert flat["cohorts"] > 0.8  # where December is taken for a usual month
    assert abs(off["purchases"]) < 0.05
    year = study.what_if.last_year("month", seasons.wanted, "week")
    assert year.recommended == "purchases"
    assert year.tried["purchases"].off_by_period < 0.1
    for code in ("cohorts", "purchases"):
        expected = np.array(year.tried[code].expected.known)
        assert expected[11] > 1.5 * expected[10]


def test_as_it_stood_is_as_if_the_rest_had_never_been():
    orders = shops.cdnow(shops.HOLDOUT_END)
    day = date(1997, 11, 20)
    then = Study(orders).until(day)
    rows = orders.table[orders.table["date"] < pd.Timestamp(day) + pd.Timedelta(days=1)]
    cut = Study(Orders(rows, then.window))
    for part in ("base", "growth"):
        assert getattr(then.what_if, part)("month") == getattr(cut.what_if, part)("month")
    pd.testing.assert_frame_equal(then.shop.flows("month").table, cut.shop.flows("month").table)
    pd.testing.assert_frame_equal(then.what_if.curve("month").steps, cut.what_if.curve("month").steps)
    pairs = pairwise([study.what_if.by_purchases(MODEL, "week", "month")[0] for study in (then, cut)])
    assert all(one == other for one, other in pairs)
    assert then.whole is then
    assert Study(orders).window.last != then.window.last


def agree(study, question):
    gains = list(study.what_if.gains(question).values())
    return max(gains) / min(gains)


def test_cdnow_is_foreseen_by_those_who_know_that_customers_differ():
    study = Study(shops.cdnow(shops.HOLDOUT_END))
    question = replace(QUESTION, wanted=OPEN)
    year, off = biases(study, question)
    assert len(year.span.numbers) == 12
    assert off["constant"] < -0.9  # its customers are all but gone in a year
    assert set(year.holding) == {"cohorts", "purchases"}
    assert abs(off["cohorts"]) < 0.05
    assert agree(study, question) < 1.25


@pytest.mark.skipif(not TWO_YEARS.exists(), reason=f"{TWO_YEARS} is not here")
def test_on_two_years_of_a_shop_the_answers_lie_within_a_quarter_of_each_other():
    raw = ingest.read(TWO_YEARS.read_bytes(), TWO_YEARS.name)
    study = Study(ingest.to_orders(raw, ingest.guess(raw).mapping).orders)
    question = replace(QUESTION, wanted=OPEN)
    year, off = biases(study, question)
    assert off["constant"] < -0.25 < max(off["cohorts"], off["purchases"]) < 0.25
    assert set(year.holding) == {"cohorts", "purchases"}
    assert agree(study, question) < 1.25


def test_on_online_retail_as_much_is_held_back_as_leaves_half_a_year(retail_study):
    year, off = biases(retail_study, replace(QUESTION, wanted=OPEN))
    assert (year.span.until, len(year.span.numbers)) == (date(2011, 5, 31), 6)
    assert off["constant"] < -0.25
    assert set(year.holding) == {"cohorts", "purchases"}


def test_the_year_is_tried_once_whatever_is_asked():
    study = Study(subscribers([40] * 30, alike(0.7), seed=9))
    for uplift in (0.01, 0.05, 0.1):
        study.what_if.start(replace(QUESTION, plan=replace(PLAN, uplift=uplift)))
        study.what_if.gains(replace(QUESTION, plan=replace(PLAN, uplift=uplift)))
    counted = {name[0]: times for name, times in study.memo.computed.items() if "last_year" in name[0]}
    assert counted == {"WhatIf.last_year": 1}


def test_a_rise_means_the_same_on_every_footing():
    study = Study(subscribers([40] * 30, two_kinds, seed=10))
    found = [study.what_if.start(replace(QUESTION, footing=code)).answer for code in FOOTINGS]
    for result in found[1:]:
        assert result.retention_before == pytest.approx(found[0].retention_before)
        assert result.saved == pytest.approx(found[0].saved)
