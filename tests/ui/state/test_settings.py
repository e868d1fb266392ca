"""The settings: what each can be, how an address is read, and what a link holds."""

from datetime import date

import pytest
import streamlit as st

from retention.lifetime_value import OPEN, Variant, Wanted
from retention.segments import FIFTHS, PARTS
from retention.text import LANGUAGES
from retention.ui.state import settings
from retention.ui.state.settings import SETTINGS, Choice, Day, Number, Own
from tests.ui.screens import shown

# Of each number what it is at first, the least and the most it can be
NUMBERS = {
    "own_days": (90, 1, 3650),
    "rate_start": (20, 0, 999_999),
    "rate_end": (24, 0, 999_999),
    "rate_new": (5, 0, 999_999),
    "leave_out": (0, 0, 24),
    "returned_after": (1, 1, 50),
    "returned_spend": (0, 0, 1_000_000_000),
    "typed_retention": (35, 0, 100),
    "own_active": (None, 0, 1_000_000_000),
    "own_won": (None, 0, 1_000_000_000),
    "own_revenue": (None, 0, 1_000_000_000),
    "uplift": (5, 0, 100),
    "reach_column": (0, 0, 99),
    "reach_segment": (0, 0, 9_999),
    "bites_after": (0, 0, 60),
    "typed_growth": (1, -50, 50),
    "fixed_cost": (0, 0, 1_000_000_000),
    "cost_each": (0, 0, 1_000_000),
    "margin": (30, 0, 100),
    "unasked_won": (0, 0, 99),  # nobody comes unasked, half as many again can be won
    "most_won": (150, 101, 1000),
    "unasked_kept": (80, 0, 99),  # four of five stay unasked, a fifth more can be kept
    "most_kept": (120, 101, 1000),
    "second_spend_won": (None, 0, 1_000_000_000),
    "second_customers_won": (None, 0, 1_000_000_000),
    "second_spend_kept": (None, 0, 1_000_000_000),
    "second_customers_kept": (None, 0, 1_000_000_000),
    "discount": (10, 0, 100),
    "years": (3, 1, 10),
    "horizon": (12, 1, 60),
    "contacts": (200, 1, 1_000_000),
    "contact_cost": (0, 0, 1_000_000),
    "held_back": (20, 0, 90),
    "campaign_days": (90, 7, 730),
    "campaign_cost": (0, 0, 1_000_000_000),
    **{f"{part}_{n}": (None, 0, 1_000_000_000) for part in PARTS for n in FIFTHS},
}


def test_every_number_has_its_bounds():
    found = {
        name: (setting.default, setting.low, setting.high)
        for name, setting in SETTINGS.items()
        if isinstance(setting, Number | Own)
    }
    assert found == NUMBERS


@pytest.mark.parametrize(
    ("name", "options", "default"),
    [
        ("period", ("week", "month", "quarter", "year"), "month"),
        ("purchase_number", ("1", "2", "3", "4", "5", "6", "7", "8"), "1"),
        ("within", ("usual", "30", "60", "90", "180", "365"), "usual"),
        ("purchase_kind", ("best", "bg_nbd", "mbg_nbd", "pareto_nbd"), "best"),
        ("regularity", ("best", "1", "2", "3", "4"), "best"),
        ("season", ("best", "on", "off"), "best"),
        ("segments_of", ("segment", "segment_2", "segment_3", "segment_4"), "segment"),
        ("risk_by", ("p_alive", "cohort", "segment", "segment_2", "segment_3", "segment_4"), "p_alive"),
    ],
)
def test_every_choice_has_its_codes(name, options, default):
    assert (SETTINGS[name].options, SETTINGS[name].default) == (options, default)


@pytest.mark.parametrize(
    ("setting", "text", "value"),
    [
        (Choice(("a", "b"), "a"), "b", "b"),
        (Choice(("a", "b"), "a"), "c", None),
        (Number(2, 1, 5), "1", 1),
        (Number(2, 1, 5), "5", 5),
        (Number(2, 1, 5), "0", None),
        (Number(2, 1, 5), "6", None),
        (Number(2, 1, 5), "2.5", None),
        (Number(2.0, 1.0, 5.0), "2.5", 2.5),
        (Number(2.0, 1.0, 5.0), "nan", None),
        (Number(2.0, 1.0, 5.0), "many", None),
        (Own(0.0, 9.0), "9", 9.0),
        (Own(0.0, 9.0), "9.5", None),
        (Own(0.0, 9.0), "0", 0.0),
        (Day(), "2024-06-30", date(2024, 6, 30)),
        (Day(), "30/06/2024", None),
    ],
)
def test_an_address_is_read_within_the_bounds(setting, text, value):
    found = setting.read(text)
    assert found == value
    assert type(found) is type(value)


