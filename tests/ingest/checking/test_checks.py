from datetime import date, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest

from retention.ingest import Check, Mapping, checks, guess, open_sample, to_orders

NOW = datetime(2025, 1, 15)  # noqa: DTZ001  local, as the files' dates are
MAPPING = Mapping("customer", "date", amount="amount")
YEAR = [date(2024, 1, 1) + timedelta(days=i) for i in range(366)]


def shop(raw_table, days, customers=None, amounts=None, **options):
    """What is found about one order a day; amounts are 20.01, 20.02 … 29.99 over and over."""
    days = list(days)
    table = {
        "customer": customers or [f"c{i}" for i in range(len(days))],
        "date": [day.isoformat() for day in days],
        "amount": amounts or [f"{20 + (i % 999 + 1) / 100:.2f}" for i in range(len(days))],
    }
    found = checks(to_orders(raw_table(table), MAPPING, now=NOW, **options))
    return {check.code: check for check in found}


def test_a_steady_shop_raises_nothing(raw_table):
    assert shop(raw_table, YEAR) == {}


def test_a_shop_closed_on_weekends_raises_nothing(raw_table):
    assert shop(raw_table, [day for day in YEAR if day.weekday() < 5]) == {}


def test_the_longest_silence_of_a_shop_that_sells_daily(raw_table):
    open_days = [d for d in YEAR if not date(2024, 8, 5) <= d <= date(2024, 8, 18) and d != date(2024, 3, 1)]
    found = shop(raw_table, open_days)
    assert found.keys() == {"date_gap"}
    assert found["date_gap"].details == {"first": date(2024, 8, 5), "last": date(2024, 8, 18), "days": 14}


def test_silence_is_nothing_to_a_shop_that_seldom_sells(raw_table):
    draw = np.random.default_rng(3)
    days = [day for day in YEAR if draw.random() < 0.1]
    longest = max(b - a for a, b in pairwise(days))
    assert longest > timedelta(days=14)
    assert "date_gap" not in shop(raw_table, days)


def test_whole_months_without_sales_are_named(raw_table):
    found = shop(raw_table, [day for day in YEAR if day.month not in {2, 11}])
    assert found["months_without_sales"].details == {"months": ["2024-02", "2024-11"]}


def test_a_cash_desk_is_a_customer_with_far_more_orders_than_any_other(raw_table):
    customers = ["7" if i % 4 == 0 else f"c{i % 200}" for i in range(366)]
    amounts = ["10.50"] * 366
    found = shop(raw_table, YEAR, customers, amounts)["large_customer"]
    assert found.details == {"customer": "7", "orders": 92, "share": 92 / 366, "amount": 92 * 10.5}
    left = shop(raw_table, YEAR, customers, amounts, **{found.switch.option: found.switch.value})
    assert "large_customer" not in left


def test_the_best_customer_of_a_small_shop_is_no_cash_desk(raw_table):
    customers = ["best"] * 40 + [f"c{i % 13}" for i in range(326)]
    assert "large_customer" not in shop(raw_table, YEAR, customers)


@pytest.mark.parametrize("name", ["Cliente generico 2", "guest of the house", "Cassa Roma", "999999"])
def test_a_name_that_is_nobodys_needs_fewer_orders(raw_table, name):
    customers = [name] * 30 + [f"c{i % 8}" for i in range(336)]
    assert shop(raw_table, YEAR, customers)["large_customer"].details["customer"] == name


def test_amounts_that_are_all_round(raw_table):
    amounts = [f"{50 * (1 + i % 20)}" for i in range(366)]
    assert shop(raw_table, YEAR, amounts=amounts)["round_amounts"].details == {"step": 50, "share": 1.0}


def test_a_shop_with_three_round_prices_is_not_asked(raw_table):
    assert "round_amounts" not in shop(raw_table, YEAR, amounts=["10", "20", "50"] * 122)


def test_an_order_a_thousand_times_the_others(raw_table):
    amounts = [f"{20 + i % 30}.50" for i in range(365)] + ["35000.00"]
    found = shop(raw_table, YEAR, amounts=amounts)["extreme_orders"].details
    assert (found["orders"], found["amount"]) == (1, 35_000.0)
    assert found["largest"] == [
        {"customer": "c365", "order": None, "date": date(2024, 12, 31), "value": 35_000.0}
    ]
    assert 50.5 < found["above"] < 35_000


