"""From which group to which customers have moved between two days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

NEW = "won_since"  # who was no customer yet


def migration(before: pd.DataFrame, now: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """How many customers of each group of then are in each of today.

    Parameters
    ----------
    before, now : customer_id and group; everybody of then is still a customer of the file
    names : the groups, in their order

    Returns
    -------
    before (a group, or "won_since"), now, customers, share (of those of the group of then): all pairs
    """
    known = before.set_index("customer_id")["group"]
    then = now["customer_id"].map(known).fillna(NEW)
    every = pd.MultiIndex.from_product([[*names, NEW], names], names=["before", "now"])
    moved = pd.DataFrame({"before": then, "now": now["group"]}).value_counts()
    pairs = moved.reindex(every, fill_value=0).rename("customers").reset_index()
    whole = pairs.groupby("before")["customers"].transform("sum")
    return pairs.assign(share=(pairs["customers"] / whole).where(whole > 0))
