"""Did it work: who was written to against who was held back, plainly and beside what was expected of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.campaigns.assignment import CONTACT, HOLD_BACK, strata_of
from retention.statistics import Estimate, half_width

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

    Numbers = NDArray[np.float64]
    Flags = NDArray[np.bool_]

_LEAST = 2  # people of a group whose spread can be told
_BY_CHANCE = 0.001  # how often groups drawn at random differ so much beforehand


@dataclass(frozen=True)
class Effect:
    """What a campaign did to one outcome, a person.

    Attributes
    ----------
    contacted, control : how many were written to, and how many held back
    mean_contacted, mean_control : of the outcome
    plain : difference of the two, with its interval (Welch's t)
    adjusted : the same beside what was expected of each (CUPED); None where nothing was expected, or of all
        alike
    """

    contacted: int
    control: int
    mean_contacted: float
    mean_control: float
    plain: Estimate
    adjusted: Estimate | None

    @property
    def told(self) -> Estimate:
        """The surer of the two."""
        return self.adjusted or self.plain

    @property
    def works(self) -> bool | None:
        """Whether it brought more or less than nothing; None where chance alone may have done it."""
        return self.told.value > 0 if self.told.excludes(0.0) else None

    def relative(self) -> float | None:
        """The difference in proportion to who was held back; None where they bought nothing."""
        return self.told.value / self.mean_control if self.mean_control > 0 else None

    def return_on(self, cost: float, margin: float = 1.0) -> Estimate | None:
        """Profit for each unit spent, of an outcome that is money; None where nothing was spent."""
        if cost <= 0:
            return None
        return self.told.times(self.contacted * margin / cost).plus(-1.0)


def against_control(group: pd.Series, outcome: ArrayLike, expected: ArrayLike | None = None) -> Effect | None:
    """Difference between who was written to and who was held back at random.

    CUPED (Deng, Xu, Kohavi, Walker 2013): from each outcome θ · (expected − mean expected) is taken, θ the
    slope of the outcome by what was expected before the campaign. Nothing the campaign does can have moved
    that, so that the difference stays what it is and only its noise falls.

    Parameters
    ----------
    group : (n,) "contact" or "hold_back"
    outcome : (n,) purchases or money in the days after
    expected : (n,) what a model fitted before expected of each. Where the groups were drawn within strata of
        it, as `assign` does, the plain difference is taken within them too

    Returns
    -------
    None where either group has fewer than two people
    """
    there, held = (group == CONTACT).to_numpy(), (group == HOLD_BACK).to_numpy()
    if min(there.sum(), held.sum()) < _LEAST:
        return None
    came = np.asarray(outcome, dtype=float)
    everybody = np.zeros(came.size, dtype=np.int64)
    strata, adjusted = everybody, None
    if expected is not None:
        foreseen = np.asarray(expected, dtype=float)
        strata = strata_of(foreseen, float(held.sum()))
        left = _beside(came, foreseen, there, held)
        adjusted = None if left is None else _difference(left, there, held, everybody)
    return Effect(
        contacted=int(there.sum()),
        control=int(held.sum()),
        mean_contacted=float(came[there].mean()),
        mean_control=float(came[held].mean()),
        plain=_difference(came, there, held, strata),
        adjusted=adjusted,
    )


def are_alike(group: pd.Series, expected: ArrayLike) -> bool:
    """Whether what was expected of the two groups differs no more than chance lets it (Welch's t).

    Of groups drawn at random one in a thousand fails. A control group chosen by hand, of customers who buy
    less anyway, is told from them.
    """
    foreseen = np.asarray(expected, dtype=float)
    there, held = (foreseen[(group == name).to_numpy()] for name in (CONTACT, HOLD_BACK))
    if min(there.size, held.size) < _LEAST or np.ptp(foreseen) == 0:
        return True
    from scipy.stats import ttest_ind  # noqa: PLC0415  half a second to load, for lists loaded again alone

    return bool(ttest_ind(there, held, equal_var=False).pvalue >= _BY_CHANCE)


def _beside(came: Numbers, expected: Numbers, there: Flags, held: Flags) -> Numbers | None:
    """What is left of the outcome beside what was expected, by the slope; None where it is alike of all."""
    off = np.where(there, expected - expected[there].mean(), expected - expected[held].mean())
    either = there | held
    spread = float(off[either] @ off[either])
    if spread <= 0:
        return None
    return np.asarray(
        came - float(off[either] @ came[either]) / spread * (expected - expected[either].mean())
    )


def _difference(came: Numbers, there: Flags, held: Flags, stratum: NDArray[np.int64]) -> Estimate:
    """Difference of two means, averaged over the strata by their people, with its interval (Welch's t)."""
    people, value, errors, freedom = int(there.sum() + held.sum()), 0.0, [], []
    for part in range(int(stratum.max()) + 1):
        one, other = came[there & (stratum == part)], came[held & (stratum == part)]
        if min(one.size, other.size) < _LEAST:  # not drawn within these strata
            return _difference(came, there, held, np.zeros_like(stratum))
        weight = (one.size + other.size) / people
        value += weight * float(one.mean() - other.mean())
        errors += [weight**2 * each.var(ddof=1) / each.size for each in (one, other)]
        freedom += [one.size - 1, other.size - 1]
    spread = np.array(errors)
    if spread.sum() == 0:
        return Estimate(value)
    free = float(spread.sum() ** 2 / np.sum(spread**2 / np.array(freedom)))
    half = half_width(float(np.sqrt(spread.sum())), free)
    return Estimate.of(value, value - half, value + half, "student")
