"""95 % predictive intervals of each customer's purchases and value: what may happen, not only on average."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import betainc, betaln, expit, logit

from retention.lifetime_value.models.arrays import sum_by
from retention.lifetime_value.value import predictions
from retention.lifetime_value.value.purchase_distribution import (
    blocks,
    most_purchases,
    purchase_chances,
    purchase_quantiles,
)
from retention.statistics import LEVELS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import PurchaseModel, SpendModel
    from retention.lifetime_value.value.discounting import Terms

MOST_WITH_INTERVAL = 10_000  # customers whose intervals are computed in a few seconds
_STEPS = 8
_NEAR = 1e-7  # a step after which Newton's method is there to the last digit
_NEVER = 1e-13  # the chance of a number of purchases that changes nothing
_LEFT_OUT = 1e-5
_FARTHEST = 40.0  # of ln(z / (γ + x·m_x)): beyond any value
_STATE = ["x", "t_x", "T", "m_x"]
_NAMES = ("purchases_low", "purchases_high", "clv_low", "clv_high")


def customer_intervals(
    people: pd.DataFrame, purchases: PurchaseModel, spend: SpendModel, terms: Terms
) -> pd.DataFrame:
    """95 % intervals of purchase days and discounted margin within the horizon, a customer each.

    The parameters of both models are taken as known: for one customer chance outweighs by far how well
    they are. Purchases are counted, so that an interval holds at least 95 %, often more. With n purchases
    of one customer, whose mean spend has ν ~ Gamma(p·x + q, γ + x·m_x), their sum Z is Gamma(p·n, ν), so
    ``P(Z ≤ z | n) = I(z / (z + γ + x·m_x); p·n, p·x + q)``, the regularised incomplete beta function; it is
    averaged over n, inverted by bisection, and discounted as what is expected of this customer is.

    Parameters
    ----------
    people : x, t_x, T in days and m_x, a customer a row
    terms : horizon, discount rate, and what of revenue stays

    Returns
    -------
    purchases_low, purchases_high : whole purchase days
    clv_low, clv_high : discounted margin in the file's currency; NaN where the spend model is not known
    all on the index of `people`
    """
    states = people[_STATE].astype(float).fillna({"m_x": 0.0})
    distinct = states.drop_duplicates(ignore_index=True)
    x, t_x, age, m_x = (distinct[name].to_numpy() for name in _STATE)
    worth = terms.kept * _discount(purchases, (x, t_x, age), terms)
    known = all(note.code != "spend_not_identified" for note in spend.warnings)
    found = np.full((len(distinct), len(_NAMES)), np.nan)
    for rows, most in blocks(most_purchases(purchases, x, age, terms.days)):
        chances = purchase_chances(purchases, x[rows], t_x[rows], age[rows], terms.days, most=most)
        found[rows, :2] = purchase_quantiles(chances, LEVELS)
        if known:
            sums = [_quantile(level, chances, spend, x[rows], m_x[rows]) for level in LEVELS]
            found[rows, 2:] = worth[rows, None] * np.stack(sums, axis=1)
    table = pd.DataFrame(found, columns=list(_NAMES)).astype(dict.fromkeys(_NAMES[:2], "int64"))
    joined = states.merge(pd.concat([distinct, table], axis=1), on=_STATE, how="left")
    return joined[list(_NAMES)].set_index(people.index)


def _discount(purchases: PurchaseModel, state: tuple[Array, Array, Array], terms: Terms) -> Array:
    """Give the mean present value of one unit spent within the horizon, in each state."""
    cumulative = predictions.expected_while_alive(purchases, *state, terms.ends)
    return np.asarray(terms.discounted(cumulative) / cumulative[:, -1])


def _quantile(level: float, chances: Array, spend: SpendModel, x: Array, m_x: Array) -> Array:
    """What is spent in all, not exceeded with this chance; 0 where nothing is bought more often than that.

    By Newton's method on the log-odds of spending no more, given that something is bought, as a function of
    ln(z / (γ + x·m_x)): nearly a straight line in both tails. A bisection keeps it in bounds.
    """
    found = np.zeros(x.size)
    spends = np.flatnonzero(chances[:, 0] < level)
    if spends.size == 0:
        return found
    bought = _usual(chances[spends])
    tail = spend.p * x[spends] + spend.q
    typical = np.argmax(np.cumsum(bought, axis=1) >= level, axis=1)
    buyers = np.sum(bought[:, 1:], axis=1)
    wanted = (level - bought[:, 0]) / buyers
    low, high = np.full(spends.size, -_FARTHEST), np.full(spends.size, _FARTHEST)
    at = np.log(spend.p * typical / tail)
    sums = _Sums.of(bought[:, 1:] / buyers[:, None], spend.p, tail)
    for _ in range(_STEPS):
        before, (below, density) = at, sums.at_most(at)
        short = below < wanted
        low, high = np.where(short, at, low), np.where(short, high, at)
        with np.errstate(divide="ignore", invalid="ignore"):
            step = at + (logit(wanted) - logit(below)) * below * (1.0 - below) / density
        at = np.where((low <= step) & (step <= high), step, (low + high) / 2.0)
        if np.abs(at - before).max() < _NEAR:
            break
    found[spends] = (spend.gamma + x[spends] * m_x[spends]) * np.exp(at)
    return found


def _usual(chances: Array) -> Array:
    """Leave out the numbers of purchases nobody of these makes, but for one in a hundred thousand."""
    last = int(np.max(np.argmax(np.cumsum(chances, axis=1) > 1.0 - _LEFT_OUT, axis=1)))
    return chances[:, : max(last, 1) + 1]


@dataclass(frozen=True)
class _Sums:
    """What each of n buyers spends in all, a mixture over the numbers of purchases they may make.

    Attributes
    ----------
    buyer : (m,) whose each part of a mixture is
    chance : (m,) of that number of purchases
    shape, tail, scale : (m,) the parameters of the part, and the logarithm of their beta function
    buyers : n
    """

    buyer: NDArray[np.int64]
    chance: Array
    shape: Array
    tail: Array
    scale: Array
    buyers: int

    @classmethod
    def of(cls, bought: Array, p: float, tail: Array) -> _Sums:
        """Of the chances of 1, 2 … purchases: (n, most), and p·x + q: (n,)."""
        buyer, fewer = np.nonzero(bought > _NEVER)
        shape, tail = np.asarray(p * (fewer + 1.0), dtype=float), tail[buyer]
        scale = np.asarray(betaln(shape, tail), dtype=float)
        return cls(buyer, bought[buyer, fewer], shape, tail, scale, len(bought))

    def at_most(self, at: Array) -> tuple[Array, Array]:
        """Chance that buyers spend no more than e^at of the scale, and its slope in `at`: (n,) each."""
        share = expit(at)
        logs = self.shape * np.log(share)[self.buyer] + self.tail * np.log1p(-share)[self.buyer]
        each = betainc(self.shape, self.tail, share[self.buyer]), np.exp(logs - self.scale)
        below, slope = (sum_by(self.buyer, self.chance * part, self.buyers) for part in each)
        return below, slope
