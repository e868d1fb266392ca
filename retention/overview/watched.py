"""How long customers are watched, and from when on they can be taken for new."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from retention.metrics import quantile
from retention.periods import first_day, last_day

if TYPE_CHECKING:
    import pandas as pd

    from retention.periods import Period, Window

WITHIN = (30, 60, 90, 180, 365)  # days a shop may watch for the next purchase


def usual_days(day_gaps: pd.DataFrame) -> int:
    """N: the shortest of `WITHIN` in which half of those who buy again have done so.

    By the median days between purchase days; the shortest of all where nobody bought twice.

    Parameters
    ----------
    day_gaps : the table `retention.aggregate.gaps` makes of purchase days
    """
    median = quantile(day_gaps[day_gaps["followed"]], 0.5) or 0.0
    return next((days for days in WITHIN if days >= median), WITHIN[-1])


def settled_from(window: Window) -> date:
    """First day from which new customers can be compared over time: after a quarter of the file.

    W days are not enough for a trend. Of simulated shops that had been open before their file began, and in
    which nothing changed, one in eight was then told that customers come back sooner: the last of the old
    ones to show up are the slowest. After a quarter it was one in forty, as chance has it.
    """
    return window.first + timedelta(days=window.days // 4)


def status(number: int, period: Period, window: Window, *, ahead: int = 0, old: date | None = None) -> str:
    """What a period's figure can be used for.

    Parameters
    ----------
    ahead : days after the period its figure has to wait for
    old : before this day customers may be older than the file; None where that bends nothing

    Returns
    -------
    "known", "incomplete" (the period itself, or the wait after it) or "old"
    """
    waited = last_day(number, period) + timedelta(days=ahead) <= window.last
    if not window.is_complete(number, period) or not waited:
        return "incomplete"
    return "old" if old is not None and first_day(number, period) < old else "known"
