"""The claims everybody quotes, against what is known of a shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import claims, multiples
from retention.statistics import Estimate
from retention.study.memo import Part, result

if TYPE_CHECKING:
    from retention.acquisition import Acquisition
    from retention.claims import Bought, Finding, Lift, Verdict
    from retention.periods import Period
    from retention.study.value import Value


class Claims(Part):
    """What the orders, the simulation, the spend and the models say of each claim."""

    @result
    def bought(self) -> Bought:
        """What the orders alone say."""
        window, known_from = self.study.window, self.study.shop.known_from().toordinal()
        worth = self.study.tables.worth_by_age(multiples.AGES)
        return claims.bought(
            self.study.tables.customers(),
            self.study.dropoff.buying_again(),
            multiples.lifetime_multiples(worth, known_from, window.last.toordinal()),
        )

    @result
    def lift(
        self, period: Period, discount_rate: float, years: float, *, strict: bool = False
    ) -> Lift | None:
        """Five points more retention by the textbook's formula; its relative change is that of any margin."""
        measured = self.study.shop.retention(period)
        return claims.lift(
            self.study.shop.flows(period),
            None if measured is None else measured.strict if strict else measured.textbook,
            margin=1.0,
            discount_rate=discount_rate,
            years=years,
        )

    def verdict(self, code: str, figure: Estimate) -> Verdict:
        """What one figure says of the claim of a code."""
        return claims.verdict(next(claim for claim in claims.CLAIMS if claim.code == code), figure)

    def findings(
        self, lift: Lift | None, spent: Acquisition | None = None, value: Value | None = None
    ) -> tuple[Finding, ...]:
        """Every claim against what is known.

        Parameters
        ----------
        spent : what marketing spend says, None without any
        value : on whose terms lifetime value is quoted; None where no model tells, or none is asked
        """
        best = None if value is None else value.customers.top_20_percent_share
        return claims.check(
            claims.Evidence(
                bought=self.bought(),
                lift=lift,
                costs=spent.costs if spent else None,
                prospects=spent.success.rate if spent and spent.success else None,
                best_future=None if best is None else Estimate(best),
                lost_customer=None if value is None else value.at_risk.each,
                multiple_to_come=None if value is None else value.multiple_to_come(),
            )
        )
