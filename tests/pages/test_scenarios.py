"""Scenarios: kept by name, compared, taken up again, removed; in the link as codes, numbers and a name."""

import pytest
from hypothesis import given, strategies as st

from retention.text import LANGUAGES, escaped
from retention.ui.state.scenarios import ASKED, LONGEST_NAME, MOST, cleaned, read
from retention.ui.state.settings import SETTINGS
from tests.pages.visit import Visit, unescaped

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


def test_the_best_is_told_among_programmes_and_not_among_ways_of_reckoning():
    visit = Visit("en", sample="shop").open("simulator")
    kept(visit.set("uplift", 3.0), "Newsletter").set("uplift", 8.0)
    assert any("leaves most after its cost" in unescaped(text) for text in visit.formatted)
    visit.set("margin", 40.0)
    assert visit.failures == []
    assert not any("leaves most after its cost" in unescaped(text) for text in visit.formatted)


def test_scenarios_stand_beside_the_page_as_it_is_set(visit):
    assert visit.failures == visit.errors == []
    table = compared(visit)
    now = visit.words.say("scenarios.now")
    assert list(table.index) == [now, "Newsletter", HOSTILE[0]]
    gain, cost = (visit.words.heading(name) for name in ("gain", "programme_cost"))
    assert 0 < table.loc["Newsletter", gain] < table.loc[now, gain]
    assert table.loc["Newsletter", cost] == 0 < table.loc[now, cost]
    assert list(table.loc[HOSTILE[0]].dropna()) == list(table.loc[now].dropna())


def test_the_settings_in_which_scenarios_differ_stand_before_what_they_come_to(visit):
    table, words = compared(visit), visit.words
    now = words.say("scenarios.now")
    uplift, cost = (words.say(f"setting.{name}") for name in ("uplift", "fixed_cost"))
    assert list(table.columns[:3]) == [uplift, cost, words.heading("gain")]
    points = [words.say("scenarios.uplift.points", uplift=uplift) for uplift in (3.0, 8.0)]
    assert list(table.loc[["Newsletter", now], uplift]) == points
    assert list(table.loc[["Newsletter", now], cost]) == [words.money(0.0), words.money(5000.0)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_setting_is_told_only_where_it_plays_a_part(language):
    address = "name=Curve&footing=cohorts&kept=strict;name=Model&footing=purchases&form=period_end&years=5"
    address += ";name=Other&footing=constant&uplift_kind=relative&growth_from=typed&typed_growth=2"
    address += "&own_won=12&kept=typed"
    visit = Visit(language, sample="shop", scenarios=address).open("simulator")
    assert visit.failures == visit.errors == []
    table = compared(visit)
    say = visit.words.say
    labels = {
        name: say(f"setting.{name}")
        for name in ("uplift", "years", "footing", "kept", "own_won", "growth_from")
    }
    assert list(table.columns[:7]) == [*labels.values(), visit.words.heading("gain")]
    assert list(table[labels["kept"]].dropna()) == [say("setting.kept.textbook"), visit.words.percent(0.35)]
    assert table.loc["Other", list(labels.values())].tolist() == [
        say("scenarios.uplift.relative", uplift=5.0),
        visit.words.number(3),
        say("setting.footing.constant"),
        visit.words.percent(0.35),
        visit.words.number(12),
        visit.words.percent(0.02),
    ]


def test_a_scenario_names_the_segment_it_means_on_this_data():
    address = "name=Second&reach=segment&reach_segment=1;name=Gone&reach=segment&reach_segment=99"
    visit = Visit("en", sample="shop", scenarios=address, reach="segment").open("simulator")
    assert visit.failures == visit.errors == []
    words, table = visit.words, compared(visit)
    now = words.say("scenarios.now")
    whom = table[words.say("setting.reach")]
    assert list(whom[[now, "Second"]]) == visit.app.get_by_key("reach_segment").options[:2]
    assert whom["Gone"] == words.say("error.segment_not_here", place=100)
    assert table[words.heading("gain")].isna().to_dict() == {now: False, "Second": False, "Gone": True}
    assert visit.says("scenarios.not_here", names=["Gone"])
    assert not visit.says("simulator.segment.first")
    visit.set("reach_segment", 1)
    assert compared(visit).loc[[now, "Second"], words.heading("gain")].nunique() == 1


@pytest.mark.parametrize(("sample", "settled"), [(None, "all"), ("shop", "segment")])
def test_a_scenario_whose_segment_is_not_there_is_told_and_taken_up_with_a_word(sample, settled):
    address = "name=Segment&reach=segment&reach_segment=2&reach_column=9"
    visit = Visit("it", scenarios=address, **({"sample": sample} if sample else {})).open("simulator")
    assert visit.failures == visit.errors == []
    told = compared(visit).loc["Segment"]
    assert visit.words.say("error.segment_not_here", place=3) in told.tolist()
    assert visit.words.heading("gain") in told.index[told.isna()]
    visit.app.pills(key="scenario_chosen").set_value("Segment")
    visit.run().press("scenarios.take")
    assert visit.failures == visit.errors == []
    assert (visit.settings["reach"], visit.says("simulator.segment.first")) == (settled, True)


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
