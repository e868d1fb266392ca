"""Marketing spend set against the customers of a shop: what winning and keeping them cost and bring."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

from retention import acquisition
from retention.errors import DataWarning, InputError
from retention.study.memo import Part, result

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from retention.acquisition import (
        Acquisition,
        Advice,
        Assumed,
        Market,
        OrderTables,
        Response,
        RetainedValue,
        UnitEconomics,
    )
    from retention.lifetime_value import NewCustomer, TimeUnit, Wanted
    from retention.study.study import Study
    from retention.study.value import Value


Side = Literal["won", "kept"]
SIDES: tuple[Side, ...] = get_args(Side)
_COLUMNS: dict[Side, tuple[str, str]] = {"won": ("acquisition", "new"), "kept": ("retention", "retained")}
_SECOND = 2.0  # times an average month's spend
_USUAL = {"won": acquisition.USUAL_WON, "kept": acquisition.USUAL_KEPT}


@dataclass(frozen=True)
class Months:
    """Winning or keeping: what was spent on it in each month, and on how many customers."""

    spent: NDArray[np.float64]
    customers: NDArray[np.float64]

    @property
    def average(self) -> tuple[float, float]:
        """Spend and customers of an average month."""
        return float(self.spent.mean()), float(self.customers.mean())

    @property
    def second_spend(self) -> float:
        """Spend of a second month beside it, where nobody names another."""
        return _SECOND * self.average[0]


@dataclass(frozen=True)
class NextEuro:
    """What the next euro brings on either side.

    Attributes
    ----------
    market : the curves, and what a customer won and one kept brings
    found : today's split and better ones
    one_month : the same, were a customer kept worth one month alone
    """

    market: Market
    found: acquisition.NextEuro
    one_month: acquisition.NextEuro

    @property
    def advice(self) -> Advice:
        """Which way money should move; to stay too, where one month of a customer kept speaks otherwise."""
        return self.found.advice if self.if_one_month == "holds" else "stay"

    @property
    def if_one_month(self) -> Literal["holds", "turns"] | Advice:
        """Whether one month alone would advise the same, the other way, or what else it would."""
        here, there = self.found.advice, self.one_month.advice
        if here == there:
            return "holds"
        return there if "stay" in {here, there} else "turns"


class Spending(Part):
    """What one table of spend says.

    Parameters
    ----------
    spend : ``month``, ``channel``, ``purpose``, ``amount``, and ``leads`` where known
    """

    of_visitor = True

    def __init__(self, study: Study, spend: pd.DataFrame) -> None:
        super().__init__(study, spend.to_csv(index=False))
        self.spend = spend

    @result
    def winning(self, *, leave_out_left_truncated: bool) -> Acquisition:
        """Everything the spend and the orders say together, before a margin is known."""
        return acquisition.analyse(
            self.spend, self._tables(), leave_out_left_truncated=leave_out_left_truncated
        )

    def left_truncation(
        self, margin: float, *, leave_out_left_truncated: bool = False
    ) -> tuple[DataWarning, ...]:
        """Figures that customers who may be older than the file bend; none where these are left out."""
        warned = () if leave_out_left_truncated else self._left_truncation()
        return tuple(acquisition.warning_at_margin(warning, margin) for warning in warned)

    @result
    def _left_truncation(self) -> tuple[DataWarning, ...]:
        return acquisition.left_truncation_warnings(
            self.winning(leave_out_left_truncated=False), self.spend, self._tables()
        )

    def worth(self, value: Value | None, margin: float, *, leave_out_left_truncated: bool) -> UnitEconomics:
        """What the customers won have brought and will bring within a year, against their cost.

        Parameters
        ----------
        value : by whose models, at whose discount rate, a new customer is expected to bring something; None
            where no model tells
        margin : share of net revenue left as profit
        """
        by = None if value is None else (value.wanted, value.unit, value.terms.discount_rate)
        return self._worth(by, margin, leave_out_left_truncated=leave_out_left_truncated)

    @result
    def _worth(
        self,
        by: tuple[Wanted, TimeUnit, float] | None,
        margin: float,
        *,
        leave_out_left_truncated: bool,
    ) -> UnitEconomics:
        found = self.winning(leave_out_left_truncated=leave_out_left_truncated)
        expected = None if by is None else self._expected(*by, margin)
        return acquisition.unit_economics(found, margin, expected)

    def _expected(
        self, wanted: Wanted, unit: TimeUnit, discount_rate: float, margin: float
    ) -> NewCustomer | DataWarning:
        """Margin a customer won today is expected to bring within a year, or why no model tells."""
        year = self.study.value(
            wanted,
            unit,
            horizon_months=acquisition.HEALTHY_MONTHS,
            discount_rate=discount_rate,
            margin=margin,
        )
        try:
            return year.new_customer()
        except InputError as refused:
            return DataWarning(refused.code, refused.details)

    def values(
        self, value: Value | None, margin: float, *, leave_out_left_truncated: bool
    ) -> tuple[float | None, RetainedValue | None]:
        """Margin a customer won and one kept brings, for the next euro.

        A customer won brings what those observed for a year have brought, or else what is expected.
        """
        worth = self.worth(value, margin, leave_out_left_truncated=leave_out_left_truncated)
        base, retention = self.study.what_if.base("month"), self.study.shop.retention("month")
        kept = (
            None if base is None else acquisition.retained_value(base.revenue_per_active, margin, retention)
        )
        return worth.value_won, kept

    def months(self, side: Side, *, leave_out_left_truncated: bool) -> Months:
        """What was spent on winning or on keeping in each month counted."""
        monthly = self.winning(leave_out_left_truncated=leave_out_left_truncated).costs.monthly
        spent, customers = (monthly[name].to_numpy(dtype=float) for name in _COLUMNS[side])
        return Months(spent, customers)

    def usual_response(self, side: Side, *, leave_out_left_truncated: bool) -> Response:
        """The curve through an average month by the usual assumptions.

        Raises
        ------
        InputError
            Why there is none.
        """
        return self.assumed_response(side, _USUAL[side], leave_out_left_truncated=leave_out_left_truncated)

    def assumed_response(self, side: Side, assumed: Assumed, *, leave_out_left_truncated: bool) -> Response:
        """The curve through an average month, by what a person holds possible.

        Raises
        ------
        InputError
            Why there is none.
        """
        months = self.months(side, leave_out_left_truncated=leave_out_left_truncated)
        return assumed.response(*months.average)

    def response_through(
        self, side: Side, other: tuple[float, float], unasked: float, *, leave_out_left_truncated: bool
    ) -> Response:
        """The curve through an average month and another one.

        Parameters
        ----------
        other : spend and customers of that month
        unasked : part of the average month's customers who would come, or stay, without any spend

        Raises
        ------
        InputError
            ``points_not_possible`` with `reason`, see `retention.acquisition.through_two_points`.
        """
        spend, customers = self.months(side, leave_out_left_truncated=leave_out_left_truncated).average
        try:
            return acquisition.through_two_points((spend, customers), other, floor=unasked * customers)
        except InputError as refused:
            told = {"spend": spend, "customers": customers, "other": other[0], "won": other[1]}
            reason = refused.details["reason"]
            raise InputError("points_not_possible", side=side, reason=reason, **told) from refused

    @result
    def fitted_response(self, side: Side, *, leave_out_left_truncated: bool) -> Response:
        """The curve the months show.

        Raises
        ------
        InputError
            Why they show none.
        """
        months = self.months(side, leave_out_left_truncated=leave_out_left_truncated)
        return acquisition.fitted(months.spent, months.customers)

    @result
    def next_euro(
        self,
        winning: Response,
        keeping: Response,
        value_won: float,
        kept: RetainedValue,
        *,
        leave_out_left_truncated: bool,
    ) -> NextEuro:
        """What the next euro brings, by two curves of response.

        Parameters
        ----------
        value_won, kept : what a customer won and one kept brings, above 0
        """
        today = tuple(
            self.months(side, leave_out_left_truncated=leave_out_left_truncated).average[0] for side in SIDES
        )
        market = acquisition.Market(winning, keeping, value_won, kept.value)
        one_month = replace(market, value_kept=kept.one_month)
        return NextEuro(market, market.next_euro(*today), one_month.next_euro(*today))

    def _tables(self) -> OrderTables:
        column = self._channel_column()
        return self._order_tables(column)

    @result
    def _order_tables(self, channel: str | None) -> OrderTables:
        tables = self.study.tables
        return acquisition.order_tables(
            flows=self.study.shop.flows("month"),
            cells=tables.cells("month"),
            starts=tables.starts(channel),
            value_by_age=tables.value_by_age(channel),
            window=self.study.window,
            known_from=self.study.shop.known_from().toordinal(),
            cells_by_channel=tables.cells("month", channel) if channel else None,
        )

    def _channel_column(self) -> str | None:
        """Column of the orders that names the spend's channels."""
        held = {column: self.study.tables.names(column) for column in self.study.segments.values()}
        return acquisition.channel_column(held, self.spend["channel"])
