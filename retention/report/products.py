"""What brings customers back as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.aggregate import STEPS
from retention.report.plain import records

if TYPE_CHECKING:
    from retention.products import FirstProducts
    from retention.study import Study, Value
    from retention.study.products import Products

_COHORTS = ["cohort", "age", "size", "customers", "share", "low", "high", "revenue_per_customer"]
_COHORTS += ["cumulative_revenue"]


def products(found: Products, study: Study, value: Value | None) -> dict[str, Any] | None:
    """Products bought first, next and by the loyal; None where the file names none.

    Parameters
    ----------
    found : of the customers who count
    study : of the same
    value : what customers are worth, by whose model the loyal are told; None where none can be fitted
    """
    if not found.known:
        return None
    loyal = None if value is None else found.loyal(study.customers(value))
    return {
        "left_out": [{"product": name, "lines": n} for name, n in found.lines_left_out().items()],
        "first": _first(found.first()),
        "next": [
            {"step": step, "customers": next_.customers, "pairs": records(next_.table)}
            for step in range(1, STEPS + 1)
            for next_ in [found.following(step)]
        ],
        "loyal": None
        if loyal is None
        else {"loyal": loyal.loyal, "others": loyal.others, "products": records(loyal.table)},
        "cohorts": records(found.cohorts("month").cells[_COHORTS].rename(columns={"cohort": "product"})),
    }


def _first(found: FirstProducts | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "days": found.days,
        "months": found.months,
        "customers": found.customers,
        "unnamed": found.unnamed,
        "few": found.few,
        "rate": found.rate,
        "products": records(found.table),
    }
