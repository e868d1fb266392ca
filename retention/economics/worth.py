"""What a customer won is worth beside what winning one cost: break-even, multiples, payback."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

from retention.economics.multiple import HEALTHY_MONTHS, ltv_to_cac
from retention.economics.paid_back import PaidBack, paid_back
from retention.statistics import Estimate, estimate, value_of

if TYPE_CHECKING:
    from retention.economics.paid_back import Lived
    from retention.economics.realised import ValueAt
    from retention.economics.winning import Winning
    from retention.lifetime_value import NewCustomer

Group = TypeVar("Group", int, str)
Standing = Literal["below", "unsure", "above"]


@dataclass(frozen=True)
class Worth:
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
    """

    first_year: ValueAt
    expected: Estimate | None
    realised_multiple: Estimate | None
    expected_multiple: Estimate | None
    everybody: PaidBack | None
    cohorts: dict[int, PaidBack]
    channels: dict[str, PaidBack]
    by_channel: dict[str, ValueAt]


def worth(found: Winning, margin: float, expected: NewCustomer | None = None) -> Worth:
    """Set the margin of the customers won against what they cost.

    Parameters
    ----------
    margin : share of net revenue left as profit, 0 to 1
    expected : margin a customer won today is expected to bring within 12 months; None where no model tells

    Raises
    ------
    InputError
        ``margin_out_of_range``.
    """
    cac, cac_draws = value_of(found.costs.cac), found.costs.cac_draws
    year = found.everybody.value.scaled(margin).at(HEALTHY_MONTHS)
    known = len(found.everybody.cumulative) > 0
    return Worth(
        first_year=year,
        expected=estimate(expected.value, expected.draws, "drawn") if expected else None,
        realised_multiple=ltv_to_cac(value_of(year.margin), cac, margin * found.first_year, cac_draws),
        expected_multiple=ltv_to_cac(expected.value, cac, expected.draws, cac_draws) if expected else None,
        everybody=paid_back(found.everybody, cac, margin) if cac is not None and known else None,
        cohorts=_paid_back(found.cohorts, margin),
        channels=_paid_back(found.channels, margin),
        by_channel={
            name: group.value.scaled(margin).at(HEALTHY_MONTHS) for name, (group, _) in found.channels.items()
        },
    )


def standing(cac: Estimate | None, ceiling: Estimate | None) -> Standing | None:
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


def _paid_back(groups: dict[Group, tuple[Lived, float]], margin: float) -> dict[Group, PaidBack]:
    return {name: paid_back(group, cac, margin) for name, (group, cac) in groups.items()}
