"""What several pages share: the parts of a screen, its controls, groups, what is made once."""

import re
from types import SimpleNamespace as Some

import pandas as pd
import pytest

from retention.errors import DataWarning, InputError
from retention.lifetime_value import MOST_GROUPS
from retention.story.tables import largest_groups, named_groups
from retention.text.kinds import kind_of, writer
from retention.ui.parts import cached, controls, downloads, grouping, problems, screen
from tests.keyed import ENGLISH
from tests.ui.screens import shown


def lines(part, *args, **more):
    return shown(part, *args, **more).lines


def value(part, *args, state=None, **named):
    got = []
    shown(lambda: got.append(part(*args, **named)), state=state)
    return got[0]


TO_DATA = "link data.py: invitation.link"


def test_the_parts_of_a_screen_in_words():
    assert lines(screen.title, "overview") == ["title overview.title", "caption overview.question"]
    assert lines(lambda: screen.title("data", loaded=True)) == ["title data.title.loaded"]
    assert lines(screen.headline, "overview.headline.none", period="May") == [
        "markdown ## overview.headline.none period=May"
    ]
    assert lines(screen.section, "flows.title") == ["subheader flows.title"]
    assert lines(screen.text, "flows.none") == ["caption flows.none"]
    assert lines(screen.paragraph, "one.", "two.") == ["caption one. two."]
    assert lines(screen.closed, "simulator.advanced") == ["expander simulator.advanced"]
    assert lines(screen.definition, "overview") == [
        "expander definition.show",
        "markdown overview.definition",
    ]
    assert lines(screen.next_step, "cohorts") == ["button next.cohorts"]
    assert lines(screen.invite, "invitation") == ["info invitation", TO_DATA]


def test_what_ends_a_page():
    assert lines(_ended, screen.invitation) == ["info invitation", TO_DATA]
    assert lines(_ended, screen.open_question) == ["info question.open", TO_DATA]
    assert lines(_ended, screen.stop, "audit.no_period") == ["info audit.no_period"]


def _ended(part, *args):
    part(*args)
    screen.text("flows.none")


def test_what_a_visitor_can_mend_ends_the_page_in_a_sentence():
    assert lines(_wrong) == ["error error.empty_file name=x.csv"]
    assert lines(_right) == ["caption flows.none"]


def _wrong():
    with problems.input_errors():
        raise InputError("empty_file", name="x.csv")
    screen.text("flows.none")


def _right():
    with problems.input_errors():
        screen.text("flows.none")


def test_figures_side_by_side():
    found = lines(screen.metrics, {"dropoff.goes_on": ("50%", None), "dropoff.median": ("3", [1.0, 2.0])})
    assert [line for line in found if line.startswith("metric")] == [
        "metric dropoff.goes_on: 50%",
        "metric dropoff.median: 3 course 2",
    ]


FRAME = pd.DataFrame({"customers": [1, 2, 3], "share": [0.5, 0.25, 0.25]})


def test_a_table_is_made_where_it_is_open():
    made = []

    def make():
        made.append(1)
        return FRAME

    assert lines(screen.table, make, "flows") == ["expander table.flows"]
    assert made == []
    opened = shown(screen.table, make, "flows", state={"table_flows": True})
    assert opened.lines == ["expander table.flows open", "dataframe", "download_button"]
    assert made == [1]
    frame = opened.app.dataframe[0]
    assert list(frame.value) == [ENGLISH.heading(name) for name in FRAME]
    few = shown(screen.table, FRAME, "flows", open_at_start=True, most=2)
    assert len(few.app.dataframe[0].value) == 2


def test_rows_as_they_are_read():
    found = shown(screen.show_table, FRAME, pinned="customers").app.dataframe[0]
    assert len(found.value) == 3
    assert "pinned" in found.proto.columns
    assert "pinned" not in shown(screen.show_table, FRAME).app.dataframe[0].proto.columns


