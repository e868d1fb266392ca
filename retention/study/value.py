"""What the customers of a shop are still worth, on some terms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import narwhals as nw

from retention import aggregate, lifetime_value
from retention.lifetime_value import Terms
from retention.metrics import BEST
from retention.multiples import with_value_to_come
from retention.orders import SEGMENTS
from retention.periods import DAYS_PER_MONTH
from retention.statistics import concentration
from retention.study.memo import Part, result
from retention.study.story import tell

if TYPE_CHECKING:
    from collections.abc import Hashable

    import numpy as np
    import pandas as pd
    from narwhals import LazyFrame
    from numpy.typing import NDArray

    from retention.lifetime_value import (
        CustomerValues,
        Grid,
        MovedParameters,
        NewCustomer,
        PurchaseModel,
        Quantity,
        Realised,
        SegmentModels,
        SpendModel,
        TimeUnit,
        ValueAtRisk,
        Variant,
        Wanted,
    )
    from retention.periods import Period
    from retention.statistics import Estimate
    from retention.study.story import Story
    from retention.study.study import Study

_USUAL = 0.99  # of the customers, whose frequency the matrix reaches to
_BEST_FIRST = ["clv", "revenue", "first_value", "customer_id"]
_MONEY = ("clv", "low", "high", "mean", "value_at_risk", "clv_if_active", "clv_low", "clv_high")


class Value(Part):
    """Value still to come and value at risk, by one purchase model.

    Every sum of money is in proportion to the margin, so all is computed of revenue, once for any margin.

    Parameters
    ----------
    wanted, unit : of the purchase model
    horizon_months, discount_rate : how far ahead, and what a year takes off
    margin : share of revenue that is margin
    """

    def __init__(
        self,
        study: Study,
        wanted: Wanted,
        unit: TimeUnit,
        horizon_months: int,
        discount_rate: float,
        margin: float,
    ) -> None:
        super().__init__(study)
        self.wanted = wanted
        self.unit = unit
        self.margin = margin
        self.of_revenue = Terms(horizon_months, discount_rate, 1.0, study.shop.net_share())
        self.terms = replace(self.of_revenue, margin=margin)

    @property
    def given(self) -> tuple[Hashable, ...]:
        """What sets it apart from other values; the margin does not, but where it is asked for."""
        return self.variant, self.unit, self.of_revenue.horizon_months, self.of_revenue.discount_rate

    @property
    def variant(self) -> Variant:
        """Which purchase model it is by."""
        return self.study.models.chosen(self.wanted)

    @property
    def purchases(self) -> PurchaseModel:
        """The purchase model, which values customers and says who is still one."""
        return self.study.models.purchases(self.variant, self.unit)

    @property
    def spend(self) -> SpendModel:
        """What a purchase is worth."""
        return self.study.models.spend()

    def fit(self) -> None:
        """Fit the models now.

        Raises
        ------
        InputError
            Why one of them cannot be fitted.
        """
        _ = self.purchases, self.spend

    @property
    def customers(self) -> CustomerValues:
        """The value of every customer."""
        return self._customers_at(self.margin)

    @property
    def at_risk(self) -> ValueAtRisk:
        """What is lost with customers who have perhaps left already."""
        return self._at_risk_at(self.margin)

    @property
    def each(self) -> pd.DataFrame:
        """Every customer with what is expected of them and what is at risk: sooner there than the totals."""
        return self._each_at(self.margin)

    @property
    def known(self) -> bool:
        """Whether all this was computed already, so that to quote it costs nothing."""
        if not self.study.models.has_chosen(self.wanted):
            return False
        memo, asked = self.study.memo, (self.study.whose, *self.given)
        return memo.has("Value._customers", asked) and memo.has("Value._at_risk", asked)

    @result(own=True)
    def _each_at(self, margin: float) -> pd.DataFrame:
        table = self.each_of_revenue()
        return table.assign(
            **{name: margin * table[name] for name in ("clv", "clv_if_active", "value_at_risk")}
        )

    def each_of_revenue(self) -> pd.DataFrame:
        """The same of revenue, whatever the margin."""
        return self._each().table.join(self._risk_of_each()[["clv_if_active", "value_at_risk"]])

    @result(own=True)
    def _customers_at(self, margin: float) -> CustomerValues:
        return self._customers().at_margin(margin)

    @result(own=True)
    def _at_risk_at(self, margin: float) -> ValueAtRisk:
        return self._at_risk().at_margin(margin)

    @result
    def _each(self) -> CustomerValues:
        return self._each_of(self.study.tables.people())

    def _each_of(self, people: pd.DataFrame) -> CustomerValues:
        return lifetime_value.customer_values(
            people, self.purchases, self.spend, interval=False, **vars(self.of_revenue)
        )

    @result(heavy="values")
    def _customers(self) -> CustomerValues:
        values = lifetime_value.with_interval(
            self._each(), self.purchases, self.spend, self.of_revenue, self._effect
        )
        return values if self.study.tables.one_by_one() else self._with_share_of_best(values)

    def _with_share_of_best(self, values: CustomerValues) -> CustomerValues:
        """The same with the share of the best by each customer's own value."""
        if values.top_20_percent_share is None:
            return values
        levels = aggregate.value_levels(self._predicted_of_revenue())
        best = concentration(levels["clv"], levels["customers"]).share_of_best(BEST)
        return replace(values, top_20_percent_share=best)

    def predictions(self) -> LazyFrame[Any]:
        """What is expected of every customer, by name, where the customers are: a query of the engine."""
        named = aggregate.with_names(self.study.purchases, self._predicted_of_revenue())
        return named.with_columns(clv=self.margin * nw.col("clv"))

    def _predicted_of_revenue(self) -> LazyFrame[Any]:
        """What is expected of every customer, where they are."""
        there, grain = self.study.tables.there(), self.study.whole.tables.grain()
        alike = self._each_of(aggregate.alike(there, grain, self.study.window.last))
        told = lifetime_value.by_own_spend(alike.table, self.spend)
        return aggregate.predicted(self.study.purchases, there, grain, told)

    @result
    def _effect(self, grid: Grid) -> NDArray[np.float64]:
        """What drawn parameters of the purchase model do on a grid, which most groupings share."""
        return lifetime_value.effect_of_draws(grid, self.purchases, self.of_revenue)

    @result(heavy="at_risk")
    def _at_risk(self) -> ValueAtRisk:
        people, table = self.study.tables.people(), self._risk_of_each()
        return lifetime_value.value_at_risk(
            people, self.purchases, self.spend, self.of_revenue, self._tried(), table
        )

    @result
    def _risk_of_each(self) -> pd.DataFrame:
        return self._risk_of(self.study.tables.people())

    def _risk_of(self, people: pd.DataFrame) -> pd.DataFrame:
        return lifetime_value.risk_of_each(people, self.purchases, self.spend, self.of_revenue)

    @result
    def _tried(self) -> MovedParameters:
        """The model with other parameters, to be tried on customers together and in any grouping."""
        return lifetime_value.MovedParameters.of(self.purchases, self.of_revenue)

    def by_group(self, by: str, finest: Period = "month") -> pd.DataFrame:
        """Value still to come of each group of customers.

        Parameters
        ----------
        by : "cohort", or a column that holds a segment
        finest : the shortest period a cohort may be of
        """
        return self._at_margin(self.margin, "_by_group", by, finest)

    @result(heavy="groups")
    def _by_group(self, by: str, finest: Period) -> pd.DataFrame:
        people = self._customers().table
        if self._told_apart(by):
            people = self._each_of(self.study.tables.people(by)).table
        group, own = self._group(people, by, finest), self._own_models(by)
        if own is not None:
            return lifetime_value.value_by_segment(people, group, own, self.of_revenue)
        return lifetime_value.value_by_group(
            people, group, self.purchases, self.spend, self.of_revenue, self._effect
        )

    def _told_apart(self, by: str) -> bool:
        """Whether customers alike have to be told apart by a segment first."""
        return by in SEGMENTS and not self.study.tables.one_by_one()

    def differ(self, by: str) -> bool:
        """Whether these groups are segments, of which some are told to buy, leave or spend otherwise."""
        return self._own_models(by) is not None

    def _own_models(self, by: str) -> SegmentModels | None:
        """The models of segments, where these differ."""
        if by not in SEGMENTS:
            return None
        found = self.study.models.by_segment(self.variant, self.unit, by)
        return found if found.differ else None

    def shares(self, by: str, finest: Period = "month") -> pd.Series:
        """Share each of these groups has of all value still to come; not a number where there is none."""
        clv = self.by_group(by, finest)["clv"]
        return clv / clv.sum()

    def risk_by_group(self, by: str, finest: Period = "month") -> pd.DataFrame:
        """Value at risk in each group of customers.

        Parameters
        ----------
        by : "p_alive" for fifths of P(alive), "cohort", or a column that holds a segment
        finest : the shortest period a cohort may be of
        """
        return self._at_margin(self.margin, "_risk_by_group", by, finest)

    @result(heavy="groups")
    def _risk_by_group(self, by: str, finest: Period) -> pd.DataFrame:
        people, risk = self._customers().table, self._at_risk()
        if self._told_apart(by):
            people = self.study.tables.people(by)
            risk = replace(risk, table=self._risk_of(people))
        group, own = self._group(people, by, finest), self._own_models(by)
        if own is not None:
            return lifetime_value.at_risk_by_segment(people, risk, group, own, self.of_revenue)
        return lifetime_value.at_risk_by_group(
            people, risk, group, self.purchases, self.spend, self.of_revenue, self._tried()
        )

    def cohort_period(self, finest: Period = "month") -> Period:
        """The period of the cohorts that groups are made of."""
        return lifetime_value.cohort_period(self.study.window, finest)

    def _group(self, people: pd.DataFrame, by: str, finest: Period) -> pd.Series:
        if by == "p_alive":
            return lifetime_value.bands(people["p_alive"])
        if by == "cohort":
            return lifetime_value.cohort_of(people["first_day"], self.cohort_period(finest))
        return people[by]

    @result(own=True)
    def _at_margin(self, margin: float, name: str, *asked: Hashable) -> pd.DataFrame:
        """One of the tables of revenue, with its money brought to the margin."""
        of_revenue: pd.DataFrame = getattr(self, name)(*asked)
        money = [column for column in _MONEY if column in of_revenue]
        return of_revenue.assign(**{column: margin * of_revenue[column] for column in money})

    @result(heavy="realised")
    def realised(self) -> Realised | None:
        """How unevenly value will really be spread, simulated."""
        return lifetime_value.realised_concentration(
            self._customers().table, self.purchases, self.spend, self.of_revenue.days
        )

    @result
    def spread(self) -> pd.DataFrame:
        """The Lorenz curves of past, expected and realised value."""
        return lifetime_value.spread_curves(self._customers().table, self.realised())

    @result
    def past_share_of_best(self) -> float | None:
        """Share of the revenue so far from the best 20 % of customers."""
        worths = self.study.tables.worths()
        revenue, number = worths["revenue"], aggregate.customers_of(worths)
        return concentration(revenue, number).share_of_best(BEST) if revenue.sum() > 0 else None

    @result
    def matrix(self, quantity: Quantity) -> pd.DataFrame:
        """The model's answer for each frequency and recency a usual customer can have."""
        people = self.study.tables.customers()
        usual = people[people["x"] <= people["x"].quantile(_USUAL)]
        return lifetime_value.frequency_recency(
            self.purchases, usual, quantity, DAYS_PER_MONTH * self.of_revenue.horizon_months
        )

    def ranked(self) -> pd.DataFrame:
        """Customers by value, with P(alive), value at risk and net revenue so far.

        Who is alike in everything stands by id.
        """
        return self._at_margin(self.margin, "_ranked")

    @result
    def _ranked(self) -> pd.DataFrame:
        table = self._customers().table.join(self._at_risk().table["value_at_risk"])
        table["revenue_net"] = table["revenue"] + table["refunds"]
        return table.sort_values(_BEST_FIRST, ascending=[False, False, False, True], ignore_index=True)

    def intervals(self, rows: pd.DataFrame) -> pd.DataFrame | None:
        """Both ends of the intervals of these customers' purchases and values, None of too many to draw.

        Parameters
        ----------
        rows : some of `ranked`
        """
        if len(rows) > lifetime_value.MOST_WITH_INTERVAL:
            return None
        return self._at_margin(self.margin, "_intervals", tuple(rows["customer_id"]))

    @result
    def _intervals(self, customers: tuple[str, ...]) -> pd.DataFrame:
        ranked = self._ranked()
        rows = ranked[ranked["customer_id"].isin(customers)]
        return lifetime_value.customer_intervals(rows, self.purchases, self.spend, self.of_revenue)

    def story(self, customer: str) -> Story:
        """One customer over time.

        Parameters
        ----------
        customer : id of somebody with a purchase
        """
        told = self._story(customer)
        money = {name: self.margin * told.person[name] for name in ("clv", "clv_low", "clv_high")}
        return replace(told, person=told.person | money)

    @result
    def _story(self, customer: str) -> Story:
        people = self._customers().table
        return tell(
            people[people["customer_id"] == customer],
            self.study.tables.purchases_of(customer),
            self.purchases,
            self.spend,
            self.of_revenue,
        )

    @result
    def multiple_to_come(self) -> Estimate | None:
        """What customers have brought and are expected to bring, in first orders."""
        return with_value_to_come(self._customers().table, self.study.shop.known_from().toordinal())

    @result
    def _new_of_revenue(self) -> NewCustomer:
        worths = self.study.tables.worths()
        number = None if self.study.tables.one_by_one() else aggregate.customers_of(worths)
        return lifetime_value.new_customer(
            self.purchases, self.spend, worths["first_value"], self.of_revenue, customers=number
        )

    def new_customer(self) -> NewCustomer:
        """Expected margin of a customer won now."""
        return self._new_of_revenue().scaled(self.margin)

    def replacement(self, cac: float) -> Replacement | None:
        """What replacing a lost customer costs; None where nobody is seen to leave.

        Parameters
        ----------
        cac : what winning a customer costs
        """
        lost = self.at_risk.each
        if lost is None:
            return None
        worths = self.study.tables.worths()
        first = aggregate.total_of(worths, worths["first_value"]) / self.study.tables.number()
        new = lifetime_value.new_customer_value(self.purchases, self.spend, first, **vars(self.terms))
        return Replacement(lifetime_value.replacement(lost, cac, new), cac, new)


@dataclass(frozen=True)
class Replacement:
    """What it costs to replace a lost customer by a new one.

    Attributes
    ----------
    net : what is lost after that, money
    cac : what winning one costs
    new_customer_value : what a new one is expected to bring, on the same terms
    """

    net: Estimate
    cac: float
    new_customer_value: float
