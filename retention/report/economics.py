"""What retention is worth and costs as plain data: what if, winning against keeping, the next euro."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.report.acquisition import acquisition
from retention.report.lifetime_value import lost_customer, value_at_risk
from retention.report.next_euro import next_euro
from retention.report.what_if import what_if
from retention.statistics import value_of

if TYPE_CHECKING:
    from retention.acquisition import AcquisitionCosts
    from retention.ingest import Spend
    from retention.study import Settings, Study, Value

_COSTS = ("cac", "retention_cost", "ratio")
_COUNTED = ("new_customers", "retained_customers")


def economics(study: Study, value: Value | None, settings: Settings, spend: Spend | None) -> dict[str, Any]:
    """Every part, None where what it needs is not there.

    Parameters
    ----------
    value : what the lifetime value models say, None where they cannot be fitted
    """
    left_out = settings.leave_out_left_truncated
    spent = None if spend is None else study.acquisition(spend.table)
    costs = None if spent is None else spent.winning(leave_out_left_truncated=left_out).costs
    won = None
    if spend is not None and spent is not None:
        won = _read(spend) | acquisition(spent, value, settings.margin, leave_out_left_truncated=left_out)
    wanted = None if value is None else settings.model
    return {
        **_averages(costs),
        "lost_customer": None
        if value is None
        else lost_customer(value, value_of(costs.cac) if costs else None),
        "value_at_risk": None if value is None else value_at_risk(study, value, settings.period),
        "what_if": what_if(study, settings.plan, wanted, settings.time_unit),
        "acquisition": won,
        "next_euro": None
        if spent is None
        else next_euro(spent, value, settings.margin, leave_out_left_truncated=left_out),
    }


def _averages(costs: AcquisitionCosts | None) -> dict[str, Any]:
    """Cost of winning and of keeping, over the months with both spend and complete data."""
    figures = {name: value_of(getattr(costs, name)) if costs else None for name in _COSTS}
    return figures | {name: getattr(costs, name, None) for name in _COUNTED}


def _read(spend: Spend) -> dict[str, Any]:
    return {
        "rows": spend.rows,
        "rows_used": spend.rows_used,
        "rows_set_aside": spend.set_aside,
        "amount_set_aside": spend.amount_set_aside,
    }
