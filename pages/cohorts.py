"""Cohorts: of the customers won together, how many come back, and when."""

from retention import charts
from retention.ui import controls, loaded, screen, tables

screen.title("cohorts")
orders = loaded.orders()  # or stops with an invitation to load some

with screen.settings():
    period = controls.period()
    measure = controls.measure()

with screen.computing():
    table, warnings = loaded.cohort_table(period), loaded.cohort_warnings(period)
words = screen.words()
controls.cohort_headline(table)
screen.warnings(warnings)
screen.chart(charts.cohorts.heatmap(table, measure, words), "cohorts.heatmap.alt")
screen.text("cohorts.heatmap.legend")
if charts.cohorts.is_cut(table):
    screen.text("cohorts.heatmap.cut", most=charts.cohorts.MOST)
screen.table(tables.cohorts(table, measure, words), "cohorts")

screen.section("cohorts.curves")
screen.chart(charts.cohorts.curves(table, words), "cohorts.curves.alt")
screen.table(tables.pooled(table), "pooled_retention")
screen.definition("cohorts")
