"""The fitted models, as values: parameters, how well they are known, and what to be careful about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np

from retention.lifetime_value.models.arrays import purchase_parameters
from retention.lifetime_value.models.beta_geometric import BetaGeometric
from retention.lifetime_value.models.clock import Clock
from retention.lifetime_value.models.condensed import CondensedBetaGeometric
from retention.lifetime_value.models.likelihood import moved_by
from retention.lifetime_value.models.pareto import Pareto
from retention.periods import DAYS_PER_MONTH
from retention.statistics import Z_95

if TYPE_CHECKING:
    from retention.errors import DataWarning
    from retention.lifetime_value.models.arrays import Array, Parameters, SpendParameters
    from retention.lifetime_value.models.identifiability import Cautions
    from retention.lifetime_value.models.season import Season
    from retention.lifetime_value.models.shocks import Shocks
    from retention.lifetime_value.models.when_asked import WhenAsked

TimeUnit = Literal["day", "week", "month"]
DAYS_PER_UNIT: dict[TimeUnit, float] = {"day": 1.0, "week": 7.0, "month": DAYS_PER_MONTH}

LeavingAfterPurchases = BetaGeometric | CondensedBetaGeometric
Family = LeavingAfterPurchases | Pareto
PurchaseKind = Literal["bg_nbd", "mbg_nbd", "pareto_nbd"]
FAMILIES: dict[PurchaseKind, Family] = {
    "bg_nbd": BetaGeometric(from_first=False),
    "mbg_nbd": BetaGeometric(from_first=True),
    "pareto_nbd": Pareto(),
}

PARAMETERS = 4  # of a purchase model, beside its season


def family_of(kind: PurchaseKind, k: int = 1) -> Family:
    """The formulas of a kind of model, of customers whose every k-th hidden event is a purchase."""
    plain = FAMILIES[kind]
    if k == 1:
        return plain
    if not isinstance(plain, BetaGeometric):
        raise ValueError("the Pareto/NBD knows no regular buyers")  # noqa: TRY004  a kind, not a type
    return CondensedBetaGeometric(plain.from_first, k)


class _Fitted(Protocol):
    """A model whose likelihood has been maximised over the logarithms of its parameters."""

    @property
    def names(self) -> tuple[str, ...]: ...
    @property
    def parameters(self) -> tuple[float, ...]: ...
    @property
    def covariance(self) -> Array: ...
    @property
    def log_likelihood(self) -> float: ...
    @property
    def customers(self) -> int: ...


class _Summarised:
    """What any such model tells of itself."""

    @property
    def named(self: _Fitted) -> dict[str, float]:
        """The parameters by name."""
        return dict(zip(self.names, self.parameters, strict=True))

    @property
    def standard_errors(self: _Fitted) -> dict[str, float]:
        """Standard errors of the parameters, by name, from the covariance of their logarithms."""
        errors = np.array(self.parameters) * np.sqrt(np.diag(self.covariance))
        return dict(zip(self.names, errors.tolist(), strict=True))

    @property
    def intervals(self: _Fitted) -> dict[str, tuple[float, float]]:
        """95 % intervals of the parameters, by name: normal on the logarithmic scale."""
        estimate, factor = np.array(self.parameters), np.exp(Z_95 * np.sqrt(np.diag(self.covariance)))
        ends = zip((estimate / factor).tolist(), (estimate * factor).tolist(), strict=True)
        return dict(zip(self.names, ends, strict=True))

    @property
    def aic(self: _Fitted) -> float:
        """Akaike's information criterion: less is better, within one unit of time."""
        return 2.0 * len(self.parameters) - 2.0 * self.log_likelihood

    @property
    def bic(self: _Fitted) -> float:
        """Schwarz's information criterion: less is better, within one unit of time."""
        return len(self.parameters) * float(np.log(self.customers)) - 2.0 * self.log_likelihood


