"""Left truncation: which figures of winning and keeping old customers bend who are taken for new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.acquisition.analysis import group_value
from retention.acquisition.cac_trend import cac_trends
from retention.acquisition.costs import costs
from retention.acquisition.payback import HEALTHY_MONTHS
from retention.acquisition.tables import without_left_truncated
from retention.errors import DataWarning

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from retention.acquisition.analysis import Acquisition
    from retention.acquisition.cac_trend import CacTrend
    from retention.acquisition.realised_value import ValueAt
    from retention.acquisition.tables import OrderTables
    from retention.statistics import Estimate


def left_truncation_warnings(
    found: Acquisition, spend: pd.DataFrame, tables: OrderTables
) -> tuple[DataWarning, ...]:
    """Warn of each figure that leaving out possible old customers moves past its interval, with both values.

    Parameters
    ----------
    found : what `analyse` makes of this spend and these tables, with the customers first seen in the data's
        first W days

    Notes
    -----
    Each with ``customers`` left out and ``days``:

    - ``left_truncated_cac`` : ``cac``, ``cac_without``
    - ``left_truncated_trend`` : ``rise``, ``rise_without``, relative changes of the blended CAC a month; also
        where a trend was more than chance and no longer is
    - ``left_truncated_value`` : ``months``, and ``value`` and ``value_without``, the margin per customer in
        these first months at a margin of 1, see `warning_at_margin`
    - ``left_truncated_only`` : ``months``, where nobody else was observed so long
    """
    others, spent, left_out = without_left_truncated(tables, spend)
    if not left_out:
        return ()
    who = {"customers": left_out, "days": tables.unsure_days}
    without = costs(spent, others.flows.table)
    year = group_value(others, others.starts, others.value).at(HEALTHY_MONTHS)
    return tuple(
        DataWarning(f"left_truncated_{figure}", who | values)
        for figure, values in (
            ("cac", _cac(found.costs.cac, without.cac)),
            ("trend", _trend(_blended(found.trends), _blended(cac_trends(without)))),
            *_value(found.everybody.value.at(HEALTHY_MONTHS), year),
        )
        if values is not None
    )


def warning_at_margin(warning: DataWarning, margin: float) -> DataWarning:
    """A warning with its values of margin at a margin other than 1."""
    values = {name: margin * value for name, value in warning.details.items() if name.startswith("value")}
    return DataWarning(warning.code, warning.details | values)


def _cac(before: Estimate | None, after: Estimate | None) -> dict[str, Any] | None:
    if before is None or after is None or not before.excludes(after.value):
        return None
    return {"cac": before.value, "cac_without": after.value}


def _blended(trends: Iterable[CacTrend]) -> CacTrend | None:
    return next((trend for trend in trends if trend.channel is None), None)


def _trend(before: CacTrend | None, after: CacTrend | None) -> dict[str, Any] | None:
    if before is None or after is None:
        return None
    one, other = before.per_month, after.per_month
    moved = one.excludes(other.value) or other.excludes(one.value)
    if after.direction == before.direction and not moved:
        return None
    return {"rise": one.value, "rise_without": other.value}


def _value(before: ValueAt, after: ValueAt) -> list[tuple[str, dict[str, Any] | None]]:
    if before.margin is None:
        return []
    if after.margin is None:
        return [("only", {"months": HEALTHY_MONTHS})]
    if not before.margin.excludes(after.margin.value):
        return []
    values = {"value": before.margin.value, "value_without": after.margin.value}
    return [("value", {"months": HEALTHY_MONTHS, **values})]
