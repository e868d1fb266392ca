"""Who of a list is written to and who is held back, by chance, alike in what is expected of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

CONTACT, HOLD_BACK = "contact", "hold_back"
_STRATA = 5
_HELD_IN_EACH = 4  # customers held back of a stratum, at least, so that their spread can be told


def strata_of(expected: ArrayLike, held: float) -> NDArray[np.int64]:
    """Fifths of customers by what is expected of them, the most first, or fewer parts of few customers.

    Parameters
    ----------
    expected : (n,) what they are expected to buy or to bring
    held : how many of all are held back

    Returns
    -------
    (n,) from 0 on
    """
    values = np.asarray(expected, dtype=float)
    parts = int(np.clip(held // _HELD_IN_EACH, 1, _STRATA))
    place = np.empty(values.size, dtype=np.int64)
    place[np.argsort(-values, kind="stable")] = np.arange(values.size) * parts // max(values.size, 1)
    return place


def assign(expected: ArrayLike, share: float, seed: int) -> pd.Series:
    """Which of the two groups each customer is in, at random within each of the strata.

    The number held back is the share of all, rounded; of each stratum as near to its share as whole people
    allow.

    Parameters
    ----------
    expected : (n,) what they are expected to buy or to bring
    share : to hold back, more than 0 and less than 1
    seed : the same seed gives the same groups

    Returns
    -------
    "contact" or "hold_back"
    """
    values = np.asarray(expected, dtype=float)
    chance = np.random.default_rng(seed)
    stratum = strata_of(values, share * values.size)
    found = np.full(values.size, CONTACT, dtype=object)
    people = before = 0
    for part in range(int(stratum.max(initial=-1)) + 1):
        rows = np.flatnonzero(stratum == part)
        people += rows.size
        held = round(share * people) - before  # what rounding left of one stratum falls to the next
        found[chance.permutation(rows)[:held]] = HOLD_BACK
        before += held
    return pd.Series(found, dtype=object)
