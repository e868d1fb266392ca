"""What is known of the claims everybody quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import claims
from retention.economics import channel_column, costs, order_tables
from retention.flows import measured_retention
from retention.summary.question import PLAN_YEARS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from retention.claims import Finding
    from retention.flows import Flows
    from retention.orders import Orders
    from retention.resampling import Estimate
    from retention.summary.question import Question


def claims_of(
    orders: Orders,
    people: pd.DataFrame,
    monthly: Flows,
    question: Question,
    spend: pd.DataFrame | None,
    quoted: Mapping[str, Estimate | None],
) -> tuple[Finding, ...]:
    """Every claim against the orders, the simulator, the spend, and what is `quoted` of lifetime value."""
    measured = measured_retention(orders, "month")
    lift = claims.lift(
        monthly,
        measured.textbook if measured else None,
        margin=question.margin,
        discount_rate=question.discount_rate,
        years=PLAN_YEARS,
    )
    return claims.check(
        claims.Evidence(
            bought=claims.bought(orders, people),
            lift=lift,
            costs=None if spend is None else costs(spend, monthly.table),
            prospects=None if spend is None else _prospects(orders, people, monthly, spend),
            **quoted,
        )
    )


def _prospects(orders: Orders, people: pd.DataFrame, monthly: Flows, spend: pd.DataFrame) -> Estimate | None:
    column = channel_column(orders, people, spend["channel"])
    return claims.prospects(spend, monthly, order_tables(orders, people, column).new_by_channel)