def seeded(locale=None, **query):
    app = shown(settings.seed, query=query, locale=locale).app
    return {name: app.session_state[name] for name in (*SETTINGS, "language", "sample_asked", "seeded")}


def test_a_visit_begins_with_what_its_address_names():
    state = seeded(lang="it", sample="shop", years="7", margin="200", period="day", measure="orders")
    assert (state["language"], state["sample_asked"]) == ("it", "shop")
    assert (state["years"], state["margin"], state["period"], state["measure"]) == (7, 30, "month", "orders")
    assert state["seeded"] is True


def test_without_an_address_the_browser_tells_the_language():
    assert seeded(locale="it-IT")["language"] == "it"
    assert seeded(locale="it-IT", lang="xx", sample="other")["sample_asked"] is None
    assert all(seeded()[name] == setting.default for name, setting in SETTINGS.items())


def test_a_visit_is_seeded_once():
    app = shown(settings.seed, query={"years": "7"}, state={"seeded": True}).app
    assert "years" not in app.session_state


def kept(call, **state):
    """What a function of the settings gives in a visit of this state."""
    return shown(_keep, call, state=state).app.session_state["kept"]


def _keep(call):
    st.session_state["kept"] = call()


def test_settings_are_their_defaults_until_another_is_chosen():
    assert kept(lambda: settings.get("years")) == 3
    assert kept(lambda: settings.get("years"), years=9) == 9
    assert kept(settings.time_unit) == "week"
    assert kept(settings.language) == "en"
    assert kept(settings.language, language="it") == "it"
    assert kept(settings.leave_out_left_truncated) is False
    assert kept(settings.leave_out_left_truncated, old_customers="leave_out") is True


def test_what_is_not_asked_of_the_model_the_data_decides():
    assert kept(settings.wanted) == OPEN
    assert kept(settings.wanted, purchase_kind="mbg_nbd") == Wanted("mbg_nbd")
    assert kept(settings.wanted, regularity="2", season="on") == Wanted(k=2, season=True)
    assert kept(settings.wanted, regularity="1", season="off") == Wanted(k=1, season=False)
    assert kept(settings.wanted, season="on") == Wanted(season=True)
    # A Pareto/NBD knows no more: what was chosen of the others stays for them
    assert kept(settings.wanted, purchase_kind="pareto_nbd", regularity="2", season="on") == Wanted(
        "pareto_nbd"
    )


@pytest.mark.parametrize(
    "variant", [Variant("mbg_nbd", 3), Variant("bg_nbd", 1, season=True), Variant("pareto_nbd")]
)
def test_a_model_asked_for_is_the_only_one_asked_for(variant):
    def ask():
        settings.want(variant)
        return settings.wanted()

    found = kept(ask)
    assert found.allows(variant)
    assert not any(found.allows(other) for other in (Variant("mbg_nbd"), Variant("bg_nbd", 2)))


def test_what_is_chosen_is_what_differs_from_the_default_and_the_usual():
    state = {"years": 9, "margin": 30.0, "horizon": 24}
    assert kept(settings.chosen, **state) == {"years": 9, "horizon": 24}
    assert kept(lambda: settings.chosen(["years", "margin"]), **state) == {"years": 9}
    assert kept(lambda: settings.chosen(usual={"horizon": 24}), **state) == {"years": 9}


def test_a_link_names_page_language_sample_and_what_was_chosen():
    link = kept(lambda: settings.link("shop", {"horizon": 24}, scenarios="", more="x"), years=9, horizon=24)
    assert link == "http://localhost:8501/overview?lang=en&sample=shop&more=x&years=9"
    assert kept(lambda: settings.link(None, {})) == "http://localhost:8501/overview?lang=en"


def test_every_language_can_be_asked_for():
    assert [seeded(lang=code)["language"] for code in LANGUAGES] == list(LANGUAGES)
