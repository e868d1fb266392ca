"""What never was a sale, or went back: statuses in any language under any heading, events, credit notes."""

from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from retention import ingest
from tests.ingest.wild.outcome import csv, outcome, wild


@pytest.mark.parametrize("name", ["m07_status.csv", "m07b_status_de.csv"])
def test_cancelled_orders_under_any_heading_and_in_german(name):
    found = wild(name)
    assert (found.orders, found.total, found.intake.account.cancelled) == (2, 50.0, 2)


def test_uncollectible_and_void_are_no_sales():
    found = wild("n04_uncollectible.csv")
    assert (found.orders, found.total) == (1, 10.0)


def test_of_events_only_a_purchase_is_a_sale():
    found = wild("m08_events.csv")
    assert (found.customers, found.orders, found.total) == (1, 1, 12.0)
    assert found.intake.account.set_aside["not_a_sale"][0] == 4


def test_a_credit_note_above_zero_is_a_refund():
    found = wild("m18_tipo_doc.csv")
    assert (found.orders, found.total, found.refunds, found.refunded) == (2, 130.5, 1, -100.0)


def test_what_is_not_valid_is_no_sale():
    assert wild("m03_psorders.csv").intake.account.cancelled == 1


def test_words_of_a_status_nobody_knows_are_said():
    lines = ["1,a,2023-01-05,10.5,Zork", "2,b,2023-01-06,20,Zork", "3,a,2023-02-07,30,Blip"]
    found = outcome(csv("Order,Customer,Date,Total,Order status", *lines), "orders.csv")
    (said,) = [note for note in found.intake.warnings if note.code == "unknown_status_words"]
    assert said.details == {"column": "Order status", "words": ["Zork", "Blip"], "rows": 3}


FOUR = ("1,a,2023-01-05,10.5", "2,b,2023-01-17,20", "3,a,2023-02-20,30", "4,c,2023-02-25,40")


def four_orders(heading, *cells):
    """Four orders, the second of which comes to 20, with a column beside them."""
    lines = [f"{order},{cell}" for order, cell in zip(FOUR, cells, strict=True)]
    return outcome(csv(f"Order,Customer,Date,Total,{heading}", *lines), "orders.csv")


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        *[("Cancelled at", "2023-01-18 10:00"), ("voided_at", "2023-01-18"), ("deleted_at", "2023-01-18")],
        *[("Data annullamento", "18/01/2023"), ("Motivo annullamento", "non risponde")],
        *[("Stornodatum", "18.01.2023"), ("Storniert am", "18.01.2023"), ("Stornogrund", "Irrtum")],
        *[("Date d'annulation", "18/01/2023"), ("Fecha de cancelación", "18/01/2023")],
        *[("Data de cancelamento", "18/01/2023"), ("Cancellation reason", "changed his mind")],
    ],
)
@pytest.mark.parametrize("nothing", ["", "0000-00-00 00:00:00"])
def test_a_day_or_a_reason_of_cancelling_is_a_status_and_said(heading, cell, nothing):
    found = four_orders(heading, "", cell, nothing, "")
    assert (found.orders, found.total, found.intake.account.cancelled) == (3, 80.5, 1)
    (said,) = found.intake.warnings
    assert (said.code, said.details) == ("cancelled_by_column", {"column": heading, "rows": 1})


def test_a_day_of_cancelling_beside_a_status_is_said():
    lines = [f"{FOUR[0]},Paid,", f"{FOUR[1]},Paid,2023-01-18", f"{FOUR[2]},Paid,"]
    found = outcome(csv("Order,Customer,Date,Total,Status,Cancelled at", *lines), "orders.csv")
    (said,) = found.intake.warnings
    assert (said.code, said.details["column"], said.details["rows"]) == ("status_not_used", "Cancelled at", 1)


def test_days_of_cancelling_on_every_row_cancel_none():
    found = four_orders("Cancellation date", *["2023-05-01"] * 4)  # until when each may be cancelled
    assert (found.orders, found.intake.account.cancelled) == (4, 0)


@pytest.mark.parametrize("heading", ["refunded_at", "Data rimborso", "Erstattet am", "Date de remboursement"])
def test_a_day_of_paying_back_is_said(heading):
    found = four_orders(heading, "", "2023-01-18", "", "")
    (said,) = found.intake.warnings
    assert (found.orders, said.code, said.details["rows"]) == (4, "status_not_used", 1)


@pytest.mark.parametrize(
    ("sale", "other"),
    [
        *[("Fattura", "Preventivo"), ("Fattura", "Proforma"), ("Invoice", "Estimate"), ("Invoice", "Quote")],
        *[("Rechnung", "Angebot"), ("Facture", "Devis"), ("Factura", "Presupuesto")],
        *[("Fatura", "Orçamento"), ("Vendita", "Annullo"), ("Sale", "Void")],
    ],
)
@pytest.mark.parametrize("heading", ["Tipo documento", "Type", "Belegart", "Z"])
def test_an_offer_is_no_sale(heading, sale, other):
    found = four_orders(heading, sale, other, sale, sale)
    assert (found.orders, found.total, found.refunds) == (3, 80.5, 0)
    assert found.intake.account.set_aside["not_a_sale"] == (1, 20.0)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Invoice", "Payment"), ("Fattura", "Ordine"), ("Rechnung", "Lieferschein"), ("Facture", "Commande")],
)
def test_documents_of_one_sale_are_said(one, other):
    (said,) = four_orders("Type", one, other, one, one).intake.warnings
    assert said.code == "documents_of_one_sale"
    assert said.details == {"column": "Type", "words": [one, other], "rows": 4}


