"""A smooth function at many points, told by a polynomial of second degree learnt at a few of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention.lifetime_value.models.arrays import Array

_LEARNT, _CHECKED = 45, 15  # points it is learnt at, and those it has to foretell
_NEAR = 0.01  # by which it may miss


def by_surface(function: Callable[[Array], Array], points: Array) -> Array:
    """Values of a smooth function: all its own where the polynomial does not foretell those it is checked on.

    Parameters
    ----------
    function : (d, k) → (d, cells)
    points : (n, k) drawn around one point, in any order

    Returns
    -------
    (n, cells)
    """
    tried = function(points[: _LEARNT + _CHECKED])
    terms = _terms(points)
    weights = np.linalg.lstsq(terms[:_LEARNT], tried[:_LEARNT], rcond=None)[0]
    told = terms @ weights
    known = len(tried)
    if np.abs(told[_LEARNT:known] - tried[_LEARNT:]).max(initial=0.0) > _NEAR:
        return np.concatenate([tried, function(points[known:])])
    return np.concatenate([tried, told[known:]])


def _terms(points: Array) -> Array:
    """1, every coordinate and every product of two: (n, k) → (n, 1 + k + k(k + 1)/2)."""
    scale = np.abs(points).max(axis=0, initial=0.0)
    unit = np.divide(points, scale, out=np.zeros_like(points), where=scale > 0)
    first, second = np.triu_indices(points.shape[1])
    return np.concatenate([np.ones((len(points), 1)), unit, unit[:, first] * unit[:, second]], axis=1)
