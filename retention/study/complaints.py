"""Customers who complained: which complaints can be used, and whether these customers came back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from retention import aggregate, complaints as analysis
from retention.claims import Complained
from retention.study.memo import Part, result

if TYPE_CHECKING:
    from retention.complaints import AfterComplaints
    from retention.study.study import Study


@dataclass(frozen=True)
class Heard:
    """What became of the complaints.

    Attributes
    ----------
    complaints : that name a customer and a day
    outside : on days these sales do not cover; strangers : of others, by names that are no customer here
    again : further ones of the same customer: the first counts
    before : first complaints of customers who had not bought by then
    customers : with a purchase, of the shop
    after : what the customers did
    """

    complaints: int
    outside: int
    strangers: int
    again: int
    before: int
    customers: int
    after: AfterComplaints

    @property
    def for_claims(self) -> Complained:
        """What the claims about complaints look at."""
        after = self.after
        everybody, resolved = after.everybody, after.resolved
        return Complained(
            days=after.days,
            back=everybody.back if everybody else None,
            solved_back=resolved.back if resolved else None,
            people=everybody.people if everybody else 0,
            solved=after.resolved_people,
            share=after.complained / max(self.customers, 1),
        )


class Complaints(Part):
    """Complaints beside the sales.

    Parameters
    ----------
    table : customer_id, day (its number) and resolved of each: see `retention.ingest.read_complaints`
    """

    of_visitor = True

    def __init__(self, study: Study, table: pd.DataFrame) -> None:
        super().__init__(study, int(pd.util.hash_pandas_object(table).sum()))
        self._table = table

    @cached_property
    def _inside(self) -> pd.DataFrame:
        window, day = self.study.window, self._table["day"]
        return self._table[day.between(window.first.toordinal(), window.last.toordinal())]

    @result
    def heard(self) -> Heard:
        """Whether they came back, beside like customers, and what could not be used."""
        purchases, inside = self.study.purchases, self._inside
        known = pd.Series(purchases.numbers_of(pd.Index(inside["customer_id"])) >= 0)
        first = aggregate.complainers(purchases, inside)
        edges = self.study.tables.day_value_edges()
        waits = aggregate.waits_and_complaints(purchases, first, edges)
        window = self.study.window
        days = analysis.watched_days(window.days)
        after = analysis.after_complaints(waits, window.last.toordinal(), days)
        return Heard(
            complaints=len(self._table),
            outside=len(self._table) - len(inside),
            strangers=int((~known).sum()),
            again=int(known.sum()) - len(first),
            before=len(first) - after.complained,
            customers=self.study.tables.number(),
            after=after,
        )
