"""What became of the customers won in each period: in which group they are today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike


def won(cohort: ArrayLike, group: ArrayLike, names: Sequence[str]) -> pd.DataFrame:
    """How many customers of each cohort are in each group today.

    Parameters
    ----------
    cohort, group : (n,) of each customer: the period of the first purchase, and the group
    names : the groups, in their order

    Returns
    -------
    cohort, group, customers, share (of the cohort's): every cohort with every group
    """
    rows = pd.DataFrame({"cohort": cohort, "group": group})
    every = pd.MultiIndex.from_product([sorted(set(rows["cohort"])), names], names=["cohort", "group"])
    pairs = rows.value_counts().reindex(every, fill_value=0).rename("customers").reset_index()
    return pairs.assign(share=pairs["customers"] / pairs.groupby("cohort")["customers"].transform("sum"))
