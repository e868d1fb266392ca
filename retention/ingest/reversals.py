"""Purchases exactly taken back by a later refund of the same amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


def reversed_orders(table: pd.DataFrame) -> NDArray[np.bool_]:
    """Mark purchases taken back, and the refunds that do it.

    A refund answers for the latest purchase of the same customer and amount, at its time or before, that no
    other refund has answered for.

    Parameters
    ----------
    table : orders with the columns of `retention.orders.Orders`

    Returns
    -------
    (n,) mask; it marks as many refunds as purchases
    """
    marked = np.zeros(len(table), dtype=bool)
    refund = (table["value"] < 0).to_numpy()
    if not refund.any():
        return marked
    concerned = table["customer_id"].isin(table["customer_id"][refund].unique()) & (table["value"] != 0)
    places = np.flatnonzero(concerned)
    moves = table.iloc[places].assign(place=places, size=table["value"].abs(), refund=refund[places])
    moves["group"] = moves.groupby(["customer_id", "size"], sort=False).ngroup()
    answered = moves.groupby("group")["refund"].transform("nunique") > 1
    moves = moves[answered].sort_values(["group", "date", "refund", "place"])
    waiting: list[int] = []
    last = -1
    for group, place, back in zip(moves["group"], moves["place"], moves["refund"], strict=True):
        if group != last:
            waiting, last = [], group
        if not back:
            waiting.append(place)
        elif waiting:
            marked[[place, waiting.pop()]] = True
    return marked
