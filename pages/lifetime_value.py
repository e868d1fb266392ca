"""Lifetime value: what each customer is still worth, and how far to trust it."""

from retention import charts
from retention.ui import clv, controls, holdout, loaded, screen, tables

screen.title("lifetime_value")
loaded.orders()  # or stops with an invitation to load some

with screen.settings():
    horizon = int(controls.number("horizon"))
    margin = controls.share("margin")
    discount = controls.share("discount")

purchases, spend, values = clv.fitted(horizon, discount, margin)
words = screen.words()
holdout.verdict(values.warnings)
clv.headline(values)
clv.interval_covers()
clv.figures(values)

screen.section("lifetime_value.matrix")
quantity = controls.matrix()
screen.chart(
    charts.lifetime_value.matrix(clv.matrix(purchases, quantity, horizon), quantity, words),
    "lifetime_value.matrix.alt",
)
screen.text("lifetime_value.matrix.reading")

screen.section("lifetime_value.spread")
screen.chart(charts.lifetime_value.spread(values, words), "lifetime_value.spread.alt")

holdout.details()

screen.section("lifetime_value.customers")
clv.customers(values)
with screen.closed("lifetime_value.parameters"):
    controls.time_unit()
    screen.show_table(tables.parameters(purchases, spend, words))
    screen.text("lifetime_value.parameters.reading")
screen.definition("lifetime_value")