def test_warnings_each_with_its_figures():
    known = DataWarning("no_acquisition_spend")
    assert lines(problems.warnings, [known, known]) == ["warning warning.no_acquisition_spend"] * 2


def choice(name, options=None, **state):
    return value(controls.choice, name, options, state=state)


def test_a_choice_is_one_of_what_is_offered():
    assert choice("every") == "month"
    assert choice("every", every="year") == "year"
    assert choice("every", ("quarter", "year")) == "quarter"
    assert choice("every", ("quarter", "month"), every="year") == "month"
    assert lines(controls.choice, "every") == [
        "buttons setting.every: setting.every.month, setting.every.quarter, setting.every.year = month"
    ]
    for part, name in ((controls.choice, "margin"), (controls.number, "every"), (controls.own, "margin")):
        with pytest.raises(AssertionError):
            lines(part, name, *([1.0] if part is controls.own else []))


def test_a_number_is_whole_where_its_default_is():
    years = shown(controls.number, "years").app.number_input[0].proto
    assert (years.format, years.step, years.min, years.max) == ("%d", 1, 1, 10)
    margin = shown(controls.number, "margin").app.number_input[0].proto
    assert (margin.format, margin.min, margin.max) == ("%g", 0, 100)
    assert value(controls.number, "years") == 3
    assert value(controls.number, "years", state={"years": 7}) == 7
    assert value(controls.share, "margin") == 0.3
    assert value(controls.number, "margin", state={"margin": None}) == 30


def test_a_number_of_ones_own_stands_in_for_the_measured_one():
    assert value(controls.own, "own_won", 12.5) == 12.5
    assert value(controls.own, "own_won", 12.5, state={"own_won": 3.0}) == 3
    assert lines(controls.own, "own_won", 12.5) == ["number setting.own_won: 12.5"]
    proto = shown(controls.own, "own_won", 12.5).app.number_input[0].proto
    assert (proto.step, proto.min, proto.max) == (1, 0, 1e9)


def test_named_choices():
    assert value(controls.period) == "month"
    assert value(controls.measure) == "share"
    assert value(controls.time_unit) == "week"
    assert value(controls.matrix) == "p_alive"


def test_groups_are_chosen_by_a_code_or_a_segment_of_the_file():
    study = Some(segments={"channel": "segment_2"})
    assert value(grouping.choice, "value_by", study) == "cohort"
    assert value(grouping.choice, "value_by", study, state={"value_by": "segment_2"}) == "segment_2"
    assert value(grouping.choice, "value_by", study, state={"value_by": "segment"}) == "cohort"
    assert lines(grouping.choice, "value_by", study) == [
        "buttons lifetime_value.groups.by: lifetime_value.groups.cohort, Channel = cohort"
    ]
    assert lines(grouping.choice, "value_by", Some(segments={})) == []
    assert value(grouping.columns, study) == {"segment_2": "Channel"}
    with pytest.raises(AssertionError):
        value(grouping.choice, "margin", study)


def test_groups_by_their_names():
    bands = named_groups(pd.DataFrame({"group": [0, 1]}), "p_alive", "month", ENGLISH)["group"].tolist()
    assert bands[0].startswith("lifetime_value.groups.band low=0 high=")
    assert bands[1].split("low=")[1].split()[0] == bands[0].split("high=")[1]
    months = named_groups(pd.DataFrame({"group": [24288.0]}), "cohort", "month", ENGLISH)
    assert months["group"].tolist() == ["Jan 2024"]
    named = named_groups(pd.DataFrame({"group": ["web", None]}), "segment", "month", ENGLISH)
    assert named["group"].tolist() == ["web", "dropoff.not_given"]


def test_the_largest_groups_segments_by_value_others_in_their_order():
    rows = pd.DataFrame(
        {"group": ["a", "b", "c", "d"], "customers": [1, 3, 3, 2], "clv": [9.0, 5.0, 5.0, 7.0]}
    )
    assert largest_groups(rows, "segment", "clv")["group"].tolist() == ["a", "d", "b", "c"]
    assert largest_groups(rows, "cohort", "clv")["group"].tolist() == ["a", "b", "c", "d"]
    many = pd.DataFrame({"group": range(MOST_GROUPS + 1), "customers": range(MOST_GROUPS + 1), "clv": 1.0})
    assert largest_groups(many, "cohort", "clv")["group"].min() == 1
    assert len(largest_groups(many, "segment", "clv")) == MOST_GROUPS


