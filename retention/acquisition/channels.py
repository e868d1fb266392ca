"""Spend by channel, and the cost of a customer there where the orders say which channel brought them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.acquisition.months import PURPOSES, monthly_ratio_draws, resampled_months
from retention.errors import DataWarning
from retention.statistics import middle_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def channel_months(
    spend: pd.DataFrame, months: Sequence[int], new_by_channel: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Spend, customers and CAC of each channel in each of some months.

    Names match whatever their case and the blanks around them, and are shown as they are written most often.
    A row without a channel has the name "".

    Parameters
    ----------
    new_by_channel : ``month``, ``channel``, ``new``; None where customers cannot be told apart by channel

    Returns
    -------
    ``month``, ``channel``, ``acquisition``, ``retention`` (money); with customers also ``new`` and ``cac``
    (null without customers or without spend), and rows for channels that have customers only
    """
    columns = {purpose: spend["amount"].where(spend["purpose"] == purpose, 0.0) for purpose in PURPOSES}
    rows = spend[["month", "channel"]].assign(**columns)
    if new_by_channel is not None:
        rows = pd.concat([rows.assign(new=0), new_by_channel[["month", "channel", "new"]]]).fillna({"new": 0})
    rows["channel"] = unified_names(rows["channel"])
    table = rows[rows["month"].isin(months)].groupby(["month", "channel"], as_index=False).sum()
    return _with_cac(table)


def unified_names(channels: pd.Series) -> pd.Series:
    """Names that differ only by case and blanks around them, as most are written, or first in the alphabet.

    Not as the first row has it: a figure keeps its name whatever the order of the rows.
    """
    shown = channels.fillna("").str.strip()
    written = shown.groupby(shown).size().sort_values(ascending=False, kind="stable")
    chosen = {name.casefold(): name for name in reversed(written.index.tolist())}
    spelled: pd.Series = shown.str.casefold().map(chosen)
    return spelled


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


def unmatched_channels(channels: pd.DataFrame) -> list[DataWarning]:
    """Warn of channels with acquisition spend that no customer names, beside those no spend names."""
    if "new" not in channels:
        return []
    empty = channels["new"] == 0
    named, paid = channels["channel"] != "", channels["acquisition"] > 0
    without = channels.loc[named & empty & paid, "channel"].tolist()
    unspent = channels.loc[named & ~empty & ~paid, "channel"].tolist()
    return (
        [DataWarning("channel_without_customers", {"channels": without, "unmatched": unspent})]
        if without
        else []
    )


def paying_customers(table: pd.DataFrame, months: Sequence[int]) -> NDArray[np.float64]:
    """Each month's customers of the named channels that cost acquisition spend in any of the months.

    Returns
    -------
    (months,) all 0 where customers are not known by channel
    """
    if "new" not in table:
        return np.zeros(len(months))
    paid = table.groupby("channel")["acquisition"].transform("sum") > 0
    won = table[paid & (table["channel"] != "")].groupby("month")["new"].sum()
    return won.reindex(list(months)).fillna(0.0).to_numpy(dtype=float)


def cac_ends(channels: pd.DataFrame, table: pd.DataFrame, months: Sequence[int]) -> pd.DataFrame:
    """Channels with the ends of the 95 % interval of their CAC, from resampling months."""
    if "cac" not in channels:
        return channels
    picked, names = resampled_months(len(months)), channels["channel"]
    spent, won = (
        table.pivot_table(index="month", columns="channel", values=name, aggfunc="sum")
        .reindex(index=list(months), columns=names)
        .fillna(0.0)
        .to_numpy(dtype=float)
        for name in ("acquisition", "new")
    )
    drawn = monthly_ratio_draws(picked, spent, won)
    each = [middle_of(cac, draws) for cac, draws in zip(channels["cac"], drawn.T, strict=True)]
    known = channels["cac"].notna().to_numpy()
    ends = {name: np.array([getattr(one, name) for one in each], dtype=float) for name in ("low", "high")}
    return channels.assign(**{f"cac_{name}": np.where(known, end, np.nan) for name, end in ends.items()})


def _with_cac(table: pd.DataFrame) -> pd.DataFrame:
    if "new" not in table:
        return table
    table = table.astype({"new": "int64"})
    named = table["channel"] != ""  # spend without a channel did not win the customers without one
    spent, won = table["acquisition"], table["new"]
    return table.assign(cac=spent.where(named & (spent > 0)) / won.where(won > 0))
