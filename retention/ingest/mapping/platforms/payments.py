"""Exports of payment services and tills."""

from __future__ import annotations

from retention.ingest.mapping.platform import Platform, export


def _stripe(code: str, created: str) -> Platform:
    """Payments, the amounts converted to the account's currency where the export has them so."""
    return export(
        code,
        f"id, {created}, Amount, Amount Refunded, Currency, Status, Customer Email",
        {
            "customer": "Customer Email",
            "other_customer": "Customer ID",
            "order": "id",
            "date": created,
            "amount": ("Converted Amount", "Amount"),
            "status": "Status",
            "refunded": ("Converted Amount Refunded", "Amount Refunded"),
            "currency": ("Converted Currency", "Currency"),
        },
        negative_apart=True,
    )


PAYMENTS: tuple[Platform, ...] = (
    _stripe("stripe_payments", "Created date (UTC)"),
    _stripe("stripe_payments_old", "Created (UTC)"),
    export(
        "paypal_it",
        "Data, Tipo, Stato, Valuta, Lordo, Indirizzo email mittente, Indirizzo email destinatario, "
        "Codice transazione",
        {
            "customer": "Indirizzo email mittente",
            "order": "Codice transazione",
            "date": "Data",
            "amount": "Lordo",
            "currency": "Valuta",
            "status": "Stato",
            "refund": "Tipo",
        },
        day_first=True,
        movements=True,
        refund_customer="Indirizzo email destinatario",
    ),
    export(
        "paypal",
        "Date, Type, Status, Currency, Gross, From Email Address, To Email Address, Transaction ID",
        {
            "customer": "From Email Address",
            "order": "Transaction ID",
            "date": "Date",
            "amount": "Gross",
            "currency": "Currency",
            "status": "Status",
            "refund": "Type",
        },
        movements=True,
        refund_customer="To Email Address",
    ),
    # A row is a line item, a refund one of its own under its sale's id. As public code reads it.
    export(
        "square_items",
        "Date, Time, Time Zone, Item, Qty, Price Point Name, Net Sales, Transaction ID, Customer ID",
        {
            "customer": "Customer ID",
            "order": "Transaction ID",
            "date": "Date",
            "amount": "Net Sales",
            "segment": "Location",
            "product": "Item",
            "quantity": "Qty",
        },
        negative_apart=True,
        caveats=(("amount_without_tax", "amount"),),
    ),
    # A row is a payment, tax and tip within it.
    export(
        "square_transactions",
        "Date, Time, Time Zone, Gross Sales, Tip, Total Collected, Transaction ID, Event Type, Customer ID",
        {
            "customer": "Customer ID",
            "order": "Transaction ID",
            "date": "Date",
            "amount": "Total Collected",
            "segment": "Location",
        },
        negative_apart=True,
    ),
)
