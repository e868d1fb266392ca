"""The headline figures and the flows of a shop as plain data."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from retention.periods import key
from retention.report.plain import plain, records

if TYPE_CHECKING:
    from retention.flows import Flows
    from retention.periods import Period
    from retention.study import Study

_OF_ORDERS = ("first_order_value", "repeat_order_value")


def metrics(study: Study, period: Period, *, leave_out_left_truncated: bool) -> dict[str, Any]:
    """The figures of the whole file; first and repeat orders of the customers who count."""
    counted = study.counted(leave_out_left_truncated=leave_out_left_truncated).shop.metrics(period)
    found = asdict(study.shop.metrics(period)) | {name: getattr(counted, name) for name in _OF_ORDERS}
    return {name: plain(value) for name, value in found.items()}


def flows(found: Flows) -> list[dict[str, Any]]:
    """Customers and revenue of each period."""
    return [{**row, "period": key(row["period"], found.period)} for row in records(found.table)]
