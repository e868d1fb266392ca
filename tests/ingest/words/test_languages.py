"""Files of one language: each role under the headings people of that language use."""

import pytest

from retention.ingest import guess, read
from retention.ingest.words.headings import are_continental, bare, words_of
from retention.ingest.words.languages import LANGUAGES

ROLES = ("customer", "order", "date", "amount", "quantity", "currency")
FILES = {
    "en": ("Customer ID", "Order number", "Order date", "Order total", "Quantity", "Currency"),
    "it": ("Codice cliente", "Numero ordine", "Data ordine", "Totale ordine", "Quantità", "Valuta"),
    "de": ("Kundennummer", "Bestellnummer", "Bestelldatum", "Gesamtbetrag", "Menge", "Währung"),
    "de-at": ("Kunden-Nr.", "Rechnungs-Nr.", "Rechnungsdatum", "Brutto", "Stückzahl", "Waehrung"),
    "fr": ("Numéro client", "N° de commande", "Date de la commande", "Total TTC", "Quantité", "Devise"),
    "fr-facture": ("Client", "N° facture", "Date de facture", "Montant TTC", "Qté", "Monnaie"),
    "es": ("Nº cliente", "Número de pedido", "Fecha del pedido", "Importe total", "Cantidad", "Moneda"),
    "es-mx": ("Correo electrónico", "Folio", "Fecha de compra", "Monto total", "Cant.", "Divisa"),
    "pt": ("Código do cliente", "Número do pedido", "Data do pedido", "Valor total", "Quantidade", "Moeda"),
    "pt-pt": ("NIF", "N.º da fatura", "Data da fatura", "Valor pago", "Qtd.", "Moeda"),
}
CELLS = ["k1", "1", "2023-01-05", "10.50", "2", "EUR"], ["k2", "2", "2023-02-17", "20.00", "1", "EUR"]


@pytest.mark.parametrize("language", FILES)
def test_headings_of_each_language_tell_the_columns(language):
    headings = FILES[language]
    content = "\n".join(";".join(line) for line in (headings, *CELLS))
    found = guess(read(content.encode(), "a.csv")).columns
    expected = dict(zip(ROLES, headings, strict=True))
    del expected["quantity"]  # the amount says what the row is worth
    assert {role: found.get(role) for role in expected} == expected


@pytest.mark.parametrize("language", LANGUAGES, ids=["en", "it", "de", "fr", "es", "pt"])
def test_headings_stand_as_they_are_compared(language):
    headings = [
        heading.strip()
        for lists in language.headings.values()
        for text in lists
        for heading in " ".join(text.split()).split(",")
    ]
    assert [heading for heading in headings if heading != bare(heading)] == []


def test_lists_of_a_role_are_as_many_in_each_language():
    for role, lists in LANGUAGES[0].headings.items():
        assert {len(language.headings[role]) for language in LANGUAGES} == {len(lists)}, role


@pytest.mark.parametrize(
    ("heading", "parts"),
    [("Bestelldatum", {"bestell", "datum"}), ("Gesamtbetrag", {"gesamt", "betrag"}), ("Datum", set())],
)
def test_words_written_as_one_are_taken_apart(heading, parts):
    assert words_of(heading) == parts | {heading.casefold()}


@pytest.mark.parametrize(
    ("headings", "continental"),
    [
        (["Datum", "Name"], True),
        (["Fecha"], True),
        (["Montant"], True),
        (["Order", "Total", "Date"], False),
    ],
)
def test_languages_that_write_a_comma_before_the_decimals(headings, continental):
    assert are_continental(headings) is continental
