"""Whom an occasion concerns, on a shop of a few customers worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from retention.lists import OCCASIONS, cut, listed, stake_of, worth

COLUMNS = [
    "customer_id", "x", "orders", "waited", "usual", "silence", "trigger", "revenue", "revenue_before",
    "p_alive", "expected_purchases", "clv", "clv_if_active", "value_at_risk",
]  # fmt: skip
NAN = np.nan
PEOPLE = pd.DataFrame(
    [
        #  id      x  n  waited usual silence trigger  rev  before alive  exp  clv  if_active at_risk
        ["steady", 9, 10, 10, 30.0, 0.70, NAN, 900.0, 900.0, 0.95, 6.0, 300.0, 320.0, 20.0],
        ["silent", 9, 10, 120, 30.2, 0.02, NAN, 800.0, 800.0, 0.20, 1.0, 60.0, 300.0, 240.0],
        ["gone", 9, 10, 800, 30.0, 0.00, NAN, 700.0, 700.0, 0.00, 0.0, 0.0, 250.0, 250.0],
        ["leaving", 4, 5, 70, 40.0, 0.20, NAN, 400.0, 400.0, 0.50, 2.0, 120.0, 240.0, 120.0],
        ["asked", 1, 2, 93, 60.0, 0.15, 90.0, 120.0, 120.0, 0.45, 0.5, 20.0, 45.0, 25.0],
        ["late", 1, 2, 97, 60.0, 0.11, 90.0, 110.0, 110.0, 0.44, 0.5, 19.0, 44.0, 25.0],
        ["fresh", 0, 1, 20, 60.0, 0.60, NAN, 80.0, 0.0, 0.80, 1.0, 50.0, 60.0, 10.0],
        ["today", 0, 1, 0, 60.0, 1.00, NAN, 80.0, 0.0, 0.82, 1.1, 52.0, 62.0, 10.0],
        ["dull", 0, 1, 20, 60.0, 0.60, NAN, 5.0, 0.0, 0.60, 0.1, 2.0, 4.0, 2.0],
        ["rising", 2, 3, 2, 15.0, 0.90, NAN, 850.0, 200.0, 0.90, 7.0, 310.0, 330.0, 20.0],
    ],
    columns=COLUMNS,
).assign(last_day=lambda rows: 739_000 - rows["waited"], t_x=lambda rows: 900 - rows["waited"], T=900)


def ids(occasion):
    return listed(occasion, PEOPLE).table["customer_id"].tolist()


def test_who_each_occasion_concerns():
    assert ids("win_back") == ["silent"]  # "gone" has lapsed more than a year ago
    assert ids("save") == ["leaving"]  # the mean worth is 165.9: "asked" is not worth it
    assert ids("feedback") == ["asked"]  # three days past; "late" seven
    assert ids("second_purchase") == ["fresh"]  # the median of who bought once is 50; "today" was only now
    assert ids("thank") == ["rising"]  # the best fifth begins at 810: "steady" was there before
    assert ids("loyalty") == ["rising", "steady"]
    assert set(OCCASIONS) == {"win_back", "save", "feedback", "second_purchase", "thank", "loyalty"}


def test_what_is_at_stake_and_overdue():
    found = listed("win_back", PEOPLE)
    row = found.table.iloc[0]
    assert (row["stake"], row["overdue"], row["waited"]) == (240.0, 120 - 31, 120)
    assert (found.customers, found.stake) == (1, 240.0)
    assert listed("feedback", PEOPLE).table["overdue"].tolist() == [3]
    assert listed("loyalty", PEOPLE).table["overdue"].tolist() == [0, 0]
    assert listed("loyalty", PEOPLE).table["stake"].tolist() == [310.0, 300.0]


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_of_nobody_there_is_no_list(occasion):
    assert listed(occasion, PEOPLE.iloc[:0]).table.empty


def test_a_budget_cuts_the_list_and_says_what_is_left_out():
    full = listed("loyalty", PEOPLE)
    taken, left = cut(full, budget=1.9, each=1.0)
    assert (taken.customers, taken.stake, left.customers, left.stake) == (1, 310.0, 1, 300.0)
    assert cut(full, contacts=5)[0].customers == 2
    assert cut(full, contacts=1)[1].table["customer_id"].tolist() == ["steady"]
    assert cut(full, contacts=2, budget=1.0, each=1.0)[0].customers == 1
    assert cut(full, budget=0.0, each=0.0)[0].customers == 2  # what costs nothing has no limit
    assert cut(full)[1].table.empty


def test_what_a_list_may_return():
    found = worth(listed("loyalty", PEOPLE), each=5.0, share_won=0.1)
    assert (found.contacts, found.cost, found.gain, found.profit) == (2, 10.0, 61.0, 51.0)
    assert found.break_even == pytest.approx(10 / 610)
    assert worth(listed("loyalty", PEOPLE.iloc[:0]), each=5.0, share_won=0.1).break_even is None


@pytest.mark.parametrize("occasion", OCCASIONS)
def test_what_is_at_stake_is_the_column_the_list_is_sorted_by(occasion):
    found = listed(occasion, PEOPLE)
    column = PEOPLE.set_index("customer_id")[found.at_stake]
    assert found.table["stake"].tolist() == column.loc[found.table["customer_id"]].tolist()
    assert len(found.table) > 0
    may_leave = occasion in {"win_back", "save", "feedback"}
    assert stake_of(occasion) == found.at_stake == ("value_at_risk" if may_leave else "clv")
