"""The claims everybody quotes, against what is known of a shop."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retention import claims, multiples
from retention.claims import UPLIFT, Lift, NoAnswer
from retention.errors import InputError
from retention.lifetime_value import OPEN
from retention.statistics import Estimate
from retention.study.memo import Part, result
from retention.study.question import Question
from retention.what_if import Plan

if TYPE_CHECKING:
    from retention.acquisition import Acquisition
    from retention.claims import Bought, Finding, Verdict
    from retention.lifetime_value import TimeUnit, Wanted
    from retention.periods import Period
    from retention.study.complaints import Heard
    from retention.study.value import Value

_NONE_HOLDS = "no_footing_holds"


def five_points(
    period: Period,
    discount_rate: float,
    years: float,
    *,
    wanted: Wanted = OPEN,
    unit: TimeUnit = Question.unit,
    strict: bool = False,
) -> Question:
    """What the claim about profit asks of What if: the change does not depend on margin nor form.

    Parameters
    ----------
    wanted, unit : of the purchase model
    strict : of the textbook's footing
    """
    plan = Plan(UPLIFT, "points", 1.0, discount_rate, years, "without_first")
    return Question(period, plan, footing=None, wanted=wanted, unit=unit, strict=strict)


class Claims(Part):
    """What the orders, the simulation, the spend and the models say of each claim."""

    @result
    def bought(self) -> Bought:
        """What the orders alone say."""
        window, known_from = self.study.window, self.study.shop.known_from().toordinal()
        worth = self.study.tables.worth_by_age(multiples.AGES)
        return claims.bought(
            self.study.tables.worths(),
            self.study.dropoff.buying_again(),
            multiples.lifetime_multiples(worth, known_from, window.last.toordinal()),
        )

    @result
    def lift(self, question: Question) -> Lift | NoAnswer | None:
        """The rise that is asked, as What if answers on the footing it recommends; None without two periods.

        Parameters
        ----------
        question : see `five_points`
        """
        if self.study.shop.retention(question.period) is None:
            return None
        try:
            return self._lift(question)
        except InputError as refused:
            none_holds = refused.code == _NONE_HOLDS
            return NoAnswer(_NONE_HOLDS, refused.details) if none_holds else NoAnswer("no_footing")

    def knows_lift(self, question: Question) -> bool:
        """Whether that is known already: it may take models to be fitted."""
        return self.study.memo.has("Claims.lift", (self.study.whose, question))

    def _lift(self, question: Question) -> Lift | None:
        percent = replace(question, plan=replace(question.plan, kind="relative"))
        start, other = (self.study.what_if.start(each) for each in (question, percent))
        if start is None or other is None:
            return None
        found, plan = start.answer, question.plan
        rise, relative = found.present.firm.relative, other.answer.present.firm.relative
        if rise is None or relative is None:
            return None
        basis = question.period, plan.years, plan.discount_rate
        return Lift(rise, relative, found.footing, found.retention_before, *basis)

    def verdict(self, code: str, figure: Estimate) -> Verdict:
        """What one figure says of the claim of a code."""
        return claims.verdict(next(claim for claim in claims.CLAIMS if claim.code == code), figure)

    def findings(
        self,
        lift: Lift | NoAnswer | None,
        spent: Acquisition | None = None,
        value: Value | None = None,
        heard: Heard | None = None,
    ) -> tuple[Finding, ...]:
        """Every claim against what is known.

        Parameters
        ----------
        spent : what marketing spend says, None without any
        value : on whose terms lifetime value is quoted; None where no model tells, or none is asked
        heard : what complaints say, None without any
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
                complained=None if heard is None else heard.for_claims,
            )
        )
