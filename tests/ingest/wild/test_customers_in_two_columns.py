"""Companies in one column and private persons in another, in six languages."""

import pytest
from hypothesis import given, strategies as st

from tests.ingest.wild.making import FEW, MANY, figures, sales, truth
from tests.ingest.wild.outcome import csv, outcome

PAIRS = {
    "it": [
        ("Partita IVA", "Codice fiscale"),
        ("Ragione sociale", "Privato"),
        ("Codice cliente", "Nominativo"),
    ],
    "en": [("VAT number", "Customer"), ("Company", "Name"), ("Customer ID", "Email")],
    "de": [("USt-IdNr.", "Kunde"), ("Firma", "Name"), ("Kundennummer", "E-Mail-Adresse")],
    "fr": [("SIRET", "Client"), ("Raison sociale", "Nom"), ("Code client", "Courriel")],
    "es": [("NIF", "Nombre fiscal"), ("Razón social", "Nombre"), ("Código cliente", "Correo")],
    "pt": [("CNPJ", "CPF"), ("Empresa", "Nome"), ("Código cliente", "Email")],
}


def check(some, pair, companies):
    """Each customer stands in one of the columns, as which of the two it is has it."""
    lines = []
    for sale in some:
        name = f"{sale.customer}@x.it" if "mail" in pair[1].lower() else sale.customer
        cells = f"{sale.customer}," if sale.customer in companies else f",{name}"
        lines.append(f"{sale.order},{cells},{sale.day},{sale.cents / 100:.2f}")
    found = outcome(csv(f"Order,{pair[0]},{pair[1]},Date,Total", *lines), "bills.csv")
    assert figures(found) == truth(some) or (found.refused or "").startswith("missing")


SHAPES = {
    "some": sales(6, 15),
    "pair": st.sampled_from([pair for pairs in PAIRS.values() for pair in pairs]),
    "companies": st.sampled_from([{"anna"}, {"bruno"}, {"anna", "carla"}]),
}


@FEW
@given(**SHAPES)
def test_both_columns_name_customers(some, pair, companies):
    check(some, pair, companies)


@pytest.mark.slow
@MANY
@given(**SHAPES)
def test_both_columns_name_customers_in_many_files(some, pair, companies):
    check(some, pair, companies)
