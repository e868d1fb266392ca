"""A file's rows as customer, order, date and amount, and what can become of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from retention.errors import DataWarning
    from retention.ingest.columns.texts import Coded


USED = 0
SET_ASIDE = (  # what cannot be used; of those that hold for a row, the first counts
    "not_a_sale",
    "id_cut_short",
    "missing_customer",
    "nobody",
    "missing_date",
    "unreadable_date",
    "missing_amount",
    "unreadable_amount",
    "future_date",
    "other_currency",
)
LEFT_OUT = ("left_out_customer", "reversed")  # by a switch of the reader's
OUTCOMES = ("used", *SET_ASIDE, "cancelled", "overlap", "after_until", "duplicate", *LEFT_OUT)
CODE = {outcome: code for code, outcome in enumerate(OUTCOMES)}


@dataclass(frozen=True)
class Rows:
    """The fields of n rows.

    Attributes
    ----------
    customer, order : texts; order is None where the file has no such column
    segments : texts by the name `retention.orders.Orders` gives each
    date : (n,) datetime64[us], NaT where unreadable
    amount : (n,) in the file's currency, NaN where unreadable; of a row of its own that is a refund, below 0
    refunded : (n,) what of the amount went back, 0 or more; None where nothing says so
    apart : (n,) rows that are refunds whatever order they name; None where none is
    outcome : (n,) place in `OUTCOMES`
    status : texts; None where the file has no such column
    bare : whether nothing stands beside the amounts that could name a currency
    warnings : what had to be assumed, and what the export's readers must know
    """

    customer: Coded
    order: Coded | None
    segments: dict[str, Coded]
    date: NDArray[np.datetime64]
    amount: NDArray[np.float64]
    refunded: NDArray[np.float64] | None
    apart: NDArray[np.bool_] | None
    outcome: NDArray[np.int8]
    status: Coded | None = None
    bare: bool = False
    warnings: tuple[DataWarning, ...] = ()

    @property
    def day(self) -> NDArray[np.datetime64]:
        """(n,) datetime64[D]."""
        return self.date.astype("datetime64[D]")

    @property
    def money(self) -> NDArray[np.float64]:
        """(n,) amount less what of it went back, NaN where unreadable."""
        return self.amount if self.refunded is None else self.amount - self.refunded

    def where(self, kept: NDArray[np.bool_]) -> Rows:
        """Keep the rows for which a mask is true."""
        return replace(
            self,
            customer=self.customer.where(kept),
            order=None if self.order is None else self.order.where(kept),
            segments={name: column.where(kept) for name, column in self.segments.items()},
            status=None,
            date=self.date[kept],
            amount=self.amount[kept],
            refunded=None if self.refunded is None else self.refunded[kept],
            apart=None if self.apart is None else self.apart[kept],
            outcome=self.outcome[kept],
        )