def test_invoices_and_receipts_are_sales_of_their_own():
    assert not four_orders("Tipo", "Fattura", "Scontrino", "Fattura", "Fattura").intake.warnings


def test_types_of_documents_nobody_knows_are_said():
    found = four_orders("Transaction", "Sale", "Return", "Sale", "Exchange")
    (said,) = found.intake.warnings
    assert (said.code, said.details["words"]) == ("unknown_status_words", ["Exchange"])
    assert (found.orders, found.refunded) == (3, -20.0)


@pytest.mark.parametrize(
    "word", ["Non validée", "Not confirmed", "KO", "Disdetta", "Sin pagar", "Widerrufen"]
)
def test_what_is_not_so_is_no_sale(word):
    found = four_orders("Status", "Paid", word, "Paid", "Paid")
    assert (found.orders, found.total, found.intake.warnings) == (3, 80.5, ())


def test_what_is_not_done_is_asked_about_unless_it_is_the_goods_way():
    (said,) = four_orders("Status", "Paid", "Not processed", "Paid", "Paid").intake.warnings
    assert (said.code, said.details["words"]) == ("unknown_status_words", ["Not processed"])
    assert not four_orders("Status", "Paid", "Not shipped", "Paid", "Paid").intake.warnings


@pytest.mark.parametrize("heading", ["current_state", "Stato", "Status"])
def test_numbers_for_a_status_are_asked_about(heading):
    (said,) = four_orders(heading, "2", "6", "2", "5").intake.warnings
    assert (said.code, said.details["column"]) == ("unknown_status_words", heading)


def test_a_note_that_says_cancelled_is_said():
    (said,) = four_orders("Note", "", "ANNULLATO", "", "consegna ore 10").intake.warnings
    assert (said.code, said.details["words"]) == ("status_not_used", ["ANNULLATO"])


EVENTS = (
    "page_view,2023-01-05,u1,,",
    "add_to_cart,2023-01-05,u1,,10.5",
    "purchase,2023-01-05,u1,T1,10.5",
    "begin_checkout,2023-01-17,u2,,99.5",
    "purchase,2023-02-20,u1,T2,30",
    "refund,2023-02-21,u1,T2,30",
)


def test_a_refund_among_events_takes_back_and_is_no_purchase():
    found = outcome(csv("event_name,event_date,user_id,transaction_id,value", *EVENTS), "events.csv")
    assert (found.customers, found.orders, found.total, found.refunded) == (1, 2, 40.5, -30.0)
    assert not found.intake.warnings


def test_events_nobody_knows_are_said():
    events = [*EVENTS, "renewal,2023-03-21,u1,T3,5"]
    found = outcome(csv("event_name,event_date,user_id,transaction_id,value", *events), "events.csv")
    (said,) = found.intake.warnings
    assert (said.code, said.details["words"]) == ("unknown_status_words", ["renewal"])


SOLD = {
    "it": ["Pagato", "Completato", "Spedita", "Evaso", "Consegnato"],
    "en": ["Paid", "Completed", "Shipped", "Delivered"],
    "de": ["Bezahlt", "Abgeschlossen", "Versendet", "Geliefert", "Versandt"],
    "fr": ["Payé", "Terminée", "Livré", "Expédiée"],
    "es": ["Pagado", "Completada", "Enviado", "Entregado"],
    "pt": ["Pago", "Concluída", "Enviado", "Entregue"],
}
NOT_SOLD = {
    "it": ["Annullata", "Cancellato", "Non pagata", "In attesa di pagamento", "Fallito", "Insoluta"],
    "en": ["Cancelled", "voided", "Void", "Unpaid", "Failed", "Uncollectible", "Draft"],
    "de": ["Storniert", "Abgebrochen", "Unbezahlt", "Nicht bezahlt", "Abgelehnt", "Zahlung ausstehend"],
    "fr": ["Annulée", "Échoué", "Refusé", "Impayé", "En attente de paiement"],
    "es": ["Cancelado", "Anulada", "Rechazado", "No pagado", "Pendiente de pago"],
    "pt": ["Cancelado", "Anulada", "Recusado", "Não pago", "Aguardando pagamento"],
}
BACK = {
    "it": ["Rimborsato", "Reso"],
    "en": ["Refunded", "Returned"],
    "de": ["Erstattet", "Retourniert", "Zurückerstattet"],
    "fr": ["Remboursé", "Retourné"],
    "es": ["Reembolsado", "Devuelto"],
    "pt": ["Reembolsado", "Devolvido"],
}
HEADINGS = [
    "Status",
    "Stato fattura",
    "Bestellstatus",
    "Statut",
    "Estado",
    "Colonna 7",
    "Bemerkung",
    "x_state",
]


