"""Two groups held against each other without being fooled by chance, and a figure against a range."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy.special import ndtr

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

Position = Literal["below", "within", "above"]

_SMALL = 5.0  # expected cases in a cell below which the normal approximation fails (Cochran 1954)


def two_proportions(hits: int, of: int, other_hits: int, other_of: int) -> float:
    """Two-sided p of two shares being one and the same; exact (Fisher) where cases are few.

    Parameters
    ----------
    hits, of, other_hits, other_of : counts of two groups that share no customer

    Examples
    --------
    >>> round(two_proportions(60, 100, 40, 100), 5), round(two_proportions(3, 4, 1, 4), 4)
    (0.00468, 0.4857)
    """
    cases, all_of = hits + other_hits, of + other_of
    if not of or not other_of or cases in {0, all_of}:
        return 1.0
    if min(of, other_of) * min(cases, all_of - cases) / all_of < _SMALL:
        table = np.array([[hits, of - hits], [other_hits, other_of - other_hits]])
        from scipy.stats import fisher_exact  # noqa: PLC0415  it takes half a second to load, and is rarely asked

        return float(fisher_exact(table).pvalue)
    pooled = cases / all_of
    error = np.sqrt(pooled * (1 - pooled) * (1 / of + 1 / other_of))
    return float(2.0 * ndtr(-abs(hits / of - other_hits / other_of) / error))


@dataclass(frozen=True)
class AgainstRest:
    """Groups, each held against all others together, which share no customer with it.

    Attributes
    ----------
    cases, of : (n,) of all others
    p : (n,) two-sided, of a group's share being that of all others
    """

    cases: NDArray[np.int64]
    of: NDArray[np.int64]
    p: NDArray[np.float64]


def against_the_rest(
    cases: ArrayLike, of: ArrayLike, everybody: tuple[int, int] | None = None
) -> AgainstRest:
    """Each group's share against that of all others, see `two_proportions`.

    Parameters
    ----------
    cases, of : (n,) counts of each group
    everybody : the same of everybody, where groups may share customers; else these add up to it

    Examples
    --------
    >>> found = against_the_rest([60, 30, 10], [100, 50, 50])
    >>> found.cases.tolist(), found.of.tolist(), found.p.round(5).tolist()
    ([40, 70, 90], [100, 150, 150], [0.00468, 0.10247, 0.0])
    """
    hits, sizes = np.asarray(cases, dtype=np.int64), np.asarray(of, dtype=np.int64)
    all_hits, all_sizes = everybody or (hits.sum(), sizes.sum())
    others, all_others = all_hits - hits, all_sizes - sizes
    sides = zip(hits.tolist(), sizes.tolist(), others.tolist(), all_others.tolist(), strict=True)
    return AgainstRest(others, all_others, np.array([two_proportions(*each) for each in sides], dtype=float))


def holm(p: ArrayLike) -> NDArray[np.float64]:
    """The p of several looks corrected for their number: the chance of any false alarm (Holm 1979).

    Examples
    --------
    >>> holm([0.01, 0.04, 0.03, 0.005]).round(3).tolist()
    [0.03, 0.06, 0.06, 0.02]
    """
    given = np.asarray(p, dtype=float)
    order = np.argsort(given, kind="stable")
    stepped = np.maximum.accumulate((given.size - np.arange(given.size)) * given[order])
    corrected = np.empty_like(given)
    corrected[order] = np.minimum(stepped, 1.0)
    return corrected


def holm_levels(p: ArrayLike, level: float = 0.05) -> NDArray[np.float64]:
    """Level of each look's own interval at which it leaves out no difference exactly where Holm finds one.

    Drawn at these levels, bars say the same as the corrected p.

    Examples
    --------
    >>> holm_levels([0.01, 0.04, 0.03, 0.005]).round(4).tolist()
    [0.0167, 0.025, 0.025, 0.0125]
    """
    given = np.asarray(p, dtype=float)
    found = holm(given) < level
    rank = np.empty(given.size, dtype=int)
    rank[np.argsort(given, kind="stable")] = np.arange(given.size)
    left: NDArray[np.float64] = level / (given.size - np.minimum(rank, found.sum()))
    return left


def position_in(value: float, quoted: tuple[float, float]) -> Position:
    """Whether a value lies below, within (ends included) or above a quoted range."""
    low, high = quoted
    if value < low:
        return "below"
    return "above" if value > high else "within"
