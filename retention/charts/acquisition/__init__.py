"""Charts of winning and keeping: what they cost, whether that grows dearer, payback, response to money."""

from retention.charts.acquisition.costs import costs
from retention.charts.acquisition.payback import paid_back
from retention.charts.acquisition.response import response
from retention.charts.acquisition.trend import cac_by_channel

__all__ = ["cac_by_channel", "costs", "paid_back", "response"]
