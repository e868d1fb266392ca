"""Winning against keeping: what both cost, whether that rises, when it is back, where the next euro goes."""

from retention.acquisition.analysis import Acquisition, analyse
from retention.acquisition.budget import (
    USUAL_KEPT,
    USUAL_WON,
    Advice,
    Assumed,
    Market,
    Move,
    NextEuro,
    Split,
    Use,
)
from retention.acquisition.cac_trend import FULL_YEARS, CacTrend, cac_trend
from retention.acquisition.costs import QUOTED_RATIO, QUOTED_SEVEN, AcquisitionCosts, OrderCosts, costs
from retention.acquisition.left_truncation import left_truncation_warnings, warning_at_margin
from retention.acquisition.payback import HEALTHY_MONTHS, Payback, payback
from retention.acquisition.realised_value import RealisedValue, ValueAt, realised_value
from retention.acquisition.response import Response, fitted, through_point, through_two_points
from retention.acquisition.success import Success, success
from retention.acquisition.tables import OrderTables, channel_column, order_tables
from retention.acquisition.unit_economics import (
    CacPosition,
    RetainedValue,
    Room,
    UnitEconomics,
    cac_position,
    ltv_to_cac,
    retained_value,
    rooms,
    unit_economics,
    usual_position,
)

__all__ = [
    "FULL_YEARS",
    "HEALTHY_MONTHS",
    "QUOTED_RATIO",
    "QUOTED_SEVEN",
    "USUAL_KEPT",
    "USUAL_WON",
    "Acquisition",
    "AcquisitionCosts",
    "Advice",
    "Assumed",
    "CacPosition",
    "CacTrend",
    "Market",
    "Move",
    "NextEuro",
    "OrderCosts",
    "OrderTables",
    "Payback",
    "RealisedValue",
    "Response",
    "RetainedValue",
    "Room",
    "Split",
    "Success",
    "UnitEconomics",
    "Use",
    "ValueAt",
    "analyse",
    "cac_position",
    "cac_trend",
    "channel_column",
    "costs",
    "fitted",
    "left_truncation_warnings",
    "ltv_to_cac",
    "order_tables",
    "payback",
    "realised_value",
    "retained_value",
    "rooms",
    "success",
    "through_point",
    "through_two_points",
    "unit_economics",
    "usual_position",
    "warning_at_margin",
]
