"""The tables of an answer over time: headings that say whose figure a column is."""

from types import SimpleNamespace as Some

import pandas as pd

from retention.story import tables as told
from retention.ui.simulator import tables


def test_profit_as_it_adds_up():
    given = {"period": [1], "before_present": 10.0, "after_present": 12.0, "gain_present": 2.0}
    given |= {"gain_low_present": 1.0, "gain_high_present": 3.0, "cost_present": 0.5, "another": 9.0}
    assert told.cumulative(Some(cumulative=pd.DataFrame(given))).to_dict("records") == [
        {
            "periods_ahead": 1,
            "firm_before": 10.0,
            "firm_after": 12.0,
            "gain": 2.0,
            "gain_low": 1.0,
            "gain_high": 3.0,
            "programme_cost": 0.5,
        }
    ]


def test_customers_over_time():
    given = {"period": [1], "before": 9.0, "after": 10.0, "base_before": 5.0, "base_after": 6.0}
    given |= {"new_before": 4.0, "new_after": 4.5}
    assert tables.active(Some(active=pd.DataFrame(given))).to_dict("records") == [
        {
            "periods_ahead": 1,
            "active_before": 9.0,
            "active_after": 10.0,
            "base_active_before": 5.0,
            "base_active_after": 6.0,
            "new_active_before": 4.0,
            "new_active_after": 4.5,
        }
    ]
