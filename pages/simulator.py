"""What if: what a higher retention would earn, and how that compares with the 25–95 % people quote."""

from retention.ui.parts import one_by_one, screen
from retention.ui.simulator import answer, claim, inputs, question, rests, scenarios, views
from retention.ui.state import visit

screen.title("simulator")
study = visit.study_if_loaded()
if study is None:
    screen.invite("simulator.no_file")

first = screen.place()
year = question.last_year(study)
inputs.show(study, year)
with first:
    start = question.asked(study, year)  # or stops with why there is no answer
    tried = question.tried(year, start)
    others = question.others(study, start)
    answer.headline(start, year, tried, others)
    answer.verdict(study, start)
    answer.cautions(start, tried)
answer.figures(start, tried, others)
one_by_one.what_it_rests_on(study)
answer.cumulative(start)
claim.section(start)

scenarios.section(study)
screen.details("simulator.more", views.show, start)
rests.on(study, start, year, tried, others)
screen.details("simulator.tables", answer.in_tables, start)
screen.definition("simulator")
