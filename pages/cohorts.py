"""Cohorts: of the customers won together, how many come back, and when."""

from retention.ui.cohorts import cells, choices, returning, revenue, segments
from retention.ui.parts import screen
from retention.ui.state import loaded

screen.title("cohorts")
orders = loaded.orders()  # or stops with an invitation to load some

with screen.settings():
    view = choices.view(orders)
with screen.computing():
    table, warnings = choices.table(view), loaded.cohort_warnings(view.period)
returning.headline(table)
returning.old_customers(view, warnings)
if table.cells.empty:
    screen.stop("cohorts.no_rows")
returning.heatmap(table, view, cells.clicked)

screen.section("cohorts.behind")
cells.behind(table, view)

screen.section("cohorts.curves")
returning.curves(table, view)

screen.section("cohorts.revenue")
revenue.show(view)

if view.segments:
    segments.compare(view)
screen.definition("cohorts")
