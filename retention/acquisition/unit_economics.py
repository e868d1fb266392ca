"""What a customer won, and one kept, brings beside what they cost: break-even, multiples, payback."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

import numpy as np

from retention.acquisition.payback import HEALTHY_MONTHS, Payback, payback
from retention.errors import DataWarning
from retention.statistics import Estimate, estimate, middle_of, value_of

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from retention.acquisition.analysis import Acquisition
    from retention.acquisition.payback import CumulativeValue
    from retention.acquisition.realised_value import ValueAt
    from retention.flows import Retention
    from retention.lifetime_value import NewCustomer

USUAL_MULTIPLE = 3.0  # LTV:CAC people quote as healthy, of a customer's whole life
Group = TypeVar("Group", int, str)
CacPosition = Literal["below", "unsure", "above"]


@dataclass(frozen=True)
class RetainedValue:
    """Margin of a customer kept in a month, who may stay after it.

    Attributes
    ----------
    one_month : margin of the month alone, money: the least a customer kept can be worth
    months : counted, the month itself among them
    retention : share of customers there a month later, 0 to 1; None where one month alone is counted
    """

    one_month: float
    months: int = 1
    retention: float | None = None

    @property
    def value(self) -> float:
        """Margin expected over the months: one_month · Σ r^i, i = 0 … months − 1.

        Examples
        --------
        >>> RetainedValue(10.0, months=3, retention=0.5).value
        17.5
        """
        stay = self.retention or 0.0
        return self.one_month * sum(stay**i for i in range(self.months))


@dataclass(frozen=True)
class UnitEconomics:
    """Margin of the customers won against their cost.

    Attributes
    ----------
    first_year : margin of the first 12 months, over customers observed that long: what a new customer may
        cost at most to be paid back within 12 months
    expected : margin a customer won today is expected to bring: what one may cost at most by the model; None
        where no model tells
    realised_multiple, expected_multiple : `first_year` and `expected` over the blended CAC
    everybody : payback of an average customer at the blended CAC, as far as it can be read; None without CAC
        or where nobody was observed for a month
    cohorts, channels : payback of each cohort (by number) and channel at its own CAC
    by_channel : margin of the first 12 months of each of these channels
    not_expected : why no model tells, where one was asked
    """

    first_year: ValueAt
    expected: Estimate | None
    realised_multiple: Estimate | None
    expected_multiple: Estimate | None
    everybody: Payback | None
    cohorts: dict[int, Payback]
    channels: dict[str, Payback]
    by_channel: dict[str, ValueAt]
    not_expected: DataWarning | None = None

    @property
    def warnings(self) -> tuple[DataWarning, ...]:
        """Why a part of it is not known, and what has not paid back."""
        back = () if self.everybody is None else self.everybody.warnings
        return (
            *self.first_year.warnings,
            *back,
            *(() if self.not_expected is None else (self.not_expected,)),
        )

    @property
    def value_won(self) -> float | None:
        """Margin of a customer won: as those observed for a year brought it, or else as expected; or None."""
        return value_of(self.first_year.margin) or value_of(self.expected)


def unit_economics(
    found: Acquisition, margin: float, expected: NewCustomer | DataWarning | None = None
) -> UnitEconomics:
    """Set the margin of the customers won against what they cost.

    Parameters
    ----------
    margin : share of net revenue left as profit, 0 to 1
    expected : margin a customer won today is expected to bring within 12 months; or why no model tells; None
        where none is asked

    Raises
    ------
    InputError
        ``margin_out_of_range``.
    """
    not_expected = expected if isinstance(expected, DataWarning) else None
    expected = None if isinstance(expected, DataWarning) else expected
    cac, cac_draws = value_of(found.costs.cac), found.costs.cac_draws
    year = found.everybody.value.scaled(margin).at(HEALTHY_MONTHS)
    known = len(found.everybody.cumulative) > 0
    return UnitEconomics(
        first_year=year,
        expected=estimate(expected.value, expected.draws, "drawn") if expected else None,
        realised_multiple=ltv_to_cac(value_of(year.margin), cac, margin * found.first_year, cac_draws),
        expected_multiple=ltv_to_cac(expected.value, cac, expected.draws, cac_draws) if expected else None,
        everybody=payback(found.everybody, cac, margin) if cac is not None and known else None,
        cohorts=_paybacks(found.cohorts, margin),
        channels=_paybacks(found.channels, margin),
        by_channel={
            name: group.value.scaled(margin).at(HEALTHY_MONTHS) for name, (group, _) in found.channels.items()
        },
        not_expected=not_expected,
    )


@dataclass(frozen=True)
class Room:
    """What a customer of one channel may cost beside what one costs.

    Attributes
    ----------
    cac : what one costs
    most : what one may cost at most, the margin of the first 12 months
    """

    channel: str
    cac: Estimate
    most: Estimate

    @property
    def left(self) -> float:
        """What is left between the two, money a customer; below 0 where one costs more."""
        return self.most.value - self.cac.value

    @property
    def stands(self) -> CacPosition | None:
        """Where the cost lies, see `cac_position`."""
        return cac_position(self.cac, self.most)


def rooms(channels: pd.DataFrame, worth: UnitEconomics) -> tuple[Room, ...]:
    """Channels whose customers' cost and worth are both known, the one with most room first.

    Parameters
    ----------
    channels : ``channel``, ``cac``, ``cac_low``, ``cac_high``, see `AcquisitionCosts.channels`
    """
    if "cac" not in channels:
        return ()
    found = []
    for name, cac, low, high in channels[["channel", "cac", "cac_low", "cac_high"]].itertuples(index=False):
        year = worth.by_channel.get(name)
        if year is not None and year.margin is not None and cac == cac:  # noqa: PLR0124  NaN is not itself
            ends = (float(low), float(high)) if low == low else (None, None)  # noqa: PLR0124  as above
            found.append(Room(str(name), Estimate(float(cac), *ends), year.margin))
    return tuple(sorted(found, key=lambda room: (-room.left, room.channel)))


def cac_position(cac: Estimate | None, ceiling: Estimate | None) -> CacPosition | None:
    """Whether the CAC lies below what a customer may cost, above it, or cannot be told from it.

    Parameters
    ----------
    ceiling : what a customer may cost at most
    """
    if cac is None or ceiling is None:
        return None
    (least, most), (low, high) = cac.bounds, ceiling.bounds
    if most < low:
        return "below"
    return "above" if least > high else "unsure"


def usual_position(multiple: Estimate) -> CacPosition:
    """Whether LTV:CAC lies below the 3 people quote as healthy, above it, or cannot be told from it."""
    low, high = multiple.bounds
    if high < USUAL_MULTIPLE:
        return "below"
    return "above" if low > USUAL_MULTIPLE else "unsure"


def ltv_to_cac(
    value: float | None,
    cac: float | None,
    value_draws: NDArray[np.float64] | None = None,
    cac_draws: NDArray[np.float64] | None = None,
) -> Estimate | None:
    """How many times over a customer's value pays for winning them.

    Parameters
    ----------
    value : margin over a customer's life, or the part of it observed, money
    cac : money per new customer
    value_draws, cac_draws : (k,) and (n,) draws of both, of one another independent

    Returns
    -------
    None where either is missing; without an interval where one has no draws

    Examples
    --------
    >>> ltv_to_cac(90.0, 30.0)
    Estimate(value=3.0, low=None, high=None, method=None)
    """
    if value is None or cac is None or cac <= 0:
        return None
    if value_draws is None or cac_draws is None or not value_draws.size or not cac_draws.size:
        return Estimate(value / cac)
    with np.errstate(divide="ignore", invalid="ignore"):
        return middle_of(value / cac, np.resize(value_draws, cac_draws.size) / cac_draws, "drawn")


def retained_value(revenue_per_active: float, margin: float, measured: Retention | None) -> RetainedValue:
    """Margin a customer kept brings over the 12 months a customer won is counted with.

    Parameters
    ----------
    revenue_per_active : net money per active customer and month
    margin : share of net revenue left as profit, 0 to 1
    measured : retention by month, of which the textbook's counts, at most 1, as where the simulation starts;
        None where it cannot be measured: then the month alone counts
    """
    one_month = margin * revenue_per_active
    if measured is None:
        return RetainedValue(one_month)
    return RetainedValue(one_month, HEALTHY_MONTHS, min(measured.textbook.rate.value, 1.0))


def _paybacks(groups: dict[Group, tuple[CumulativeValue, float]], margin: float) -> dict[Group, Payback]:
    return {name: payback(group, cac, margin) for name, (group, cac) in groups.items()}
