"""The shop as it is and how its customers stay, on each footing a simulation can stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.errors import InputError
from retention.study.memo import Part, result
from retention.what_if import (
    MODEL_DRAWS,
    cohort_curve,
    constant_retention,
    growth_with_age,
    measured_base,
    purchase_footing,
)

if TYPE_CHECKING:
    from retention.lifetime_value import TimeUnit, Wanted
    from retention.periods import Period
    from retention.what_if import Base, CohortCurve, Footing, Growth


class Footings(Part):
    """The base of a simulation and its footings, as the orders show them."""

    @result
    def base(self, period: Period, wanted: Wanted | None = None) -> Base | None:
        """The shop as its last complete year shows it; None without a customer in it.

        Parameters
        ----------
        wanted : the purchase model whose season is that of the shop; None takes no season out
        """
        tables, shop, whole = self.study.tables, self.study.shop, self.study.whole
        return measured_base(
            shop.flows(period),
            tables.order_values(period),
            whole.shop.known_from(),
            () if wanted is None else whole.what_if.season(wanted),
            whole.shop.flows(period),
        )

    @result
    def season(self, wanted: Wanted) -> tuple[float, ...]:
        """How fast customers buy in each month, as a purchase model knows it; () where it knows no season."""
        models = self.study.models
        try:
            season = models.purchases(models.chosen(wanted)).season
        except InputError:  # the other footings need no model
            return ()
        return () if season is None else season.index

    @result
    def new_share(self, period: Period) -> float:
        """Part of the last complete period's active customers that was new in it."""
        complete = self.study.shop.flows(period).complete
        active = int(complete["active"].iloc[-1]) if len(complete) else 0
        return float(complete["new"].iloc[-1]) / active if active else 0.0

    @result
    def constant(self, period: Period, *, strict: bool = False) -> Footing | None:
        """The rate measured, the same for everybody; None where it cannot be measured.

        Parameters
        ----------
        strict : whether those who return after a pause do not count, as the textbook counts them
        """
        measured = self.study.shop.retention(period)
        if measured is None:
            return None
        found = measured.strict if strict else measured.textbook
        return constant_retention(min(found.rate.value, 1.0), found.draws, self.new_share(period))

    @result(heavy="curve")
    def curve(self, period: Period) -> CohortCurve | None:
        """How customers stay by age; None where no cohort has been followed over a complete period."""
        return cohort_curve(self.study.tables.patterns(period), period, self.study.window)

    @result
    def by_cohorts(self, period: Period) -> Footing | None:
        """Customers who stay by that curve; None without one."""
        curve = self.curve(period)
        return None if curve is None else self._reading(curve.footing, period)

    @result(heavy="footing")
    def by_purchases(
        self, wanted: Wanted, unit: TimeUnit, period: Period, draws: int = MODEL_DRAWS
    ) -> tuple[Base, Footing] | None:
        """Today's customers by the whole shop's purchase model; None where it expects nothing of anybody.

        Nobody is won: that is set by who asks.

        Raises
        ------
        InputError
            If the model cannot be fitted.
        """
        whole = self.study.whole
        found = purchase_footing(
            self.study.tables.people(),
            whole.models.purchases(whole.models.chosen(wanted), unit),
            whole.models.spend(),
            period=period,
            won_per_period=0.0,
            net_share=whole.shop.net_share(),
            draws=draws,
        )
        return None if found is None else (found[0], self._reading(found[1], period))

    @result
    def growth(self, period: Period) -> Growth | None:
        """What a customer spends more with every period of age; None where that cannot be measured."""
        return growth_with_age(self.study.cohorts.table(period))

    def _reading(self, footing: Footing, period: Period) -> Footing:
        """A footing on which a rise means what it does for the textbook: of the measured retention."""
        measured = self.study.shop.retention(period)
        if measured is None:
            return footing
        return footing.reading(np.append(measured.textbook.rate.value, measured.textbook.draws))
