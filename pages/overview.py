"""Overview: how many stay, how many leave, what changed most, and whether it is getting better."""

from retention.ui.overview import calculator, claims, coming_back, flows, reconciled, signs, trends, worth
from retention.ui.parts import screen
from retention.ui.state import loaded, visit

screen.title("overview")
if loaded.source() is None:
    calculator.show()
study = visit.study()  # or stops with an invitation to load some orders

with screen.settings():
    period = trends.period()
    with screen.options():
        within = trends.within(study)
        flows.counted_by()

with screen.computing():
    figures, changes = study.overview.trends(period, within), study.overview.notable_changes(period, within)
trends.headline(changes, figures)
trends.figures(figures)

screen.section("flows.title")
flows.show(study, period)

screen.section("signs.title")
signs.show(study, within)

screen.section("reality.three")
claims.show(study)
worth.told(study)

screen.details("coming_back.title", coming_back.show, study)
screen.details("reconciled.title", reconciled.show, study, period)
screen.details("overview.tables", trends.tabled, study, figures)
calculator.show()
screen.definition("overview")
