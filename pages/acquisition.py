"""Acquisition or retention: what a new customer costs, what keeping one costs, when the first pays back."""

from retention import charts
from retention.ui import controls, loaded, next_euro, screen, spend_editor, spending, tables

screen.title("acquisition")
loaded.orders()  # or stops with an invitation to load some

spend_editor.editor()
spend = spend_editor.table()
if spend is None:
    screen.stop("acquisition.no_spend")

with screen.settings():
    margin = controls.share("margin")

with screen.computing():
    costs = spending.costs(spend)
    value = spending.value(costs, margin)
words = screen.words()
spending.headline(costs)
spending.figures(costs, value)
screen.chart(charts.acquisition.costs(costs, words), "acquisition.costs.alt")
screen.text("acquisition.costs.reading")
screen.table(tables.monthly_costs(costs, words), "acquisition_months")
spending.payback(costs, value)
spending.by_channel(costs)
next_euro.section(costs, value, margin)
screen.definition("acquisition")
