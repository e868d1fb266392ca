"""Charts of the overview: flows, the three signs, claims beside what the data says, others' definitions."""

from retention.charts.overview.flows import flows
from retention.charts.overview.reality import ranges
from retention.charts.overview.reconciled import reconciled
from retention.charts.overview.signs import sign

__all__ = ["flows", "ranges", "reconciled", "sign"]
