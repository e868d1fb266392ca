"""How customers stay by age: the beta-discrete-Weibull curve, and the shifted beta-geometric within it.

Each customer has a probability θ of their own to leave in the first period, θ ~ Beta(α, β) over customers,
and is there after t periods with the chance (1 − θ)^(t^c), so that S(t) = B(α, β + t^c)/B(α, β). With c = 1
nobody changes, and retention rises with age only because those who leave easily are gone soon: the shifted
beta-geometric of Fader and Hardie (2007). With c > 1 a customer's own risk rises with age, with c < 1 it
falls: Fader, Hardie, Liu, Davin and Steenburgh (2018), "How to project customer retention, revisited",
Journal of Interactive Marketing 43, who write γ and δ for α and β.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, expit, gammaln, zeta

from retention.what_if.newton import climb

Numbers = NDArray[np.float64]
CurveKind = Literal["sbg", "bdw"]

_LIMIT = 8.0  # of ln(α + β): beyond it all customers are alike, or each leaves at once or never
_RAREST = 12.0  # of the log odds of leaving in the first period
_STEEPEST = 1.1  # of ln c: a risk that grows like the square of age, or falls like its power of −2/3
LARGEST = float(np.exp(_LIMIT))
_BOX = {"sbg": np.array([_RAREST, _LIMIT, 0.0]), "bdw": np.array([_RAREST, _LIMIT, _STEEPEST])}
_POINTS = {"sbg": (33, 33, 1), "bdw": (33, 33, 7)}
_RAREST_LOSS = 1e-100  # so that rounding never makes a logarithm of nothing


def fit_curve(before: Numbers, after: Numbers) -> tuple[Numbers, Numbers]:
    """α and β of greatest likelihood with c = 1, for one or many sets of transitions at once.

    The log-likelihood is Σ n_a ln r_a + (n_{a−1} − n_a) ln(1 − r_a) over the ages, which for the survivors of
    one cohort is that of the multinomial of the periods in which they left, those still there included.

    Parameters
    ----------
    before, after : (ages, k) customers at age a − 1 = 0, 1 …, and those of them, or as many as them, at age
        a; see `without_increases` for where there are more

    Returns
    -------
    (k,), (k,)

    Examples
    --------
    The "regular" and "high end" customers of Fader and Hardie (2007):

    >>> survivors = np.array([[100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1],
    ...                       [100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1]]).T
    >>> [found.round(3).tolist() for found in fit_curve(survivors[:-1], survivors[1:])]
    [[0.704, 0.668], [1.182, 3.806]]
    """
    alpha, beta, _ = fit_kind("sbg", before, after)
    return alpha, beta


def fit_kind(kind: CurveKind, before: Numbers, after: Numbers) -> Numbers:
    """α, β and c of greatest likelihood, c being 1 in the shifted beta-geometric: (3, k).

    Parameters
    ----------
    before, after : see `fit_curve`

    Examples
    --------
    The first four renewals of the "high end" customers:

    >>> survivors = np.array([[1000.0, 869, 743, 653, 593]]).T
    >>> float(fit_kind("bdw", survivors[:-1], survivors[1:])[2, 0].round(3))
    1.584
    """
    left, box = before - after, _BOX[kind][:, None]
    start = _best_on_grid(kind, after, left)
    return _shape(climb(lambda at: _likelihood(at, after, left), start, box))


def log_likelihood(shape: Numbers, before: Numbers, after: Numbers) -> Numbers:
    """Log-likelihood of transitions under α, β and c: (3, k) and (ages, k) to (k,)."""
    rate = _log_retention(shape, len(before))
    return _summed(rate, after, before - after)


def without_increases(before: Numbers, after: Numbers) -> Numbers:
    """Customers after each step, where more than before, as a season can have it, nobody having left.

    Which steps these are is what the first column says: were each draw to decide for itself, chance would
    count where it takes customers away and not where it brings them.

    Parameters
    ----------
    before, after : (ages, 1 + k) the data in the first column, then k draws of it
    """
    gained = after[:, :1] > before[:, :1]
    return np.where(gained, before, after)


def retention_by_age(alpha: Numbers, beta: Numbers, ages: int, c: Numbers | float = 1.0) -> Numbers:
    """Chance of going on to age 1, 2 … of those who reached the age before: (ages, k).

    Examples
    --------
    >>> retention_by_age(np.array([1.0]), np.array([1.0]), 3)[:, 0].round(4).tolist()
    [0.5, 0.6667, 0.75]
    """
    return np.asarray(np.exp(_log_retention(np.array([alpha, beta, np.broadcast_to(c, alpha.shape)]), ages)))


def _log_retention(shape: Numbers, ages: int) -> Numbers:
    """Logarithm of the chance of going on to age 1, 2 …: (ages, k)."""
    alpha, beta, c = shape
    passed = np.arange(ages + 1.0)[:, None] ** c
    return np.asarray(np.diff(gammaln(beta + passed) - gammaln(alpha + beta + passed), axis=0))


def _summed(rate: Numbers, stayed: Numbers, left: Numbers) -> Numbers:
    lost = np.log(np.maximum(-np.expm1(rate), _RAREST_LOSS))
    return np.asarray((stayed * rate + left * lost).sum(axis=0))


def _shape(at: Numbers) -> Numbers:
    """α, β and c from the log odds of leaving in the first period, ln(α + β) and ln c."""
    both = np.exp(at[1])
    return np.array([both * expit(at[0]), both * expit(-at[0]), np.exp(at[2])])


def _best_on_grid(kind: CurveKind, stayed: Numbers, left: Numbers) -> Numbers:
    """The best of many α, β and c, so that Newton's method starts near: (3, k)."""
    lines = [
        np.linspace(-end, end, count) if count > 1 else np.zeros(1)
        for end, count in zip(_BOX[kind], _POINTS[kind], strict=True)
    ]
    points = np.array(np.meshgrid(*lines)).reshape(3, -1)
    rate = _log_retention(_shape(points), len(stayed))
    value = rate.T @ stayed + np.log(np.maximum(-np.expm1(rate), _RAREST_LOSS)).T @ left
    return np.asarray(points[:, value.argmax(axis=0)])


