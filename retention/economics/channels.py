"""Spend by channel, and the cost of a customer there where the orders say which channel brought them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retention.economics.months import PURPOSES
from retention.errors import DataWarning

if TYPE_CHECKING:
    from collections.abc import Sequence


def channel_months(
    spend: pd.DataFrame, months: Sequence[int], new_by_channel: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Spend, customers and CAC of each channel in each of some months.

    Names match whatever their case and the blanks around them, and are shown as first written in the spend
    table. A row without a channel has the name "".

    Parameters
    ----------
    new_by_channel : ``month``, ``channel``, ``new``; None where customers cannot be told apart by channel

    Returns
    -------
    ``month``, ``channel``, ``acquisition``, ``retention`` (money); with customers also ``new`` and ``cac``
    (null without customers or without spend), and rows for channels that have customers only
    """
    columns = {purpose: spend["amount"].where(spend["purpose"] == purpose, 0.0) for purpose in PURPOSES}
    rows, spelling = spend[["month", "channel"]].assign(**columns), spend["channel"]
    if new_by_channel is not None:
        rows = pd.concat([rows.assign(new=0), new_by_channel[["month", "channel", "new"]]]).fillna({"new": 0})
        spelling = rows["channel"]
    shown = spelling.fillna("").str.strip()
    rows["channel"] = shown.groupby(shown.str.casefold()).transform("first")
    table = rows[rows["month"].isin(months)].groupby(["month", "channel"], as_index=False).sum()
    return _with_cac(table)


def by_channel(table: pd.DataFrame) -> pd.DataFrame:
    """Channels over all months of `channel_months`, most acquisition spend first.

    Returns
    -------
    ``channel``, ``acquisition``, ``retention``, ``share`` of acquisition spend (null where there is none),
    and ``new`` and ``cac`` where customers are known by channel
    """
    summed = table.drop(columns=["month", "cac"], errors="ignore").groupby("channel", as_index=False).sum()
    summed = summed.sort_values(["acquisition", "channel"], ascending=[False, True], ignore_index=True)
    total = summed["acquisition"].sum()
    summed.insert(3, "share", summed["acquisition"] / (total if total > 0 else float("nan")))
    return _with_cac(summed)


def unmatched(channels: pd.DataFrame) -> list[DataWarning]:
    """Warn of channels with acquisition spend that no customer names, beside those no spend names."""
    if "new" not in channels:
        return []
    empty = channels["new"] == 0
    without = channels.loc[empty & (channels["acquisition"] > 0), "channel"].tolist()
    unspent = channels.loc[~empty & (channels["acquisition"] <= 0), "channel"].tolist()
    return (
        [DataWarning("channel_without_customers", {"channels": without, "unmatched": unspent})]
        if without
        else []
    )


def _with_cac(table: pd.DataFrame) -> pd.DataFrame:
    if "new" not in table:
        return table
    table = table.astype({"new": "int64"})
    spent, won = table["acquisition"], table["new"]
    return table.assign(cac=spent.where(spent > 0) / won.where(won > 0))
