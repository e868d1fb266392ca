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
        Holdout,
        Holdouts,
        PurchaseKind,
        PurchaseModel,
        SpendModel,
        TimeUnit,
        Verdict,
    )


class Models(Part):
    """Purchases and spend as models, each fitted once."""

    @result(heavy="fit")
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

    def calibration_end(self, until: date | None = None) -> date:
        """Last day the models know where they are tried on what followed, by default the middle one.

        Raises
        ------
        InputError
            ``holdout_outside_data``
        """
        return lifetime_value.calibration_end(self.study.window, until)

    def holdout_bounds(self) -> tuple[date, date] | None:
        """First and last day that may sensibly be the last one known; None where nothing can be held back."""
        return lifetime_value.holdout_bounds(self.study.window)

    def holdout_day(self, asked: date | None) -> date:
        """The last day known: as asked where that is sensible, else the middle one."""
        bounds = self.holdout_bounds()
        inside = asked is not None and bounds is not None and bounds[0] <= asked <= bounds[1]
        return self.calibration_end(asked if inside else None)

    @result
    def _held_back(self, until: date) -> HeldBack:
        """What was known up to a day, and what followed it."""
        tables = self.study.tables
        return lifetime_value.HeldBack(
            window=self.study.window,
            until=until,
            outcomes=tables.held_back(until),
            spend=tables.spend_until(until),
            repeats=tables.repeats_by_day(until),
        )

    @result
    def no_holdout(self, until: date) -> DataWarning | None:
        """Why no model can be tried on what followed a day; None where each can."""
        return lifetime_value.no_holdout(self._held_back(until))

    @result
    def _known_spend(self, until: date) -> SpendModel | None:
        return lifetime_value.known_spend(self._held_back(until))

    @result(heavy="holdout")
    def holdout(self, kind: PurchaseKind, until: date) -> Holdout | DataWarning:
        """One kind of model tried on what followed a day, or why it cannot be."""
        return self.no_holdout(until) or lifetime_value.holdout(
            self._held_back(until), kind, self._known_spend(until)
        )

    def holdouts(self, until: date) -> Holdouts:
        """Every kind of model on the same days, and which of them to prefer."""
        missing = self.no_holdout(until)
        tried = {} if missing else {kind: self.holdout(kind, until) for kind in lifetime_value.FAMILIES}
        found = {
            kind: holdout for kind, holdout in tried.items() if isinstance(holdout, lifetime_value.Holdout)
        }
        return lifetime_value.Holdouts(until, found, missing)

    @result
    def reliability(self, as_of: date) -> tuple[DataWarning, ...]:
        """What the amount and age of the data say against relying on a forecast from a day on."""
        return lifetime_value.reliability(self.study.tables.customers(), self.study.window, as_of)

    def verdict(self, kind: PurchaseKind, until: date, as_of: date) -> Verdict:
        """How far the forecast of one kind of model, made on a day, can be trusted."""
        return lifetime_value.verdict(self.holdout(kind, until), self.reliability(as_of))

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
