"""Marketing spend set against the orders, once: every part of a summary tells of the same customers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.economics import bent, channel_column, order_tables, winning

if TYPE_CHECKING:
    import pandas as pd

    from retention.economics import Winning
    from retention.errors import DataWarning
    from retention.ingest import Spend
    from retention.orders import Orders
    from retention.summary.question import Question


@dataclass(frozen=True)
class Spent:
    """What was spent, and what winning and keeping cost.

    Attributes
    ----------
    read : the spend and what of it could not be used
    found : the costs, without possible old customers where these are left out
    moved : figures that possible old customers bend, where they are not
    """

    read: Spend
    found: Winning
    moved: tuple[DataWarning, ...]

    @property
    def warnings(self) -> tuple[DataWarning, ...]:
        """What a reader of the costs must know of the spend."""
        return (*self.read.warnings, *self.found.costs.warnings)


def spent_of(orders: Orders, people: pd.DataFrame, spend: Spend, question: Question) -> Spent:
    """Set the spend against the customers the question counts."""
    made = order_tables(orders, people, channel_column(orders, people, spend.table["channel"]))
    left_out = question.leave_out_left_truncated
    found = winning(spend.table, made, leave_out_left_truncated=left_out)
    return Spent(spend, found, () if left_out else bent(found, spend.table, made))
