"""What it costs to win a customer, to keep one, and to get an order: averages over the months counted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.acquisition.channels import (
    by_channel,
    cac_ends,
    channel_months,
    paying_customers,
    unmatched_channels,
)
from retention.acquisition.months import (
    PURPOSES,
    counted_months,
    monthly_ratio_draws,
    resampled_months,
    spend_by_purpose,
)
from retention.errors import DataWarning
from retention.periods import key
from retention.statistics import middle_of, position_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retention.statistics import Estimate, Position

# "acquiring costs 5 to 25 times keeping": Gallo (2014), "The value of keeping the right customers", hbr.org
QUOTED_RATIO = (5.0, 25.0)
QUOTED_SEVEN = 7.0  # the single number most often repeated
_SUMMED = ("acquisition", "retention", "new", "retained")


@dataclass(frozen=True)
class AcquisitionCosts:
    """Cost of winning and of keeping customers.

    A cost that cannot be computed is None. Intervals come from resampling months: there is none with fewer
    than 6 months, or where some resample has nothing to divide by.

    Attributes
    ----------
    months : the months counted, as numbers of `retention.periods`
    acquisition_spend, retention_spend : money over those months
    new_customers : first purchases in those months
    retained_customers : customers who bought in one of those months and in the month before it, summed over
        the months, so that one kept for a year counts twelve times
    cac : acquisition spend per new customer, money
    retention_cost : retention spend per retained customer, money for one customer kept for one more month
    ratio : cac over retention_cost, both over the same months
    monthly : ``month``, ``acquisition``, ``retention`` (money), ``new``, ``retained`` (customers), ``cac``,
        ``retention_cost`` (null in a month without such customers)
    channels, channel_months : the same by channel, over those months and in each, as
        `retention.acquisition.channels` describes; where customers are known by channel, `channels` also has
        ``cac_low`` and ``cac_high``, 95 %
    warnings : see `costs`
    paid_customers : new customers of named channels with acquisition spend; None where channels are not known
    paid_cac : acquisition spend over those alone. The blended `cac` also divides by customers who came
        without an advert
    cac_draws : (draws,) the CAC in the resampled months, empty with fewer than six
    """

    months: tuple[int, ...]
    acquisition_spend: float
    retention_spend: float
    new_customers: int
    retained_customers: int
    cac: Estimate | None
    retention_cost: Estimate | None
    ratio: Estimate | None
    monthly: pd.DataFrame
    channels: pd.DataFrame
    channel_months: pd.DataFrame
    warnings: tuple[DataWarning, ...]
    paid_customers: int | None = None
    paid_cac: Estimate | None = None
    cac_draws: NDArray[np.float64] = field(default_factory=lambda: np.empty(0), repr=False, compare=False)

    @property
    def ratio_position(self) -> Position | None:
        """Where the ratio falls against the 5 to 25 times people quote."""
        return None if self.ratio is None else position_in(self.ratio.value, QUOTED_RATIO)

    @property
    def ratio_interval_positions(self) -> tuple[Position, Position] | None:
        """Where the low and the high end of the ratio fall against the same range."""
        if self.ratio is None or self.ratio.ends is None:
            return None
        low, high = self.ratio.ends
        return position_in(low, QUOTED_RATIO), position_in(high, QUOTED_RATIO)

    @property
    def against_seven(self) -> Position | None:
        """Whether the ratio lies below the 7 people quote, above it, or cannot be told from it ("within")."""
        if self.ratio is None:
            return None
        low, high = self.ratio.bounds
        if low <= QUOTED_SEVEN <= high:
            return "within"
        return "below" if high < QUOTED_SEVEN else "above"


def costs(
    spend: pd.DataFrame, flows: pd.DataFrame, *, new_by_channel: pd.DataFrame | None = None
) -> AcquisitionCosts:
    """Set what was spent on winning and on keeping customers against those won and kept.

    Counted are the complete months of the data from the first to the last month of the spend table, whatever
    the purpose of its rows. In between, a month without a row spent nothing. Rows in other months are left
    out and reported. The ratio sets a cost paid once against one paid every month; over a year the cost of
    keeping is up to twelve times the monthly.

    The intervals resample months, because months are what varies: spend is decided by the month, and a
    month's customers answer the same campaigns and season together, so counting them as independent would
    promise too much. It takes the months as alike but for chance; under a trend the interval is too wide.

    Parameters
    ----------
    spend : ``month`` (number of `retention.periods`), ``channel`` (text), ``purpose`` ("acquisition" or
        "retention"), ``amount`` (money)
    flows : one row per month of the data with ``period``, ``complete``, ``new``, ``retained``
    new_by_channel : ``month``, ``channel``, ``new``, where the orders carry the channel

    Raises
    ------
    ValueError
        If a purpose is unknown or an amount is not a finite number.

    Notes
    -----
    Warnings, months as in `retention.periods.key`:

    - ``no_acquisition_spend``, ``no_retention_spend`` : nothing above 0 was spent in the months counted
    - ``no_new_customers``, ``no_retained_customers`` : it was, and there are no customers to divide it by
    - ``spend_outside_data``, ``spend_in_incomplete_months`` : ``amount`` and ``months`` left out
    - ``months_without_spend`` : ``months`` counted as 0 for lack of a row of that ``purpose``
    - ``first_month_counted`` : ``month``, the data's first, in which every buyer is new and none retained
    - ``channel_without_customers`` : ``channels`` with acquisition spend that no customer names, and
      ``unmatched``, those customers name and no spend does
    """
    months, left_out = counted_months(spend, flows)
    monthly = _monthly(spend, flows, months)
    picked, each = resampled_months(len(months)), channel_months(spend, months, new_by_channel)
    spent, kept, new, retained = (monthly[name].to_numpy(dtype=float) for name in _SUMMED)
    cac_draws = monthly_ratio_draws(picked, spent, new)
    cost_draws = monthly_ratio_draws(picked, kept, retained)
    cac = cost_of(spent.sum(), new.sum(), cac_draws)
    cost = cost_of(kept.sum(), retained.sum(), cost_draws)
    ratio = None
    if cac and cost:
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = cost_of(cac.value, cost.value, cac_draws / cost_draws)
    paying = paying_customers(each, months)
    channels = by_channel(each)
    return AcquisitionCosts(
        months=months,
        acquisition_spend=float(spent.sum()),
        retention_spend=float(kept.sum()),
        new_customers=int(new.sum()),
        retained_customers=int(retained.sum()),
        cac=cac,
        retention_cost=cost,
        ratio=ratio,
        monthly=monthly,
        channels=cac_ends(channels, each, months),
        channel_months=each,
        warnings=(*left_out, *_missing(spend, flows, monthly), *unmatched_channels(channels)),
        paid_customers=int(paying.sum()) if new_by_channel is not None else None,
        paid_cac=cost_of(spent.sum(), paying.sum(), monthly_ratio_draws(picked, spent, paying)),
        cac_draws=cac_draws,
    )


def _monthly(spend: pd.DataFrame, flows: pd.DataFrame, months: Sequence[int]) -> pd.DataFrame:
    money = spend_by_purpose(spend, months)
    people = flows.set_index("period")[["new", "retained"]].reindex(list(months)).fillna(0).astype("int64")
    table = money.join(people).rename_axis("month").reset_index()
    table["cac"] = table["acquisition"] / table["new"].where(table["new"] > 0)
    table["retention_cost"] = table["retention"] / table["retained"].where(table["retained"] > 0)
    return table


def cost_of(above: float, below: float, draws: NDArray[np.float64]) -> Estimate | None:
    """Money over customers or orders with the interval of its draws.

    Nothing spent, or nobody to divide it by, is no cost rather than 0 or infinity.
    """
    if above <= 0 or below <= 0:
        return None
    return middle_of(above / below, draws)


def _missing(spend: pd.DataFrame, flows: pd.DataFrame, monthly: pd.DataFrame) -> list[DataWarning]:
    """Why a figure is missing, or is lower or higher than the truth."""
    found = []
    for purpose, customers in zip(PURPOSES, ("new", "retained"), strict=True):
        if monthly[purpose].sum() <= 0:
            found.append(DataWarning(f"no_{purpose}_spend"))
            continue
        if monthly[customers].sum() == 0:
            found.append(DataWarning(f"no_{customers}_customers"))
        named = set(spend.loc[spend["purpose"] == purpose, "month"])
        silent = [key(int(month), "month") for month in monthly["month"] if month not in named]
        if silent:
            found.append(DataWarning("months_without_spend", {"purpose": purpose, "months": silent}))
    if len(monthly) and int(monthly["month"].iloc[0]) == int(flows["period"].min()):
        first = key(int(monthly["month"].iloc[0]), "month")
        found.append(DataWarning("first_month_counted", {"month": first}))
    return found


@dataclass(frozen=True)
class OrderCosts:
    """Marketing cost of an order over the months counted.

    Attributes
    ----------
    new_orders : orders of customers in the month of their first purchase
    old_orders : orders in a later month
    new : acquisition spend per order of the first kind, money
    old : retention spend per order of the second kind, money
    """

    new_orders: int
    old_orders: int
    new: Estimate | None
    old: Estimate | None


def orders_by_month(cells: pd.DataFrame) -> pd.DataFrame:
    """Orders of new and of old customers in each month.

    Parameters
    ----------
    cells : per month, as `retention.aggregate.cells` makes them

    Returns
    -------
    ``month``, ``new``, ``old``
    """
    first = cells["cohort"] == cells["period"]
    orders = {"new": cells["orders"].where(first, 0), "old": cells["orders"].where(~first, 0)}
    return pd.DataFrame({"month": cells["period"], **orders}).groupby("month", as_index=False).sum()


def order_costs(costs: AcquisitionCosts, orders: pd.DataFrame) -> OrderCosts:
    """Cost of an order from new and from old customers, intervals from resampling months.

    Parameters
    ----------
    orders : as `orders_by_month` makes it
    """
    counted = orders.set_index("month").reindex(list(costs.months)).fillna(0.0)
    picked = resampled_months(len(costs.months))
    found = []
    for kind, purpose in (("new", "acquisition"), ("old", "retention")):
        made, spent = counted[kind].to_numpy(dtype=float), costs.monthly[purpose].to_numpy(dtype=float)
        found.append(cost_of(float(spent.sum()), float(made.sum()), monthly_ratio_draws(picked, spent, made)))
    return OrderCosts(int(counted["new"].sum()), int(counted["old"].sum()), *found)
