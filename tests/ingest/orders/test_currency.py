import pandas as pd
import pytest

from retention.errors import InputError
from retention.ingest import Mapping, offered_currencies, to_orders
from retention.ingest.orders.currency import currencies
from retention.ingest.words.currencies import CODES, currency_of

MAPPING = Mapping("customer", "date", amount="amount")


def codes(texts):
    found = currencies(pd.Series(texts, dtype="str")).texts()
    return found.astype(object).where(found.notna(), None).tolist()


def orders(raw_table, amounts, mapping=MAPPING, heading="amount", **more):
    days = [f"2024-01-{day:02d}" for day in range(1, len(amounts) + 1)]
    table = {"customer": ["a"] * len(amounts), "date": days, heading: amounts, **more.pop("columns", {})}
    return to_orders(raw_table(table), mapping, **more)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *[("€ 12,50", "EUR"), ("12,50€", "EUR"), ("EUR 12,50", "EUR"), ("12.50 euro", "EUR"), ("£3", "GBP")],
        *[("CHF 1'200.50", "CHF"), ("US$ 3.10", "USD"), ("$3.10", "$"), ("3,10 zł", "PLN"), ("R$ 5", "BRL")],
        *[("-€ 3,50", "EUR"), ("(€ 3,50)", "EUR"), ("&euro;3.50", "EUR"), ("12.50", None), ("", None)],
        *[("12 pezzi", None), ("usd", "USD"), ("EUR (Euro)", "EUR"), ("kr 12", "kr")],
    ],
)
def test_signs_and_codes_beside_amounts_or_alone(text, code):
    assert codes([text]) == [code]


def test_an_unknown_word_in_a_column_of_currencies_stands_for_itself():
    assert codes(["eur", "gil"]) == ["EUR", "GIL"]
    assert currency_of("gil") is None


def test_the_currency_of_the_amounts_is_the_files(raw_table):
    intake = orders(raw_table, ["€ 1.200,50", "€ 30,00"])
    assert intake.orders.currency == "EUR"
    assert intake.orders.table["value"].tolist() == [1200.5, 30.0]


@pytest.mark.parametrize(
    ("heading", "code"),
    [("Totale (€)", "EUR"), ("Amount [USD]", "USD"), ("Importo EUR", "EUR"), ("All totals", None)],
)
def test_the_amounts_heading_may_name_it(raw_table, heading, code):
    mapping = Mapping("customer", "date", amount=heading)
    assert orders(raw_table, ["1.50", "2.25"], mapping, heading).orders.currency == code


def test_rows_that_name_none_have_the_files_only_currency(raw_table):
    intake = orders(raw_table, ["€ 1,50", "2,25"])
    assert (intake.orders.currency, intake.account.rows_used) == ("EUR", 2)


def test_several_currencies_are_named_with_their_rows(raw_table):
    with pytest.raises(InputError) as caught:
        orders(raw_table, ["€ 1,50", "€ 2,25", "£ 3,10", "4,00"])
    assert caught.value.code == "several_currencies"
    assert caught.value.details == {"currencies": {"EUR": 2, "GBP": 1}}


def test_one_of_several_can_be_kept_and_the_others_are_set_aside(raw_table):
    intake = orders(raw_table, ["€ 1,50", "€ 2,25", "£ 3,10", "4,00"], currency="EUR")
    assert intake.orders.currency == "EUR"
    assert intake.orders.table["value"].tolist() == [1.5, 2.25]
    assert intake.account.set_aside == {"other_currency": (2, pytest.approx(7.1))}


def test_a_currency_no_row_has_cannot_be_kept(raw_table):
    with pytest.raises(InputError) as caught:
        orders(raw_table, ["€ 1,50", "£ 3,10"], currency="USD")
    assert caught.value.code == "no_such_currency"
    assert caught.value.details == {"currency": "USD", "currencies": {"EUR": 1, "GBP": 1}}


def test_a_currency_of_rows_that_are_not_used_does_not_count(raw_table):
    intake = orders(raw_table, ["€ 1,50", "£ x"])
    assert intake.orders.currency == "EUR"


def test_a_column_says_which_currency_each_row_is_in(raw_table):
    mapping = Mapping("customer", "date", amount="amount", currency="currency")
    columns = {"currency": ["eur", "gbp", "EUR"]}
    intake = orders(raw_table, ["1.50", "2.25", "3.10"], mapping, columns=columns, currency="EUR")
    assert intake.orders.table["value"].tolist() == [1.5, 3.1]


def test_a_dollar_sign_is_the_only_dollar_of_the_file(raw_table):
    assert orders(raw_table, ["$ 1.50", "USD 2.25"]).orders.currency == "USD"
    with pytest.raises(InputError) as caught:
        orders(raw_table, ["$ 1.50", "USD 2.25", "CAD 3.10"])
    assert caught.value.details == {"currencies": {"$": 1, "USD": 1, "CAD": 1}}


def test_what_a_file_is_in_that_names_none_can_be_said(raw_table):
    intake = orders(raw_table, ["1.50", "2.25"], currency="EUR")
    assert (intake.orders.currency, intake.account.rows_used) == ("EUR", 2)
    assert intake.orders.table["value"].tolist() == [1.5, 2.25]
    assert orders(raw_table, ["1.50", "2.25"]).orders.currency is None


@pytest.mark.parametrize("said", ["eur", "euro", "XYZ", "€", ""])
def test_only_a_code_says_what_a_file_is_in(raw_table, said):
    with pytest.raises(InputError) as caught:
        orders(raw_table, ["1.50", "2.25"], currency=said)
    assert (caught.value.code, caught.value.details) == ("unknown_currency", {"currency": said})


@pytest.mark.parametrize(
    ("heading", "amounts"), [("Total (GBP)", ["1.50", "2.25"]), ("Total", ["£1.50", "£2.25"])]
)
def test_what_the_file_says_wins(raw_table, heading, amounts):
    mapping = Mapping("customer", "date", amount=heading)
    assert orders(raw_table, amounts, mapping, heading, currency="GBP").orders.currency == "GBP"
    with pytest.raises(InputError) as caught:
        orders(raw_table, amounts, mapping, heading, currency="EUR")
    assert caught.value.code == "no_such_currency"
    assert caught.value.details == {"currency": "EUR", "currencies": {"GBP": 2}}


@pytest.mark.parametrize(
    ("headings", "first"),
    [
        (("Codice cliente", "Data ordine", "Totale ordine"), ["EUR", "USD"]),
        (("Kundennummer", "Bestelldatum", "Gesamtbetrag"), ["EUR", "CHF"]),
        (("Client", "Date de la commande", "Montant"), ["EUR", "CHF"]),
        (("Correo", "Fecha", "Importe"), ["EUR", "MXN"]),
        (("Cliente", "Data do pedido", "Valor"), ["EUR", "BRL"]),
        (("Customer", "Order date", "Total"), ["EUR", "USD"]),
        ((), ["EUR", "USD"]),
    ],
)
def test_currencies_are_offered_the_likeliest_first(headings, first):
    offered = offered_currencies(headings)
    assert list(offered[:2]) == first
    assert set(offered) == CODES
    assert len(offered) == len(CODES)
