import pandas as pd
import pytest

from retention.acquisition.channels import by_channel, channel_months, unified_names, unmatched_channels
from retention.errors import DataWarning

MONTHS = [100, 101]
SPEND = pd.DataFrame(
    [
        (100, "Google ", "acquisition", 100.0),
        (101, "GOOGLE", "acquisition", 200.0),
        (101, "Meta", "acquisition", 100.0),
        (101, "Email", "retention", 40.0),
        (102, "Meta", "acquisition", 999.0),
    ],
    columns=["month", "channel", "purpose", "amount"],
)
NEW = pd.DataFrame(
    [(100, "google", 10), (101, " google", 15), (101, "organic", 7), (102, "meta", 50)],
    columns=["month", "channel", "new"],
)


def test_share_of_spend_where_customers_have_no_channel():
    expected = pd.DataFrame(
        {
            "channel": ["GOOGLE", "Meta", "Email"],  # as often as Google, and before it in the alphabet
            "acquisition": [300.0, 100.0, 0.0],
            "retention": [0.0, 0.0, 40.0],
            "share": [0.75, 0.25, 0.0],
        }
    )
    table = by_channel(channel_months(SPEND, MONTHS))
    pd.testing.assert_frame_equal(table, expected, check_dtype=False)
    assert unmatched_channels(table) == []


def test_cost_per_customer_of_each_channel():
    table = by_channel(channel_months(SPEND, MONTHS, NEW)).set_index("channel")
    assert table.loc["google", "cac"] == 300 / 25
    assert table["new"].to_dict() == {"google": 25, "Meta": 0, "Email": 0, "organic": 7}
    assert table["cac"].isna().to_dict() == {"google": False, "Meta": True, "Email": True, "organic": True}


def test_cost_per_customer_of_each_channel_month_by_month():
    table = channel_months(SPEND, MONTHS, NEW).set_index(["month", "channel"])
    assert table.loc[(100, "google"), "cac"] == 10.0
    assert table.loc[(101, "google"), "cac"] == 200 / 15


def test_paid_channels_no_customer_names_are_listed_beside_those_nobody_pays_for():
    warnings = unmatched_channels(by_channel(channel_months(SPEND, MONTHS, NEW)))
    assert warnings == [
        DataWarning("channel_without_customers", {"channels": ["Meta"], "unmatched": ["organic"]})
    ]


def test_rows_without_a_channel_are_kept():
    spend = SPEND.assign(channel=None)
    assert by_channel(channel_months(spend, MONTHS))[["channel", "acquisition"]].to_numpy().tolist() == [
        ["", 400]
    ]


def test_spend_without_a_channel_is_no_channels_cost():
    # 40 without a channel, and seven customers without one: whom it won is not known
    spend = SPEND.assign(channel=SPEND["channel"].where(SPEND["channel"] != "Meta", ""))
    table = by_channel(channel_months(spend, MONTHS, NEW.replace({"channel": {"organic": ""}})))
    rows = table.set_index("channel")
    assert (rows.loc["", "acquisition"], rows.loc["", "new"]) == (100, 7)
    assert rows["cac"].isna()[""]
    assert unmatched_channels(table[table["channel"] == ""].assign(new=0)) == []


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["google", "Google", "Google "], "Google"),
        (["google", "Google"], "Google"),
        (["meta", "META", "meta"], "meta"),
    ],
    ids=["the commonest", "the first in the alphabet", "the commonest though later in it"],
)
def test_a_channel_is_spelled_alike_whatever_the_order_of_the_rows(names, shown):
    for rows in (names, names[::-1]):
        assert set(unified_names(pd.Series(rows))) == {shown}
