"""The small tables of a shop, each made once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention import aggregate
from retention.errors import DataWarning, InputError
from retention.returned import ONCE
from retention.study.memo import Part, result

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from retention.aggregate import CellOf, Purchases
    from retention.aggregate.waits import Unit
    from retention.periods import Period
    from retention.returned import Returned


MOST_ALIKE = 100_000  # rows of customers alike that models are fitted on


class Tables(Part):
    """What `retention.aggregate` makes of the purchases; see there for what each table holds."""

    @property
    def _purchases(self) -> Purchases:
        return self.study.purchases

    @result
    def one_by_one(self) -> bool:
        """Whether customers are told one by one, or by how many are alike."""
        return self._purchases.engine.in_memory or self.number() <= self.study.most_one_by_one

    @result
    def number(self) -> int:
        """How many customers there are."""
        return int(self.starts()["customers"].sum())

    def check_one_by_one(self) -> None:
        """Refuse what needs customers one by one.

        Raises
        ------
        InputError
            ``too_many_customers`` where they are not told so.
        """
        if not self.one_by_one():
            raise InputError("too_many_customers", customers=self.number(), most=self.study.most_one_by_one)

    def warnings(self) -> tuple[DataWarning, ...]:
        """What there is not, or not to the last digit, where they are too many for that."""
        if self.one_by_one():
            return ()
        told = {"customers": self.number(), "most": self.study.most_one_by_one, "days": self.grain()}
        return (DataWarning("customers_alike", told),)

    @result
    def customers(self) -> pd.DataFrame:
        """A customer a row: the only table that grows with the base.

        Raises
        ------
        InputError
            ``too_many_customers`` where they are not told one by one.
        """
        self.check_one_by_one()
        return aggregate.customers(self._purchases)

    @result
    def there(self) -> Any:
        """A customer a row where the purchases are."""
        return aggregate.people(self._purchases)

    def _until(self, end: date) -> Purchases:
        """The purchases as they were known on the evening of a day."""
        return self._purchases if end >= self._purchases.window.last else self._purchases.until(end)

    @property
    def _source(self) -> Any:
        """What tables of customers are made of, wherever that is."""
        return self.customers() if self._purchases.engine.in_memory else self.there()

    @result
    def grain(self) -> int:
        """Days of customers' first and last purchases that are not told apart."""
        if self.one_by_one():
            return 1
        return aggregate.grain_of(self.there(), MOST_ALIKE)

    @result
    def people(self, by: str | None = None) -> pd.DataFrame:
        """Customers one by one, or alike, for the purchase models: see `retention.aggregate.alike`.

        Parameters
        ----------
        by : column that holds a segment, by which they are told apart
        """
        if self.one_by_one():
            return self.customers()
        return aggregate.alike(self.there(), self.study.whole.tables.grain(), self.study.window.last, by)

    @result
    def worths(self) -> pd.DataFrame:
        """Customers one by one, or alike in what they brought: see `retention.aggregate.worths`."""
        return self.customers() if self.one_by_one() else aggregate.worths(self.there())

    @result
    def rhythms(self) -> pd.DataFrame:
        return aggregate.rhythms(self._purchases)

    @result
    def bought_between(self, first: int, last: int) -> pd.DataFrame:
        return aggregate.bought_between(self._purchases, first, last)

    @result
    def states(self, by: str | None = None) -> pd.DataFrame:
        if self.one_by_one():
            return aggregate.states(self.customers(), by)
        people = self.people(by)
        people = people if by is None else people.assign(segment=people[by].fillna(""))
        keys = [*([] if by is None else ["segment"]), "x", "t_x", "T"]
        return people.groupby(keys, as_index=False)[["customers"]].sum()

    @result
    def spend(self, by: str | None = None) -> pd.DataFrame:
        if self.one_by_one():
            return aggregate.spend(self.customers(), by)
        return aggregate.spend_in_bins(self.there(), by)

    @result
    def starts(self, by: str | None = None) -> pd.DataFrame:
        return aggregate.starts(self._source, by)

    @result
    def names(self, column: str) -> list[str]:
        return aggregate.names(self._source, column)

    @result
    def cells(self, period: Period, by: str | None = None, returned: Returned = ONCE) -> pd.DataFrame:
        return aggregate.cells(self._purchases, period, by=by, returned=returned)

    @result
    def last_periods(self, period: Period, by: str | None = None, returned: Returned = ONCE) -> pd.DataFrame:
        return aggregate.last_periods(self._purchases, period, by=by, returned=returned)

    @result
    def flows(self, period: Period) -> pd.DataFrame:
        return aggregate.flows(self._purchases, period)

    @result
    def retained_by_segment(self, period: Period, by: str) -> pd.DataFrame:
        return aggregate.retained_by_segment(self._purchases, period, by)

    @result
    def steadiness(self, period: Period, first: int | None = None, last: int | None = None) -> pd.DataFrame:
        """Between two complete periods, by default the first and the last."""
        complete = self.study.window.complete(period)
        ends = (complete[0] if first is None else first, complete[-1] if last is None else last)
        return aggregate.steadiness(self._purchases, period, *ends)

    @result
    def patterns(self, period: Period) -> pd.DataFrame:
        made = aggregate.patterns if self.one_by_one() else aggregate.patterns_sampled
        return made(self._purchases, period)

    @result
    def spells(self, period: Period, days: int) -> pd.DataFrame:
        return aggregate.spells(self._purchases, period, days)

    @result
    def gaps(self, unit: Unit = "order") -> pd.DataFrame:
        return aggregate.gaps(self._purchases, unit=unit)

    @result
    def steps(self, returned: Returned = ONCE) -> pd.DataFrame:
        """Days from each time a customer was back to the next; from each order where that is enough."""
        return self.gaps() if returned.by_any_purchase else aggregate.gaps(self._rungs(returned))

    @result
    def gaps_by_cohort(self, period: Period, returned: Returned = ONCE) -> pd.DataFrame:
        return aggregate.gaps_by_cohort(self._rungs(returned), period)

    @result
    def gaps_by_segment(self, by: str, returned: Returned = ONCE) -> pd.DataFrame:
        return aggregate.gaps_by_segment(self._rungs(returned), by)

    @result
    def _rungs(self, returned: Returned) -> Purchases:
        return aggregate.rungs(self._purchases, returned)

    @result
    def order_values(self, period: Period, by: str | None = None) -> pd.DataFrame:
        return aggregate.order_values(self._purchases, period, by=by)

    @result
    def followed(self, period: Period, within: int, by: str | None = None) -> pd.DataFrame:
        return aggregate.followed(self._purchases, period, within, by=by)

    @result
    def early_life(self, period: Period, within: int) -> pd.DataFrame:
        return aggregate.early_life(self._purchases, period, within)

    @result
    def around(self, period: Period, number: int) -> pd.DataFrame:
        return aggregate.around(self._purchases, period, number)

    @result
    def recency(self, period: Period, last: int) -> pd.DataFrame:
        return aggregate.recency(self._purchases, period, last)

    @result
    def value_by_age(self, by: str | None = None) -> pd.DataFrame:
        return aggregate.value_by_age(self._purchases, by)

    @result
    def worth_by_age(self, months: tuple[int, ...]) -> pd.DataFrame:
        made = aggregate.worth_by_age if self.one_by_one() else aggregate.worth_summarised
        return made(self._purchases, months)

    @result
    def buying_again(self, days: tuple[int, ...], active_days: int, within: tuple[int, ...]) -> pd.DataFrame:
        return aggregate.buying_again(self._purchases, days, active_days, within)

    @result
    def first_order_quartiles(self) -> tuple[float, ...]:
        return tuple(aggregate.first_order_quartiles(self._source))

    @result
    def outcomes_by_first_order(self, days: int) -> pd.DataFrame:
        """By the quartiles of the first order's value."""
        return aggregate.outcomes_by_first_order(self._purchases, self.first_order_quartiles(), days)

    @result
    def outcomes_by_segment(self, by: str, days: int) -> pd.DataFrame:
        return aggregate.outcomes_by_segment(self._purchases, by, days)

    @result
    def held_back(self, end: date, through: date) -> pd.DataFrame:
        return aggregate.held_back(self._purchases, end, through, self.study.whole.tables.grain())

    @result
    def spend_until(self, end: date) -> pd.DataFrame:
        """What repeat purchases were worth by the end of a day."""
        then = self._until(end)
        if self.one_by_one():
            return aggregate.spend(aggregate.customers(then))
        return aggregate.spend_in_bins(aggregate.people(then, once=True))

    @result
    def gaps_on(self, end: date) -> pd.DataFrame:
        """Days between purchase days, as they were known on the evening of a day."""
        return aggregate.gaps(self._until(end), unit="day")

    @result
    def gaps_by_day(self, end: date) -> pd.DataFrame:
        """Purchase days and the next ones, as they were known on the evening of a day."""
        return aggregate.gaps_by_day(self._until(end))

    @result
    def day_value_edges(self) -> tuple[float, ...]:
        return aggregate.day_value_edges(self._purchases)

    @result
    def last_two_gaps(self) -> pd.DataFrame:
        return aggregate.last_two_gaps(self._purchases)

    @result
    def repeats_by_day(self, end: date, through: date) -> pd.DataFrame:
        return aggregate.repeats_by_day(self._purchases, end, through)

    @result
    def a_year_before(self, end: date, through: date) -> pd.DataFrame:
        return aggregate.a_year_before(self._purchases, end, through)

    @result
    def purchases_of(self, customer: str) -> pd.DataFrame:
        return aggregate.purchases_of(self._purchases, customer)

    @result
    def spent_between(self, first: date, last: date) -> pd.DataFrame:
        return aggregate.spent_between(self._purchases, first, last)

    @result
    def brought_after(self, end: date, through: date) -> pd.DataFrame:
        return aggregate.brought_after(self._purchases, end, through)

    @result
    def customers_of_cell(self, period: Period, cell: CellOf) -> pd.DataFrame:
        return aggregate.customers_of_cell(self.study.orders, self._purchases, period, cell)

    @result
    def orders_of_cell(self, period: Period, cell: CellOf) -> pd.DataFrame:
        return aggregate.orders_of_cell(self.study.orders, self._purchases, period, cell)
