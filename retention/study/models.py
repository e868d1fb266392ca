"""The models fitted to a shop, tried on days held back, and how far they can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import lifetime_value
from retention.study.memo import Part, result

if TYPE_CHECKING:
    from datetime import date

    from retention.errors import DataWarning
    from retention.lifetime_value import (
        HeldBack,
        Holdouts,
        PurchaseKind,
        PurchaseModel,
        SpendModel,
        TimeUnit,
        Verdict,
    )


class Models(Part):
    """Purchases and spend as models, each fitted once."""

    @result(heavy=True)
    def purchases(self, kind: PurchaseKind, unit: TimeUnit = "week") -> PurchaseModel:
        """The purchase model of a kind.

        Raises
        ------
        InputError
            If it cannot be fitted.
        """
        return lifetime_value.fit_purchases(self.study.tables.states(), unit, kind)

    def listed(self, kind: PurchaseKind, unit: TimeUnit = "week") -> PurchaseModel:
        """The model that says who is still a customer, where another may value them.

        MBG/NBD in place of BG/NBD, for which everybody with one purchase is active by construction.
        """
        return self.purchases("mbg_nbd" if kind == "bg_nbd" else kind, unit)

    @result
    def spend(self) -> SpendModel:
        """What a purchase is worth.

        Raises
        ------
        InputError
            If it cannot be fitted.
        """
        return lifetime_value.fit_spend(self.study.tables.spend())

    @result
    def held_back(self, until: date) -> HeldBack:
        """What followed a day, and what was known by then."""
        tables = self.study.tables
        return lifetime_value.HeldBack(
            window=self.study.window,
            until=until,
            outcomes=tables.held_back(until),
            spend=tables.spend_until(until),
            repeats=tables.repeats_by_day(until),
        )

    def reliability(self, as_of: date) -> tuple[DataWarning, ...]:
        """What the amount and age of the data say against relying on a forecast from a day on."""
        return lifetime_value.reliability(self.study.tables.customers(), self.study.window, as_of)

    @result
    def validity(self) -> tuple[DataWarning, ...]:
        """What about this shop the models do not know: seasons, promotions, one day of acquisition."""
        tables = self.study.tables
        return lifetime_value.validity(
            self.study.shop.flows("month").table,
            tables.flows("day"),
            tables.gaps("day"),
            tables.customers(),
            self.study.window,
        )
