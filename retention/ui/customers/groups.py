"""Customers in groups that name themselves: by value, by how they bought, how they moved, how loyal."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from retention.ui.customers import tables
from retention.ui.parts import screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.study.customers import Customers

_BACK = timedelta(days=182)  # half a year, in which customers have moved


def section(customers: Customers) -> None:
    """Four groups by value, the named groups of RFM, who moved between them, and who is loyal."""
    words = screen.words()
    screen.text("customers.by_value")
    screen.show_table(cached(tables.by_value, customers.value_profile(), words))
    screen.text("customers.by_rfm")
    screen.show_table(cached(tables.by_rfm, customers.rfm_profile(), words))
    thresholds = customers.rfm().thresholds
    screen.text(
        "customers.thresholds",
        recency=[words.count(edge) for edge in thresholds.recency],
        frequency=[words.count(edge) for edge in thresholds.frequency],
        money=[words.money(edge) for edge in thresholds.money],
    )
    screen.text("customers.loyalty", **customers.loyalty().counts)
    before = customers.study.window.last - _BACK
    if before > customers.study.window.first:
        pairs = customers.migration(before)
        screen.text("customers.moved", day=before)
        screen.table(lambda: cached(tables.moved, pairs, words), "moved")
