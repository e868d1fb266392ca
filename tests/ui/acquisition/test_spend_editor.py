"""Spend that is typed, uploaded or brought by the sample: what the table to edit then holds."""

from dataclasses import replace
from types import SimpleNamespace as Some
from unittest.mock import patch

import pandas as pd
import pytest
import streamlit as st

from retention import ingest
from retention.errors import DataWarning, InputError
from retention.text import LANGUAGES, Words
from retention.ui.acquisition import spend_editor
from retention.ui.parts import downloads, screen
from retention.ui.state import loaded
from tests.ui.screens import shown

ROWS = b"customer,date,amount\na,2024-01-01,10\nb,2024-01-15,40\n"
SPEND = (
    b"month,channel,purpose,amount\n2024-01,ads,acquisition,90\n2024-02,ads,other,7\n2024-02,,retention,20\n"
)


def state_after(part, *args, **state):
    return shown(part, *args, state={"language": "en"} | state).app.session_state


def held(state):
    return state["spend"][["month", "channel", "purpose", "amount"]].fillna("").to_numpy().tolist()


MENDED_FIRST = [
    ["02/2024", "ads", "other", 7.0],
    ["01/2024", "ads", "acquisition", 90.0],
    ["02/2024", "", "retention", 20.0],
]


def test_of_an_uploaded_sheet_the_rows_to_be_mended_stand_first():
    state = state_after(spend_editor._read, "id", "spend.csv", SPEND)
    assert held(state) == MENDED_FIRST
    assert state["spend_base"].equals(state["spend"])
    assert state["spend_upload"] == ("id", None)
    assert (state["spend_version"], state["spend_to_mend"]) == (1, True)
    assert not [one for one in state["spend_assumed"] if one.code == "spend_rows_set_aside"]


def test_an_uploaded_sheet_is_read_once():
    def again(content):
        spend_editor._read("id", "spend.csv", SPEND)
        spend_editor._read("id", "spend.csv", content)

    assert held(state_after(again, b"")) == MENDED_FIRST
    assert state_after(again, SPEND)["spend_version"] == 1


def test_a_sheet_that_cannot_be_read_leaves_the_table_and_stays_told():
    def read(*ids):
        for each in ids:
            spend_editor._read(each, "spend.csv", SPEND if each == "good" else b"")

    screen = shown(read, "good", "bad", "bad")
    assert held(screen.app.session_state) == MENDED_FIRST
    last, problem = screen.app.session_state["spend_upload"]
    assert (last, type(problem)) == ("bad", InputError)
    assert [line.split()[0] for line in screen.lines] == ["error", "error"]
    assert shown(read, "bad", "good").app.session_state["spend_upload"] == ("good", None)


def test_what_a_reading_took_for_granted_is_kept_beside_the_table():
    table = pd.DataFrame({"month": [24288], "channel": ["ads"], "purpose": ["acquisition"], "amount": [9.0]})
    noted = DataWarning("spend_decimal_assumed", {"sign": ","})
    given = Some(
        table=table.assign(leads=float("nan")),
        unused=table.head(0).assign(leads=[]),
        warnings=(noted, DataWarning("spend_rows_set_aside")),
    )
    state = state_after(spend_editor._begin_with_file, given)
    assert state["spend_assumed"] == (noted,)
    assert held(state) == [["01/2024", "ads", "acquisition", 9.0]]
    assert state["spend_to_mend"] is False


def test_rows_are_looked_at_once_until_one_changes():
    table = pd.DataFrame(
        {
            "month": ["01/2024"],
            "channel": ["ads"],
            "purpose": ["acquisition"],
            "amount": [9.0],
            "leads": [None],
        }
    )
    asked = []

    def look():
        each = (table, table.copy(), table.assign(amount=8.0))
        asked.extend(spend_editor._settled(rows) for rows in each)

    with patch.object(ingest, "typed_spend", lambda rows: [rows["amount"].sum()]):
        shown(look)
    assert asked[0] is asked[1]
    assert (asked[0], asked[2]) == ([9.0], [8.0])


