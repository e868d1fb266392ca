"""Overview: how many stay, how many leave, what changed most, and whether it is getting better."""

from retention.ui import calculator, loaded, overview, reality, screen

screen.title("overview")
if loaded.source() is None:
    calculator.show()
loaded.orders()  # or stops with an invitation to load some

with screen.settings():
    period = overview.period()
    within = overview.within()

with screen.computing():
    figures, changes = overview.trends(period, within), overview.standing(period, within)
overview.headline(changes, figures)
overview.figures(figures)
overview.tables(figures)

screen.section("flows.title")
overview.flows(period)

screen.section("signs.title")
overview.signs(within)

reality.show()

calculator.show()
screen.definition("overview")
