"""Which factor explains how much of the difference between two products of the same factors."""

from __future__ import annotations

from itertools import combinations
from math import factorial, isnan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def contributions(first: Mapping[str, float], second: Mapping[str, float]) -> dict[str, float]:
    """The part of Π second − Π first that is due to each factor: their Shapley values.

    A factor's part is the change its own move from the first to the second value makes, averaged over all
    orders in which the factors can be moved. The parts add up to the difference exactly, do not depend on the
    order the factors are named in, change sign when the two sides are swapped, and are 0 for a factor that is
    the same on both sides. Unlike the logarithmic mean (LMDI) it needs no logarithm, so that factors may be 0
    or negative.

    Parameters
    ----------
    first, second : the factors by name; one that is not a number on one side (orders per active customer
        where nobody is active) is taken as on the other side: it explains nothing

    Notes
    -----
    Shapley (1953), "A value for n-person games". For products of factors: Sun (1998), "Changes in energy
    consumption and energy intensity: a complete decomposition model", Energy Economics 20(1); Albrecht,
    François, Schoors (2002), "A Shapley decomposition of carbon emissions without residuals", Energy Policy
    30(9).

    Examples
    --------
    >>> contributions({"customers": 10, "spend": 2}, {"customers": 20, "spend": 3})
    {'customers': 25.0, 'spend': 15.0}
    """
    names = list(first)
    here = {n: _known(first[n], second[n]) for n in names}
    there = {n: _known(second[n], first[n]) for n in names}
    return {name: _shapley(name, names, here, there) for name in names}


def _shapley(name: str, names: list[str], here: Mapping[str, float], there: Mapping[str, float]) -> float:
    others = [other for other in names if other != name]
    total = 0.0
    for moved in range(len(others) + 1):
        weight = factorial(moved) * factorial(len(others) - moved) / factorial(len(names))
        for already in combinations(others, moved):
            product = 1.0
            for other in others:
                product *= there[other] if other in already else here[other]
            total += weight * product
    return total * (there[name] - here[name])


def _known(value: float, otherwise: float) -> float:
    if not isnan(value):
        return float(value)
    return 0.0 if isnan(otherwise) else float(otherwise)
