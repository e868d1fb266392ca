"""Cohorts: of the customers won together, how many come back, and when."""

from retention.ui import cells, cohorts, loaded, screen, segments

screen.title("cohorts")
orders = loaded.orders()  # or stops with an invitation to load some

with screen.settings():
    view = cohorts.view(orders)
with screen.computing():
    table, warnings = cohorts.table(view), loaded.cohort_warnings(view.period)
cohorts.headline(table)
cohorts.old_customers(view, warnings)
if table.cells.empty:
    screen.stop("cohorts.no_rows")
cohorts.heatmap(table, view, cells.clicked)

screen.section("cohorts.behind")
cells.behind(table, view)

screen.section("cohorts.curves")
cohorts.curves(table, view)

screen.section("cohorts.revenue")
cohorts.revenue(view)

if view.segments:
    segments.compare(view)
screen.definition("cohorts")
