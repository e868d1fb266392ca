"""Charts of drop-off: the steps, the wait for the next purchase, groups compared, and who leaves."""

from retention.charts.dropoff.groups import groups
from retention.charts.dropoff.leaving import differences
from retention.charts.dropoff.steps import MOST, steps
from retention.charts.dropoff.waiting import waiting

__all__ = ["MOST", "differences", "groups", "steps", "waiting"]
