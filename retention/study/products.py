"""What brings customers of a shop back: the products they buy first, next, and all along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import aggregate, cohorts, products
from retention.errors import InputError
from retention.orders import SEGMENT
from retention.periods import DAYS_PER_MONTH
from retention.study.memo import Part, result

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from retention.aggregate import Baskets
    from retention.cohorts import CohortTable
    from retention.periods import Period
    from retention.products import FirstProducts, Following, LoyalProducts
    from retention.study.customers import Customers
    from retention.study.study import Study

OTHERS = "…"  # stands for products too few customers bought first, among names of products


class Products(Part):
    """What is known of the products, without lines that are none.

    Parameters
    ----------
    left_out : names that are no products
    """

    def __init__(self, study: Study, left_out: tuple[str, ...]) -> None:
        super().__init__(study, left_out)
        self.left_out = left_out

    @property
    def known(self) -> bool:
        """Whether the file names products at all."""
        return self.study.lines is not None

    def but_for(self, names: tuple[str, ...], *, fees_too: bool) -> tuple[str, ...]:
        """Names that are no products: those given, and those known as such where asked for.

        Raises
        ------
        InputError
            ``no_such_product`` with `product`, where the file has no line of that name.
        """
        for name in names:
            if name not in self.names():
                raise InputError("no_such_product", product=name)
        return tuple(sorted({*names, *(self.study.fees if fees_too else ())}))

    @result
    def lines_left_out(self) -> dict[str, int]:
        """How many lines of the file each of the names left out has, the most first."""
        named = self._lines()["product"]
        found = named[named.isin(self.left_out)].value_counts()
        return {str(name): int(lines) for name, lines in found.items() if lines}

    @result
    def names(self) -> tuple[str, ...]:
        """All names in the column of products, those in most orders first; those left out among them."""
        found = self._lines()["product"].value_counts()
        return tuple(str(name) for name, lines in found.items() if lines)

    @result
    def baskets(self) -> Baskets:
        """What was in each purchase."""
        return aggregate.baskets(self.study.purchases, self._lines(), frozenset(self.left_out))

    @result
    def first_buyers(self) -> pd.DataFrame:
        """How many customers bought each product first."""
        return aggregate.first_buyers(self.baskets())

    @result
    def bought(self) -> pd.DataFrame:
        """How many customers bought each product, in how many orders."""
        return aggregate.bought(self.baskets())

    @result
    def followers(self) -> pd.DataFrame:
        """Which product the next order held, of those in most orders."""
        return aggregate.followers(self.baskets(), products.most_bought(self.bought()))

    @result
    def variety(self) -> pd.DataFrame:
        """How many of a customer's pairs of purchased products are alike."""
        return aggregate.variety(self.baskets())

    @result
    def first(self) -> FirstProducts | None:
        """First products compared; None where nobody is followed, or no first order names a product."""
        days, bought_first = self.study.dropoff.steps().day, self.first_buyers()
        if days is None or bought_first.empty:
            return None
        starts = self.study.tables.starts()
        months = products.months_seen(starts, self.study.window.last.toordinal(), DAYS_PER_MONTH)
        among = products.told_apart(bought_first)
        held = self.baskets()
        return products.first_products(
            aggregate.first_outcomes(held, among, days),
            aggregate.days_to_second(held, among, days),
            None if months is None else aggregate.first_values(held, among, months),
            self._named(),
            days=days,
            months=months,
            first_buyers=bought_first,
            customers=int(starts["customers"].sum()),
        )

    @result
    def following(self, step: int) -> Following:
        """Which product follows which, from the first order to the second and so on."""
        return products.following(self.followers(), self._named(), step)

    def loyal(self, customers: Customers) -> LoyalProducts | None:
        """What the loyal buy and others do not; None where there are too few of either.

        Parameters
        ----------
        customers : of the same study, by the model their loyalty is told by
        """
        return self.study.memo.get(
            "Products.loyal",
            (self.study.whose, *self.given, *customers.given),
            lambda: self._loyal(customers),
        )

    def _loyal(self, customers: Customers) -> LoyalProducts | None:
        kind, people = customers.loyalty().table["kind"], customers.people()["customer_id"]
        shares = aggregate.shares_of_orders(
            self.baskets(), people[(kind == "loyal").to_numpy()], products.enough_buyers(self.bought())
        )
        return products.loyal_products(shares, self._named())

    @result
    def cohorts(self, period: Period) -> CohortTable:
        """Cohorts by the main product of the first order, the largest first; `OTHERS` for those too small."""
        purchases = self.study.purchases.with_segment(SEGMENT, self._main())
        return cohorts.table_by_segment(
            aggregate.cells(purchases, period, by=SEGMENT), period, self.study.window
        )

    def _main(self) -> pd.Series:
        """The name of each customer's main first product, by customer's number."""
        among = products.told_apart(self.first_buyers())
        return aggregate.main_products(self.baskets(), among).map({**self._named(), aggregate.OTHERS: OTHERS})

    def _named(self) -> Mapping[int, str]:
        return dict(enumerate(self.baskets().names))

    def _lines(self) -> pd.DataFrame:
        if self.study.lines is None:
            raise LookupError("the file names no products")
        return self.study.lines.table