@dataclass(frozen=True)
class PurchaseModel(_Summarised):
    """A model of when customers buy and when they stop: purchases Poisson(λ), λ ~ Gamma(r, α).

    In BG/NBD and MBG/NBD a customer drops out after a purchase with p ~ Beta(a, b), in the Pareto/NBD at
    any moment at a rate μ ~ Gamma(s, β).

    Attributes
    ----------
    kind : which of the three
    parameters : (r, α, a, b) or (r, α, s, β); `α` and `β` are in `unit`, the others have no dimension
    log_likelihood : summed over customers, on time measured in `unit`; comparable within one unit only
    covariance : (4, 4) of the parameters' logarithms, symmetric and positive definite
    cautions : how well the data tells how customers drop out, looked into when asked for
    unit : the unit of time
    customers : how many the model was fitted on
    further : what else there is to be careful about: ``season_from_one_year``
    k : how regularly customers buy: times between purchases are Erlang-k, at random moments where k is 1
    season : how fast they buy in each month of the year, None where the model knows no seasons
    shocks : how far months are off beyond chance, which widens the intervals of totals; None where unknown
    """

    kind: PurchaseKind
    parameters: Parameters
    log_likelihood: float
    covariance: Array
    cautions: WhenAsked[Cautions]
    unit: TimeUnit
    customers: int
    further: tuple[DataWarning, ...] = ()
    k: int = 1
    season: Season | None = None
    shocks: Shocks | None = None

    @property
    def family(self) -> Family:
        """The formulas of this kind of model."""
        return family_of(self.kind, self.k)

    @property
    def warnings(self) -> tuple[DataWarning, ...]:
        """What to be careful about: ``no_dropout_visible``, ``dropout_not_identified``, and further."""
        return (*self.cautions.value.warnings, *self.further)

    @property
    def alternatives(self) -> Array:
        """Other parameters that fit nearly as well, (k, 4); none where the data tells how customers leave."""
        return self.cautions.value.alternatives

    @cached_property
    def clock(self) -> Clock:
        """What turns days into the model's time."""
        if self.season is None:
            return Clock(self.days_per_unit)
        return Clock(self.days_per_unit, self.season.index, self.season.last.toordinal())

    def moved(self, steps: Array) -> PurchaseModel:
        """The model with logarithms moved: of its parameters, and of its season where it has one.

        Parameters
        ----------
        steps : (4,) or, with a season, (4 + 12,)
        """
        parameters = purchase_parameters(moved_by(self.parameters, steps[:PARAMETERS]))
        season = self.season and self.season.moved(steps[PARAMETERS:])
        return replace(self, parameters=parameters, season=season)

    @property
    def names(self) -> tuple[str, ...]:
        """What the parameters are called."""
        return self.family.names

    @property
    def days_per_unit(self) -> float:
        """Days in one unit of time."""
        return DAYS_PER_UNIT[self.unit]

    @property
    def days_between(self) -> float:
        """Days from purchase to purchase at the mean rate, k·α / r."""
        return self.k * self.days_per_unit * self.parameters[1] / self.parameters[0]

    @property
    def rate_spread(self) -> float:
        """How much customers' rates differ: standard deviation over mean, 1 / √r."""
        return float(1.0 / np.sqrt(self.parameters[0]))

    @property
    def leaves_after(self) -> float | None:
        """Purchases for one drop-out at the mean chance, (a + b) / a; None for the Pareto/NBD."""
        if self.kind == "pareto_nbd":
            return None
        a, b = self.parameters[2:]
        return (a + b) / a

    @property
    def drop_out(self) -> float | None:
        """Mean chance of dropping out after a purchase, a / (a + b); None for the Pareto/NBD."""
        if self.kind == "pareto_nbd":
            return None
        a, b = self.parameters[2:]
        return a / (a + b)

    @property
    def half_life(self) -> float | None:
        """Days by which half of new customers have left, β (2^(1/s) − 1); None but for the Pareto/NBD."""
        if self.kind != "pareto_nbd":
            return None
        s, beta = self.parameters[2:]
        return self.days_per_unit * beta * float(np.expm1(np.log(2.0) / s))


@dataclass(frozen=True)
class SpendModel(_Summarised):
    """Gamma-Gamma: a purchase is worth Gamma(p, ν), and ν ~ Gamma(q, γ) differs between customers.

    Attributes
    ----------
    p, q, gamma : parameters; `gamma` is in the file's currency, the others have no dimension
    log_likelihood : summed over customers with repeat purchases
    covariance : (3, 3) of (ln p, ln q, ln γ), symmetric and positive definite
    observed_mean : mean over customers of their mean repeat value; stands in where q ≤ 1
    correlation, spearman : of the number of repeat purchases with their mean value, None where either
        does not vary
    customers : how many the model was fitted on
    warnings : ``spend_infinite_mean``, ``spend_depends_on_frequency``, ``spend_not_identified``
    """

    p: float
    q: float
    gamma: float
    log_likelihood: float
    covariance: Array
    observed_mean: float
    correlation: float | None
    spearman: float | None
    customers: int
    warnings: tuple[DataWarning, ...] = ()

    @property
    def parameters(self) -> SpendParameters:
        """(p, q, γ)."""
        return self.p, self.q, self.gamma

    @property
    def names(self) -> tuple[str, ...]:
        """What the parameters are called."""
        return ("p", "q", "gamma")

    @property
    def has_mean(self) -> bool:
        """Whether the mean spend of the population exists."""
        return self.q > 1.0

    @property
    def spread_within(self) -> float:
        """How much one customer's purchases differ: standard deviation over mean, 1 / √p."""
        return float(1.0 / np.sqrt(self.p))
