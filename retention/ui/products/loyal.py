"""What the loyal buy and others do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.ui.customers import occasions
from retention.ui.parts import screen
from retention.ui.parts.cached import cached
from retention.ui.products import tables

if TYPE_CHECKING:
    from retention.study.products import Products

_SHOWN = 8  # products on screen; the download holds all


def section(products: Products) -> None:
    """The products in a greater or lesser share of loyal customers' orders than of others', beyond chance."""
    customers = occasions.of(products.study)  # or stops with why the models cannot be fitted
    found = products.loyal(customers)
    if found is None:
        screen.text("products.loyal.few")
        return
    real, words = int(found.table["real"].sum()), screen.words()
    kind = "some" if real else "none"
    screen.text(
        f"products.loyal.{kind}", n=real, compared=len(found.table), loyal=found.loyal, others=found.others
    )
    screen.show_table(cached(tables.loyal, found, words, _SHOWN))
    screen.table(lambda: cached(tables.loyal, found, words), "loyal_products")