def test_a_heavy_tail_is_not_extreme(raw_table):
    draw = np.random.default_rng(5)
    amounts = [f"{value:.2f}" for value in np.exp(3 + draw.normal(size=366))]
    assert "extreme_orders" not in shop(raw_table, YEAR, amounts=amounts)


def test_repeated_rows_and_reversed_orders_come_with_their_switch(raw_table):
    days = [*YEAR, YEAR[-1], YEAR[-1]]
    customers = [*(f"c{i}" for i in range(366)), "c365", "c0"]
    amounts = [*(f"{20 + (i + 1) / 100:.2f}" for i in range(366)), "23.66", "-20.01"]
    found = shop(raw_table, days, customers, amounts)
    assert found["duplicates"].details == {"rows": 1, "across_files": 0, "dropped": False}
    assert found["reversed_orders"].details == {"orders": 1, "amount": 20.01, "dropped": False}
    switches = {check.switch.option: check.switch.value for check in found.values()}
    assert switches == {"duplicates": "drop", "drop_reversed": True}
    after = shop(raw_table, days, customers, amounts, **switches)
    assert {code: check.details["dropped"] for code, check in after.items()} == dict.fromkeys(found, True)


def test_dates_in_the_future_are_measured_against_the_clock(raw_table):
    found = shop(raw_table, [*YEAR, date(2025, 1, 16), date(2203, 1, 1)])["future_dates"]
    assert found.details == {"rows": 2, "amount": pytest.approx(23.67 + 23.68), "now": date(2025, 1, 15)}


def test_a_last_day_without_a_sale_may_be_silence_or_a_file_that_ends(raw_table):
    weekdays = [day for day in YEAR if day.weekday() < 5 and day < date(2024, 11, 30)]
    quiet = shop(raw_table, weekdays)["last_month_cut_short"]
    assert quiet.details["month"] == "2024-11"
    assert (quiet.details["last"], quiet.details["days"]) == (date(2024, 11, 29), 1)
    assert (quiet.switch.option, quiet.switch.value) == ("until", date(2024, 11, 30))
    assert "last_month_cut_short" not in shop(raw_table, weekdays, until=date(2024, 11, 30))
    ended = shop(raw_table, [day for day in YEAR if day < date(2024, 12, 10)])["last_month_cut_short"]
    assert (ended.details["days"], ended.switch) == (22, None)


def test_a_month_that_is_not_over_cannot_be_completed(raw_table):
    days = [*YEAR, *(date(2025, 1, 1) + timedelta(days=2 * i) for i in range(8))]
    assert shop(raw_table, days)["last_month_cut_short"].switch is None


@pytest.mark.parametrize(
    ("sample", "codes"), [("shop", {"extreme_orders", "reversed_orders"}), ("cdnow", {"duplicates"})]
)
def test_the_samples_raise_only_what_is_true(sample, codes):
    raw = open_sample(sample)
    assert {check.code for check in checks(to_orders(raw, guess(raw).mapping, now=NOW))} == codes


def test_online_retail(online_retail):
    found = {check.code: check for check in checks(online_retail)}
    assert found.keys() == {
        *("date_gap", "last_month_cut_short", "extreme_orders", "duplicates", "reversed_orders"),
    }
    # The shop was closed from Christmas Eve to 3 January; the file ends on 9 December.
    assert found["date_gap"].details == {"first": date(2010, 12, 24), "last": date(2011, 1, 3), "days": 11}
    assert found["last_month_cut_short"].switch is None
    # The two orders everybody knows of this file, both taken back on the day.
    assert [order["value"] for order in found["extreme_orders"].details["largest"][:2]] == [
        168_469.6,
        77_183.6,
    ]
    assert found["reversed_orders"].details["orders"] == 158


@pytest.mark.parametrize(
    ("details", "number"),
    [({"orders": 3, "rows": 4}, 3), ({"rows": 4}, 4), ({"days": 5}, 5), ({"months": [1, 2]}, 2), ({}, 0)],
)
def test_what_a_check_counts(details, number):
    assert Check("duplicates", details).counted == number
