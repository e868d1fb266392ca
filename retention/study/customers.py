"""Who the customers of a shop are, in groups, and whom of them to write to on which occasion."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from narwhals import from_native

from retention import aggregate, campaigns, lifetime_value, lists, products, segments
from retention.errors import InputError
from retention.lists import CallList, Extent
from retention.periods import DAYS_PER_MONTH
from retention.study.memo import Part, result

if TYPE_CHECKING:
    from collections.abc import Hashable
    from datetime import date

    from narwhals import LazyFrame

    from retention.campaigns import Spread
    from retention.dropoff import DropOff as Steps
    from retention.lists import Occasion
    from retention.periods import Period
    from retention.segments import Grouping, Loyalty, Rfm, Thresholds
    from retention.study.study import Study
    from retention.study.value import Value

LATELY = 30  # days in which somebody has become one of the best


class Customers(Part):
    """Groups and lists of customers, by one purchase model.

    Parameters
    ----------
    value : what customers are worth
    """

    def __init__(self, study: Study, value: Value) -> None:
        super().__init__(study)
        self.value = value

    @property
    def given(self) -> tuple[Hashable, ...]:
        """What sets it apart: the terms of the value, and its margin."""
        return *self.value.given, self.value.margin

    @result(heavy="values")
    def people(self) -> pd.DataFrame:
        """Every customer with what is known and expected of them: see `retention.lists.listed`.

        Raises
        ------
        InputError
            ``too_many_customers`` where they are not told one by one.
        """
        tables, last = self.study.tables, self.study.window.last.toordinal()
        tables.check_one_by_one()
        table = self._with_rhythm(self.value.each)
        lately = tables.bought_between(last - LATELY + 1, last).set_index("customer_id")["revenue"]
        return table.assign(
            waited=last - table["last_day"],
            trigger=_triggers(table["orders"], self.study.dropoff.steps()),
            revenue_before=table["revenue"] - table["customer_id"].map(lately).fillna(0.0),
        )

    @result
    def called(self, occasion: Occasion) -> CallList:
        """Whom an occasion concerns."""
        return lists.listed(occasion, self.people())

    @result
    def extent(self, occasion: Occasion) -> Extent:
        """How many customers an occasion concerns, and their stake, however many customers there are."""
        if self.study.tables.one_by_one():
            full = self.called(occasion)
            return Extent(occasion, full.customers, full.stake)
        return lists.extent(occasion, self._concerned(occasion))

    def written_to(
        self,
        occasion: Occasion,
        *,
        contacts: int | None = None,
        budget: float | None = None,
        each: float = 0.0,
    ) -> tuple[CallList, Extent]:
        """Whom of an occasion to write to, the best first, and how many are left out.

        Parameters
        ----------
        contacts, budget, each : as of `retention.lists.cut`

        Raises
        ------
        InputError
            ``list_too_long`` where that is more customers than are told one by one.
        """
        whole, most = self.extent(occasion), self.study.most_one_by_one
        number = lists.how_many(whole.customers, contacts=contacts, budget=budget, each=each)
        if self.study.tables.one_by_one():
            taken, _ = lists.cut(self.called(occasion), contacts=number)
        elif number > most:
            raise InputError("list_too_long", customers=number, most=most)
        else:
            named = aggregate.with_names(self.study.purchases, self._concerned(occasion))
            taken = CallList(occasion, lists.best_first(named, number))
        return taken, whole.but_for(taken)

    def _concerned(self, occasion: Occasion) -> LazyFrame[Any]:
        """Those an occasion concerns, where they are."""
        there = self._there_concerned(occasion)
        found: LazyFrame[Any] = from_native(there).lazy()
        return found

    @result
    def _there_concerned(self, occasion: Occasion) -> Any:
        return self.study.purchases.engine.kept(lists.concerned(occasion, self._there()))

    def _there(self) -> LazyFrame[Any]:
        """As `people`, where customers are told by how many are alike: each of them, where they are."""
        study, last, steps = self.study, self.study.window.last.toordinal(), self.study.dropoff.steps()
        grain = study.whole.tables.grain()
        rows = aggregate.predicted(study.purchases, study.tables.there(), grain, self._kinds())
        rows = aggregate.with_trigger(rows, study.window, steps.triggers, steps.later)
        return aggregate.with_revenue_before(study.purchases, rows, last - LATELY + 1, last)

    @result
    def _kinds(self) -> pd.DataFrame:
        """What is expected of customers alike, to be put to each one's own spend."""
        return lifetime_value.by_own_spend(
            self._with_rhythm(self.value.each),
            self.value.spend,
            told=("usual", "silence"),
            worth=("clv_if_active", "value_at_risk"),
        )

    def _with_rhythm(self, table: pd.DataFrame) -> pd.DataFrame:
        """Customers with the days usual between their purchases, and the chance of so long a silence."""
        x, t_x, age = (table[name].to_numpy() for name in ("x", "t_x", "T"))
        return table.assign(
            usual=lifetime_value.usual_days(self.value.purchases, x, t_x, age),
            silence=lifetime_value.chance_of_silence(self.value.purchases, x, t_x, age),
        )

    @result
    def rfm(self, thresholds: Thresholds | None = None) -> Rfm:
        """Everybody in one of the named groups."""
        return segments.rfm(self.study.tables.customers(), self.study.window.last, thresholds)

    @result
    def by_value(self) -> pd.Series:
        """Everybody in one of four: keep, grow, win back, let go."""
        people = self.people()
        return segments.by_value(people["p_alive"], people["clv_if_active"])

    @result
    def group(self, by: Grouping, thresholds: Thresholds | None = None) -> pd.Series:
        """The group each customer is in, a customer a row as in `people`."""
        if by == "rfm":
            return self.rfm(thresholds).table["group"]
        return self.by_value() if by == "value" else self.loyalty().table["kind"]

    @result
    def profile(self, by: Grouping, thresholds: Thresholds | None = None) -> pd.DataFrame:
        """What the groups come to: customers, revenue, value to come."""
        return segments.profile(self.group(by, thresholds), self._sums(), segments.GROUPINGS[by])

    @result
    def squares(self, thresholds: Thresholds | None = None) -> pd.DataFrame:
        """What customers come to by how lately and how often they bought."""
        return segments.squares(self.rfm(thresholds), self._sums())

    @result
    def members(self, by: Grouping, group: str, thresholds: Thresholds | None = None) -> pd.DataFrame:
        """Everybody in a group, as in `people`, who is worth most first."""
        people = self.people()[(self.group(by, thresholds) == group).to_numpy()]
        return people.sort_values("clv", ascending=False, kind="stable", ignore_index=True)

    @result
    def won(self, by: Grouping, thresholds: Thresholds | None = None) -> tuple[pd.DataFrame, Period]:
        """In which group customers are today by when they were won, and in which periods that is told."""
        period = self.value.cohort_period("month")
        cohort = lifetime_value.cohort_of(self.people()["first_day"], period)
        return segments.won(cohort, self.group(by, thresholds), segments.GROUPINGS[by]), period

    def _sums(self) -> pd.DataFrame:
        """What groups are told by: revenue net of refunds, and value to come."""
        people = self.people()
        return people[["clv"]].assign(revenue=people["revenue"] + people["refunds"])

    def months_ago(self, months: int) -> date | None:
        """The day so many months before the last one, None where the data does not go back that far."""
        window = self.study.window
        day = window.last - timedelta(days=round(months * DAYS_PER_MONTH))
        return day if day > window.first else None

    @result
    def migration(self, before: date, thresholds: Thresholds | None = None) -> pd.DataFrame:
        """From which named group to which customers have moved since a day, by the thresholds of today."""
        now = self.rfm(thresholds)
        then = segments.rfm(self.study.until(before).tables.customers(), before, thresholds or now.thresholds)
        return segments.migration(then.table, now.table, segments.RFM_GROUPS)

    @result
    def loyalty(self) -> Loyalty:
        """How loyal customers are, a customer a row as in `people`."""
        people, rhythm = self.people(), self.study.tables.rhythms().set_index("customer_id")
        known = rhythm.reindex(people["customer_id"], fill_value=0)
        return segments.loyalty(
            known["gaps"], known["days"], known["squares"], people["p_alive"], self._breadth(people)
        )

    def _breadth(self, people: pd.DataFrame) -> pd.Series | None:
        """How many different things each customer buys; None where the file names no products."""
        if self.study.lines is None:
            return None
        sold = self.study.products()
        own = sold.variety().set_index("customer_id").reindex(people["customer_id"])
        return pd.Series(products.breadth(own["held"], own["alike"], sold.bought()["orders"]))

    def spread(self, chosen: pd.DataFrame, days: int, share: float) -> Spread:
        """How much the purchases of some customers will differ within the days of a campaign.

        Parameters
        ----------
        chosen : the table of a call list, or a part of it
        share : of them held back
        """
        x, t_x, age = (chosen[name].to_numpy() for name in ("x", "t_x", "T"))
        return campaigns.spread_of(self.value.purchases, x, t_x, age, days, share)


def _triggers(orders: pd.Series, steps: Steps) -> np.ndarray:
    """Days after the last order at which a customer is asked, not a number where none is known."""
    found = orders.map(steps.triggers).to_numpy(dtype=float, na_value=np.nan)
    if steps.later is not None:
        first, days = steps.later
        found = np.where(orders.to_numpy() >= first, float(days), found)
    return found
