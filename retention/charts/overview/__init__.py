"""Charts of the overview: flows, the three signs, and claims beside what the data says."""

from retention.charts.overview.flows import flows
from retention.charts.overview.reality import ranges
from retention.charts.overview.signs import sign

__all__ = ["flows", "ranges", "sign"]
