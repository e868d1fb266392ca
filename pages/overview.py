"""Overview: how many stay, how many leave, what changed most, and whether it is getting better."""

from retention.ui.overview import calculator, flows, reality, signs, trends
from retention.ui.parts import screen
from retention.ui.state import loaded

screen.title("overview")
if loaded.source() is None:
    calculator.show()
loaded.orders()  # or stops with an invitation to load some

with screen.settings():
    period = trends.period()
    within = trends.within()

with screen.computing():
    figures, changes = trends.trends(period, within), trends.standing(period, within)
trends.headline(changes, figures)
trends.figures(figures)
trends.every_figure(figures)

screen.section("flows.title")
flows.show(period)

screen.section("signs.title")
signs.show(within)

reality.show()

calculator.show()
screen.definition("overview")
