import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from retention.acquisition import success
from retention.flows import Flows

JANUARY = 12 * 2024
FLOWS = Flows(
    "month",
    pd.DataFrame(
        {
            "period": [JANUARY, JANUARY + 1, JANUARY + 2],
            "complete": [True, True, False],
            "new": [10, 20, 30],
        }
    ),
)
NEW = pd.DataFrame(
    [(JANUARY, "google", 4), (JANUARY, "meta", 6), (JANUARY + 1, "Google", 15), (JANUARY + 1, "", 5)],
    columns=["month", "channel", "new"],
)


def spending(rows):
    return pd.DataFrame(rows, columns=["month", "channel", "purpose", "leads"])


def test_all_new_customers_over_all_leads_where_channels_are_not_known():
    spend = spending([(JANUARY, "Google", "acquisition", 100), (JANUARY + 1, "Meta", "acquisition", 200)])
    found = success(spend, FLOWS)
    ends = binomtest(30, 300).proportion_ci(method="wilson")
    assert (found.won, found.leads, found.rate.value) == (30, 300, 0.1)
    assert (found.rate.low, found.rate.high) == pytest.approx((ends.low, ends.high))
    assert found.channels.empty


def test_only_customers_of_channels_with_leads_count_where_channels_are_known():
    spend = spending(
        [
            (JANUARY, "Google ", "acquisition", 40),
            (JANUARY + 1, "Google", "acquisition", 60),
            (JANUARY, "Meta", "acquisition", 30),
            (JANUARY + 1, "Meta", "acquisition", np.nan),
            (JANUARY + 1, "Mail", "retention", 500),
        ]
    )
    found = success(spend, FLOWS, NEW)
    assert (found.won, found.leads) == (4 + 15 + 6, 130)
    assert found.rate.value == pytest.approx(25 / 130)
    rows = found.channels.set_index("channel")
    assert rows[["leads", "won"]].to_dict("index") == {
        "Google": {"leads": 100, "won": 19},
        "Meta": {"leads": 30, "won": 6},
    }
    ends = binomtest(6, 30).proportion_ci(method="wilson")
    assert rows.loc["Meta", ["rate", "low", "high"]].tolist() == pytest.approx([0.2, ends.low, ends.high])


def test_leads_of_incomplete_months_and_of_months_without_data_are_left_out():
    spend = spending(
        [
            (JANUARY, "a", "acquisition", 50),
            (JANUARY + 2, "a", "acquisition", 70),
            (JANUARY + 9, "a", "acquisition", 70),
        ]
    )
    assert (success(spend, FLOWS).won, success(spend, FLOWS).leads) == (10, 50)


def test_more_customers_than_leads_is_no_success_rate_and_is_named():
    spend = spending([(JANUARY, "google", "acquisition", 3), (JANUARY, "meta", "acquisition", 60)])
    found = success(spend, FLOWS, NEW)
    assert found.rate.value == pytest.approx(10 / 63)
    assert found.channels.set_index("channel")["rate"].isna().to_dict() == {"meta": False, "google": True}
    assert [(w.code, w.details["channels"]) for w in found.warnings] == [("more_won_than_leads", ["google"])]
    assert success(spend[:1], FLOWS, NEW).rate is None


def test_nobody_won_of_many_addressed_is_a_rate_of_nothing():
    found = success(spending([(JANUARY, "a", "acquisition", 100)]), Flows("month", FLOWS.table.assign(new=0)))
    assert found.rate.value == 0
    assert 0 < found.rate.high < 0.04


@pytest.mark.parametrize("leads", [np.nan, 0.0])
def test_without_leads_there_is_no_rate(leads):
    assert success(spending([(JANUARY, "a", "acquisition", leads)]), FLOWS) is None
    assert success(spending([]).drop(columns="leads"), FLOWS) is None


def test_leads_that_all_became_customers_are_no_mistake():
    rows = [(JANUARY, "Google", "acquisition", 4), (JANUARY, "Meta", "acquisition", 6)]
    found = success(spending(rows), FLOWS, NEW)
    assert (found.won, found.leads, found.rate.value) == (10, 10, 1.0)
    assert found.warnings == ()


def test_a_channel_that_won_more_than_its_leads_is_named_and_has_no_share():
    rows = [(JANUARY, "Google", "acquisition", 3), (JANUARY, "Meta", "acquisition", 60)]
    found = success(spending(rows), FLOWS, NEW)
    assert (found.won, found.leads, found.rate.value) == (10, 63, pytest.approx(10 / 63))
    (warning,) = found.warnings
    assert (warning.code, warning.details["channels"]) == ("more_won_than_leads", ["Google"])
    assert found.channels.set_index("channel")["rate"].isna().to_dict() == {"Meta": False, "Google": True}


def test_more_customers_than_leads_have_no_share_at_all():
    rows = [(JANUARY, "Google", "acquisition", 3), (JANUARY, "Meta", "acquisition", 6)]
    found = success(spending(rows), FLOWS, NEW)
    assert (found.won, found.leads, found.rate) == (10, 9, None)
    assert found.warnings[0].details == {"won": 10, "leads": 9.0, "channels": ["Google"]}


def test_channels_stand_by_their_leads_then_by_name():
    rows = [(JANUARY, name, "acquisition", leads) for name, leads in (("c", 5), ("b", 5), ("a", 5), ("d", 9))]
    rows += [(JANUARY, "meta", "acquisition", 7)]
    assert success(spending(rows), FLOWS, NEW).channels["channel"].tolist() == ["d", "meta", "a", "b", "c"]
