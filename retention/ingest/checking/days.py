"""Days and months without sales, and a last month that looks cut short."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from retention.ingest.checking.check import Check, Switch
from retention.periods import Window, key, last_day, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from numpy.typing import NDArray

RARE = 0.001
"""How likely a run of days without sales may be by chance before it is called unusual: once in a thousand
files of this length."""
SHORTEST_GAP = 7
"""Days; shops that close for a weekend or a holiday have shorter ones all the time."""
AROUND = 60
"""Days on either side that say how often the shop sells at that time of its life and of the year."""
LIKELY_SILENT = 0.05
"""How likely silence until the month's end must be for the month to be whole after all."""


def of_days(days: NDArray[np.int64], window: Window, last: date, now: datetime) -> Iterator[Check]:
    """Look over the days with a purchase.

    Parameters
    ----------
    days : (d,) their numbers as `date.toordinal` gives them, ascending
    window : the days the orders speak for
    last : day of the last usable row
    now : when the file was read
    """
    if gap := _longest_gap(days, window):
        first, end = gap
        yield Check(
            "date_gap", {"first": first, "last": end, "days": end.toordinal() - first.toordinal() + 1}
        )
    with_sales = {number_of(date.fromordinal(day), "month") for day in days.tolist()}
    empty = [month for month in window.complete("month") if month not in with_sales]
    if empty:
        yield Check("months_without_sales", {"months": [key(month, "month") for month in empty]})
    if window.last == last and len(days):
        yield from _last_month(days, last, now)


def _longest_gap(days: NDArray[np.int64], window: Window) -> tuple[date, date] | None:
    """First and last day of the longest silence that is no chance, None where there is none."""
    silent = np.diff(days) - 1
    unusual = [
        int(i)
        for i in np.flatnonzero(silent >= SHORTEST_GAP)
        if window.days * _chance(days, int(i), int(silent[i])) < RARE
    ]
    if not unusual:
        return None
    longest = max(unusual, key=lambda i: int(silent[i]))
    return date.fromordinal(int(days[longest]) + 1), date.fromordinal(int(days[longest + 1]) - 1)


def _chance(days: NDArray[np.int64], before: int, silent: int) -> float:
    """How likely such a silence is to begin on a given day, at the pace of the days around it."""
    start, end = int(days[before]), int(days[before + 1])
    around = (days > start - AROUND) & (days < end + AROUND)
    observed = min(AROUND, start - int(days[0]) + 1) + min(AROUND, int(days[-1]) - end + 1)
    return float(1.0 - around.sum() / observed) ** silent


def _last_month(days: NDArray[np.int64], last: date, now: datetime) -> Iterator[Check]:
    """The last month, where its last day had no row; to be taken as whole where silence is usual."""
    month = number_of(last, "month")
    end = last_day(month, "month")
    missing = end.toordinal() - last.toordinal()
    if missing == 0:
        return
    recent = days[days > last.toordinal() - AROUND]
    observed = min(AROUND, last.toordinal() - int(days[0]) + 1)
    silence = float(1.0 - len(recent) / observed) ** missing
    whole = silence >= LIKELY_SILENT and end < now.date()
    details = {"month": key(month, "month"), "last": last, "days": missing, "silent": silence}
    yield Check("last_month_cut_short", details, Switch("until", end) if whole else None)
