"""What the messages are told of: a study, what is asked of it, and the reader's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.lifetime_value import OPEN
from retention.lists import OCCASIONS
from retention.returned import ONCE
from retention.story.forecast import Forecast, in_words
from retention.study import Question, five_points

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from retention.acquisition import Acquisition
    from retention.cohorts import Activity
    from retention.ingest import Intake
    from retention.lifetime_value import TimeUnit, Verdict, Wanted
    from retention.lists import Occasion
    from retention.periods import Period
    from retention.returned import Returned
    from retention.study import Settings, Study, Value
    from retention.study.complaints import Heard
    from retention.text import Words


@dataclass(frozen=True, eq=False)
class Asked:
    """What the figures are asked with, on every page.

    Attributes
    ----------
    question, claim : to What if, and what the reality check asks of it; the first holds the margin's plan
    reference : the day a forecast starts from: today, or the end of the data
    every, within : of the overview's figures; None for the usual days
    period, activity, by, leave_out : of the cohorts, as `retention.study.cohorts.Cohorts.table` takes them
    leave_out_left_truncated : whether customers who may be older than the file stay out where they bend
    wanted, unit, horizon_months, discount_rate, margin : of what customers are worth
    holdout : last day the models know where they are tried, if one was chosen
    returned : what it takes to count as back, in cohorts and drop-off
    spend : marketing spend, as `retention.ingest.read_spend` makes it
    complaints : as `retention.ingest.read_complaints` makes them
    occasion : to write to customers
    """

    question: Question
    claim: Question
    reference: date
    every: Period = "month"
    within: int | None = None
    period: Period = "month"
    activity: Activity = "on"
    by: str | None = None
    leave_out: int = 0
    leave_out_left_truncated: bool = False
    wanted: Wanted = OPEN
    unit: TimeUnit = "week"
    horizon_months: int = 12
    discount_rate: float = 0.10
    margin: float = 1.0
    holdout: date | None = None
    returned: Returned = ONCE
    spend: pd.DataFrame | None = None
    complaints: pd.DataFrame | None = None
    occasion: Occasion = OCCASIONS[0]


def as_set(
    settings: Settings,
    study: Study,
    spend: pd.DataFrame | None = None,
    complaints: pd.DataFrame | None = None,
) -> Asked:
    """What the settings of a call ask."""
    plan, period = settings.plan, settings.period
    step = study.shop.measurable(period)
    model, unit = settings.model, settings.time_unit
    every: Period = period if period in {"month", "quarter", "year"} else "month"
    return Asked(
        question=Question(step, plan, footing=None, wanted=model, unit=unit),
        claim=five_points(step, plan.discount_rate, plan.years, wanted=model, unit=unit),
        reference=settings.as_of or study.window.last,
        every=every,
        period=period,
        leave_out_left_truncated=settings.leave_out_left_truncated,
        horizon_months=settings.horizon_months,
        discount_rate=settings.discount_rate,
        margin=settings.margin,
        holdout=settings.holdout,
        returned=settings.returned,
        spend=spend,
        complaints=complaints,
        wanted=model,
        unit=unit,
    )


@dataclass(frozen=True, eq=False)
class Telling:
    """A study on the terms of `asked`, in the reader's words.

    Attributes
    ----------
    intake : what the orders were made of
    name : of the file
    words : for what is read as Markdown, as all sentences of a message are
    """

    study: Study
    intake: Intake
    name: str
    asked: Asked
    words: Words

    @property
    def plain(self) -> Words:
        """The same words for labels, charts and tables."""
        return self.words.bare

    @property
    def back(self) -> Study:
        """The study, customers counting as back in cohorts and drop-off as it is asked."""
        return self.study.counting_back(self.asked.returned)

    @property
    def value(self) -> Value:
        """What customers are still worth.

        Raises
        ------
        InputError
            Why the models cannot be fitted.
        """
        asked = self.asked
        value = self.study.value(
            asked.wanted,
            asked.unit,
            horizon_months=asked.horizon_months,
            discount_rate=asked.discount_rate,
            margin=asked.margin,
        )
        value.fit()
        return value

    @property
    def verdict(self) -> Verdict:
        """How far its forecast can be trusted."""
        value = self.value
        return self.study.models.verdict(
            value.variant, self.asked.reference, value.terms.days, self.asked.holdout
        )

    @property
    def forecast(self) -> Forecast:
        """What is said of the forecast."""
        doubts = self.study.models.reliability(self.asked.reference)
        return Forecast(self.value.variant, self.verdict, doubts)

    @property
    def trust(self) -> str:
        """The verdict as it stands in every export."""
        return in_words(self.forecast, self.plain)

    @property
    def heard(self) -> Heard | None:
        """What complaints say; None without any."""
        table = self.asked.complaints
        return None if table is None else self.study.complaints(table).heard()

    @property
    def winning(self) -> Acquisition | None:
        """What marketing spend says; None without any."""
        if self.asked.spend is None:
            return None
        left_out = self.asked.leave_out_left_truncated
        return self.study.acquisition(self.asked.spend).winning(leave_out_left_truncated=left_out)
