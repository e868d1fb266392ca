"""Which column is taken for what, how sure: 0.95 by its heading, 0.75 by a word of it, 0.5 by contents."""

import numpy as np
import pandas as pd
import pytest

from retention.ingest.columns.search import Search

DAYS = ["2024-01-02", "2024-02-03", "2024-03-04", "2024-04-05"]
MONEY = ["10,50", "7,25", "3,00", "1,75"]
CODES = ["a1", "b2", "a1", "c3"]


@pytest.fixture
def search(raw_table):
    def of(columns, fixed=None, **about):
        found = Search(raw_table(columns, **about), fixed or {})
        found.found()
        return found

    return of


@pytest.fixture
def sure(search):
    """Column and confidence by role."""

    def of(columns, fixed=None, **about):
        found = search(columns, fixed, **about)
        return {role: (name, found.confidence[role]) for role, name in found.taken.items()}

    return of


def test_headings_of_a_role_leave_little_doubt(sure):
    found = sure({"Cliente": CODES, "Data": DAYS, "Importo": MONEY})
    assert found == {"customer": ("Cliente", 0.95), "date": ("Data", 0.95), "amount": ("Importo", 0.95)}


def test_a_heading_that_holds_a_word_of_a_role_leaves_more(sure):
    found = sure({"Cliente finale": CODES, "Data emissione documento": DAYS, "Importo": MONEY})
    assert found["customer"] == ("Cliente finale", 0.75)
    assert found["date"] == ("Data emissione documento", 0.75)


def test_confidence_falls_with_what_cannot_be_read(sure):
    found = sure({"Cliente": CODES, "Data": [*DAYS[:3], "x"], "Importo": MONEY})
    assert found["date"] == ("Data", round(0.95 * 3 / 4, 2))


@pytest.mark.parametrize(("unreadable", "taken"), [(2, "Data"), (3, "Giorno")])
def test_half_of_a_column_must_be_readable(sure, unreadable, taken):
    dates = [*DAYS[unreadable:], *["x"] * unreadable]
    found = sure({"Cliente": CODES, "Data": dates, "Giorno": DAYS, "Importo": MONEY})
    assert found["date"][0] == taken


def test_blank_cells_do_not_count_against_a_column(sure):
    found = sure({"Cliente": CODES, "Data": [DAYS[0], "", "", ""], "Importo": MONEY})
    assert found["date"] == ("Data", 0.95)


def test_a_rival_under_as_good_a_heading_leaves_doubt(sure):
    found = sure({"Cliente": CODES, "Data": DAYS, "Importo": MONEY, "Totale": MONEY})
    assert found["amount"] == ("Totale", round(0.95 * 0.85, 2))
    no_rival = {"Cliente": CODES, "Data": DAYS, "Importo": MONEY, "Totale": ["x"] * 4}
    assert sure(no_rival)["amount"] == ("Importo", 0.95)


def test_quantity_and_price_stand_for_the_amount(search):
    found = search({"Cliente": CODES, "Data": DAYS, "Quantità": ["1", "2", "1", "1"], "Prezzo": MONEY})
    assert (found.taken["quantity"], found.taken["price"]) == ("Quantità", "Prezzo")
    assert "amount" not in found.taken
    assert found.has("amount")
    assert not found.has("order")


def test_a_price_alone_is_the_amount_with_some_doubt(sure):
    found = sure({"Cliente": CODES, "Data": DAYS, "Prezzo": MONEY})
    assert found["amount"] == ("Prezzo", round(0.95 * 0.85, 2))
    assert "price" not in found


def test_a_quantity_alone_is_no_money(search):
    found = search({"Cliente": CODES, "Data": DAYS, "Quantità": ["1", "2", "1", "1"]})
    assert not found.has("amount")
    assert "quantity" not in found.taken
    assert "quantity" not in found.confidence


def test_the_one_column_of_numbers_with_decimals_may_be_the_amount(sure):
    columns = {"Cliente": CODES, "Data": DAYS, "was": MONEY, "n": ["1", "2", "3", "4"]}
    assert sure(columns)["amount"] == ("was", 0.5)
    assert "amount" not in sure(columns | {"noch was": MONEY})
    assert "amount" not in sure(columns | {"was": [*MONEY[:3], "x"]})  # nine of ten must be numbers


