"""Groups held against all others: shares, means and ranks, corrected for how many are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr, stdtr, stdtrit

from retention.statistics.comparisons import against_the_rest, holm, holm_levels
from retention.statistics.intervals import newcombe, wilson

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

ENOUGH = 30  # customers on either side of a comparison
SIGNIFICANT = 0.05  # of the corrected p


def shares_against(
    groups: pd.DataFrame, cases: pd.Series, customers: pd.Series, everybody: tuple[int, int] | None = None
) -> pd.DataFrame:
    """Each group's share beside that of all others.

    Parameters
    ----------
    groups : what each row is
    cases, customers : of each group
    everybody : the same of everybody, where groups may share customers; else these add up to it

    Returns
    -------
    The columns of `groups`; cases, customers, rate, low, high (Wilson); other_cases, other_customers,
    other_rate, difference; p, see `two_proportions`
    """
    rest = against_the_rest(cases, customers, everybody)
    low, high = wilson(cases, customers)
    with np.errstate(invalid="ignore", divide="ignore"):
        rate, other_rate = cases / customers, rest.cases / rest.of
    return groups.assign(
        cases=cases,
        customers=customers,
        rate=rate,
        low=low,
        high=high,
        other_cases=rest.cases,
        other_customers=rest.of,
        other_rate=other_rate,
        difference=rate - other_rate,
        p=rest.p,
    )


def sorted_out(table: pd.DataFrame) -> pd.DataFrame:
    """Rows of `shares_against`, corrected together by Holm's way; the largest real differences first.

    Returns
    -------
    The same and `corrected_p`; `real`, where it is below 0.05; `difference_low` and `difference_high`
    (Newcombe), wide enough to say the same
    """
    level = holm_levels(table["p"], SIGNIFICANT)
    low, high = newcombe(
        (table["rate"], *wilson(table["cases"], table["customers"], level)),
        (table["other_rate"], *wilson(table["other_cases"], table["other_customers"], level)),
    )
    return _ranked(table.assign(difference_low=low, difference_high=high))


def means_sorted_out(
    groups: pd.DataFrame,
    customers: ArrayLike,
    sums: ArrayLike,
    squares: ArrayLike,
    everybody: tuple[ArrayLike, ArrayLike, ArrayLike],
) -> pd.DataFrame:
    """Each group's mean against that of all others (Welch 1947), corrected together as shares are.

    Parameters
    ----------
    groups : what each row is
    customers, sums, squares : of each group, with the sums of its values and of their squares
    everybody : the same three of everybody, of whom the groups are part

    Returns
    -------
    The columns of `groups`; customers, mean, other_customers, other_mean, difference with its ends; p,
    corrected_p, real
    """
    own = [np.asarray(each, dtype=float) for each in (customers, sums, squares)]
    whole = [np.asarray(each, dtype=float) for each in everybody]
    n, mean, error = _mean(*own)
    others, other_mean, other_error = _mean(*(of - part for of, part in zip(whole, own, strict=True)))
    together = error + other_error
    with np.errstate(invalid="ignore", divide="ignore"):
        freedom = together**2 / (error**2 / (n - 1) + other_error**2 / (others - 1))
        t = (mean - other_mean) / np.sqrt(together)
    p = np.where(together > 0, 2.0 * stdtr(freedom, -np.abs(t)), 1.0)
    half = stdtrit(freedom, 1 - holm_levels(p, SIGNIFICANT) / 2) * np.sqrt(together)
    return _ranked(
        groups.assign(
            customers=n.astype(np.int64),
            mean=mean,
            other_customers=others.astype(np.int64),
            other_mean=other_mean,
            difference=mean - other_mean,
            difference_low=mean - other_mean - half,
            difference_high=mean - other_mean + half,
            p=p,
        )
    )


def rank_sum(one: ArrayLike, other: ArrayLike) -> float:
    """Two-sided p of two groups taking their values from one and the same distribution (Mann, Whitney 1947).

    By the normal approximation, ties and continuity allowed for.

    Parameters
    ----------
    one, other : (n,) how many of each group have the first value, the second …, in the order of the values

    Examples
    --------
    >>> round(rank_sum([8, 3, 1], [2, 4, 6]), 4)
    0.0089
    """
    here, there = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    tied = here + there
    m, n, whole = here.sum(), there.sum(), tied.sum()
    if m == 0 or n == 0:
        return 1.0
    rank = np.cumsum(tied) - (tied - 1) / 2
    u = (here * rank).sum() - m * (m + 1) / 2
    variance = m * n / 12 * (whole + 1 - ((tied**3 - tied).sum() / (whole * (whole - 1))))
    if variance <= 0:
        return 1.0
    return float(min(2.0 * ndtr(-max(abs(u - m * n / 2) - 0.5, 0.0) / np.sqrt(variance)), 1.0))


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    corrected = holm(table["p"])
    found = table.assign(corrected_p=corrected, real=corrected < SIGNIFICANT)
    order = np.lexsort((-found["difference"].abs().to_numpy(), ~found["real"].to_numpy()))
    return found.iloc[order].reset_index(drop=True)


def _mean(
    n: NDArray[np.float64], sums: NDArray[np.float64], squares: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """How many, their mean, and the square of its error."""
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = sums / n
        variance = np.maximum(squares - n * mean**2, 0.0) / (n - 1)
        return n, mean, variance / n
