"""How far months lie off a fitted model beyond chance, found in the days it was fitted to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from retention.lifetime_value.models.clock import MONTHS
from retention.lifetime_value.models.shocks import Shocks
from retention.lifetime_value.value.predictions import expected_repeats
from retention.periods import DAYS_PER_MONTH, Window, first_day, last_day

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import PurchaseModel

_LEAST_EXPECTED = 10.0  # purchase days of a month that can tell anything
_LEAST_MONTHS = 6
_TRIED = np.linspace(0.0, 0.6, 121)  # standard deviations
_USUAL = 0.1  # mean of what they are taken to be beforehand


def with_shocks(
    model: PurchaseModel, states: pd.DataFrame, repeats: pd.DataFrame, end: date
) -> PurchaseModel:
    """A model that knows how far months of its shop are off beyond chance, for the intervals of totals.

    Of every whole month known, the repeat purchase days made are compared with those expected of the
    customers won until then. They are taken to differ by chance (Poisson), by a steady trend, which is no
    shock, by the season where one is fitted, and by shocks that are independent from month to month. Their
    standard deviation is its mean over what is likely: the likeliest alone would be 0 on every other shop
    that has some. Beforehand it is taken to be exponential with a mean of .1, so that the simplest, none, is
    given up only as far as the data says (Simpson, Rue, Riebler, Martins, Sørbye 2017), and three times the
    usual is found nearly whole.

    Parameters
    ----------
    states : T in days and customers: the table `retention.aggregate.states` makes
    repeats : day and repeats: the table `retention.aggregate.repeats_by_day` makes
    end : the observation end, from which T is counted

    Returns
    -------
    the same model, without shocks where fewer than six months have ten expected purchase days
    """
    won, which = np.unique(-states["T"].to_numpy(dtype=float), return_inverse=True)
    customers = np.bincount(which, states["customers"]).astype(float)
    month, begins, ends = _months(end + timedelta(days=int(won[0])), end)
    if not month.size:
        return replace(model, shocks=None)
    cuts = np.append(begins[0] - 1, ends)
    expected = np.diff(expected_repeats(model, won, customers, cuts - end.toordinal()))
    day, made = (repeats[name].to_numpy() for name in ("day", "repeats"))
    made = np.histogram(day, np.append(begins, ends[-1] + 1), weights=made)[0]
    tells = expected >= _LEAST_EXPECTED
    if tells.sum() < _LEAST_MONTHS:
        return replace(model, shocks=None)
    month, made, expected = month[tells], made[tells], expected[tells]
    sd = _spread(made / expected - 1.0, 1.0 / expected, month, model)
    return replace(model, shocks=Shocks(sd, month % MONTHS, made, end.toordinal()))


def spread_by_shocks(model: PurchaseModel, ends: Array, bought: Array) -> float:
    """Standard deviation shocks give the logarithm of a total, see `Shocks.of_total`; 0 where unknown."""
    if model.shocks is None:
        return 0.0
    return model.shocks.of_total(ends, bought, None if model.season is None else model.season.width)


def spread_of_steady(model: PurchaseModel, days: float) -> float:
    """The same of a total that comes in evenly over so many days from the observation end."""
    ends = month_ends(days)
    return spread_by_shocks(model, ends, np.diff(ends, prepend=0.0))


def month_ends(days: float) -> Array:
    """Ends of the months of a horizon in days from the observation end, the last as short as it comes.

    Examples
    --------
    >>> month_ends(45.0).tolist()
    [30.4375, 45.0]
    """
    return np.asarray(np.minimum(np.arange(1.0, np.ceil(days / DAYS_PER_MONTH) + 1) * DAYS_PER_MONTH, days))


def shaken(draws: Array, sd: Array | float, chance: np.random.Generator) -> Array:
    """Draws of totals, (draws, groups), each with the shocks of a future of its own; the mean stays.

    Parameters
    ----------
    sd : of the logarithm of each total: (groups,), or one for all
    """
    luck = chance.standard_normal(len(draws))[:, None]
    return np.asarray(draws * np.exp(sd * luck - sd**2 / 2.0))


def _months(first: date, last: date) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Whole months between two days: their numbers, and those of their first and last days."""
    number = np.array(Window(first, last).complete("month"), dtype=np.int64)
    begins, ends = (
        np.array([day(int(one), "month").toordinal() for one in number], dtype=np.int64)
        for day in (first_day, last_day)
    )
    return number, begins, ends


def _spread(off: Array, by_chance: Array, month: NDArray[np.int64], model: PurchaseModel) -> float:
    """Standard deviation of the shocks, from how far months are off and the variance chance gives each."""
    known = np.diag(by_chance)
    if model.season is not None:  # which took up what it could: as far off as if there were none
        off = off + np.log(model.season.index)[month % MONTHS]
        known = known + model.season.width**2 * (month[:, None] % MONTHS == month % MONTHS)
    steady = np.column_stack([np.ones(off.size), np.linspace(-1.0, 1.0, off.size)])
    found = _restricted(off, known + _TRIED[:, None, None] ** 2 * np.eye(off.size), steady)
    likely = np.exp(found - found.max() - _TRIED / _USUAL)
    return float(likely @ _TRIED / likely.sum())


def _restricted(off: Array, spreads: Array, steady: Array) -> Array:
    """Logarithms of the restricted likelihood: of what the columns of `steady` cannot explain.

    Parameters
    ----------
    spreads : (s, n, n) covariances that are tried

    Returns
    -------
    (s,)
    """
    weighted = np.linalg.solve(spreads, steady)
    inner = steady.T @ weighted
    apart = off - np.linalg.solve(inner, np.swapaxes(weighted, 1, 2) @ off[:, None])[:, :, 0] @ steady.T
    volumes = np.linalg.slogdet(spreads)[1] + np.linalg.slogdet(inner)[1]
    explained = np.linalg.solve(spreads, apart[:, :, None])[:, :, 0]
    return np.asarray(-0.5 * (volumes + np.einsum("si,si->s", apart, explained)))
