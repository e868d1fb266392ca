"""How regularly customers buy, from two successive times between purchases: before any model is fitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def regularity(gaps: pd.DataFrame) -> float | None:
    """Wheat and Morrison's estimate of k, where the times between a customer's purchases are Erlang-k.

    Of two such times, whatever the customer's rate, the share M = t₁ / (t₁ + t₂) is Beta(k, k), with mean ½
    and variance 1 / (4·(2k + 1)). About 1 where customers buy at random, as in the BG/NBD; more where they
    buy regularly, less where in bursts. The variance is a sum over n − 1, though the mean is known: that
    makes up for most of what taking 1 / variance adds.

    Parameters
    ----------
    gaps : before, last, customers: the table `retention.aggregate.last_two_gaps` makes

    Returns
    -------
    k, 0 or above; None of fewer than two customers, or where all buy at even intervals

    References
    ----------
    Wheat, R. D., Morrison, D. G. (1990), "Estimating purchase regularity with two interpurchase times",
    Journal of Marketing Research 27 (1).

    Examples
    --------
    >>> import pandas as pd
    >>> even = pd.DataFrame({"before": [10, 30], "last": [30, 10], "customers": [4, 5]})
    >>> regularity(even)  # M is ¼ or ¾, so the variance 9 / 8 of 1 / 16
    1.2777777777777777
    """
    before, last, customers = (gaps[name].to_numpy(dtype=float) for name in ("before", "last", "customers"))
    count = customers.sum()
    squares = customers @ (before / (before + last) - 0.5) ** 2
    if count < 2.0 or squares == 0.0:  # noqa: PLR2004  n − 1 is above 0
        return None
    variance = float(squares / (count - 1.0))
    return max(0.0, (1.0 - 4.0 * variance) / (8.0 * variance))
