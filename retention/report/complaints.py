"""Complaints as plain data: what was read of them, and whether those who complained came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.errors import DataWarning
from retention.report.plain import plain

if TYPE_CHECKING:
    from retention.ingest import Complaints
    from retention.study.complaints import Heard


def complaints(read: Complaints | None, heard: Heard | None) -> dict[str, Any] | None:
    """One dict; None without complaints.

    Returns
    -------
    rows, unreadable, unclear, says_resolved, of_sales : as of `retention.ingest.Complaints`
    and the fields of `retention.study.complaints.Heard`
    """
    if read is None or heard is None:
        return None
    return {
        "rows": read.rows,
        "unreadable": read.unreadable,
        "unclear": read.unclear,
        "says_resolved": read.says_resolved,
        "of_sales": read.of_sales,
        **plain(heard),
    }


def left_out(read: Complaints | None, heard: Heard | None) -> tuple[DataWarning, ...]:
    """Which complaints could not be used, and how many of each kind; nothing where all were."""
    if read is None or heard is None:
        return ()
    told = {
        "unreadable": read.unreadable,
        "outside": heard.outside,
        "strangers": heard.strangers,
        "before": heard.before,
        "unclear": read.unclear,
    }
    return (DataWarning("complaints_left_out", told),) if any(told.values()) else ()
