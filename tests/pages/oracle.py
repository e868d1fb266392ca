"""Figures of a base worked out again in plain pandas, month by month."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Months:
    """Who bought in each complete month, and what came in."""

    buyers: dict[pd.Period, set[str]]
    first: pd.Series
    net: float

    @property
    def names(self):
        return sorted(self.buyers)

    @property
    def active(self):
        return sum(len(buyers) for buyers in self.buyers.values())

    def retained(self):
        """Customer-months kept from one complete month to the next, and those that could have been."""
        pairs = list(zip(self.names, self.names[1:], strict=False))
        kept = sum(len(self.buyers[a] & self.buyers[b]) for a, b in pairs)
        return kept, sum(len(self.buyers[a]) for a, _ in pairs)

    def strict(self):
        kept, before = self.retained()
        return kept / before

    def returning(self):
        """Buyers of a month who had bought before, over the buyers of the month before."""
        pairs = list(zip(self.names, self.names[1:], strict=False))
        old = sum(len(self.buyers[b]) - int((self.first == b).sum()) for _, b in pairs)
        return old / sum(len(self.buyers[a]) for a, _ in pairs)

    def back_after_one(self):
        """Of the customers won in a month, the share that buys in the next."""
        pairs = list(zip(self.names, self.names[1:], strict=False))
        won = {a: set(self.first.index[self.first == a]) for a, _ in pairs}
        return sum(len(won[a] & self.buyers[b]) for a, b in pairs) / sum(map(len, won.values()))

    def won(self):
        return int(self.first.isin(self.names).sum())


def months(intake, last=None):
    """The complete months of a base, or its last few; purchases make active, refunds lower what came in."""
    table, window = intake.orders.table, intake.orders.window
    month = table["date"].dt.to_period("M")
    bought = table["kind"] == "purchase"
    whole = [
        name
        for name in pd.period_range(window.first, window.last, freq="M")
        if name.start_time.date() >= window.first and name.end_time.date() <= window.last
    ]
    whole = whole[-last:] if last else whole
    return Months(
        buyers={name: set(table.loc[bought & (month == name), "customer_id"]) for name in whole},
        first=month[bought].groupby(table.loc[bought, "customer_id"]).min(),
        net=float(table.loc[month.isin(whole), "value"].sum()),
    )