def test_a_quantity_given_leaves_the_amount_to_a_price(search):
    columns = {"Cliente": CODES, "Data": DAYS, "Pz": ["1", "2", "1", "1"], "Prezzo": MONEY, "Totale": MONEY}
    found = search(columns, {"quantity": "Pz"})
    assert found.taken == {"quantity": "Pz", "date": "Data", "price": "Prezzo", "customer": "Cliente"}
    assert found.confidence["quantity"] == 1.0


def test_percentages_and_stored_dates_are_no_money(search):
    columns = {"Cliente": CODES, "Data": DAYS}
    assert "amount" not in search(columns | {"Importo": ["10%", "20%", "5%", "1%"]}).taken
    assert "amount" not in search(columns | {"Importo": pd.to_datetime(DAYS)}).taken


def test_the_one_column_of_dates_may_be_the_date(sure):
    columns = {"Cliente": CODES, "wann": DAYS, "Importo": MONEY}
    assert sure(columns)["date"] == ("wann", 0.5)
    assert "date" not in sure(columns | {"und wann": DAYS})
    assert "date" not in sure(columns | {"wann": [*DAYS[:3], "x"]})


def test_numbers_are_no_dates_but_by_their_heading(sure):
    days = [45000.0, 45001.0, 45002.0, 45003.0]
    columns = {"Cliente": CODES, "Importo": MONEY}
    assert "date" not in sure(columns | {"wann": days})
    assert "date" not in sure(columns | {"wann": [str(int(day)) for day in days]})
    assert sure(columns | {"Data": days})["date"] == ("Data", 0.95)


def test_addresses_tell_the_customer_where_no_heading_does(sure):
    wer = ["a@b.it", "c@d.it", "e@f.it", "a@b.it"]
    columns = {"x": CODES, "wer": wer, "Data": DAYS, "Importo": MONEY}
    assert sure(columns)["customer"] == ("wer", 0.5)
    assert "customer" not in sure(columns | {"wer": [*wer[:3], "g"]})


def test_without_headings_the_customer_is_the_column_of_most_values_some_repeated(sure):
    columns = {"A": ["1", "2", "3", "4"], "B": ["p", "q", "p", "q"], "C": CODES, "D": ["x"] * 4}
    given = {"date": "E", "amount": "F"}
    columns |= {"E": DAYS, "F": MONEY}
    assert sure(columns, given, headed=False)["customer"] == ("C", 0.5)
    assert "customer" not in sure(columns, given, headed=True)
    columns["G"] = CODES  # as many: the later, nearer the others
    assert sure(columns, given, headed=False)["customer"] == ("G", 0.5)


def test_a_blank_column_plays_no_part(search):
    found = search(
        {"Cliente": CODES, "Data": DAYS, "Importo": MONEY, "Ordine": [None] * 4, "N. ordine": CODES}
    )
    assert found.taken["order"] == "N. ordine"
    assert "order" not in search({"Cliente": CODES, "Data": DAYS, "Importo": MONEY, "Ordine": [""] * 4}).taken


def test_what_is_given_is_kept_and_not_taken_again(sure):
    found = sure(
        {"Cliente": CODES, "Codice cliente": CODES, "Data": DAYS, "Importo": MONEY},
        {"order": "Codice cliente"},
    )
    assert found["order"] == ("Codice cliente", 1.0)
    assert found["customer"] == ("Cliente", 0.95)


def test_currencies_and_statuses_are_known_by_their_words(search):
    columns = {"Cliente": CODES, "Data": DAYS, "Importo": MONEY}
    found = search(
        columns | {"Valuta": ["EUR", "€", "USD", "EUR"], "Stato": ["pagato", "annullato", "pagato", "x"]}
    )
    assert (found.taken["currency"], found.taken["status"]) == ("Valuta", "Stato")
    found = search(columns | {"Valuta": ["a", "b", "c", "EUR"], "Stato": ["a", "b", "c", "pagato"]})
    assert not {"currency", "status"} & found.taken.keys()


@pytest.mark.parametrize(("words", "taken"), [(40, True), (41, False)])
def test_a_status_has_forty_words_at_most(search, words, taken):
    status = [f"in attesa di pagamento {number}" for number in range(words)]
    columns = {"Cliente": CODES[:1] * words, "Data": DAYS[:1] * words, "Importo": MONEY[:1] * words}
    assert ("status" in search(columns | {"Stato": status}).taken) is taken


