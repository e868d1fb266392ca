"""Which segments' customers come back most and least in the next period, beyond chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.cohorts.table import FEW_CUSTOMERS
from retention.statistics import Estimate, against_the_rest, holm

if TYPE_CHECKING:
    import pandas as pd

    from retention.cohorts.table import CohortTable

_SIGNIFICANT = 0.05  # of the corrected p
_A_PAIR = 2  # segments, each of which is the other's rest: one look, not two


@dataclass(frozen=True)
class Standing:
    """Of the customers of one segment, the share that comes back in the next period."""

    segment: str
    share: Estimate


@dataclass(frozen=True)
class Ranking:
    """Segments by the share that comes back in the next period.

    Attributes
    ----------
    compared : how many segments of at least 30 customers were held against all others
    best, worst : the one that does best of those that do better than all others by more than chance (Holm's
        correction for their number, 5 %), and the one that does worst of those that do worse; None where no
        segment does
    """

    compared: int
    best: Standing | None
    worst: Standing | None


def ranking(table: CohortTable) -> Ranking:
    """Each segment against all others.

    Parameters
    ----------
    table : with segments as rows
    """
    cells = _next_period(table)
    rest = against_the_rest(cells["customers"], cells["size"])
    cells = cells.assign(other=rest.cases / np.maximum(rest.of, 1), other_size=rest.of, p=rest.p)
    looked_at = cells[(cells[["size", "other_size"]] >= FEW_CUSTOMERS).all(axis=1)]
    corrected = holm(looked_at["p"].head(1 if len(cells) == _A_PAIR else len(cells)))
    real = looked_at[np.resize(corrected, len(looked_at)) < _SIGNIFICANT]
    better, worse = real[real["share"] > real["other"]], real[real["share"] < real["other"]]
    return Ranking(
        len(looked_at), _standing(better.nlargest(1, "share")), _standing(worse.nsmallest(1, "share"))
    )


def by_retention(table: CohortTable) -> tuple[str, ...]:
    """The segments, the one whose customers come back most first; those of under 30 customers last."""
    cells = _next_period(table)
    ranked = cells.assign(few=cells["size"] < FEW_CUSTOMERS).sort_values(
        ["few", "share"], ascending=[True, False], kind="stable"
    )
    return tuple(dict.fromkeys([*ranked["cohort"], *table.cells["cohort"]]))


def _next_period(table: CohortTable) -> pd.DataFrame:
    return table.cells[table.cells["age"] == 1]


def _standing(row: pd.DataFrame) -> Standing | None:
    """Of one row or none."""
    for cell in row.to_dict("records"):
        return Standing(str(cell["cohort"]), Estimate.of(cell["share"], cell["low"], cell["high"], "wilson"))
    return None
