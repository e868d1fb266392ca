"""What if: what a higher retention would earn, and how that compares with the 25–95 % people quote."""

from retention.ui.parts import screen
from retention.ui.simulator import answer, inputs, question, scenarios, tables, views
from retention.ui.state import loaded

screen.title("simulator")
if loaded.source() is not None:
    loaded.orders()  # or stops with an invitation to settle what the file leaves open
inputs.footing()

left, right = screen.split()
with left:
    inputs.show()
with right:
    asked = question.ask()
    outcome = question.answered(asked)
    answer.cautions(asked, outcome)
    answer.headline(asked, outcome)
    answer.check(asked, outcome)
    answer.figures(asked, outcome)
    answer.cumulative(asked, outcome)
    answer.claim(asked, outcome)
screen.table(tables.changes(outcome, screen.words()), "simulator_changes", open_at_start=True)
screen.table(lambda: tables.cumulative(outcome), "simulator_cumulative")
screen.table(lambda: tables.yearly(outcome, screen.words()), "simulator_years")

scenarios.section()

active, tornado, by_margin, by_retention = views.tabs()
with active:
    if active.open:
        views.active(asked, outcome)
with tornado:
    if tornado.open:
        views.tornado(asked, outcome)
with by_margin:
    if by_margin.open:
        views.grid(asked, outcome, "margin")
with by_retention:
    if by_retention.open:
        views.grid(asked, outcome, "retention")
screen.definition("simulator")
