"""What the model makes of how often and how lately somebody bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import charts, lifetime_value
from retention.periods import DAYS_PER_MONTH
from retention.ui.lifetime_value.value import named
from retention.ui.parts import controls, screen
from retention.ui.state import loaded

if TYPE_CHECKING:
    import pandas as pd

    from retention.lifetime_value import Quantity
    from retention.ui.lifetime_value.value import Valued

_USUAL = 0.99  # of the customers
_ROWS = 50  # on screen, the cells with the most customers; the download holds all


def section(found: Valued) -> None:
    """The heatmap of one quantity, its reading on the cell most customers are in, and its table."""
    screen.section("lifetime_value.matrix")
    quantity, words = controls.matrix(), screen.words()
    model = found.listed if quantity == "p_alive" else found.purchases
    given = (quantity, model.kind, model.unit, found.terms.horizon_months)
    cells = loaded.computed("matrix", lambda: _cells(found, quantity), given)
    drawing = loaded.drawn("matrix", lambda: charts.lifetime_value.matrix(cells, quantity, words), given)
    example = charts.lifetime_value.cell_sentence(cells, quantity, words)
    screen.chart(drawing, "lifetime_value.matrix.alt", sentence=example)
    screen.text("lifetime_value.matrix.reading", sentence=example)
    if quantity == "p_alive":
        screen.text("lifetime_value.matrix.model", model=named(model))
    fullest = cells.sort_values(["customers", "x", "t_x"], ascending=[False, True, True])
    loaded.table(fullest.rename(columns={"value": quantity}), "value_matrix", given, most=_ROWS)


def _cells(found: Valued, quantity: Quantity) -> pd.DataFrame:
    """The model's answer for each frequency and recency a customer of this base can have."""
    people = loaded.people()
    usual = people[people["x"] <= people["x"].quantile(_USUAL)]
    model = found.listed if quantity == "p_alive" else found.purchases
    return lifetime_value.frequency_recency(
        model, usual, quantity, DAYS_PER_MONTH * found.terms.horizon_months
    )
