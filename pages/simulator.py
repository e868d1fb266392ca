"""What if: what a higher retention would earn, and how that compares with the 25–95 % people quote."""

from retention.ui.parts import screen
from retention.ui.simulator import answer, inputs, question, scenarios, views
from retention.ui.state import visit

screen.title("simulator")
study = visit.study_if_loaded()
year = inputs.footing(study)

left, right = screen.split()
with left:
    inputs.show(study, year)
with right:
    start = question.asked(study)
    tried = question.tried(year, start)
    answer.cautions(start, tried)
    answer.headline(start, tried, question.gains(study, start))
    answer.check(start, tried)
    answer.figures(start)
    answer.cumulative(start)
    answer.claim(start)
answer.in_tables(start)

scenarios.section(study)

active, tornado, by_margin, by_retention = views.tabs()
with active:
    if active.open:
        views.active(start)
with tornado:
    if tornado.open:
        views.tornado(start)
with by_margin:
    if by_margin.open:
        views.by_margin(start)
with by_retention:
    if by_retention.open:
        views.by_retention(start)
screen.definition("simulator")