@st.composite
def shops(draw):
    """Orders with their statuses in one language, at least one sold and one not: heading, (status, cents)."""
    language = draw(st.sampled_from(sorted(SOLD)))
    sold, not_sold = st.sampled_from(SOLD[language]), st.sampled_from(NOT_SOLD[language])
    some = draw(st.lists(st.one_of(sold, not_sold, st.sampled_from(BACK[language])), min_size=1, max_size=12))
    statuses = [draw(sold), draw(not_sold), *some]
    cents = draw(st.lists(st.integers(101, 9_999), min_size=len(statuses), max_size=len(statuses)))
    return draw(st.sampled_from(HEADINGS)), list(zip(draw(st.permutations(statuses)), cents, strict=True))


def check(shop):
    heading, orders = shop
    lines = [
        f"{i},c{i % 3},2023-{1 + i % 12:02}-{1 + i % 28:02},{cents / 100:.2f},{status}"
        for i, (status, cents) in enumerate(orders, 1)
    ]
    found = outcome(csv(f"Order,Customer,Date,Total,{heading}", *lines), "orders.csv")
    never = {word for words in NOT_SOLD.values() for word in words}
    back = {word for words in BACK.values() for word in words}
    bought = [cents for status, cents in orders if status not in never]
    gone = [cents for status, cents in orders if status in back]
    right = (len(bought), round(sum(bought) / 100, 2), round(-sum(gone) / 100, 2))
    warned = set() if found.refused else {warning.code for warning in found.intake.warnings}
    assert (
        (found.orders, found.total, found.refunded) == right
        or found.refused
        or warned & {"unknown_status_words"}
    )


@settings(max_examples=20, deadline=None)
@given(shops())
def test_orders_of_any_status_count_as_it_says_or_are_spoken_of(shop):
    check(shop)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(shops())
def test_orders_of_many_statuses_count_as_they_say_or_are_spoken_of(shop):
    check(shop)


@pytest.mark.parametrize(
    ("sale", "back"),
    [
        *[("Fattura", "Nota di credito"), ("Invoice", "Credit note"), ("Rechnung", "Gutschrift")],
        *[("Facture", "Avoir"), ("Factura", "Nota de crédito"), ("Verkauf", "Retoure"), ("Vendita", "Reso")],
        *[("Sale", "Return"), ("Venta", "Devolución"), ("Venda", "Devolução"), ("Vente", "Retour")],
    ],
)
@pytest.mark.parametrize("heading", ["Tipo doc.", "Belegart", "Type de pièce", "Movimento", "Z"])
def test_what_a_document_gives_back_is_a_refund_whatever_its_sign(heading, sale, back):
    lines = [f"a,2023-01-05,100.5,{sale}", f"b,2023-01-17,30,{sale}", f"a,2023-02-20,100.5,{back}"]
    found = outcome(csv(f"Customer,Date,Total,{heading}", *lines, f"b,2023-02-21,-5,{back}"), "list.csv")
    assert (found.orders, found.total, found.refunds, found.refunded) == (2, 130.5, 2, -105.5)


PARKED = ["1,a,2024-01-05,Paid,10.5", "2,b,2024-01-06,Parked,20.5", "3,a,2024-02-06,Paid,30.5"]


def parked():
    raw = ingest.read(csv("Order,Customer,Date,Status,Total", *PARKED), "orders.csv")
    return raw, ingest.guess(raw).mapping


def test_words_nobody_knows_are_sales_until_they_are_said_to_be_none():
    raw, mapping = parked()
    assert ingest.words_to_ask(raw, mapping) == ["Parked"]
    before = ingest.to_orders(raw, mapping)
    assert before.orders.table["value"].sum() == 61.5
    assert "unknown_status_words" in [warning.code for warning in before.warnings]
    after = ingest.to_orders(raw, replace(mapping, no_sale=("parked",)))
    assert after.orders.table["value"].sum() == 41.0
    assert after.account.cancelled == 1
    assert "unknown_status_words" not in [warning.code for warning in after.warnings]


def test_what_was_said_to_be_no_sale_is_saved_with_the_columns():
    _, mapping = parked()
    said = replace(mapping, no_sale=("Parked", "Held"))
    assert ingest.load(ingest.dump(said)) == said
    assert "no_sale" not in ingest.dump(mapping)


@pytest.mark.parametrize("written", [str, str.lower, str.upper])
def test_an_exports_cancelled_orders_are_none_whatever_the_capitals_of_its_headings(written):
    headings = "Name,Email,Financial Status,Total,Created at,Cancelled at,Lineitem quantity,Lineitem price"
    rows = ["#1,a@x.it,paid,10.50,2024-01-05,,1,10.5", "#2,b@x.it,paid,20.50,2024-01-06,2024-01-07,1,20.5"]
    assert outcome(csv(written(headings), *rows), "orders.csv").total == 10.50
