"""The Data page part by part, on a small file read and mapped; and what the visit then holds."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace as Some

import pandas as pd
import pytest

from retention import ingest
from retention.errors import DataWarning, InputError
from retention.story import tables
from retention.ui.acquisition import spend_editor
from retention.ui.data import account, change, checks, columns, opening, questions, saved, understood
from retention.ui.parts import pages, upload
from retention.ui.state import loaded, mapped, scenarios, visit
from tests.keyed import ENGLISH
from tests.ui.screens import read, shown

ROWS = b"customer,date,amount,channel\na,2024-01-01,10,web\nb,2024-01-15,40,web\na,2024-02-10,20,shop\nb,x,5,web\n"


def opened(content=ROWS, name="shop.csv", **state):
    """A visit that has taken a file."""
    raw = ingest.read(content, name)
    visited = shown(_take, raw)
    kept = {key: visited.app.session_state[key] for key in _KEPT if key in visited.app.session_state}
    return {**kept, **state}


_KEPT = ("source", "mapping_remembered", "keep_zero", "drop_duplicates", "drop_reversed", "until", "left_out")
_KEPT += (
    "keep_currency",
    "currencies",
    "stated_currency",
    "other_currency",
    "sheet",
    "map_platform",
    "map_dates",
    "map_decimal",
    "map_once",
)
_KEPT += tuple(f"map_{role}" for role in ingest.ROLES)


def _take(raw):
    loaded.take(raw)


def value(part, *args, **state):
    got = []
    shown(lambda: got.append(part(*args)), state=state)
    return got[0]


def test_a_file_taken_is_the_visits_data():
    state = opened()
    assert (state["map_customer"], state["map_date"], state["map_amount"]) == ("customer", "date", "amount")
    assert (state["map_segment"], state["map_order"]) == ("channel", None)
    assert (state["map_dates"], state["map_decimal"], state["map_once"]) == ("auto", "auto", "rows")
    assert (state["mapping_remembered"], state["keep_zero"], state["left_out"]) == (False, False, [])
    assert state["source"].files == ()
    assert value(loaded.source) is None
    assert value(loaded.source, **state) is state["source"]


def test_the_orders_of_the_visit():
    state = opened()
    held = value(loaded.usable, **state)
    assert (held.account.purchases, held.account.customers) == (3, 2)
    assert value(loaded.usable) is None
    assert value(loaded.usable, **state | {"map_customer": None}) is None
    assert value(loaded.currency, **state) is None
    assert value(loaded.currency) is None
    assert value(loaded.mapping) is None
    with pytest.raises(AssertionError):
        value(loaded.intake)
    with pytest.raises(AssertionError):
        value(loaded.intake, **state | {"map_date": None})


def test_what_the_orders_depend_on():
    state = opened()
    usual = value(loaded.key, **state)
    assert value(loaded.key) == ""
    assert value(loaded.key, **state) == usual
    for changed in (
        {"until": date(2024, 1, 31)},
        {"keep_zero": True},
        {"drop_duplicates": True},
        {"left_out": ["a"]},
    ):
        assert value(loaded.key, **state | changed) != usual
    two = value(loaded.key, **state | {"left_out": ["a", "b"]})
    assert two == value(loaded.key, **state | {"left_out": ["b", "a"]})


def test_the_choices_made_of_the_rows():
    options = value(loaded._options)
    assert options == {
        "until": None,
        "zero_orders": "leave-out",
        "duplicates": "keep",
        "drop_reversed": False,
        "leave_out_customers": frozenset(),
        "currency": None,
    }
    chosen = value(loaded._options, keep_zero=True, drop_duplicates=True, drop_reversed=True, left_out=["a"])
    assert (chosen["zero_orders"], chosen["duplicates"], chosen["drop_reversed"]) == ("keep", "drop", True)
    assert chosen["leave_out_customers"] == {"a"}


def test_a_forecast_starts_at_the_end_of_data_that_has_one():
    state = opened()
    assert value(loaded.reference_day, **state) > date(2024, 12, 31)
    ended = value(loaded.reference_day, **state | {"until": date(2024, 1, 31)})
    assert ended == date(2024, 1, 31)
    sample = replace(state["source"], sample="shop")
    assert value(loaded.reference_day, **state | {"source": sample}) < date(2024, 12, 31)


def chosen(**state):
    return value(mapped.chosen, **state)


def test_a_mapping_needs_customer_date_and_an_amount():
    needed = {"map_customer": "c", "map_date": "d", "map_amount": "a"}
    assert chosen(**needed) == ingest.Mapping("c", "d", amount="a")
    for missing in needed:
        assert chosen(**needed | {missing: None}) is None
    parts = needed | {"map_amount": None, "map_quantity": "q", "map_price": "p"}
    assert chosen(**parts) == ingest.Mapping("c", "d", quantity="q", price="p")
    assert chosen(**parts | {"map_price": None}) is chosen(**parts | {"map_quantity": None}) is None
    both = chosen(**parts | {"map_amount": "a"})  # the parts then say what a product's line comes to
    assert both == ingest.Mapping("c", "d", amount="a", quantity="q", price="p")


def test_how_it_is_written_is_part_of_the_mapping():
    needed = {"map_customer": "c", "map_date": "d", "map_amount": "a", "map_once": "order"}
    assert chosen(**needed).once_per_order is False
    assert chosen(**needed, map_order="o").once_per_order is True
    assert chosen(**needed, map_dates="day_first", map_decimal=",") == ingest.Mapping(
        "c", "d", amount="a", day_first=True, decimal=","
    )
    assert chosen(**needed, map_dates="auto", map_platform="x").day_first is None


def test_a_mapping_is_applied_and_remembered():
    mapping = ingest.Mapping("date", "date", amount="amount", day_first=False, decimal=".")
    seen = shown(lambda: mapped.apply(mapping)).app.session_state
    assert (seen["map_customer"], seen["map_dates"], seen["map_decimal"]) == ("date", "month_first", ".")
    raw = ingest.read(ROWS, "shop.csv")
    again = shown(_again, raw, mapping).app.session_state
    assert (again["map_customer"], again["mapping_remembered"]) == ("date", True)


def _again(raw, mapping):
    mapped.remember(raw, mapping)
    mapped.begin(raw, ingest.guess(raw))


def test_questions_are_unanswered_until_a_code_is_chosen():
    asked = [Some(field="day_first"), Some(field="decimal")]
    found = value(mapped.unanswered, asked, map_dates="day_first", map_decimal="auto")
    assert [each.field for each in found] == ["decimal"]


def test_a_code_means_a_value():
    assert mapped.WAYS["day_first"].code_of(True) == "day_first"
    assert mapped.WAYS["day_first"].code_of(False) == "month_first"
    assert mapped.WAYS["once_per_order"].code_of(False) == "rows"
    assert mapped.WAYS["decimal"].code_of(None) is None


def test_the_file_in_a_sentence():
    assert read(understood.show, state=opened()) == [
        "markdown ## data.understood rows=4 orders=3 customers=2 first=2024-01-01 last=2024-02-10",
        "caption data.basis.amount column=amount",
        "warning warning.much_set_aside rows=1 share=0.25 amount=5 share_of_money=0.06667",
        "buttons data.stated: € EUR, $ USD, £ GBP, CHF, data.stated.other, data.stated.none = none",
        "button next.cohorts",
    ]
    wrong = read(understood.show, state=opened(map_amount=None))
    assert wrong[0].startswith("error error.no_usable_column ")
    parts = read(understood.show, state=opened(map_amount=None, map_quantity="amount", map_price="amount"))
    assert "data.basis.parts quantity=amount price=amount" in parts[1]
    assert "data.remembered" in read(understood.show, state=opened(mapping_remembered=True))[1]
    several = read(understood.show, state=opened(currencies={"EUR": 2, "USD": 1}))
    assert several[0].startswith("buttons data.currency: data.currency.rows currency=EUR n=2, ")


def test_where_a_reading_comes_from():
    state = opened()
    here = state["source"]
    raw = replace(here.raw, files=("a.csv", "b.csv"), left_out=("c.txt",))
    other = replace(here, raw=raw, guess=replace(here.guess, platform="shopify_orders"))
    assert read(understood._beside, state=state | {"source": other}) == [
        "caption data.basis.amount column=amount data.platform platform=shopify_orders data.files n=2 files=a.csv,b.csv data.files_left_out n=1 files=c.txt",
    ]
    assert read(understood._beside, state=state) == ["caption data.basis.amount column=amount"]


def test_the_first_rows_as_they_stand_in_the_file():
    state = opened(b"customer,date,amount\n" + b"a,2024-01-01,1\n" * 11)
    seen = shown(understood.preview, state["source"], state=state)
    assert len(seen.app.dataframe[0].value) == 10
    assert understood._as_written(pd.Series([1.0, None])).tolist() == ["1", pd.NA]
    assert understood._as_written(pd.Series([1.5, 2.0])).tolist() == ["1.5", "2.0"]
    assert understood._as_written(pd.Series(["x"])).tolist() == ["x"]


def test_what_became_of_every_row():
    state = opened()
    assert read(account.show, state=state) == [
        "expander account.title",
        "rows 4 rows",
        "caption account.adds_up read=5 used=3",
        "download set_aside: account.download.set_aside 1 rows",
        "download not_data: account.download.not_data 1 rows",
        "rows 3 rows",
    ]
    assert read(account.show) == []
    held = value(loaded.usable, **state)
    rows = tables.rows_of_file(held.account, ENGLISH)
    assert rows.astype(object).fillna("–").to_numpy().tolist() == [
        ["account.read", 5, "–"],
        ["account.used", 3, 70.0],
        ["account.not_data.heading", 1, "–"],
        ["account.reason.unreadable_date", 1, 5.0],
    ]
    made = tables.orders_made(held, ENGLISH)
    assert made.astype(object).fillna("–").to_numpy().tolist() == [
        ["account.purchases", 3, 70.0],
        ["account.refunds", 0, "–"],
        ["account.zero_orders", 0, "–"],
    ]


def found(code="duplicates", switch=None, **details):
    return Some(code=code, switch=switch, details=details)


def turned(option, content=None, **state):
    return shown(_turn, Some(option=option, value=content), state=state).app.session_state


def _turn(switch):
    checks._turn(switch)


def test_a_check_is_answered_by_its_switch():
    assert turned("duplicates")["drop_duplicates"] is True
    assert turned("drop_reversed", drop_reversed=True)["drop_reversed"] is False
    assert turned("until", date(2024, 1, 31))["until"] == date(2024, 1, 31)
    assert turned("leave_out", {"c", "b"}, left_out=["a"])["left_out"] == ["a", "b", "c"]


def test_checks_only_where_something_was_found():
    assert read(checks.show) == []
    assert list(checks._orders([{"customer": "a", "order": "1"}])) == ["customer_id", "order_id"]


def test_the_columns_to_be_chosen():
    state = opened()
    seen = read(columns.choose, state["source"], state=state)
    assert [line.split(":")[0] for line in seen] == [
        "markdown **data.columns**",
        "grid_container",
        "selectbox data.role.customer",
        "selectbox data.role.date",
        "selectbox data.role.amount",
        "selectbox data.role.order",
        "selectbox data.role.quantity",
        "selectbox data.role.price",
        "selectbox data.role.segment",
        "date_input data.until",
        "grid_container",
        "buttons data.map_dates",
        "buttons data.map_decimal",
        "toggle data.keep_zero",
        "toggle data.drop_duplicates",
        "toggle data.drop_reversed",
        "expander data.more",
        "grid_container",
        "selectbox data.role.discount",
        "selectbox data.role.segment_2",
        "selectbox data.role.segment_3",
        "selectbox data.role.segment_4",
        "selectbox data.role.currency",
        "selectbox data.role.status",
        "selectbox data.role.refund",
        "selectbox data.role.refunded",
        "selectbox data.role.other_customer",
        "selectbox data.role.product",
        "multiselect data.left_out",
        "download_button",
        "file_uploader",
    ]


def test_a_column_changed_or_unsure_is_marked():
    state = opened()
    changed = read(columns.choose, state["source"], state=state | {"map_segment": None})
    (line,) = [line for line in changed if "data.role.segment" in line and "segment_" not in line]
    assert line.startswith("selectbox data.role.segment :material/edit:: ")
    guess = state["source"].guess
    for sure, mark in ((0.69, " :material/help_center:"), (0.7, "")):
        unsure = replace(guess, confidence={**guess.confidence, "customer": sure})
        here = replace(state["source"], guess=unsure)
        lines = read(columns.choose, here, state=state | {"source": here})
        assert any(line.startswith(f"selectbox data.role.customer{mark}: ") for line in lines)


def test_what_was_understood_is_folded_away_while_it_can_be_used():
    state = opened()
    assert read(change.show, state=state)[0] == "expander data.change"
    assert read(change.show, state=state | {"map_amount": None})[0] == "expander data.change open"
    assert read(change.show) == []


def test_a_column_that_is_not_sure_is_told_in_sight():
    state = opened()
    guess = state["source"].guess
    unsure = replace(state["source"], guess=replace(guess, confidence={**guess.confidence, "customer": 0.69}))
    told = read(understood._beside, state=state | {"source": unsure})
    assert told == ["caption data.basis.amount column=amount data.unsure n=1 columns=customer"]
    other = read(understood._beside, state=state | {"source": unsure, "map_customer": "date"})
    assert other == ["caption data.basis.amount column=amount"]


def test_once_a_file_is_loaded_every_page_has_a_card_with_its_question():
    found = read(opening.where_next, state=opened())
    assert found[:4] == [
        "subheader data.next",
        "grid_container",
        "link overview.py: overview.page",
        "caption overview.question",
    ]
    assert [line for line in found if line.startswith("link")] == [
        f"link {page}.py: {page}.page" for page in pages.PAGES[1:]
    ]
    assert read(opening.where_next) == []
    assert read(opening.where_next, state=opened(map_amount=None)) == []


def test_ways_in_and_what_comes_out():
    assert read(opening.sheet) == []
    lines = read(opening.what_comes_out)
    assert [line for line in lines if not line.startswith("img")] == [
        "header data.outcomes",
        "grid_container",
        "image",
        "link overview.py: overview.page",
        "caption overview.question",
        "image",
        "link cohorts.py: cohorts.page",
        "caption cohorts.question",
        "image",
        "link simulator.py: simulator.page",
        "caption simulator.question",
        "image",
        "link acquisition.py: acquisition.page",
        "caption acquisition.question",
        "image",
        "link lifetime_value.py: lifetime_value.page",
        "caption lifetime_value.question",
    ]


def test_another_sheet_is_offered_where_there_are_several():
    state = opened()
    several = replace(state["source"].raw, sheets=("one", "two"), sheet="two")
    here = replace(state["source"], raw=several, files=(("x", b""),))
    assert read(opening.sheet, state=state | {"source": here}) == ["selectbox data.sheet: one, two = two"]
    assert read(opening.sheet, state=state | {"source": replace(here, files=())}) == []
    alone = replace(here, raw=replace(several, sheets=("two",)))
    assert read(opening.sheet, state=state | {"source": alone}) == []


def test_what_cannot_be_read_leaves_what_was_there():
    trouble = value(upload.trouble, (("x.csv", b""),), None)
    assert isinstance(trouble, InputError)
    assert value(upload.trouble, (("shop.csv", ROWS),), None) is None


def test_a_mapping_is_saved_and_taken_over():
    state = opened()
    assert read(lambda: saved.show(loaded.source()), state=state)[0] == "download_button"
    problem = opened(mapping_problem=InputError("empty_file", name="x"))
    assert read(lambda: saved.show(loaded.source()), state=problem)[-1] == "error error.empty_file name=x"


def test_scenarios_travel_in_an_address():
    text = "name=dear&margin=45.0&years=99;name=long&uplift=7.5;name=;margin=3"
    first, second = scenarios.read(text)
    assert (first.name, first.settings) == ("dear", {"margin": 45.0})
    assert (second.name, second.settings) == ("long", {"uplift": 7.5})
    assert second.asked["uplift"] == 7.5
    assert second.asked["years"] == 3
    assert value(scenarios.written, scenarios=(first, second)) == "name=dear&margin=45.0;name=long&uplift=7.5"
    assert value(scenarios.written) == ""
    assert len(scenarios.read(";".join(f"name=s{n}" for n in range(9)))) == 6
    assert scenarios.read("name=" + "x" * 3995)[0].name == "x" * 40
    assert scenarios.read("name=" + "x" * 3996) == ()
    assert scenarios.read("&".join(f"a{n}=1" for n in range(65)) + "&name=x") == ()


def test_a_scenario_of_the_same_name_gives_way():
    kept = (scenarios.Scenario("a", {"years": 7}), scenarios.Scenario("b"))
    seen = shown(_keep, "a", state={"scenarios": kept, "margin": 45.0}).app.session_state["scenarios"]
    assert [(each.name, each.settings) for each in seen] == [("b", {}), ("a", {"margin": 45.0})]
    assert shown(_keep, " ", state={"scenarios": kept}).app.session_state["scenarios"] == kept
    full = tuple(scenarios.Scenario(f"s{n}") for n in range(6))
    assert shown(_keep, "new", state={"scenarios": full}).app.session_state["scenarios"] == full
    assert value(scenarios.saved) == ()


def _keep(name):
    scenarios.keep(name)


def test_names_are_one_line_that_can_be_seen():
    assert scenarios.cleaned("  a \n b\u200b  ") == "a b"
    assert scenarios.cleaned("x" * 50) == "x" * 40


def test_a_study_or_an_invitation():
    assert read(_study)[0] == "info invitation"
    assert read(_study, state=opened()) == ["caption flows.none"]
    wrong = read(_study, state=opened(map_amount=None))
    assert wrong[0].startswith("error error.no_usable_column")
    assert value(visit.present) is None
    assert value(visit.present, **opened(map_amount=None)) is None
    assert value(visit.present, **opened()) is not None
    assert value(visit.study_if_loaded) is None
    assert value(visit.usual) == {}


def _study():
    visit.study()
    visit.screen.text("flows.none")


def test_spend_of_a_visit():
    rows = pd.DataFrame(
        {
            "month": ["01/2024"],
            "channel": ["ads"],
            "purpose": ["acquisition"],
            "amount": [9.0],
            "leads": [None],
        }
    )
    typed = value(spend_editor.table, spend=rows)
    assert typed.drop(columns="leads").to_dict("records") == [
        {"month": 24288, "channel": "ads", "purpose": "acquisition", "amount": 9.0},
    ]
    state = opened()
    begun = shown(spend_editor._start, state=state).app.session_state
    assert (begun["spend_of"], begun["spend_version"], begun["spend_to_mend"]) == (
        state["source"].raw.content_hash,
        1,
        False,
    )
    assert begun["spend"].empty
    assert value(spend_editor._brings_none) is True
    sample = replace(state["source"], sample="shop")
    assert value(spend_editor._brings_none, **state | {"source": sample}) is False


def test_the_editor_of_the_spend():
    assert read(spend_editor.editor, state=opened()) == [
        "expander spend.title open",
        "caption spend.help",
        "file_uploader",
        "dataframe",
        "download spend_template: spend.template 2 rows",
    ]


AMBIGUOUS = b"customer,date,amount\na,03/02/2024,10\nb,04/05/2024,40\na,05/06/2024,20\n"


def test_what_the_file_leaves_open():
    state = opened(AMBIGUOUS)
    assert [each.field for each in value(loaded.questions, **state)] == ["day_first"]
    assert value(loaded.questions) == value(loaded.questions, **state | {"map_customer": None}) == ()
    other = state | {"map_segment": "customer"}
    assert [each.field for each in value(loaded.questions, **other)] == ["day_first"]
    assert value(loaded.questions, **opened()) == ()


def test_an_open_question_is_asked_with_what_each_answer_would_mean():
    lines = read(questions.ask, state=opened(AMBIGUOUS))
    assert lines[0] == "markdown ## question.date_order column=date"
    meant = dict(line.split(" – ") for line in lines[1:3])
    assert "text=03/02/2024 value=2024-02-03" in meant["markdown - **data.map_dates.day_first**"]
    assert "text=03/02/2024 value=2024-03-02" in meant["markdown - **data.map_dates.month_first**"]
    assert lines[3].startswith("buttons question.answer: ")
    assert read(questions.ask, state=opened(AMBIGUOUS, map_dates="day_first")) == []


def test_a_file_that_could_not_be_read_is_told_above_the_ways_in():
    problem = InputError("empty_file", name="x.csv")
    first = read(upload.received, state={"upload_problem": problem})
    assert first == ["error error.empty_file name=x.csv"]
    assert read(upload.received) == []
    fresh = read(opening.ways_in)
    assert fresh[0] == "header data.own"
    assert "header data.sample" in fresh
    assert [line for line in fresh if line.startswith("button ")] == [
        "button data.sample.shop",
        "button data.sample.cdnow",
    ]
    assert fresh[-1] == "caption data.sample.note"
    assert read(opening.another, state=opened())[:2] == ["expander data.another", "header data.own"]


def test_rows_of_spend_set_aside_are_told_with_how_to_mend_them():
    details = {"n": 1, "rows": 9, "reasons": {"missing_amount": 1}, "amount": 5.0}
    aside = Some(warnings=(DataWarning("spend_rows_set_aside", details), DataWarning("no_acquisition_spend")))
    first, second = read(spend_editor._told, aside)
    assert first.startswith("warning warning.spend_rows_set_aside ")
    assert first.endswith(" spend.mend")
    assert second == "warning warning.no_acquisition_spend"
