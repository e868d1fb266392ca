"""Overview: how many stay, how many leave, what changed most, and whether it is getting better."""

from retention.ui.overview import calculator, flows, reality, signs, trends, worth
from retention.ui.parts import screen
from retention.ui.state import loaded, visit

screen.title("overview")
if loaded.source() is None:
    calculator.show()
study = visit.study()  # or stops with an invitation to load some orders

with screen.settings():
    period = trends.period()
    within = trends.within(study)

with screen.computing():
    figures, changes = study.overview.trends(period, within), study.overview.notable_changes(period, within)
trends.headline(changes, figures)
trends.figures(figures)
worth.told(study)
trends.days_between(study)
trends.every_figure(study, figures)

screen.section("flows.title")
flows.show(study, period)

screen.section("signs.title")
signs.show(study, within)

screen.details("reality.title", reality.show, study)

calculator.show()
screen.definition("overview")
