import numpy as np
import pandas as pd
import pytest

from retention.acquisition.channels import (
    by_channel,
    cac_ends,
    channel_months,
    paying_customers,
    unified_names,
    unmatched_channels,
)
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


def test_customers_of_paid_channels_count_in_every_month():
    # google is paid in the second month alone; organic never, and spend without a channel is nobody's
    spend = pd.DataFrame(
        [
            (101, "google", "acquisition", 50.0),
            (101, None, "acquisition", 9.0),
            (100, "mail", "retention", 5.0),
        ],
        columns=["month", "channel", "purpose", "amount"],
    )
    new = pd.DataFrame(
        [(100, "google", 10), (101, "google", 15), (101, "organic", 7), (101, "", 3), (100, "mail", 2)],
        columns=["month", "channel", "new"],
    )
    table = channel_months(spend, MONTHS, new)
    assert paying_customers(table, MONTHS).tolist() == [10.0, 15.0]
    assert paying_customers(table[table["month"] == 101], MONTHS).tolist() == [0.0, 15.0]
    assert paying_customers(channel_months(spend, MONTHS), MONTHS).tolist() == [0.0, 0.0]


YEAR = list(range(100, 112))


def monthly(spent, won, channel):
    """A year of one channel: its spend and its customers month by month."""
    spend = pd.DataFrame({"month": YEAR, "channel": channel, "purpose": "acquisition", "amount": spent})
    return spend, pd.DataFrame({"month": YEAR, "channel": channel, "new": won})


def with_ends(parts, months=YEAR):
    spend, new = (pd.concat(tables) for tables in zip(*parts, strict=True))
    table = channel_months(spend, months, new)
    return cac_ends(by_channel(table), table, months).set_index("channel")


def test_a_cac_that_scatters_between_months_has_the_ends_of_its_mean():
    spent = 100.0 + 10.0 * np.arange(12)
    parts = [monthly(spent, 5, "radio"), monthly(60.0, 3, "google"), monthly(0.0, 2, "organic")]
    found = with_ends(parts)
    assert found.loc["google", ["cac", "cac_low", "cac_high"]].tolist() == pytest.approx([20.0] * 3)
    assert found.loc["organic", ["cac", "cac_low", "cac_high"]].isna().all()
    low, high = found.loc["radio", ["cac_low", "cac_high"]]
    assert found.loc["radio", "cac"] == pytest.approx(spent.mean() / 5)
    assert high - low == pytest.approx(2 * 1.96 * spent.std() / np.sqrt(12) / 5, rel=0.1)


def test_of_five_months_a_cac_has_no_ends():
    parts = [monthly(60.0, 3, "google")]
    assert with_ends(parts, YEAR[:6])["cac_low"].notna().all()
    assert with_ends(parts, YEAR[:5])[["cac_low", "cac_high"]].isna().all(axis=None)
    table = channel_months(parts[0][0], YEAR)
    assert "cac_low" not in cac_ends(by_channel(table), table, YEAR)
