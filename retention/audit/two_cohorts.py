"""Lens 4: one cohort against another over the same ages, and which factor makes the difference."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan
from typing import TYPE_CHECKING

import pandas as pd

from retention.audit.decomposition import contributions

if TYPE_CHECKING:
    from retention.audit.one_cohort import OneCohort

FACTORS = ("size", "share_active", "orders_per_active", "average_order", "kept_after_refunds", "margin")


@dataclass(frozen=True)
class TwoCohorts:
    """Profit of two cohorts over their first periods, and why it differs.

    Profit = ages × size × share active × orders per active × average order × kept after refunds × margin.

    Attributes
    ----------
    first, second : numbers of the cohorts' periods
    ages : how many periods of their lives are compared, the first purchase's included; both complete
    profit_first, profit_second : margin of net revenue over these ages, money
    factors : one row per factor, in the order of the product

        - ``factor``
        - ``size`` : customers; ``share_active`` : mean share of the cohort buying in a period;
          ``orders_per_active`` : per active customer and period; ``average_order`` : gross / orders, money;
          ``kept_after_refunds`` : net / gross; ``margin`` : share of net revenue, the same for both
        - ``first``, ``second`` : its value in each
        - ``change`` : what it contributes to profit_second − profit_first, money (Shapley); they add up to it
    """

    first: int
    second: int
    ages: int
    profit_first: float
    profit_second: float
    factors: pd.DataFrame

    @property
    def difference(self) -> float:
        """Profit of the second over the first, money."""
        return self.profit_second - self.profit_first

    @property
    def smaller(self) -> int:
        """Customers of the smaller cohort."""
        sizes = self.factors.loc[self.factors["factor"] == "size", ["first", "second"]]
        return int(sizes.to_numpy().min())

    @property
    def greatest(self) -> str:
        """The factor that contributes most, either way."""
        return str(self.factors["factor"].iloc[int(self.factors["change"].abs().argmax())])


def two_cohorts(first: OneCohort, second: OneCohort, margin: float) -> TwoCohorts | None:
    """The second cohort against the first over the ages both have completed; None where there is none.

    Parameters
    ----------
    margin : share of net revenue left as profit, 0 to 1
    """
    ages = min(len(first.complete), len(second.complete))
    if ages == 0:
        return None
    here, there = _factors(first, ages, margin), _factors(second, ages, margin)
    parts = contributions({**here, "ages": ages}, {**there, "ages": ages})
    return TwoCohorts(
        first=first.cohort,
        second=second.cohort,
        ages=ages,
        profit_first=margin * float(first.complete["net"].head(ages).sum()),
        profit_second=margin * float(second.complete["net"].head(ages).sum()),
        factors=pd.DataFrame(
            {
                "factor": FACTORS,
                "first": [here[name] for name in FACTORS],
                "second": [there[name] for name in FACTORS],
                "change": [parts[name] for name in FACTORS],
            }
        ),
    )


def _factors(cohort: OneCohort, ages: int, margin: float) -> dict[str, float]:
    seen = cohort.complete.head(ages)
    active, orders, gross = (float(seen[name].sum()) for name in ("active", "orders", "gross"))
    return {
        "size": float(cohort.size),
        "share_active": active / (cohort.size * ages),
        "orders_per_active": orders / active if active else nan,
        "average_order": gross / orders if orders else nan,
        "kept_after_refunds": float(seen["net"].sum()) / gross if gross else nan,
        "margin": margin,
    }
