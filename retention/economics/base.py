"""The shop as its last complete year shows it: what a projection starts from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.economics.plan import Base
from retention.periods import PER_YEAR

if TYPE_CHECKING:
    from retention.flows import Flows


def measured_base(flows: Flows) -> Base | None:
    """Customers, those won and spend in the complete periods of the last year; None without a customer."""
    lately = flows.complete.tail(round(PER_YEAR[flows.period]))
    active = int(lately["active"].sum())
    if active == 0:
        return None
    return Base(
        period=flows.period,
        active=float(lately["active"].iloc[-1]),
        won_per_period=float(lately["new"].mean()),
        revenue_per_active=max(float(lately["revenue"].sum()), 0.0) / active,
    )
