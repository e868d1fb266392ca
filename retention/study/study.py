"""A shop's orders, and every subject that is asked of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from retention import aggregate
from retention.ingest import is_fee
from retention.lifetime_value import OPEN
from retention.returned import ONCE
from retention.study.audit import Audit
from retention.study.campaigns import Campaigns
from retention.study.claims import Claims
from retention.study.cohorts import Cohorts
from retention.study.complaints import Complaints
from retention.study.customers import Customers
from retention.study.dropoff import DropOff
from retention.study.everybody import Everybody
from retention.study.memo import Memo
from retention.study.models import Models
from retention.study.overview import Overview
from retention.study.products import Products
from retention.study.reconciled import Reconciling
from retention.study.shop import Shop
from retention.study.snapshots import Snapshots
from retention.study.spending import Spending
from retention.study.subscriptions import Subscriptions
from retention.study.tables import Tables
from retention.study.value import Value
from retention.study.what_if import WhatIf

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping
    from datetime import date

    import pandas as pd

    from retention.aggregate import Purchases
    from retention.ingest import Exported, Lines
    from retention.lifetime_value import TimeUnit, Wanted
    from retention.orders import Orders
    from retention.returned import Returned
    from retention.study.memo import Common


MOST_ONE_BY_ONE = 1_000_000  # customers told one by one where they lie beyond memory


class Study:
    """What the orders of a shop say, or those of some of its customers.

    Parameters
    ----------
    orders : of the whole shop
    lines : what was bought; None where the file names no products
    exported : what all rows of the file come to; None where they are not known
    common : what others who look at the same data know of it; None where it is a visitor's own

    Attributes
    ----------
    whole : the study of all customers
    whose : which customers it is about, () for all
    window : the days it speaks for
    memo : the results so far
    returned : what it takes to count as back, in cohorts and drop-off
    most_one_by_one : customers that are told one by one where they lie beyond memory; more are told by how
        many are alike
    tables, shop, overview, cohorts … : the subjects
    """

    def __init__(
        self,
        orders: Orders,
        lines: Lines | None = None,
        exported: Exported | None = None,
        common: Common | None = None,
    ) -> None:
        self.orders = orders
        self.lines = lines
        self.exported = exported
        self.memo = Memo(common)
        self.returned = ONCE
        self.whole = self
        self.whose: tuple[Hashable, ...] = ()
        self.window = orders.window
        self.most_one_by_one = MOST_ONE_BY_ONE
        self._prepare: Callable[[], Purchases] = partial(
            self.memo.get, "purchases", (), lambda: aggregate.prepare(orders), heavy="purchases", common=True
        )

    @property
    def purchases(self) -> Purchases:
        """The purchases, prepared once."""
        return self._prepare()

    @property
    def prepared(self) -> bool:
        """Whether the purchases of the whole shop are there already."""
        return self.memo.has("purchases", ())

    @property
    def segments(self) -> Mapping[str, str]:
        """Columns that hold a segment, by the name a reader knows each by."""
        return self.orders.segments

    @cached_property
    def without_left_truncated(self) -> Study:
        """The same without customers first seen so early that they may be older than the file."""
        return self.since(self.shop.known_from())

    def since(self, day: date) -> Study:
        """The same of customers who first bought on a day or later."""
        since = day.toordinal()
        return self._narrowed(("since", since), lambda: self.purchases.since(since))

    def counted(self, *, leave_out_left_truncated: bool) -> Study:
        """The customers that count: all, or without those."""
        return self.without_left_truncated if leave_out_left_truncated else self

    def of_segment(self, by: str, segment: str, *, others: bool = False) -> Study:
        """The same of one segment's customers, or of all others.

        Parameters
        ----------
        by : column that holds the segment
        segment : "" for customers whose first purchase names none
        """
        narrow = self.purchases.not_of_segment if others else self.purchases.of_segment
        return self._narrowed(("others" if others else "of", by, segment), lambda: narrow(by, segment))

    def until(self, end: date) -> Study:
        """The same as it stood on the evening of a day of the data, nothing of what followed known."""
        study = self._narrowed(("until", end), lambda: self.purchases.until(end))
        study.whole = study if self.whole is self else self.whole.until(end)
        study.window = replace(self.window, last=end)
        return study

    def counting_back(self, returned: Returned) -> Study:
        """The same, customers counting as back in cohorts and drop-off only after that much."""
        return self._like(self.whose, returned, lambda: self.purchases)

    def _narrowed(self, whose: tuple[Hashable, ...], prepare: Callable[[], Purchases]) -> Study:
        asked = (*self.whose, *whose)
        return self._like(
            asked, self.returned, lambda: self.memo.get("purchases", asked, prepare, common=True)
        )

    def _like(
        self, whose: tuple[Hashable, ...], returned: Returned, prepare: Callable[[], Purchases]
    ) -> Study:
        """A study of the same shop, of these customers, their purchases prepared so."""
        study = Study(self.orders, self.lines, self.exported)
        study.memo, study.whole, study.window = self.memo, self.whole, self.window
        study.whose, study.returned, study._prepare = whose, returned, prepare
        study.most_one_by_one = self.most_one_by_one
        return study

    @cached_property
    def tables(self) -> Tables:
        """The small tables everything else is computed from."""
        return Tables(self)

    @cached_property
    def shop(self) -> Shop:
        """The shop as a whole."""
        return Shop(self)

    @cached_property
    def overview(self) -> Overview:
        """What changed, and whether it works."""
        return Overview(self)

    @cached_property
    def reconciled(self) -> Reconciling:
        """Why another system says otherwise."""
        return Reconciling(self)

    @cached_property
    def cohorts(self) -> Cohorts:
        """Customers won together."""
        return Cohorts(self, self.returned)

    @cached_property
    def dropoff(self) -> DropOff:
        """Where customers stop buying."""
        return DropOff(self, self.returned)

    @cached_property
    def audit(self) -> Audit:
        """The customer-base audit."""
        return Audit(self)

    @cached_property
    def subscriptions(self) -> Subscriptions:
        """Customers who buy at fixed intervals."""
        return Subscriptions(self)

    @cached_property
    def models(self) -> Models:
        """Purchases and spend as models, and how far to trust them."""
        return Models(self)

    def value(
        self,
        wanted: Wanted = OPEN,
        unit: TimeUnit = "week",
        *,
        horizon_months: int = 12,
        discount_rate: float = 0.10,
        margin: float = 1.0,
    ) -> Value:
        """What customers are still worth, on these terms."""
        return Value(self, wanted, unit, horizon_months, discount_rate, margin)

    def customers(self, value: Value) -> Customers:
        """Who the customers are and whom to write to, by what they are worth."""
        asked = (self.whose, *value.given, value.margin)
        return self.memo.get("customers", asked, lambda: Customers(self, value))

    def everybody(self, value: Value) -> Everybody:
        """Every customer with what is expected of them, a page at a time, where they are many."""
        return Everybody(self, value)

    def campaigns(self, wanted: Wanted, unit: TimeUnit = "week") -> Campaigns:
        """What came of campaigns, by a purchase model of this kind."""
        return Campaigns(self, wanted, unit)

    def complaints(self, table: pd.DataFrame) -> Complaints:
        """Customers who complained, a table as `retention.ingest.read_complaints` makes it."""
        return Complaints(self, table)

    @cached_property
    def snapshots(self) -> Snapshots:
        """The figures and the forecast of today, to keep; and what changed since one was kept."""
        return Snapshots(self)

    @cached_property
    def what_if(self) -> WhatIf:
        """What a rise of retention would earn."""
        return WhatIf(self)

    def acquisition(self, spend: pd.DataFrame) -> Spending:
        """What marketing spend says, a table as `retention.ingest.read_spend` makes it."""
        return Spending(self, spend)

    def products(self, left_out: tuple[str, ...] | None = None) -> Products:
        """What brings customers back.

        Parameters
        ----------
        left_out : names that are no products; None for those known as such: postage, discounts, fees
        """
        return Products(self, self.fees if left_out is None else tuple(sorted(left_out)))

    @property
    def fees(self) -> tuple[str, ...]:
        """Names among the file's products that are known to be none, in order: postage, discounts, fees."""
        if self.lines is None:
            return ()
        names = self.lines.table["product"].cat.categories
        return self.memo.get("fees", (), lambda: tuple(name for name in names if is_fee(name)), common=True)

    @cached_property
    def claims(self) -> Claims:
        """The claims everybody quotes."""
        return Claims(self)
