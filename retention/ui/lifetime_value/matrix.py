"""What the model makes of how often and how lately somebody bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import charts
from retention.ui.lifetime_value import tables
from retention.ui.lifetime_value.value import named
from retention.ui.parts import controls, one_by_one, screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.study import Value

_ROWS = 50  # on screen, the cells with the most customers; the download holds all


def section(value: Value) -> None:
    """The heatmap of one quantity, its reading on the cell most customers are in, and its table."""
    if not one_by_one.told(value.study):
        return
    quantity, words = controls.matrix(), screen.words()
    cells = value.matrix(quantity)
    drawing = cached(charts.lifetime_value.matrix, cells, quantity, words)
    example = cached(charts.lifetime_value.cell_sentence, cells, quantity, words)
    screen.chart(drawing, "lifetime_value.matrix.alt", sentence=example)
    screen.text("lifetime_value.matrix.reading", sentence=example)
    if quantity == "p_alive":
        screen.text("lifetime_value.matrix.model", model=named(value.purchases))
    screen.table(lambda: cached(tables.matrix, cells, quantity), "value_matrix", most=_ROWS)
