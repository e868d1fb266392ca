import pytest

from retention.ingest import Mapping, guess, to_orders
from retention.ingest.words.documents import marks_refund, says_yes
from retention.ingest.words.statuses import is_status, status_of


@pytest.mark.parametrize(
    "text",
    [
        *["Cancelled", "canceled", "Annullato", "voided", "Failed", "Non riuscita", "Payment error"],
        *["Errore di pagamento", "pending", "Pending payment", "wc-on-hold", "In attesa", "In sospeso"],
        *["In attesa di pagamento con bonifico bancario", "Awaiting bank wire payment", "Da pagare"],
        *["Non pagato", "unpaid", "Scaduto", "requires_payment_method", "checkout-draft", "Rifiutata"],
    ],
)
def test_what_never_was_a_sale(text):
    assert status_of(text) == "cancelled"


@pytest.mark.parametrize(
    "text",
    [
        *[
            "Paid",
            "Completata",
            "processing",
            "In attesa di spedizione",
            "Awaiting Fulfillment",
            "authorized",
        ],
        *["In attesa di rifornimento (pagato)", "Pending shipment", "On backorder (paid)", "Spedito", ""],
    ],
)
def test_what_is_a_sale_wherever_the_goods_are(text):
    assert status_of(text) is None


@pytest.mark.parametrize(
    ("text", "status"),
    [
        *[
            ("Refunded", "refunded"),
            ("Rimborsato", "refunded"),
            ("reso", "refunded"),
            ("Reversed", "refunded"),
        ],
        *[("partially_refunded", "partly_refunded"), ("Rimborso parziale", "partly_refunded")],
    ],
)
def test_what_went_back(text, status):
    assert status_of(text) == status


def test_marks_of_refunds():
    assert all(
        map(marks_refund, ["Nota di credito", "NOTA CREDITO", "TD04", "Credit memo", "Storno", "refund"])
    )
    assert not any(map(marks_refund, ["Fattura", "TD01", "Vendita", "Ricevuta", "si"]))
    assert all(map(says_yes, ["Sì", "yes", "1", "x", "TRUE", "rimborso"]))
    assert not any(map(says_yes, ["no", "0", "", "false"]))


def test_words_that_are_no_status():
    assert is_status("Evaso")
    assert not any(map(is_status, ["Lombardia", "Italia", "12"]))


def intake(raw_table, columns):
    raw = raw_table(columns)
    found = guess(raw)
    return found.mapping, to_orders(raw, found.mapping)


def test_cancelled_rows_leave_before_orders_are_formed(raw_table):
    mapping, result = intake(
        raw_table,
        {
            "cliente": ["a", "b", "c", ""],
            "data": ["13/01/2024"] * 4,
            "totale": ["10,00", "20,00", "30,50", "5,00"],
            "stato ordine": ["Evaso", "Annullato", "In attesa di pagamento", "Annullato"],
        },
    )
    assert mapping.status == "stato ordine"
    assert (result.account.cancelled, result.account.set_aside) == (3, {})
    assert result.account.cancelled_by == {"Annullato": 2, "In attesa di pagamento": 1}
    assert result.account.money["cancelled"] == pytest.approx(55.5)
    assert result.orders.table["customer_id"].tolist() == ["a"]


def test_a_state_of_the_country_is_no_status(raw_table):
    columns = {"cliente": ["a", "b"], "data": ["13/01/2024"] * 2, "totale": ["1,50", "2,50"]}
    mapping, _ = intake(raw_table, {**columns, "stato": ["Italia", "Francia"]})
    assert mapping.status is None


def test_a_refunded_order_is_bought_and_given_back(raw_table):
    columns = {"cliente": ["a", "a"], "n. ordine": ["1", "2"], "data": ["13/01/2024", "14/02/2024"]}
    _, result = intake(
        raw_table, {**columns, "totale": ["10,50", "20,00"], "stato": ["Rimborsato", "Pagato"]}
    )
    assert result.orders.table[["order_id", "value", "kind"]].to_numpy().tolist() == [
        ["1", 10.5, "purchase"],
        ["1", -10.5, "refund"],
        ["2", 20.0, "purchase"],
    ]


def test_partly_refunded_orders_without_an_amount_are_said(raw_table):
    columns = {"customer": ["a", "b"], "date": ["2024-01-13"] * 2, "total": ["10.50", "20.00"]}
    _, result = intake(raw_table, {**columns, "status": ["Partially refunded", "Paid"]})
    assert [(w.code, w.details) for w in result.warnings] == [("partly_refunded_unknown", {"rows": 1})]
    assert result.account.refunds == 0


def test_credit_notes_are_refunds_whatever_their_sign(raw_table):
    columns = {
        "ragione sociale": ["Rossi", "Rossi", "Bianchi", "Bianchi"],
        "n. fattura": ["1", "2", "3", "4"],
        "data fattura": ["13/01/2024", "20/01/2024", "21/01/2024", "22/01/2024"],
        "totale documento": ["100,00", "100,00", "50,00", "-20,00"],
        "tipo documento": ["Fattura", "Nota di credito", "Fattura", "Nota di credito"],
    }
    mapping, result = intake(raw_table, columns)
    assert mapping.refund == "tipo documento"
    assert result.orders.table["value"].tolist() == [50.0, -20.0, 100.0, -100.0]


def test_a_refunded_amount_is_booked_on_the_orders_date(raw_table):
    columns = {"customer": ["a", "b"], "order id": ["1", "2"], "date": ["2024-01-13", "2024-01-14"]}
    money = {"total": ["10.50", "20.00"], "refunded amount": ["4.25", ""]}
    mapping, result = intake(raw_table, {**columns, **money})
    assert mapping.refunded == "refunded amount"
    table = result.orders.table
    assert table["value"].tolist() == [10.5, -4.25, 20.0]
    assert table["date"].dt.day.tolist() == [13, 13, 14]
    assert result.account.money["used"] == pytest.approx(26.25)
    assert Mapping("customer", "date", amount="total").columns.keys() == {"customer", "date", "amount"}
