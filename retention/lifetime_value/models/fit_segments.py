"""The purchase and the spend model of each segment of a shop, near those of the whole.

A segment buys faster or more slowly, leaves sooner or later, spends more or less: its scales differ. How
customers within it differ from one another, how regularly they buy and the seasons are the shop's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pandas as pd

from retention.lifetime_value.models.arrays import purchase_parameters, spend_parameters, sum_by
from retention.lifetime_value.models.drawing import DROP_OUT
from retention.lifetime_value.models.fit_purchases import likelihood_of
from retention.lifetime_value.models.fit_spend import likelihood_of_spend
from retention.lifetime_value.models.fitted import PARAMETERS
from retention.lifetime_value.models.gamma_gamma import Spending
from retention.lifetime_value.models.histories import Histories
from retention.lifetime_value.models.prior_width import SAMPLE
from retention.lifetime_value.models.segment_shifts import fit_shifts
from retention.lifetime_value.models.when_asked import WhenAsked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import PurchaseModel, SpendModel

_Part = TypeVar("_Part", Histories, Spending)

MOST_APART = 12  # segments with effects of their own; all others share one
_PACE, _BETA, _PARETO = (
    np.array([[0.0], [1.0], [0.0], [0.0]]),  # α
    np.array([[0.0], [0.0], [0.5], [-0.5]]),  # the odds of leaving, a / b
    np.array([[0.0], [0.0], [0.0], [1.0]]),  # β
)
_MONEY = np.array([[0.0], [0.0], [1.0]])  # γ


@dataclass(frozen=True)
class SegmentModels:
    """The models of each segment.

    Attributes
    ----------
    purchases, spend : those of the whole
    under : by segment, "" for customers without one: the one it is fitted under, of small ones one for all
    own_purchases, own_spend : by the segments fitted; empty where they are all equal
    """

    purchases: PurchaseModel
    spend: SpendModel
    under: Mapping[str, str]
    own_purchases: Mapping[str, PurchaseModel]
    own_spend: Mapping[str, SpendModel]

    @property
    def differ(self) -> bool:
        """Whether segments differ at all."""
        return bool(self.own_purchases or self.own_spend)

    def of(self, segment: str) -> tuple[PurchaseModel, SpendModel]:
        """Those of one segment. Their log-likelihood, and how many they were fitted on, are the whole's."""
        name = self.under[segment]
        return self.own_purchases.get(name, self.purchases), self.own_spend.get(name, self.spend)


def fit_segments(
    purchases: PurchaseModel, spend: SpendModel, states: pd.DataFrame, spent: pd.DataFrame
) -> SegmentModels:
    """Fit the models of segments near those of the whole, see `segment_shifts`.

    Parameters
    ----------
    purchases, spend : fitted to all segments together
    states : segment, x, t_x, T in days, customers: the table `retention.aggregate.states` makes by a segment
    spent : segment, x, m_x, customers: the table `retention.aggregate.spend` makes by a segment
    """
    under = _under(states)
    own = _purchases(purchases, states, under), _spend(spend, spent, under)
    return SegmentModels(purchases, spend, under, *own)


def _under(states: pd.DataFrame) -> dict[str, str]:
    """By segment, the one it is fitted under: the largest by themselves, the others all under one of them."""
    which, names = pd.factorize(states["segment"])
    customers = sum_by(which, states["customers"].to_numpy(dtype=float), len(names))
    order = [str(names[place]) for place in np.lexsort((names.astype(str), -customers))]
    return {name: order[min(place, MOST_APART)] for place, name in enumerate(order)}


