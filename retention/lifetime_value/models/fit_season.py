"""Fitting a season: how fast customers buy in each month of the year, beside the purchase model itself.

The logarithms of the index are drawn towards 0 by a normal prior, see `prior_width`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from retention.errors import DataWarning
from retention.lifetime_value.models import identifiability
from retention.lifetime_value.models.arrays import purchase_parameters
from retention.lifetime_value.models.clock import MONTHS, month_of
from retention.lifetime_value.models.dated import Dated
from retention.lifetime_value.models.fitted import PARAMETERS
from retention.lifetime_value.models.likelihood import Likelihood, Maximum, covariance
from retention.lifetime_value.models.newton import Curved
from retention.lifetime_value.models.pareto import Pareto
from retention.lifetime_value.models.prior_width import SAMPLE, likeliest, of_width, volume
from retention.lifetime_value.models.season import Season
from retention.lifetime_value.models.when_asked import WhenAsked

if TYPE_CHECKING:
    import pandas as pd

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import LeavingAfterPurchases, PurchaseModel
    from retention.lifetime_value.models.histories import Histories
    from retention.lifetime_value.models.identifiability import Cautions
    from retention.lifetime_value.models.prior_width import Found

_ENOUGH = 548  # days: on a year and a half simulated intervals hold, on a year they do not
_ALPHA = 1  # which of the parameters takes up the scale of the index


def repeats_by_month(repeats: pd.DataFrame, end: date) -> Array:
    """Repeat purchase days in each month of the year, January first, up to a day: (12,).

    Parameters
    ----------
    repeats : day and repeats, the table `retention.aggregate.repeats_by_day` makes
    """
    until = repeats[repeats["day"] <= end.toordinal()]
    month = month_of(until["day"].to_numpy(dtype=np.int64))
    return np.bincount(month, until["repeats"], MONTHS).astype(float)


def fit_season(
    plain: PurchaseModel,
    states: pd.DataFrame,
    repeats: Array,
    end: date,
    *,
    gaps: pd.DataFrame | None = None,
    width: float | None = None,
) -> PurchaseModel:
    """Fit a purchase model again, together with the season of its shop.

    The model holds on a clock that runs as fast as the index of each month says, so that its log-likelihood
    is that on this clock, plus Σ N·ln m over the months, of N repeat purchase days each.

    Parameters
    ----------
    plain : the model fitted to the same states without a season
    states : x, t_x, T in days, customers: the table `retention.aggregate.states` makes
    repeats : (12,) `repeats_by_month`
    end : the observation end, from which T is counted
    gaps : first_day, last_day, count: the table `retention.aggregate.gaps_by_day` makes, of regular buyers
    width : of the prior; None to learn it from the data

    Raises
    ------
    TypeError
        For a Pareto/NBD, in which customers leave in calendar time.
    ValueError
        Where the repeats, or the gaps, are not those of the states.
    """
    _check(plain, states, repeats, gaps)
    dated = Dated.of(states, repeats, end.toordinal(), gaps)
    scale = float(states["T"].max())
    found = _found(plain, dated, scale, width)
    return _model(plain, dated, scale, found)


def _check(plain: PurchaseModel, states: pd.DataFrame, repeats: Array, gaps: pd.DataFrame | None) -> None:
    """Refuse what does not belong together."""
    _of_purchases(plain)
    bought = float((states["x"] * states["customers"]).sum())
    if not np.isclose(repeats.sum(), bought):
        raise ValueError("the repeats by month are not those of the states")
    if plain.k > 1 and (gaps is None or not np.isclose(gaps["count"].sum(), bought)):
        raise ValueError("the gaps are not those of the states")


def _of_purchases(plain: PurchaseModel) -> LeavingAfterPurchases:
    """The formulas of a model in which customers leave at purchases, which a season needs."""
    if isinstance(plain.family, Pareto):
        raise TypeError(
            "a season needs customers who leave after purchases, as in the BG/NBD, not at any moment"
        )
    return plain.family


def _brief(season: Season) -> tuple[DataWarning, ...]:
    """That so few days cannot tell a season from growth."""
    return (DataWarning("season_from_one_year", {"days": season.days}),) if season.days < _ENOUGH else ()


def _found(plain: PurchaseModel, dated: Dated, scale: float, width: float | None) -> Found:
    """Climb from the plain model; the width of the prior is learnt from a sample of many customers."""
    likelihood = _likelihood(_of_purchases(plain), plain.k, dated, scale)
    start = np.concatenate([np.log(plain.parameters) - _units(plain, scale), np.zeros(MONTHS)])
    if width is not None:
        return of_width(likelihood, width, start, PARAMETERS)
    if likelihood.customers <= SAMPLE:
        return likeliest(likelihood, start, PARAMETERS)
    few = dated.sample(SAMPLE)
    of_few = likeliest(_likelihood(_of_purchases(plain), plain.k, few, scale), start, PARAMETERS)
    return of_width(likelihood, of_few.width, of_few.best.at, PARAMETERS)


def _units(plain: PurchaseModel, scale: float) -> Array:
    """What leads the logarithms of the parameters from time scaled to 0 … 1 to the model's unit: (4,)."""
    return np.where(plain.family.in_time, np.log(scale / plain.days_per_unit), 0.0)


