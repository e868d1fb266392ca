"""Marketing spend set against the customers of a shop: what winning and keeping them cost and bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import economics
from retention.flows import new_of_cells
from retention.study.memo import Part, result

if TYPE_CHECKING:
    import pandas as pd

    from retention.economics import KeptValue, OrderTables, Winning
    from retention.errors import DataWarning
    from retention.study.study import Study


class Acquisition(Part):
    """What one table of spend says.

    Parameters
    ----------
    spend : ``month``, ``channel``, ``purpose``, ``amount``, and ``leads`` where known
    """

    def __init__(self, study: Study, spend: pd.DataFrame) -> None:
        super().__init__(study, spend.to_csv(index=False))
        self.spend = spend

    @result
    def winning(self, *, leave_out_left_truncated: bool) -> Winning:
        """Everything the spend and the orders say together, before a margin is known."""
        return economics.winning(
            self.spend, self._tables(), leave_out_left_truncated=leave_out_left_truncated
        )

    @result
    def left_truncation(self) -> tuple[DataWarning, ...]:
        """Figures that customers who may be older than the file bend, where these are not left out."""
        return economics.bent(self.winning(leave_out_left_truncated=False), self.spend, self._tables())

    def worth(self, value: Value | None, margin: float, *, leave_out_left_truncated: bool) -> Worth:
        """What the customers won have brought and will bring, against their cost.

        Parameters
        ----------
        value : on whose terms a new customer is expected to bring something; None where no model tells
        margin : share of net revenue left as profit
        """
        expected = None if value is None else value.new_customer()
        found = self.winning(leave_out_left_truncated=leave_out_left_truncated)
        return economics.worth(found, margin, expected)

    def _tables(self) -> OrderTables:
        return self.study.order_tables(self._channel_column())

    def _channel_column(self) -> str | None:
        """Column of the orders that names the spend's channels."""
        held = {column: self.study.tables.names(column) for column in self.study.segments.values()}
        return economics.named_most(held, self.spend["channel"])
