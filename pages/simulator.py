"""What if: what a higher retention would earn, and how that compares with the 25–95 % people quote."""

from retention.ui import (
    loaded,
    screen,
    simulation,
    simulation_asked,
    simulation_inputs,
    simulation_more,
    simulation_scenarios,
    simulation_tables,
)

screen.title("simulator")
if loaded.source() is not None:
    loaded.orders()  # or stops with an invitation to settle what the file leaves open
simulation_inputs.footing()

left, right = screen.split()
with left:
    simulation_inputs.show()
with right:
    asked = simulation.question()
    outcome = simulation_asked.answered(asked)
    simulation.cautions(asked, outcome)
    simulation.headline(asked, outcome)
    simulation.check(asked, outcome)
    simulation.figures(asked, outcome)
    simulation.cumulative(asked, outcome)
    simulation.claim(asked, outcome)
screen.table(simulation_tables.changes(outcome, screen.words()), "simulator_changes", open_at_start=True)
screen.table(lambda: simulation_tables.cumulative(outcome), "simulator_cumulative")
screen.table(lambda: simulation_tables.yearly(outcome, screen.words()), "simulator_years")

simulation_scenarios.section()

customers, inputs, margins, rates = simulation_more.views()
with customers:
    if customers.open:
        simulation_more.active(asked, outcome)
with inputs:
    if inputs.open:
        simulation_more.tornado(asked, outcome)
with margins:
    if margins.open:
        simulation_more.grid(asked, outcome, "margin")
with rates:
    if rates.open:
        simulation_more.grid(asked, outcome, "retention")
screen.definition("simulator")
