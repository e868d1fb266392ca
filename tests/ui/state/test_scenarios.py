"""The scenarios of an address: taken over once a visit."""

from retention.ui.state import scenarios
from tests.ui.screens import shown


def seeded(state=None, **query):
    return shown(scenarios.seed, query=query, state=state).app.session_state["scenarios"]


def test_the_scenarios_of_the_address_begin_the_visit():
    assert seeded() == ()
    (found,) = seeded(scenarios="name=dear&margin=45.0")
    assert found == scenarios.Scenario("dear", {"margin": 45.0})


def test_a_visit_keeps_its_own():
    mine = (scenarios.Scenario("mine"),)
    assert seeded({"scenarios": mine}, scenarios="name=dear") == mine
    assert seeded({"scenarios": ()}, scenarios="name=dear") == ()
