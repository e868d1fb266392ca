"""What a lost customer costs, and the value at risk: what customers would still bring, were they not gone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.aggregate import CUSTOMERS, total_of
from retention.errors import DataWarning
from retention.lifetime_value.models import gamma_gamma
from retention.lifetime_value.value import predictions
from retention.lifetime_value.value.by_own_models import active_shared_out, by_own_models, named, shared_out
from retention.lifetime_value.value.groups import MOST, summed_by_group
from retention.lifetime_value.value.moved_parameters import MovedParameters
from retention.lifetime_value.value.risk_intervals import estimates, state_of

if TYPE_CHECKING:
    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fit_segments import SegmentModels
    from retention.lifetime_value.models.fitted import PurchaseModel, SpendModel
    from retention.lifetime_value.value.discounting import Terms
    from retention.statistics import Estimate

BANDS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)  # of P(alive), where value at risk is looked for
_SOMEBODY = 0.5  # customers likely gone, from which on there is one to speak of
_MOST, _LEAST = 3_000, 500  # customers on whom other parameters are tried: in all, of each group


@dataclass(frozen=True)
class ValueAtRisk:
    """The value that is lost with customers who have perhaps left already.

    With P the probability that a customer is still one, and CLV_gone what they would bring within the horizon
    were they there although they have left, (1 − P) · CLV_gone is at risk, beside the CLV that is expected.

    Attributes
    ----------
    table : a customer a row: `p_alive`, `clv_if_active` (CLV + value at risk) and `value_at_risk`, in the
        file's currency
    total : Σ (1 − P) · CLV_gone with its 95 % interval, see `value_at_risk`
    if_active : Σ clv_if_active, what all would bring were nobody gone
    lost : Σ (1 − P), the customers likely gone
    each : value of one lost customer had they stayed, `total` / `lost`; None where nobody is likely
        gone
    warnings : the purchase model's: where it hardly sees customers leave, neither figure is well known; and
        ``one_time_buyers_stay`` of a BG/NBD, for which nobody leaves after one purchase
    """

    table: pd.DataFrame
    total: Estimate
    if_active: float
    lost: float
    each: Estimate | None
    warnings: tuple[DataWarning, ...] = ()

    @property
    def active(self) -> float:
        """Σ P, the customers likely still there."""
        return total_of(self.table, self.table["p_alive"])

    @property
    def share(self) -> float | None:
        """Share of what all would bring that is at risk, None where that is 0."""
        return self.total.value / self.if_active if self.if_active > 0 else None

    @property
    def hardly_anybody(self) -> bool:
        """Whether not even one customer is likely gone, of whom to say what a lost one costs."""
        return self.each is None or self.lost < _SOMEBODY

    def at_margin(self, margin: float) -> ValueAtRisk:
        """The same at a margin, where these are of revenue: every sum of money is in proportion to it."""
        money = ["clv_if_active", "value_at_risk"]
        return replace(
            self,
            table=self.table.assign(**{name: margin * self.table[name] for name in money}),
            total=self.total.times(margin),
            if_active=margin * self.if_active,
            each=self.each and self.each.times(margin),
        )


def value_at_risk(
    people: pd.DataFrame,
    purchases: PurchaseModel,
    spend: SpendModel,
    terms: Terms,
    tried: MovedParameters | None = None,
    table: pd.DataFrame | None = None,
) -> ValueAtRisk:
    """Value at risk of every customer and of all, and what a lost one costs: Σ (1 − P)·CLV_gone / Σ (1 − P).

    CLV_gone is told from the time a customer was there: by BG/NBD and MBG/NBD until the last purchase, by the
    Pareto/NBD until some moment after it. The silence since is no sign of their having bought slowly.

    The intervals resample customers and draw the parameters of both models from the asymptotic normal of
    their logarithms, whose effect is taken to first order. Where drop-out is not identified they reach out
    to what other parameters that fit nearly as well say.

    Parameters
    ----------
    people : x, t_x, T in days and m_x, a customer a row
    tried : `MovedParameters.of` the model, where it is kept
    table : `risk_of_each`, where it is kept
    """
    table = risk_of_each(people, purchases, spend, terms) if table is None else table
    tried = tried or MovedParameters.of(purchases, terms)
    ((total, of_lost),) = estimates([(people, table)], (purchases, spend), terms, tried, _MOST)
    return ValueAtRisk(
        table=table,
        total=total,
        if_active=total_of(table, table["clv_if_active"]),
        lost=total_of(table, 1.0 - table["p_alive"]),
        each=of_lost,
        warnings=(*purchases.warnings, *_of_kind(purchases)),
    )


def risk_of_each(
    people: pd.DataFrame, purchases: PurchaseModel, spend: SpendModel, terms: Terms
) -> pd.DataFrame:
    """The table of `ValueAtRisk`."""
    x, t_x, age, m_x = state_of(people)
    alive = predictions.probability_alive(purchases, x, t_x, age)
    each = terms.kept * gamma_gamma.expected_spend(spend, x, m_x)
    there, gone = (each * present for present in _present(purchases, (x, t_x, age), terms))
    at_risk = (1.0 - alive) * gone
    found = {"p_alive": alive, "clv_if_active": alive * there + at_risk, "value_at_risk": at_risk}
    alike = {CUSTOMERS: people[CUSTOMERS].to_numpy()} if CUSTOMERS in people else {}
    return pd.DataFrame(found | alike, index=people.index)


def _of_kind(purchases: PurchaseModel) -> tuple[DataWarning, ...]:
    return (DataWarning("one_time_buyers_stay"),) if purchases.kind == "bg_nbd" else ()


def _present(
    purchases: PurchaseModel, state: tuple[Array, Array, Array], terms: Terms
) -> tuple[Array, Array]:
    """Discounted purchases of customers known to be alive, and of those who left, were they there: (n,) each.

    Both are computed once for all who are alike.
    """
    kinds, kind_of_each = predictions.alike_ahead(purchases, *state)
    there = terms.discounted(predictions.expected_while_alive(purchases, *kinds, terms.ends))
    left, left_of_each = predictions.alike_gone(purchases, *state)
    gone = terms.discounted(predictions.expected_had_they_stayed(purchases, *left, terms.ends))
    return there[kind_of_each], gone[left_of_each]


def at_risk_by_group(
    people: pd.DataFrame,
    risk: ValueAtRisk,
    group: pd.Series,
    purchases: PurchaseModel,
    spend: SpendModel,
    terms: Terms,
    tried: MovedParameters | None = None,
) -> pd.DataFrame:
    """Where value at risk concentrates.

    Parameters
    ----------
    people, purchases, spend, terms : what `risk` was computed of
    group : which group each is in, on the same index; null is a group of its own
    tried : as of `value_at_risk`

    Returns
    -------
    group, customers, lost (Σ 1 − P), value_at_risk (Σ), low, high (95 %, as of `value_at_risk`; NaN beyond
    the 12 largest groups by customers), share (of all value at risk; NaN where there is none),
    clv_if_active (Σ), by group
    """
    found, members = _summed(risk.table, group)
    tried = tried or MovedParameters.of(purchases, terms)
    most = max(_MOST // len(members), _LEAST)
    parts = [(people.loc[part.index], part) for part in members.values()]
    estimated = estimates(parts, (purchases, spend), terms, tried, most)
    return _with_ends(found, {place: one for place, (one, _) in zip(members, estimated, strict=True)})


def at_risk_by_segment(
    people: pd.DataFrame, risk: ValueAtRisk, segment: pd.Series, models: SegmentModels, terms: Terms
) -> pd.DataFrame:
    """The same by segments that differ: how they share out what all come to is told by the models of each.

    Parameters
    ----------
    people, terms : what `risk` was computed of, by the models of the whole
    segment : which each is in, on the same index; null is one of its own

    Returns
    -------
    As `at_risk_by_group`, the sums adding up to those of `risk`
    """
    each = partial(risk_of_each, terms=terms)
    own, members = _summed(by_own_models(people, segment, models, each), segment)
    customers, at_risk = own["customers"], shared_out(own["value_at_risk"], risk.total.value)
    to_come = shared_out(own["clv_if_active"] - own["value_at_risk"], risk.if_active - risk.total.value)
    found = own.assign(
        lost=customers - active_shared_out(customers - own["lost"], customers, risk.active),
        value_at_risk=at_risk,
        clv_if_active=to_come + at_risk,
    )
    names, most, ends = named(own["group"]), max(_MOST // len(members), _LEAST), {}
    for place, part in members.items():
        pair = models.of(names[place])
        tried = MovedParameters.of(pair[0], terms)
        ((alone, _),) = estimates([(people.loc[part.index], part)], pair, terms, tried, most)
        ends[place] = alone.times(float(at_risk[place]) / alone.value) if alone.value > 0 else alone
    return _with_ends(found, ends)


def _summed(table: pd.DataFrame, group: pd.Series) -> tuple[pd.DataFrame, dict[int, pd.DataFrame]]:
    """Sums over each group, a row each, and the customers of the largest by their row."""
    keyed = table.assign(lost=1.0 - table["p_alive"], group=group)
    parts = keyed.groupby("group", dropna=False, sort=True, observed=True)
    found = summed_by_group(keyed, group, ["lost", "value_at_risk", "clv_if_active"])
    largest = set(found.nlargest(MOST, "customers").index)
    return found, {place: part for place, (_, part) in enumerate(parts) if place in largest}


def _with_ends(found: pd.DataFrame, totals: dict[int, Estimate]) -> pd.DataFrame:
    """With the ends of the intervals of those that have one, and each one's share."""
    for end in ("low", "high"):
        told = {place: getattr(one, end) for place, one in totals.items()}
        found[end] = pd.Series(told, dtype=float).reindex(found.index)
    total = float(found["value_at_risk"].sum())
    found["share"] = found["value_at_risk"] / (total if total > 0 else float("nan"))
    names = ["group", "customers", "lost", "value_at_risk", "low", "high", "share", "clv_if_active"]
    return found[names]


def bands(p_alive: pd.Series) -> pd.Series:
    """Which fifth of the scale from 0 to 1 each P(alive) is in, by the number of its lower end in `BANDS`."""
    place = np.digitize(p_alive.to_numpy(dtype=float), BANDS[1:-1])
    return pd.Series(place, index=p_alive.index)


def replacement(lost: Estimate, cac: float, new_customer: float) -> Estimate:
    """Net cost of a lost customer who is replaced: their value, plus CAC, less the new customer's own value.

    The interval is that of the lost customer's value.

    Parameters
    ----------
    lost : value of a lost customer; cac : cost of winning one; new_customer : value of a customer won now
    """
    return lost.plus(cac - new_customer)


def lost_customer(
    people: pd.DataFrame, purchases: PurchaseModel, spend: SpendModel, terms: Terms
) -> Estimate | None:
    """Mean value of the customers likely lost, had they stayed: `ValueAtRisk.each`."""
    return value_at_risk(people, purchases, spend, terms).each
