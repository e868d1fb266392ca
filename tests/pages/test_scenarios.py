"""Scenarios: kept by name, compared, taken up again, removed; in the link as codes, numbers and a name."""

import pytest
from hypothesis import given, strategies as st

from retention.text import escaped
from retention.ui.scenarios import ASKED, LONGEST_NAME, MOST, cleaned, read
from retention.ui.settings import SETTINGS
from tests.pages.visit import Visit

HOSTILE = (
    "<script>alert(1)</script>",
    "[win](https://evil.example)",
    "=HYPERLINK(1)",
    "a;name=b&uplift=9",
    "{name} %s $x$ :red[x]",
)


def kept(visit, name):
    visit.app.text_input(key="scenario_name").set_value(name)
    return visit.press("scenarios.keep")


def compared(visit):
    heading = visit.words.heading("scenario")
    return next(frame for frame in visit.frames if heading in frame).set_index(heading)


@pytest.fixture(scope="module")
def visit():
    """Two scenarios kept on the sample shop, of which the second is as the page is set."""
    visit = Visit("en", sample="shop").open("simulator")
    kept(visit.set("uplift", 3.0), "Newsletter")
    return kept(visit.set("uplift", 8.0).set("fixed_cost", 5000.0), HOSTILE[0])


def test_scenarios_stand_beside_the_page_as_it_is_set(visit):
    assert visit.failures == visit.errors == []
    table = compared(visit)
    now = visit.words.say("scenarios.now")
    assert list(table.index) == [now, "Newsletter", HOSTILE[0]]
    gain, cost = (visit.words.heading(name) for name in ("gain", "programme_cost"))
    assert 0 < table.loc["Newsletter", gain] < table.loc[now, gain]
    assert table.loc["Newsletter", cost] == 0 < table.loc[now, cost]
    assert list(table.loc[HOSTILE[0]].dropna()) == list(table.loc[now].dropna())


def test_a_scenario_taken_up_sets_the_page(visit):
    visit.app.pills(key="scenario_chosen").set_value("Newsletter")
    visit.run().press("scenarios.take")
    assert visit.failures == []
    assert (visit.settings["uplift"], visit.settings["fixed_cost"]) == (3.0, 0.0)
    visit.set("uplift", 8.0).set("fixed_cost", 5000.0)


def test_scenarios_travel_in_the_link_whatever_the_language(visit):
    friend = Visit("it", sample="shop", scenarios=visit.link["scenarios"]).open("simulator")
    assert friend.failures == friend.errors == []
    theirs, ours = compared(friend), compared(visit)
    assert list(theirs.index[1:]) == list(ours.index[1:])
    gain = {v: v.words.heading("gain") for v in (friend, visit)}
    assert list(theirs[gain[friend]][1:]) == list(ours[gain[visit]][1:])
    assert friend.link["scenarios"] == visit.link["scenarios"]


def test_a_scenario_can_be_removed_and_the_last_one_leaves_the_link():
    visit = kept(Visit("en").open("simulator"), "Only")
    visit.app.pills(key="scenario_chosen").set_value("Only")
    visit.run().press("scenarios.remove")
    assert visit.failures == []
    assert "scenarios" not in visit.link
    assert not any(visit.words.heading("scenario") in frame for frame in visit.frames)


def test_there_is_room_for_a_few():
    address = ";".join(f"name=n{number}&uplift={number}" for number in range(MOST))
    visit = Visit("en", scenarios=address).open("simulator")
    assert visit.says("scenarios.full", n=MOST)
    assert next(b for b in visit.app.button if b.label == visit.words.say("scenarios.keep")).disabled


def test_a_scenario_without_a_name_gets_a_number():
    visit = kept(Visit("it").open("simulator"), "  ")
    assert list(compared(visit).index)[1:] == [visit.words.say("scenarios.unnamed", number=1)]


def test_names_are_shown_as_they_stand():
    visit = Visit("en").open("simulator")
    for name in HOSTILE:
        kept(visit, name)
    again = Visit("en", scenarios=visit.link["scenarios"]).open("simulator")
    assert again.failures == []
    assert list(compared(again).index)[1:] == list(HOSTILE)
    for name in HOSTILE:
        shown = [text for text in again.formatted if name in text.replace("\\", "")]
        assert all(escaped(name) in text for text in shown)
    assert again.settings["uplift"] == SETTINGS["uplift"].default


@pytest.mark.parametrize(
    "address",
    [
        "",
        ";;;",
        "uplift=5",
        "name=",
        "name=%00%E2%80%AE",
        "name=x" * 1000,
        "&".join(["name=a"] * 100),
        "%",
        "name=%FF;" * 3,
    ],
)
def test_an_address_that_names_no_scenario_leaves_none_or_a_plain_one(address):
    assert all(each.name == cleaned(each.name) and not each.settings for each in read(address))


def test_what_is_no_setting_of_the_page_or_out_of_bounds_is_left_out():
    (only,) = read("name=a&uplift=101&years=7&margin=nan&language=fr&horizon=3&seeded=1&reach=nobody")
    assert only.settings == {"years": 7}


def test_no_more_than_a_few_are_read():
    assert len(read(";".join(f"name=n{number}" for number in range(50)))) == MOST


@given(st.text(max_size=300))
def test_any_text_is_read_as_a_few_short_names(text):
    found = read(f"name={text};{text}")
    assert len(found) <= MOST
    for each in found:
        assert 0 < len(each.name) <= LONGEST_NAME
        assert each.name.isprintable()
        assert set(each.settings) <= set(ASKED)
