"""Which occasion to begin with, and when: by five answers, one list a week, nobody twice."""

from datetime import date

import pandas as pd
import pytest

from retention.lists import QUESTIONS, CallList, plan, ranked

STAKES = {"win_back": 100.0, "save": 90.0, "feedback": 30.0, "thank": 0.0}


def order(**answers):
    return [one.occasion for one in ranked(STAKES, answers)]


def test_without_anything_missing_the_stake_decides_and_who_concerns_nobody_is_left_out():
    assert order() == order(**dict.fromkeys(QUESTIONS, "yes")) == ["win_back", "save", "feedback"]


@pytest.mark.parametrize(
    ("answers", "first"),
    [
        ({"personal": "no"}, "save"),  # 90 · 2 against 100
        ({"personal": "partly"}, "save"),  # 90 · 1.5
        ({"personal": "no", "touch": "no"}, "save"),  # 90 · 3 against 100 · 2
        ({"personal": "no", "adverts": "no", "rhythm": "no"}, "win_back"),  # 100 · 3 against 90 · 2
        ({"path": "no", "rhythm": "no"}, "win_back"),  # 100 · 2 against 30 · 3
    ],
)
def test_what_is_missing_counts_once_more(answers, first):
    assert order(**answers)[0] == first


def test_it_says_what_an_occasion_mends():
    found = {
        one.occasion: one.mends for one in ranked(STAKES, {"path": "no", "rhythm": "partly", "touch": "yes"})
    }
    assert found == {"win_back": ("rhythm",), "save": (), "feedback": ("path", "rhythm")}


def called(occasion, **stakes):
    return CallList(occasion, pd.DataFrame({"customer_id": list(stakes), "stake": list(stakes.values())}))


LISTS = [
    called("win_back", a=5.0, b=3.0),
    called("save", b=4.0),  # on the list before
    called("thank", b=2.0, c=1.0),
]


@pytest.mark.parametrize("today", [date(2026, 11, 23), date(2026, 11, 29)])  # a Monday, and its Sunday
def test_one_list_each_monday_and_nobody_twice(today):
    first, second = plan(LISTS, today, days=90)
    assert (first.occasion, first.customers, first.stake) == ("win_back", 2, 8.0)
    assert (second.occasion, second.customers, second.stake) == ("thank", 1, 1.0)
    assert (first.at_stake, second.at_stake) == ("value_at_risk", "clv")
    assert (first.write, second.write) == (date(2026, 11, 30), date(2026, 12, 7))
    assert (first.again, second.again) == (date(2026, 12, 14), None)
    assert first.judge == date(2027, 3, 1)  # 90 days are over the evening before
    assert plan([], today, days=90) == []