@pytest.mark.parametrize(
    ("heading", "cells", "taken"),
    [
        ("Tipo", ["vendita", "reso", "vendita", "vendita"], True),
        ("Tipo", ["vendita", "scambio", "vendita", "vendita"], False),  # marks none
        ("Tipo", ["reso", "reso", "reso", "reso"], False),  # marks all
        ("Tipo", ["reso", None, "reso", "reso"], True),
        ("Reso", ["si", "no", "no", "no"], True),
        ("Reso", ["no", "no", "no", "no"], False),
        ("Rimborso", ["0,00", "5,50", "0,00", "1,00"], False),  # money
    ],
)
def test_refunds_are_marked_in_some_rows_and_not_all(search, heading, cells, taken):
    found = search({"Cliente": CODES, "Data": DAYS, "Importo": MONEY, heading: cells})
    assert ("refund" in found.taken) is taken


def test_another_name_of_the_customer_helps_where_the_first_has_gaps(sure):
    columns = {"Codice cliente": ["1", None, "3", "0"], "Email": ["a@b.it", "c@d.it", None, None]}
    columns |= {"Data": DAYS, "Importo": MONEY}
    found = sure(columns)
    assert (found["customer"][0], found["other_customer"]) == ("Codice cliente", ("Email", 0.95))
    assert "other_customer" not in sure(columns | {"Codice cliente": ["1", "2", "3", "4"]})  # no gaps
    assert "other_customer" not in sure(columns | {"Email": ["a@b.it", None, "c@d.it", None]})  # fills none


def test_a_nought_names_nobody(sure):
    columns = {"Codice cliente": ["1", "2", "3", "0"], "Email": [None, None, None, "a@b.it"]}
    assert sure(columns | {"Data": DAYS, "Importo": MONEY})["other_customer"] == ("Email", 0.95)


def test_a_name_two_people_may_share_does_not_stand_for_a_missing_address(sure):
    columns = {"Email": ["a@b.it", None, "c@d.it", "e@f.it"], "Data": DAYS, "Importo": MONEY}
    assert "other_customer" not in sure(columns | {"Nome cliente": ["Rossi", "Verdi", "Neri", "Bruni"]})
    assert sure(columns | {"Codice cliente": ["1", "2", "3", "4"]}, {"customer": "Email"})[
        "other_customer"
    ] == ("Codice cliente", 0.95)
    found = sure(columns | {"Email cliente": ["g@h.it"] * 4}, {"customer": "Email"})
    assert "other_customer" not in found  # an address beside an address is another's


def test_further_segments_have_several_words_and_forty_at_most(sure):
    several = {f"Canale {name}": ["a", "b", "a", "b"] for name in ("uno", "due")}
    columns = {"Cliente": CODES, "Data": DAYS, "Importo": MONEY, "Canale": ["x", "y", "x", "x"]}
    found = sure(columns | {"Negozio": ["n"] * 4, "Paese": ["IT", "FR", "IT", "DE"]} | several)
    segments = {role: name for role, (name, _) in found.items() if role.startswith("segment")}
    assert segments["segment"] == "Canale"
    assert "Paese" in segments.values()
    assert "Negozio" not in segments.values()
    assert "segment" not in sure({"Cliente": CODES, "Data": DAYS, "Importo": MONEY})


def test_cells_a_file_stores_as_numbers_are_read_as_such(sure):
    typed = {"Data": np.array([False, True, True, False])}
    columns = {"Cliente": CODES, "Data": [DAYS[0], "45000", "45001", DAYS[3]], "Importo": MONEY}
    assert sure(columns, typed=typed)["date"] == ("Data", 0.95)
    assert sure(columns)["date"] == ("Data", round(0.95 / 2, 2))


def test_of_a_long_file_rows_from_all_over_are_looked_at(search):
    # only the last half can be read as money: of all rows half, of the first 2,000 none
    rows = 8_000
    columns = {"Cliente": ["a", "b"] * (rows // 2), "Data": DAYS[:1] * rows}
    amounts = ["x"] * (rows // 2) + ["1,50"] * (rows // 2)
    found = search(columns | {"Importo": amounts})
    assert found.taken["amount"] == "Importo"
    assert found.confidence["amount"] == pytest.approx(0.95 / 2, abs=0.01)
    assert len(found.sample) == 2_000
    assert found.sample.index[-1] == rows - 1
