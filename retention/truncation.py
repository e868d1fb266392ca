"""Old customers taken for new: first seen so early that they may have bought before the file began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.errors import DataWarning

if TYPE_CHECKING:
    from retention.cohorts import CohortTable
    from retention.dropoff import DropOff


LEAST = 30  # customers first seen early below whom no word is made of them: one alone moves a small shop


def cohort_warnings(
    everybody: CohortTable, others: CohortTable, customers: int, days: int
) -> tuple[DataWarning, ...]:
    """Warn where leaving these customers out lowers pooled retention in the next period past its interval.

    Parameters
    ----------
    everybody, others : with and without them
    customers, days : how many they are, seen in how many days from the file's start; nothing is said of fewer
        than 30
    """
    both = everybody.pooled, others.pooled
    if customers < LEAST or any(pooled.empty for pooled in both):
        return ()
    if int(both[0]["age"].iloc[0]) != int(both[1]["age"].iloc[0]):
        return ()
    kept, left_out = (pooled.iloc[0] for pooled in both)
    if left_out["rate"] >= kept["low"]:
        return ()
    rates = {"rate": float(kept["rate"]), "rate_without": float(left_out["rate"])}
    return (DataWarning("left_truncated", {"customers": customers, "days": days, **rates}),)


def dropoff_warnings(
    everybody: DropOff, others: DropOff, customers: int, days: int
) -> tuple[DataWarning, ...]:
    """Warn where leaving these customers out moves the step to the second purchase past its interval.

    Parameters
    ----------
    everybody, others, customers, days : as for `cohort_warnings`
    """
    if customers < LEAST or everybody.day is None or others.day != everybody.day:
        return ()
    kept, left_out = everybody.steps[0].within, others.steps[0].within
    if kept is None or left_out is None or not kept.excludes(left_out.value):
        return ()
    told = {"within": everybody.day, "rate": kept.value, "rate_without": left_out.value}
    return (DataWarning("left_truncated_dropoff", {"customers": customers, "days": days, **told}),)
