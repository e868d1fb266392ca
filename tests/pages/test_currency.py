"""What a file's amounts are in, chosen on the Data page, seen on the others."""

import pytest

from tests.pages.visit import Visit

ROWS = [(f"k{n % 40}", f"2024-{1 + n % 6:02d}-{1 + n % 28:02d}", 10 + n) for n in range(120)]
NONE = ("Cliente", "Data", "Importo")
HERE = "data.stated"


def csv(headings):
    lines = [headings, *((customer, day, str(amount)) for customer, day, amount in ROWS)]
    return "\n".join(";".join(line) for line in lines).encode()


def revenue(visit):
    return visit.open("overview").metric("figure.revenue_net")


def asked(visit):
    return [group for group in visit.app.button_group if group.label == visit.words.say(HERE)]


@pytest.fixture
def visit():
    return Visit("it").upload("vendite.csv", csv(NONE))


def test_amounts_have_no_sign_until_one_is_chosen_with_a_single_press(visit):
    assert [choice.value for choice in asked(visit)] == ["none"]
    assert asked(visit)[0].options[0] == "€ EUR"
    assert "€" not in revenue(visit)
    visit.open("data").set("stated_currency", "EUR")
    assert revenue(visit).endswith("€")


def test_the_choice_outlives_a_change_of_page_and_language(visit):
    visit.set("stated_currency", "EUR")
    visit.open("overview").open("data").set("language", "en")
    assert [choice.value for choice in asked(visit)] == ["EUR"]
    assert revenue(visit).startswith("€")


def test_one_of_the_list_outlives_a_change_of_page_and_language(visit):
    visit.set("stated_currency", "other").set("listed_currency", "JPY")
    assert revenue(visit).endswith("JPY")
    visit.open("data").set("language", "en")
    assert visit.app.get_by_key("listed_currency").value == "JPY"
    assert revenue(visit).startswith("¥")


def test_a_new_file_is_asked_anew(visit):
    visit.set("stated_currency", "EUR")
    visit.upload("altre.csv", csv(("Cliente", "Data", "Totale")))
    assert [choice.value for choice in asked(visit)] == ["none"]
    assert "€" not in revenue(visit)


def test_nothing_is_computed_anew_for_a_sign(visit):
    before = visit.open("overview").open("data").app.session_state["source"]
    visit.set("stated_currency", "EUR")
    assert visit.app.session_state["source"] is before


def test_a_file_that_names_its_currency_is_not_asked():
    visit = Visit("it").upload("vendite.csv", csv(("Cliente", "Data", "Importo (GBP)")))
    assert asked(visit) == []
    assert revenue(visit).endswith("£")


def test_a_sample_is_not_asked():
    visit = Visit("it", sample="shop")
    assert asked(visit) == []
    assert revenue(visit).endswith("€")


def test_fields_of_money_say_what_is_typed_in_them():
    visit = Visit("en", sample="shop").open("simulator")
    labels = {field.key: field.label for field in visit.app.number_input}
    assert labels["fixed_cost"] == visit.words.say("setting.fixed_cost") + " (€)"
    assert labels["own_revenue"].endswith(" (€)")
    assert not any("€" in labels[name] for name in ("years", "margin", "own_won"))
