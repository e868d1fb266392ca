"""What is known of the claims everybody quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import claims
from retention.flows import measured_retention

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from retention.claims import Finding
    from retention.flows import Flows
    from retention.orders import Orders
    from retention.statistics import Estimate
    from retention.summary.question import Question
    from retention.summary.spent import Spent


def claims_of(
    orders: Orders,
    people: pd.DataFrame,
    monthly: Flows,
    question: Question,
    spent: Spent | None,
    quoted: Mapping[str, Estimate | None],
) -> tuple[Finding, ...]:
    """Every claim against the orders, the simulator, the spend, and what is `quoted` of lifetime value."""
    measured = measured_retention(orders, "month")
    lift = claims.lift(
        monthly,
        measured.textbook if measured else None,
        margin=question.margin,
        discount_rate=question.discount_rate,
        years=float(question.years),
    )
    return claims.check(
        claims.Evidence(
            bought=claims.bought(orders, people),
            lift=lift,
            costs=spent.found.costs if spent else None,
            prospects=spent.found.success.rate if spent and spent.found.success else None,
            **quoted,
        )
    )
