"""What a lost customer costs: the value of those who left, had they stayed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value import gamma_gamma, predict
from retention.resampling import Estimate, estimate, total_draws

if TYPE_CHECKING:
    import pandas as pd

    from retention.lifetime_value.discounting import Terms
    from retention.lifetime_value.models import PurchaseModel, SpendModel

_STATE = ["x", "t_x", "T", "m_x"]
_TINY = 1e-9  # customers likely lost, below which none is


def lost_customer(
    people: pd.DataFrame, purchases: PurchaseModel, spend: SpendModel, terms: Terms
) -> Estimate | None:
    """Mean value of the customers likely lost, had they stayed: Σ (1 − P)·CLV_alive / Σ (1 − P).

    P is P(alive), CLV_alive the CLV of a customer known to be alive, which is CLV / P.

    Parameters
    ----------
    people : x, t_x, T in days and m_x, a customer a row
    purchases : MBG/NBD or Pareto/NBD; for BG/NBD every one-time buyer is alive, so it cannot say

    Returns
    -------
    in the file's currency, with the 95 % interval of resampled customers; None where nobody is likely lost

    Raises
    ------
    ValueError
        For a BG/NBD.
    """
    if purchases.kind == "bg_nbd":
        raise ValueError("P(alive) of BG/NBD is 1 for one-time buyers: take MBG/NBD or Pareto/NBD")
    kept = people[_STATE].astype(float).fillna({"m_x": 0.0})
    states = kept.groupby(_STATE, as_index=False).size()
    x, t_x, age, m_x = (states[name].to_numpy(dtype=float) for name in _STATE)
    gone = 1.0 - predict.probability_alive(purchases, x, t_x, age)
    if float(gone @ states["size"].to_numpy()) < _TINY:
        return None
    while_alive = terms.discounted(predict.expected_while_alive(purchases, x, age, terms.ends))
    worth = terms.kept * gamma_gamma.expected_spend(spend, x, m_x) * while_alive
    each = np.stack([gone * worth, gone], axis=1)
    value, weight = states["size"].to_numpy(dtype=float) @ each
    draws = total_draws(each, states["size"])
    return estimate(float(value / weight), draws[:, 0] / np.maximum(draws[:, 1], _TINY))