def made_of(*each):
    """How often something is made of these in one visit."""
    made = []

    def make(*of):
        made.append(of)
        return object()

    found = []
    shown(lambda: found.extend(cached.cached(make, *of) for of in each))
    return len(made), found


def test_made_once_of_the_very_same():
    frame, other = pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1]})
    number, found = made_of((frame, "x"), (frame, "x"), (other, "x"), (frame, "y"))
    assert number == 3
    assert found[0] is found[1] is not found[2]
    assert made_of((1,), (1.0,), (True,))[0] == 3
    assert made_of(((frame, 1),), ((frame, 1),), ((other, 1),))[0] == 2
    assert made_of(({"a": frame},), ({"a": frame},), ({"b": frame},), ({"a": other},))[0] == 3
    assert made_of((Some(),), (None,), (None,))[0] == 2


def test_what_was_not_used_for_longest_is_forgotten():
    each = [(n,) for n in range(80)]
    assert made_of(*each, (0,))[0] == 80
    assert made_of(*each, (80,), (1,))[0] == 81
    assert made_of(*each, (80,), (0,))[0] == 82
    assert made_of(*each, (0,), (80,), (0,))[0] == 81


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("share", "25.0%"),
        ("bias", "+25.0%"),
        ("difference_points", "+0.3"),
        ("revenue", "0.25"),
        ("anything", "0.25"),
    ],
)
def test_a_number_is_written_as_what_it_is(name, written):
    write = writer(kind_of(name, pd.Series([0.25])), ENGLISH)
    assert write(0.25) == written


def test_what_is_no_number_is_left_as_it_is():
    assert writer(kind_of("share", pd.Series(["x"])), ENGLISH) is None
    assert writer(kind_of("share", pd.Series([True])), ENGLISH) is None
    assert writer(kind_of("anything", pd.Series([1234])), ENGLISH)(1234) == "1,234"


def test_money_of_one_kind_is_written_in_one_way():
    frame = pd.DataFrame({"clv": [918.4, 60.0], "clv_low": [0.0, 18.15], "average_order": [45.2, None]})
    html = downloads.readable(frame, ENGLISH).to_html()
    assert re.findall(r">([^<>\n]+)</td>", html) == ["918", "0", "45.20", "60", "18", "–"]
    few = downloads.readable(frame.assign(clv=[9.184, 6.0]), ENGLISH).to_html()
    assert [">9.18<" in few, ">18.15<" in few] == [True, True]


def test_a_wide_table_shows_the_columns_it_is_told(monkeypatch):
    shown = []
    monkeypatch.setattr(screen.st, "dataframe", lambda table, **how: shown.append(how["column_order"]))
    frame = pd.DataFrame({"customers": [1], "clv": [2.0], "forecast": ["good"]})
    lines(screen.show_table, frame, columns=("clv", "customers"))
    lines(screen.show_table, frame)
    assert shown == [[ENGLISH.heading("clv"), ENGLISH.heading("customers")], None]


def test_a_readable_table():
    frame = pd.DataFrame({"share": [0.5, None], "2024": [0.25, 1.0]})
    html = downloads.readable(frame, ENGLISH, "share").to_html()
    assert "25.0%" in html
    assert "50.0%" in html
    assert "–" in html
    assert "0.25" in downloads.readable(frame, ENGLISH).to_html()
    assert "25.0%" in downloads.readable(frame, ENGLISH, {"2024": "share"}).to_html()
    few = downloads.written(frame, ENGLISH, most=1)
    assert len(few.data) == 1
    assert len(downloads.written(frame, ENGLISH).data) == 2
