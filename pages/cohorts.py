"""Cohorts: of the customers won together, how many come back, and when."""

from retention.ui.cohorts import cells, choices, returning, revenue, segments
from retention.ui.parts import screen
from retention.ui.state import visit

screen.title("cohorts")
study = visit.study()  # or stops with an invitation to load some orders

view = choices.view(study)
study = study.counting_back(view.returned)
with screen.computing():
    table, warnings = study.cohorts.table(*view.asked), study.cohorts.warnings(view.period)
returning.headline(table)
returning.what_counts(view.returned)
segments.headline(study, view)
returning.old_customers(study, view, warnings)
returning.enough(table, view)  # or stops where there is next to nothing to draw
screen.leads_to("dropoff", "cohorts.todo")
returning.heatmap(table, view, cells.clicked)

screen.section("cohorts.behind")
cells.customers(study, table, view)

screen.section("cohorts.curves")
returning.curves(table, view)

screen.details("cohorts.revenue", revenue.show, study, view)
if view.segments:
    screen.details("cohorts.compare", segments.compare, study, view)
screen.definition("cohorts")
