"""The headline figures by the definitions others use, step by step to ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention import aggregate, reconciled
from retention.returned import ONCE
from retention.study.memo import Part, result

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from retention.cohorts import CohortTable
    from retention.flows import Flows
    from retention.overview import ActiveFlows
    from retention.periods import Period
    from retention.reconciled import Figure, Reconciled
    from retention.study.study import Study


@dataclass(frozen=True)
class ZerosKept:
    """Results of a shop whose orders worth 0 are purchases: its purchases themselves are not kept.

    Attributes
    ----------
    flows : by the calendar, and of customers active in the last W days, W as without them
    cohorts : their table
    """

    flows: tuple[Flows, ActiveFlows | None]
    cohorts: CohortTable


class Reconciling(Part):
    """Why another system says otherwise, of the whole file: what left it is known of that alone.

    Raises
    ------
    ValueError
        If the study is about some of the customers, or about an earlier day.
    """

    def __init__(self, study: Study) -> None:
        if study.whose:
            raise ValueError("only the whole file's figures can be held against another system's")
        super().__init__(study)

    def all(self, period: Period) -> tuple[Reconciled, ...]:
        """Every figure the data allows."""
        found = (self.of(figure, period) for figure in reconciled.FIGURES)
        return tuple(each for each in found if each is not None)

    @result
    def of(self, figure: Figure, period: Period) -> Reconciled | None:
        """One figure from the others' definition to ours; None where the data has no such figure.

        Parameters
        ----------
        period : of what is of one calendar period, or counted by it
        """
        make: dict[Figure, Callable[[Period], Reconciled | None]] = {
            "revenue_latest": self._latest_revenue,
            "revenue_net": self._revenue,
            "average_order_value": self._average_order,
            "customers": lambda _: reconciled.customers(self._kinds(), self.study.exported),
            "repeat_purchase_rate": lambda _: reconciled.repeat_rate(self._kinds(), self.study.exported),
            "strict_retention": self._staying,
            "cohort_retention": self._next_period,
        }
        return make[figure](period)

    def _latest_revenue(self, period: Period) -> Reconciled | None:
        complete = self.study.window.complete(period)
        return self._revenue(period, complete[-1]) if complete else None

    def _revenue(self, period: Period, number: int | None = None) -> Reconciled:
        return reconciled.revenue(
            self.study.tables.flows(period),
            self.study.exported,
            self._refunds_by_order(period),
            period,
            number,
        )

    def _average_order(self, period: Period) -> Reconciled | None:
        return reconciled.average_order(self.study.tables.flows(period), self.study.exported, self._kinds())

    def _staying(self, period: Period) -> Reconciled | None:
        kept = self._zeros_kept(period)
        return reconciled.staying(*self._flows(self.study, period), None if kept is None else kept.flows)

    def _next_period(self, period: Period) -> Reconciled | None:
        kept = self._zeros_kept(period)
        return reconciled.next_period(
            self._cohorts(self.study, period), None if kept is None else kept.cohorts
        )

    @result
    def _kinds(self) -> pd.DataFrame:
        return aggregate.order_kinds(self.study.orders)

    @result
    def _refunds_by_order(self, period: Period) -> pd.DataFrame:
        return aggregate.refunds_by_order(self.study.orders, period)

    @result
    def _zeros_kept(self, period: Period) -> ZerosKept | None:
        """What comes of it where orders worth 0 are purchases; None where there are none."""
        if not self._kinds()["zeros"].any():
            return None
        study = type(self.study)(aggregate.zeros_kept(self.study.orders))
        return ZerosKept(self._flows(study, period), self._cohorts(study, period))

    def _flows(self, study: Study, period: Period) -> tuple[Flows, ActiveFlows | None]:
        """Flows by the calendar and by W, that of our own definition."""
        days = self.study.shop.active_days()
        active = None if days is None else study.overview.active_flows(period, days)
        return study.shop.flows(period), active

    @staticmethod
    def _cohorts(study: Study, period: Period) -> CohortTable:
        return study.counting_back(ONCE).cohorts.table(period)
