"""The next euro as plain data: by the usual assumptions, by the history, or why not."""

import json
import math
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from retention.acquisition import RetainedValue, costs
from retention.report import next_euro as report
from retention.study import Spending, Study
from tests.conftest import shop

START = 12 * 2024


def spent(won, kept, new=100, retained=50):
    """Costs of months with so much spent on winning and on keeping."""
    months = np.arange(START, START + len(won))
    rows = [(m, "ads", "acquisition", a) for m, a in zip(months, won, strict=True)]
    rows += [(m, "mail", "retention", a) for m, a in zip(months, kept, strict=True)]
    spend = pd.DataFrame(rows, columns=["month", "channel", "purpose", "amount"])
    people = {"new": np.broadcast_to(new, len(won)), "retained": np.broadcast_to(retained, len(won))}
    flows = pd.DataFrame({"period": months, "complete": True, **people})
    return costs(spend, flows)


class Weighed(Spending):
    """Spend whose costs are given, and what a customer won and one kept brings."""

    def __init__(self, found, value_won, kept):
        study = Study(shop([("a", "2024-01-01", 1)], "2024-01-01", "2024-01-31"))
        super().__init__(study, found.monthly)
        self.found, self.worth_of_each = found, (value_won, kept)

    def winning(self, **_):
        return SimpleNamespace(costs=self.found)

    def values(self, *_, **__):
        return self.worth_of_each


def next_euro(found, value_won, kept):
    return report.next_euro(Weighed(found, value_won, kept), None, 1.0, leave_out_left_truncated=False)


def test_by_the_usual_assumptions_by_hand():
    found = next_euro(spent([1000.0] * 3, [200.0] * 3), value_won=40.0, kept=RetainedValue(15.0))
    json.dumps(found, allow_nan=False)
    answer = found["assumed"]
    # 100 customers for 1,000, 150 at most: two thirds of the ceiling, k = ln 3 / 1,000
    won = answer["curves"]["won"]
    assert (won["floor"], won["ceiling"], won["k"]) == pytest.approx((0.0, 150.0, math.log(3) / 1000))
    # 50 kept for 200, 40 unasked and 60 at most: half of what can be moved, k = ln 2 / 200
    kept = answer["curves"]["kept"]
    assert (kept["floor"], kept["ceiling"], kept["k"]) == pytest.approx((40.0, 60.0, math.log(2) / 200))
    today = answer["today"]
    assert today["winning"]["return_of_next"] == pytest.approx(40 * 50 * math.log(3) / 1000)
    assert today["keeping"]["return_of_next"] == pytest.approx(15 * 10 * math.log(2) / 200)
    assert answer["average_ratio"] == pytest.approx((1000 / 100) / (200 / 10))
    assert answer["best"]["profit"] >= today["profit"]


def test_a_history_that_shows_no_curve_is_refused_with_the_reason():
    found = next_euro(spent([1000.0] * 3, [200.0] * 3), value_won=40.0, kept=RetainedValue(15.0))["history"]
    refused = found["curves"]["won"]["refused"]
    assert (refused["code"], refused["details"]["reason"]) == ("response_not_fitted", "too_few_months")
    assert found["today"] is found["best"] is found["marginal_ratio"] is None


def test_a_history_that_shows_both_curves_is_used():
    money = np.tile([200.0, 500.0, 1000.0, 2000.0], 6)
    noise = np.tile([1.0, -1.0, 0.5, -0.5, 0.0, 0.25], 4)
    won, kept = 10 + 90 * -np.expm1(-money / 600) + noise, 40 + 30 * -np.expm1(-money / 900) - noise
    made = spent(money, money, np.round(won), np.round(kept))
    found = next_euro(made, value_won=40.0, kept=RetainedValue(15.0))["history"]
    assert found["curves"]["won"]["refused"] is None
    assert found["curves"]["won"]["ceiling"] == pytest.approx(100, rel=0.05)
    assert found["best"]["profit"] >= found["today"]["profit"]


@pytest.mark.parametrize(
    ("won", "kept", "value_won", "one_kept"),
    [
        ([1000.0], [0.0], 40, RetainedValue(15.0)),
        ([0.0], [200.0], 40, RetainedValue(15.0)),
        ([1000.0], [200.0], None, RetainedValue(15.0)),
        ([1.0], [1.0], 40, RetainedValue(0.0)),
        ([1.0], [1.0], 40, None),
    ],
)
def test_without_both_kinds_of_spend_and_both_values_nothing_is_weighed(won, kept, value_won, one_kept):
    assert next_euro(spent(won, kept), value_won=value_won, kept=one_kept) is None


def test_the_advice_stands_beside_that_by_one_month_alone():
    made = spent([1000.0] * 3, [200.0] * 3)
    found = next_euro(made, value_won=40.0, kept=RetainedValue(15.0, months=12, retention=0.8))
    basis = {name: found[name] for name in ("value_kept_months", "value_kept_one_month", "retention")}
    assert basis == {"value_kept_months": 12, "value_kept_one_month": 15.0, "retention": 0.8}
    assert found["value_kept"] == pytest.approx(15 * (1 - 0.8**12) / 0.2)
    # one month: 40 · .0549 = 2.20 on winning against 15 · .0347 = .52 on keeping; 12 months: 2.42 there
    assert found["assumed"]["today"]["keeping"]["return_of_next"] == pytest.approx(
        found["value_kept"] * 10 * math.log(2) / 200
    )
    assert found["assumed"]["advice_one_month"] == "to_winning"
    assert found["assumed"]["advice"] != "to_winning"
    assert found["assumed"]["advice_of_both"] == "stay"
    alone = next_euro(made, value_won=40.0, kept=RetainedValue(15.0))
    assert alone["assumed"]["advice"] == alone["assumed"]["advice_one_month"] == "to_winning"
    assert alone["assumed"]["advice_of_both"] == "to_winning"
    assert (alone["value_kept_months"], alone["retention"]) == (1, None)
    assert found["history"]["advice"] is found["history"]["best_move"] is None
