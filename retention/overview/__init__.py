"""What changed, whether it is more than noise, and whether it works: the figures of the first page.

Each figure has a series over periods and is compared with the period before and the same period a year before
(`trends`); what changed most is looked for among cohorts, segments and order numbers (`changes`), and what is
more than noise is named (`notable`); three signs say whether customers become more loyal (`signs`); `active`
counts who is there by the days since they bought; `calculator` is the textbook's retention rate of three
numbers.
"""

from retention.overview.active import FALLBACK_DAYS, ActiveFlows, active_flows
from retention.overview.calculator import retention_rate
from retention.overview.changes import (
    by_cohort,
    by_number,
    by_segment,
    by_shop,
    followed_by_number,
    growth,
)
from retention.overview.coming_back import BackKind, ComingBack, coming_back
from retention.overview.notable import MOST, Candidate, NotableChanges, notable
from retention.overview.signs import SIGNS, Sign, signs
from retention.overview.trends import Change, Trend, calendar_trends, followed_trends
from retention.overview.watched import WITHIN, settled_from, usual_days

__all__ = [
    "FALLBACK_DAYS",
    "MOST",
    "SIGNS",
    "WITHIN",
    "ActiveFlows",
    "BackKind",
    "Candidate",
    "Change",
    "ComingBack",
    "NotableChanges",
    "Sign",
    "Trend",
    "active_flows",
    "by_cohort",
    "by_number",
    "by_segment",
    "by_shop",
    "calendar_trends",
    "coming_back",
    "followed_by_number",
    "followed_trends",
    "growth",
    "notable",
    "retention_rate",
    "settled_from",
    "signs",
    "usual_days",
]
