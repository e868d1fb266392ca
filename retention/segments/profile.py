"""What groups of customers come to: how many they are, what they brought, what is still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd


def profile(group: pd.Series, sums: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """Customers of each group and what they come to, every group named, also those nobody is in.

    Parameters
    ----------
    group : (n,) of each customer
    sums : (n, …) numbers to be added up, such as revenue and value to come
    names : the groups, in the order they are to be told

    Returns
    -------
    group, customers, the sums; and of each `share_of_<name>`, of all, NaN where all is 0
    """
    rows = sums.reset_index(drop=True).assign(customers=1)
    added = rows.groupby(group.to_numpy()).sum().reindex(list(names), fill_value=0)
    shares = (added / added.sum().replace(0, float("nan"))).add_prefix("share_of_")
    return added.join(shares).rename_axis("group").reset_index()