def _likelihood(at: Numbers, stayed: Numbers, left: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Log-likelihood (k,), its gradient (3, k) and curvature (3, 3, k), in the coordinates of `_shape`."""
    alpha, beta, c = _shape(at)
    rate, first, second = _derivatives(alpha, beta, c, len(stayed))
    lost = np.maximum(-np.expm1(rate), _RAREST_LOSS)
    kept = np.exp(rate)
    weight = stayed - left * kept / lost  # of a change of ln r, which moves ln(1 − r) the other way
    slope = np.einsum("ak,iak->ik", weight, first)
    bend = np.einsum("ak,ijak->ijk", weight, second)
    bend -= np.einsum("ak,iak,jak->ijk", left * kept / lost**2, first, first)
    return _summed(rate, stayed, left), *_in_coordinates(at, alpha, beta, slope, bend)


def _derivatives(alpha: Numbers, beta: Numbers, c: Numbers, ages: int) -> tuple[Numbers, Numbers, Numbers]:
    """The same (ages, k) and its derivatives in α, β and ln c: (3, ages, k), (3, 3, ages, k)."""
    age = np.arange(ages + 1.0)[:, None]
    passed, turn = age**c, c * np.log(np.maximum(age, 1.0))
    moved = passed * turn  # of t^c with ln c
    one, both = beta + passed, alpha + beta + passed
    of_both, bent, bent_both = digamma(both), zeta(2.0, one), zeta(2.0, both)
    of_one = digamma(one) - of_both
    bend = bent - bent_both
    value = gammaln(one) - gammaln(both)
    first = np.array([-of_both, of_one, of_one * moved])
    with_c = -bent_both * moved, bend * moved, bend * moved**2 + of_one * moved * (1.0 + turn)
    second = np.array(
        [
            [-bent_both, -bent_both, with_c[0]],
            [-bent_both, bend, with_c[1]],
            [*with_c],
        ]
    )
    found = (np.diff(part, axis=-2) for part in (value, first, second))
    return next(found), next(found), next(found)


def _in_coordinates(
    at: Numbers, alpha: Numbers, beta: Numbers, slope: Numbers, bend: Numbers
) -> tuple[Numbers, Numbers]:
    """Gradient and curvature in α, β and ln c, turned to the log odds, ln(α + β) and ln c."""
    odds, against, none = expit(at[0]), expit(-at[0]), np.zeros_like(alpha)
    moves = np.array([[alpha * against, alpha, none], [-beta * odds, beta, none], [none, none, none + 1.0]])
    turned = np.einsum("pik,pqk,qjk->ijk", moves, bend, moves)
    steep = slope[0] * moves[0, 0], slope[1] * moves[1, 0]
    turned[0, 0] += (against - odds) * steep[0] + (against - odds) * steep[1]
    turned[0, 1] += steep[0] + steep[1]
    turned[1, 0] += steep[0] + steep[1]
    turned[1, 1] += slope[0] * alpha + slope[1] * beta
    return np.einsum("pik,pk->ik", moves, slope), turned
