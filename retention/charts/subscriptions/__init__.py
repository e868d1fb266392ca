"""Charts of subscriptions: renewals by their number, and revenue a month."""

from retention.charts.subscriptions.months import months
from retention.charts.subscriptions.renewals import renewals

__all__ = ["months", "renewals"]
