"""Cohorts: of the customers won together, how many come back, and when."""

from retention.ui.cohorts import cells, choices, returning, revenue, segments
from retention.ui.parts import screen
from retention.ui.state import visit

screen.title("cohorts")
study = visit.study()  # or stops with an invitation to load some orders

with screen.settings():
    view = choices.view(study)
with screen.computing():
    table, warnings = study.cohorts.table(*view.asked), study.cohorts.warnings(view.period)
returning.headline(table)
returning.old_customers(study, view, warnings)
if table.cells.empty:
    screen.stop("cohorts.no_rows")
returning.heatmap(table, view, cells.clicked)

screen.section("cohorts.behind")
cells.customers(study, table, view)

screen.section("cohorts.curves")
returning.curves(table, view)

screen.section("cohorts.revenue")
revenue.show(study, view)

if view.segments:
    segments.compare(study, view)
screen.definition("cohorts")