def _with_sample(part):
    if loaded.source() is None:
        loaded.take(ingest.read(ROWS, "shop.csv"))
        st.session_state["source"] = replace(loaded.source(), sample="shop")
    st.session_state["got"] = part()


def test_the_sample_shop_brings_its_own_spend():
    state = state_after(_with_sample, spend_editor.present)
    brought = ingest.read_spend(ingest.sample_spend()).table
    assert state["got"]["amount"].sum() == brought["amount"].sum() > 0
    assert state["spend_to_mend"] is False
    assert state_after(spend_editor.present)["spend"].empty


def test_what_was_typed_outlives_a_change_of_page_or_language():
    typed = pd.DataFrame(
        {
            "month": ["01/2024"],
            "channel": ["ads"],
            "purpose": ["acquisition"],
            "amount": [9.0],
            "leads": [1.0],
        }
    )

    def typed_then(**changed):
        def visit():
            spend_editor._start()
            st.session_state["spend"] = typed
            st.session_state.update(changed)
            spend_editor._start()

        return state_after(visit, entries=1)

    same = typed_then()
    assert (same["spend_version"], same["spend_base"].empty) == (1, True)
    for changed in ({"entries": 2}, {"language": "it"}):
        later = typed_then(**changed)
        assert later["spend_version"] == 2
        assert later["spend_base"].equals(typed)


TO_MEND = pd.DataFrame(
    {
        "month": ["01/2024", None],
        "channel": ["ads", "ads"],
        "purpose": ["acquisition", "acquisition"],
        "amount": [9.0, 7.0],
        "leads": [float("nan"), float("nan")],
    }
)


def _typing(rows, begun):
    """The editor over what was begun with, in which these rows stand by now."""
    spend_editor._begin_with(begun)
    st.session_state["spend_of"], st.session_state["spend_entry"] = None, (None, "en")

    def edited():
        st.text("the table")
        return rows

    with patch.object(spend_editor, "_edited", edited):
        spend_editor.editor()


def kinds(rows, begun):
    return [line.split()[0] for line in shown(_typing, rows, begun, state={"language": "en"}).lines]


def test_what_is_not_counted_is_told_above_the_table_it_came_with_and_below_one_being_typed():
    nothing = spend_editor._nothing()
    opened, both = ["expander", "caption", "file_uploader"], ["download_button", "download_button"]
    assert kinds(TO_MEND, TO_MEND) == [*opened, "warning", "the", *both]
    assert kinds(TO_MEND, nothing) == [*opened, "the", "warning", *both]
    assert kinds(TO_MEND.head(1), TO_MEND) == [*opened, "the", *both]
    assert kinds(nothing, nothing) == [*opened, "the", "download_button"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_is_read_back_as_spend_of_both_purposes(language):
    with patch.object(screen, "words", lambda: Words(language)):
        content = downloads.csv(spend_editor._template(), Words(language))
    read_back = ingest.read_spend(ingest.read(content, "template.csv"))
    assert read_back.table[["channel", "purpose", "amount"]].to_numpy().tolist() == [
        ["Google Ads", "acquisition", 1200.0],
        ["Newsletter", "retention", 150.0],
    ]
    assert (read_back.rows_used, read_back.warnings) == (2, ())


def test_without_a_purpose_it_is_said_beside_the_figures_until_somebody_says_otherwise():
    assumed = (DataWarning("spend_purpose_assumed"),)
    told = lambda rows: [  # noqa: E731
        line for line in shown(_assuming, rows, assumed, state={"language": "en"}).lines if "purpose" in line
    ]
    assert told(TO_MEND.head(1)) == ["warning warning.spend_purpose_assumed"]
    assert told(TO_MEND.head(1).assign(purpose="retention")) == []


def _assuming(rows, assumed):
    st.session_state["spend_assumed"] = assumed
    spend_editor._purpose_assumed(rows)
