"""What if: what a higher retention would earn, and how that compares with the 25–95 % people quote."""

from retention.ui import loaded, screen, simulation, tables

screen.title("simulator")
loaded.orders()  # or stops with an invitation to load some

inputs, results = screen.split()
with inputs:
    base, plan, draws = simulation.inputs()
if base is None:
    screen.stop("simulator.not_measurable")

outcome = simulation.outcome(base, plan, draws)
words = screen.words()
with results:
    simulation.headline(plan, outcome)
    screen.warnings(outcome.warnings)
    simulation.check(base, plan, outcome)
    simulation.figures(outcome)
    simulation.cumulative(base, plan, outcome)
    simulation.claim(base, plan, outcome)
screen.table(tables.changes(outcome, words), "simulator_changes", open_at_start=True)
screen.table(tables.yearly(outcome, words), "simulator_years")
screen.definition("simulator")
