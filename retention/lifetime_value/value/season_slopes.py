"""How what a model expects follows its season: slopes by the logarithms of the months' index.

A season moves nothing but the times a model's clock shows: that of the last purchase, the silence since, and
the ends of the horizon. So a few evaluations tell how what is expected follows those, however many months
there are; and a time is the sum of what each month of the year has in it, which is its slope.
"""

# ruff: noqa: N803  T is the field's own name for the age
from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value.value.predictions import alike_ahead, alike_gone

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.clock import Clock
    from retention.lifetime_value.models.fitted import PurchaseModel

    OnClock = Callable[[Array, Array, Array], Array]  # of t_x, T and ends on the clock: (n, m)

_STEP = 1e-3  # of the logarithm of a time
_NOW = np.zeros(1)


def alive_slopes(model: PurchaseModel, x: Array, t_x: Array, T: Array) -> Array:
    """Slopes of `probability_alive`: three (n,) in days → (12, n), none without a season."""

    def alive(last: Array, age: Array, _: Array) -> Array:
        return model.family.alive(model.parameters, x, last, age)[:, None]

    return _slopes(model.clock, alive, t_x, T, _NOW)[:, :, 0]


def while_alive_slopes(model: PurchaseModel, x: Array, t_x: Array, T: Array, ends: Array) -> Array:
    """Slopes of `expected_while_alive`: three (n,) and (m,) in days → (12, n, m)."""
    (bought, latest, lived), which = alike_ahead(model, x, t_x, T)

    def expected(last: Array, age: Array, ahead: Array) -> Array:
        return model.family.while_alive(model.parameters, bought, last, age, ahead)

    return _slopes(model.clock, expected, latest, lived, ends)[:, which]


def had_they_stayed_slopes(model: PurchaseModel, x: Array, t_x: Array, T: Array, ends: Array) -> Array:
    """Slopes of `expected_had_they_stayed`: three (n,) and (m,) in days → (12, n, m)."""
    (bought, latest, lived), which = alike_gone(model, x, t_x, T)

    def expected(last: Array, age: Array, ahead: Array) -> Array:
        return model.family.had_they_stayed(model.parameters, bought, last, age, ahead)

    return _slopes(model.clock, expected, latest, lived, ends)[:, which]


def _slopes(clock: Clock, expected: OnClock, t_x: Array, T: Array, ends: Array) -> Array:
    """Slopes of what is expected at these times: (months, n, m)."""
    last, age = clock.past(t_x, T)
    silent, ahead = age - last, clock.ahead(ends)
    if not clock.by_month:
        return np.empty((0, age.size, ahead.size))
    times = last, silent, ahead
    by_last, by_silence, by_ends = (_by_time(expected, times, place) for place in range(len(times)))
    found = []
    for month in clock.by_month:
        in_last, in_age = month.past(t_x, T)
        found.append(
            by_last * _share(in_last, last)[:, None]
            + by_silence * _share(in_age - in_last, silent)[:, None]
            + by_ends * _share(month.ahead(ends), ahead)
        )
    return np.asarray(found)


def _by_time(expected: OnClock, times: tuple[Array, Array, Array], place: int) -> Array | float:
    """Slope by the logarithm of one of the times: of the last purchase, of the silence since, of the ends."""
    if not times[place].any():
        return 0.0

    def moved(step: float) -> Array:
        last, silent, ahead = (np.exp(step * (at == place)) * time for at, time in enumerate(times))
        return expected(last, last + silent, ahead)

    return (moved(_STEP) - moved(-_STEP)) / (2.0 * _STEP)


def _share(part: Array, whole: Array) -> Array:
    """What share of a time is in a month; none of no time at all."""
    return np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)
