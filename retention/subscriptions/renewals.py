"""How many renewals are made on time, by how many came before, and what becomes of the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.aggregate import CANCELLED, OPEN, PAUSED, RENEWED
from retention.statistics import Estimate, ratio, wilson
from retention.what_if import fit_curve, retention_by_age

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST_DUE = 30  # renewals, without which no rate is told


@dataclass(frozen=True)
class Renewals:
    """What became of renewals.

    Attributes
    ----------
    rate : share of the renewals due that were made on time, up to each customer's first miss; None where
        fewer than 30 were due
    by_number : a row for each number of renewals made before, of which 30 were due

        - ``renewals``, ``due``, ``renewed``, ``rate``, ``low``, ``high`` (Wilson: a customer counts once)
        - ``expected`` : by the shifted beta-geometric curve

    alpha, beta : of that curve; None where too few numbers tell
    active, cancelled : customers not overdue at the observation end; overdue then
    paused, back_after : renewals missed by who came back later; half of them within so many days of the
        latest day on time, None without any
    """

    rate: Estimate | None
    by_number: pd.DataFrame
    alpha: float | None
    beta: float | None
    active: int
    cancelled: int
    paused: int
    back_after: int | None


def renewed(table: pd.DataFrame) -> Renewals:
    """What became of renewals.

    The rates and the curve look at customers up to their first miss, from when they are known to keep to an
    interval: what follows a pause is another story. Renewals not yet due are no misses.

    Parameters
    ----------
    table : as `retention.aggregate.renewals` makes it

    Notes
    -----
    Fader, Hardie (2007), "How to project customer retention", Journal of Interactive Marketing 21.
    """
    first = table[table["first"] & (table["renewals"] >= table["known"])]
    by_number, fitted = _by_number(first)
    pauses = table[table["outcome"] == PAUSED]
    people = table.groupby("outcome")["customers"].sum()
    return Renewals(
        rate=_rate(first),
        by_number=by_number,
        alpha=fitted and fitted[0],
        beta=fitted and fitted[1],
        active=int(people.get(OPEN, 0)),
        cancelled=int(people.get(CANCELLED, 0)),
        paused=int(pauses["customers"].sum()),
        back_after=_median(pauses["late"].to_numpy(), pauses["customers"].to_numpy()),
    )


def _rate(first: pd.DataFrame) -> Estimate | None:
    """Over customers, each of whom has one row at which being followed on time ends."""
    last = first[first["outcome"] != RENEWED]
    on_time = (last["renewals"] - last["known"]).to_numpy()
    due = on_time + (last["outcome"] != OPEN).to_numpy()
    customers = last["customers"].to_numpy()
    return ratio(on_time, due, customers) if due @ customers >= LEAST_DUE else None


def _by_number(first: pd.DataFrame) -> tuple[pd.DataFrame, tuple[float, float] | None]:
    due = first[first["outcome"] != OPEN]
    most = int(due["renewals"].max()) if len(due) else -1
    before, after = np.zeros(most + 1), np.zeros(most + 1)
    np.add.at(before, due["renewals"].to_numpy(), due["customers"].to_numpy())
    on_time = due[due["outcome"] == RENEWED]
    np.add.at(after, on_time["renewals"].to_numpy(), on_time["customers"].to_numpy())
    told = np.flatnonzero(before >= LEAST_DUE)
    if not told.size:
        return pd.DataFrame(columns=["renewals", "due", "renewed", "rate", "low", "high", "expected"]), None
    low, high = wilson(after[told], before[told])
    fitted = fit_curve(before[:, None], after[:, None]) if told.size > 1 else None
    expected = np.full(told.size, np.nan) if fitted is None else retention_by_age(*fitted, most + 1)[told, 0]
    rows = pd.DataFrame(
        {
            "renewals": told,
            "due": before[told].astype(int),
            "renewed": after[told].astype(int),
            "rate": after[told] / before[told],
            "low": low,
            "high": high,
            "expected": expected,
        }
    )
    return rows, None if fitted is None else (float(fitted[0][0]), float(fitted[1][0]))


def _median(values: NDArray[np.int64], count: NDArray[np.int64]) -> int | None:
    if not count.sum():
        return None
    order = np.argsort(values)
    reached = np.searchsorted(np.cumsum(count[order]), count.sum() / 2)
    return int(values[order][reached])
