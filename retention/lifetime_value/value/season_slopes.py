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

    OnClock = Callable[
        [Array, Array, Array], Array
    ]  # of k · n t_x and T, and m ends, on the clock: (k · n, m)

_STEP = 1e-3  # of the logarithm of a time
_BOTH_WAYS = (_STEP, -_STEP)
_NOW = np.zeros(1)


def alive_slopes(model: PurchaseModel, x: Array, t_x: Array, T: Array) -> Array:
    """Slopes of `probability_alive`: three (n,) in days → (12, n), none without a season."""

    def alive(last: Array, age: Array, _: Array) -> Array:
        return model.family.alive(model.parameters, _again(x, last), last, age)[:, None]

    return _slopes(model.clock, alive, t_x, T, _NOW)[:, :, 0]


def while_alive_slopes(model: PurchaseModel, x: Array, t_x: Array, T: Array, ends: Array) -> Array:
    """Slopes of `expected_while_alive`: three (n,) and (m,) in days → (12, n, m)."""
    (bought, latest, lived), which = alike_ahead(model, x, t_x, T)

    def expected(last: Array, age: Array, ahead: Array) -> Array:
        return model.family.while_alive(model.parameters, _again(bought, last), last, age, ahead)

    return _slopes(model.clock, expected, latest, lived, ends)[:, which]


def had_they_stayed_slopes(model: PurchaseModel, x: Array, t_x: Array, T: Array, ends: Array) -> Array:
    """Slopes of `expected_had_they_stayed`: three (n,) and (m,) in days → (12, n, m)."""
    (bought, latest, lived), which = alike_gone(model, x, t_x, T)

    def expected(last: Array, age: Array, ahead: Array) -> Array:
        return model.family.had_they_stayed(model.parameters, _again(bought, last), last, age, ahead)

    return _slopes(model.clock, expected, latest, lived, ends)[:, which]


def _slopes(clock: Clock, expected: OnClock, t_x: Array, T: Array, ends: Array) -> Array:
    """Slopes of what is expected at these times: (months, n, m)."""
    last, age = clock.past(t_x, T)
    silent, ahead = age - last, clock.ahead(ends)
    if not clock.by_month:
        return np.empty((0, age.size, ahead.size))
    by_last, by_silence = _by_past(expected, last, silent, ahead)
    by_ends = _by_ends(expected, last, age, ahead)
    found = []
    for month in clock.by_month:
        in_last, in_age = month.past(t_x, T)
        found.append(
            by_last * _share(in_last, last)[:, None]
            + by_silence * _share(in_age - in_last, silent)[:, None]
            + by_ends * _share(month.ahead(ends), ahead)
        )
    return np.asarray(found)


def _by_past(expected: OnClock, last: Array, silent: Array, ahead: Array) -> list[Array | float]:
    """Slopes by the logarithms of the time of the last purchase, and of the silence since: (n, m) each.

    All that moves is asked for at once, as what it costs is mostly the same for all.
    """
    moving = [time for time in (last, silent) if time.any()]
    lasts = [np.exp(step) * last if time is last else last for time in moving for step in _BOTH_WAYS]
    silents = [np.exp(step) * silent if time is silent else silent for time in moving for step in _BOTH_WAYS]
    if not moving:
        return [0.0, 0.0]
    begin = np.concatenate(lasts)
    found = expected(begin, begin + np.concatenate(silents), ahead)
    up, down = np.moveaxis(found.reshape(len(moving), 2, last.size, ahead.size), 1, 0)
    slopes = iter((up - down) / (2.0 * _STEP))
    return [next(slopes) if time.any() else 0.0 for time in (last, silent)]


def _by_ends(expected: OnClock, last: Array, age: Array, ahead: Array) -> Array | float:
    """Slope by the logarithm of the ends of the horizon: (n, m)."""
    if not ahead.any():
        return 0.0
    up, down = np.hsplit(
        expected(last, age, np.concatenate([np.exp(step) * ahead for step in _BOTH_WAYS])), 2
    )
    return np.asarray((up - down) / (2.0 * _STEP))


def _again(x: Array, times: Array) -> Array:
    """The repeat purchases of customers, once for each of the times they are asked for with."""
    return np.tile(x, times.size // x.size)


def _share(part: Array, whole: Array) -> Array:
    """What share of a time is in a month; none of no time at all."""
    return np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)
