"""Customers by two questions: whether they are still there, and whether they are worth more than most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

Quadrant = Literal["keep", "grow", "win_back", "let_go"]
QUADRANTS: tuple[Quadrant, ...] = ("keep", "grow", "win_back", "let_go")
LIKELY = 0.5  # P(alive) from which on a customer counts as still there


def by_value(
    p_alive: ArrayLike, if_active: ArrayLike, *, likely: float = LIKELY, valuable: float | None = None
) -> pd.Series:
    """Which of the four each customer belongs to.

    Parameters
    ----------
    p_alive : (n,)
    if_active : (n,) what each would bring within the horizon, if still there
    likely : P(alive) from which on somebody is taken to be there
    valuable : what somebody has to bring to be worth more than most; by default the mean of all

    Returns
    -------
    "keep" there and valuable; "grow" there; "win_back" valuable, but probably gone; "let_go" neither
    """
    there, worth = np.asarray(p_alive, dtype=float), np.asarray(if_active, dtype=float)
    least = valuable if valuable is not None else float(worth.mean()) if worth.size else 0.0
    place = 2 * (there < likely) + (worth < least)
    return pd.Series(np.array(QUADRANTS, dtype=object)[place], dtype=object)
