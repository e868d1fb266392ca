"""Which product follows which, from one order to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.ui.parts import controls, screen
from retention.ui.parts.cached import cached
from retention.ui.products import tables

if TYPE_CHECKING:
    from retention.study.products import Products

_SHOWN = 8  # pairs on screen; the download holds all


def show(products: Products) -> None:
    """What the next order holds, after one that held a product: the pairs that stand out."""
    step = int(controls.choice("next_step"))
    found = products.following(step)
    strongest = found.strongest
    if strongest is None:
        screen.text("products.next.none", n=len(found.table), customers=found.customers)
    else:
        screen.text(
            f"products.next.{'same' if strongest['product'] == strongest['following'] else 'other'}",
            product=strongest["product"],
            following=strongest["following"],
            rate=strongest["rate"],
            other=strongest["other_rate"],
            customers=found.customers,
            n=int(found.table["real"].sum()),
            compared=len(found.table),
        )
        words = screen.words()
        screen.show_table(cached(tables.pairs_that_differ, found, _SHOWN, words))
    if len(found.table):
        screen.table(lambda: cached(tables.pairs, found, screen.words()), "next_products")
