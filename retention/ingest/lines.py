"""Whether the amount on the lines of an order is each line's own, or the order's repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pandas as pd

from retention.ingest.columns import coded_identifiers
from retention.ingest.headings import plain
from retention.ingest.numbers import read_numbers
from retention.ingest.vocabulary import OF_ORDERS

if TYPE_CHECKING:
    from retention.ingest.reading import RawTable

Layout = Literal["rows", "once", "open"]

_SAMPLE = 20_000  # first rows; the lines of an order stand together
_CHANCE = 3  # orders whose lines all cost the same are no chance from here on


def layout(raw: RawTable, order: str, amount: str) -> Layout:
    """Whether rows have amounts of their own ("rows") or their order's once ("once").

    "open" is what looks like the order's repeated, under a heading that could mean either.
    """
    table = raw.table.iloc[:_SAMPLE]
    typed = {name: mask[:_SAMPLE] for name, mask in raw.typed.items()}
    rows = pd.DataFrame(
        {
            "order": coded_identifiers(table[order], typed.get(order)).codes,
            "amount": read_numbers(table[amount], typed=typed.get(amount)).value,
            "again": table.duplicated().to_numpy(),
        }
    )
    rows = rows[(rows["order"] >= 0) & ~rows["again"]]
    orders = rows.groupby("order")["amount"].agg(["size", "count", "nunique", "first"])
    several = orders[(orders["size"] > 1) & (orders["count"] > 0)]
    if several.empty or (several["nunique"] > 1).any():
        return "rows"
    if (several["count"] == 1).all():  # the other lines have no amount at all
        return "once" if len(several) >= _CHANCE else "rows"
    if plain(amount) in OF_ORDERS:
        return "once"
    return "open" if len(several) >= _CHANCE and _differ(several["first"]) else "rows"


def _differ(amounts: pd.Series) -> bool:
    return bool((amounts != amounts.iloc[0]).any())
