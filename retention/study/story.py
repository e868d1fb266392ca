"""One customer over time: what they bought, whether they are still one, and what may come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from retention import lifetime_value

if TYPE_CHECKING:
    from retention.lifetime_value import PurchaseModel, SpendModel, Terms

_SOON = (30.0, 90.0)  # days ahead the chance of a purchase is told of


@dataclass(frozen=True)
class Story:
    """What is told of one customer.

    Attributes
    ----------
    person : the row of `CustomerValues.table`, with the four ends of `customer_intervals`
    bought : day, orders, value of each purchase day
    path : see `lifetime_value.alive_path`, with ``day``
    chances : ``purchases`` and ``chance``; the last row stands for as many or more
    soon : chance of a purchase within 30 and 90 days
    median, median_of_active : days by when half of such customers have bought again, None where they never do
    """

    person: dict[str, Any]
    bought: pd.DataFrame
    path: pd.DataFrame
    chances: pd.DataFrame
    soon: tuple[float, ...]
    median: float | None
    median_of_active: float | None

    @property
    def purchases(self) -> int:
        """Purchase days so far."""
        return int(self.person["x"]) + 1

    @property
    def p_alive_later(self) -> float:
        """Chance of still being a customer at the horizon, should nothing be bought until then."""
        return float(self.path["p_alive"].iloc[-1])

    @property
    def none(self) -> float:
        """Chance of no purchase within the horizon."""
        return float(self.chances["chance"].iloc[0])


def tell(
    row: pd.DataFrame,
    bought: pd.DataFrame,
    purchases: PurchaseModel,
    spend: SpendModel,
    terms: Terms,
) -> Story:
    """Tell of one customer.

    Parameters
    ----------
    row : the customer's of `CustomerValues.table`, valued on these terms
    bought : their purchases, as `retention.aggregate.purchases_of` gives them
    """
    state = (row["x"], row["t_x"], row["T"])
    first, days = int(bought["day"].iloc[0]), terms.days
    ends = lifetime_value.customer_intervals(row, purchases, spend, terms)
    path = lifetime_value.alive_path(
        purchases, (bought["day"] - first).to_numpy(), int(row["T"].iloc[0]), days
    )
    median, of_active = (
        float(lifetime_value.median_days(purchases, *state, still_customer=still)[0])
        for still in (False, True)
    )
    everything = row.join(ends).iloc[0]
    return Story(
        person={str(name): value for name, value in everything.items()},
        bought=bought,
        path=path.assign(day=first + path["age"]),
        chances=lifetime_value.readable_chances(purchases, *state, days),
        soon=tuple(lifetime_value.chance_of_purchase(purchases, *state, _SOON)[0].tolist()),
        median=None if pd.isna(median) else median,
        median_of_active=None if pd.isna(of_active) else of_active,
    )