def _purchases(
    model: PurchaseModel, states: pd.DataFrame, under: Mapping[str, str]
) -> dict[str, PurchaseModel]:
    """Those of segments, where they differ."""
    x, t_x, age, customers = (states[name].to_numpy() for name in ("x", "t_x", "T", "customers"))
    last, lived = model.clock.past(t_x, age)
    scale = float(lived.max())
    parts = {
        name: Histories.of(x[rows], last[rows] / scale, lived[rows] / scale, customers[rows])
        for name, rows in _rows(states, under).items()
    }
    units = np.where(model.family.in_time, np.log(scale), 0.0)
    spread = on_the_clock(model)
    found = fit_shifts(
        [likelihood_of(model.family, one) for one in parts.values()],
        np.log(model.parameters) - units,
        spread,
        _ways(model),
        [likelihood_of(model.family, one.sample(size)) for one, size in _few(parts)],
    )
    if found is None:
        return {}
    return {
        name: _moved(model, at + units, known - spread)
        for name, at, known in zip(parts, found.at, found.covariances, strict=True)
    }


def _spend(model: SpendModel, spent: pd.DataFrame, under: Mapping[str, str]) -> dict[str, SpendModel]:
    """Those of segments, where they differ; a mean that does not exist for all cannot differ either."""
    if not model.has_mean or any(note.code == "spend_not_identified" for note in model.warnings):
        return {}
    x, mean, customers = (spent[name].to_numpy(dtype=float) for name in ("x", "m_x", "customers"))
    parts = {
        name: Spending.of(x[rows], mean[rows] / model.observed_mean, customers[rows])
        for name, rows in _rows(spent, under).items()
    }
    units = np.array([0.0, 0.0, np.log(model.observed_mean)])
    found = fit_shifts(
        [likelihood_of_spend(one) for one in parts.values()],
        np.log(model.parameters) - units,
        model.covariance,
        _MONEY,
        [likelihood_of_spend(one.sample(size)) for one, size in _few(parts)],
    )
    if found is None:
        return {}
    return {
        name: _spending(model, np.exp(at + units), known)
        for name, at, known in zip(parts, found.at, found.covariances, strict=True)
    }


def _rows(table: pd.DataFrame, under: Mapping[str, str]) -> dict[str, NDArray[np.int64]]:
    """Which rows are fitted under each."""
    which, names = pd.factorize(table["segment"])
    together, fitted = pd.factorize(np.array([under[name] for name in names], dtype=object))
    return {str(name): np.flatnonzero(together[which] == place) for place, name in enumerate(fitted)}


def _few(parts: Mapping[str, _Part]) -> list[tuple[_Part, int]]:
    """How many customers to sample of each, in proportion; none at all where all are few."""
    total = sum(one.total for one in parts.values())
    if total <= SAMPLE:
        return []
    return [(one, max(round(SAMPLE * one.total / total), 1)) for one in parts.values()]


def _ways(model: PurchaseModel) -> Array:
    """What may differ: the pace and, where the data tells how customers leave, how soon they do."""
    if len(model.alternatives):
        return _PACE
    return np.hstack([_PACE, _PARETO if model.kind == "pareto_nbd" else _BETA])


def on_the_clock(model: PurchaseModel) -> Array:
    """Covariance of the logarithms of the parameters were the season known: (4, 4)."""
    if model.season is None:
        return model.covariance
    spread = model.season.covariance
    beside, months = spread[:PARAMETERS, PARAMETERS:], spread[PARAMETERS:, PARAMETERS:]
    return np.asarray(model.covariance - beside @ np.linalg.pinv(months, hermitian=True) @ beside.T)


def _moved(model: PurchaseModel, at: Array, more: Array) -> PurchaseModel:
    """The model with other logarithms of its parameters, and so much more to their covariance.

    How the season and the parameters depend on each other stays as it is.
    """
    season = model.season
    if season is not None:
        spread = season.covariance.copy()
        spread[:PARAMETERS, :PARAMETERS] += more
        season = replace(season, covariance=spread)
    off = at - np.log(model.parameters)
    off[DROP_OUT] = 0.0
    told = model.cautions.value
    return replace(
        model,
        parameters=purchase_parameters(np.exp(at)),
        covariance=model.covariance + more,
        cautions=WhenAsked(lambda: replace(told, alternatives=told.alternatives * np.exp(off))),
        season=season,
    )


def _spending(model: SpendModel, parameters: Array, covariance: Array) -> SpendModel:
    p, q, gamma = spend_parameters(parameters)
    return replace(model, p=p, q=q, gamma=gamma, covariance=covariance)