def _model(plain: PurchaseModel, dated: Dated, scale: float, found: Found) -> PurchaseModel:
    """Bring what was found back to the model's unit, with the season as it is told."""
    moved, spread = _usual(found, dated.watched)
    at, units = moved[:PARAMETERS], _units(plain, scale)
    density = float(dated.repeats.sum() * np.log(scale / plain.days_per_unit))  # each purchase's, by the unit
    last = date.fromordinal(dated.end)
    season = Season(
        index=tuple(np.exp(moved[PARAMETERS:]).tolist()),
        first=last - timedelta(days=int(scale)),
        last=last,
        covariance=spread,
        width=found.width,
        log_likelihood=_likelihood(_of_purchases(plain), plain.k, dated, scale).curved(found.best.at).value
        - density,
        plain_log_likelihood=plain.log_likelihood,
        gain=found.evidence - density - plain.log_likelihood - volume(plain.covariance),
    )
    family, index = _of_purchases(plain), np.array(season.index)
    return replace(
        plain,
        parameters=purchase_parameters(np.exp(at + units)),
        log_likelihood=season.log_likelihood,
        covariance=spread[:PARAMETERS, :PARAMETERS],
        cautions=WhenAsked(lambda: _cautions(family, dated.on(index, scale), at, units)),
        further=_brief(season),
        season=season,
    )


def _likelihood(family: LeavingAfterPurchases, k: int, dated: Dated, scale: float) -> Likelihood:
    """In the logarithms of the parameters and of the index, on time in units of so many days."""
    of_time = dated.spans.in_each_month / scale

    def curved(at: Array) -> Curved:
        index = np.exp(at[PARAMETERS:])
        parameters, known = purchase_parameters(np.exp(at[:PARAMETERS])), dated.on(index, scale)
        value, slope, matrix = family.curved(parameters, known, of_time * index)
        months = slope[PARAMETERS:]
        if k > 1:
            of_gaps, beside, bent = dated.rhythm(index, scale)
            value, months = value + (k - 1) * of_gaps, months + (k - 1) * beside
            matrix[PARAMETERS:, PARAMETERS:] += (k - 1) * bent
        # A time is e to the logarithm of an index, so that its slope is also what it bends by.
        matrix[PARAMETERS:, PARAMETERS:] -= np.diag(months)
        value += float(dated.repeats @ at[PARAMETERS:])
        return Curved(value, np.concatenate([slope[:PARAMETERS], dated.repeats + months]), matrix)

    return Likelihood(curved, dated.known.total)


def _cautions(family: LeavingAfterPurchases, known: Histories, at: Array, units: Array) -> Cautions:
    """What to know of the drop-out a season leaves, histories being told on its clock."""
    given = Likelihood(lambda at: family.curved(purchase_parameters(np.exp(at)), known), known.total)
    here = given.curved(at)
    return identifiability.cautions(given, Maximum(at, here.value, here.matrix), units)


def _usual(found: Found, watched: Array) -> tuple[Array, Array]:
    """Scale the index so that its logarithm is 0 on average over the days customers were seen; α follows.

    Returns
    -------
    the logarithms of the parameters and of the index, and their covariance
    """
    turn = np.eye(PARAMETERS + MONTHS)
    turn[[_ALPHA, *range(PARAMETERS, len(turn))], PARAMETERS:] -= watched / watched.sum()
    return turn @ found.best.at, turn @ covariance(found.best.matrix) @ turn.T
