"""A page speaks one language, and changes it without losing anything."""

import pytest

from retention.text import LANGUAGES
from tests.pages.sentences import foreign
from tests.pages.visit import PAGES, Visit


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_in_the_other_language_before_anything_is_loaded(language):
    visit = Visit(language)
    for page in PAGES:
        assert foreign(visit.open(page).texts, language, ()) == [], page


def test_a_sentence_of_the_other_language_would_be_noticed():
    visit = Visit("en", sample="shop").open("cohorts")
    assert len(foreign(visit.texts, "it", ())) > 10
    assert foreign(["Cohort", "Prima **12 righe**: x"], "it", ()) == ["Cohort"]


def test_changing_the_language_changes_the_words_and_keeps_data_and_settings():
    chosen = {"kept": "textbook", "step": "quarter", "uplift_kind": "relative", "uplift": 7.0, "years": 5}
    visit = Visit("en", sample="shop", footing="constant").open("simulator")
    for name, value in chosen.items():
        visit.set(name, value)
    settings = visit.settings
    assert settings.items() >= chosen.items()
    visit.set("language", "it")
    assert visit.failures == []
    assert visit.says("simulator.question")
    assert visit.settings == settings
    assert visit.app.session_state["source"].sample == "shop"
    assert visit.headline.count(visit.words.percent(0.07)) <= 1
    assert foreign(visit.texts, "it", ()) == []


def test_changing_the_language_keeps_the_columns_chosen_by_hand():
    visit = Visit("en", sample="shop").set("map_segment", "Regione").set("map_dates", "day_first")
    visit.set("language", "it")
    assert visit.failures == []
    assert visit.app.session_state["map_segment"] == "Regione"
    assert visit.app.session_state["map_dates"] == "day_first"
    assert visit.app.get_by_key("map_segment").value == "Regione"
