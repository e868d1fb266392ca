"""Exports of programs for invoices and orders."""

from __future__ import annotations

from retention.ingest.mapping.platform import Platform, export

INVOICES: tuple[Platform, ...] = (
    # A contact's name is its key; the invoice's total is repeated on each of its lines. An invoice that waits
    # for its payment is a sale, a draft is none.
    export(
        "xero_invoices",
        "ContactName, EmailAddress, InvoiceNumber, InvoiceDate, DueDate, Total, LineAmount, Status, Type",
        {
            "customer": "ContactName",
            "order": "InvoiceNumber",
            "date": "InvoiceDate",
            "amount": "Total",
            "currency": "Currency",
            "refund": "Type",
            "product": ("Description", "InventoryItemCode"),
            "quantity": "Quantity",
            "price": "UnitAmount",
            "status": "Status",
        },
        once_per_order=True,
        statuses={"awaiting payment": True, "submitted": False, "awaiting approval": False},
        day_first=True,
    ),
    # The invoice's total is repeated on each of its lines.
    export(
        "zoho_invoices",
        "Invoice Date, Invoice ID, Invoice Number, Invoice Status, Customer ID, Total, Item Total",
        {
            "customer": "Customer ID",
            "order": "Invoice ID",
            "date": "Invoice Date",
            "amount": "Total",
            "currency": "Currency Code",
            "status": "Invoice Status",
            "product": "Item Name",
            "quantity": "Quantity",
            "price": "Item Price",
        },
        once_per_order=True,
        statuses=dict.fromkeys(("overdue", "unpaid", "partiallypaid", "viewed"), True),
    ),
    # A row is a line of an order, whose own fields stand on its first alone. As public code reads it.
    export(
        "odoo_orders",
        "Order Reference, Order Date, Customer, Order Lines/Product, Order Lines/Subtotal",
        {
            "customer": "Customer",
            "order": "Order Reference",
            "date": "Order Date",
            "amount": "Order Lines/Subtotal",
            "currency": "Currency",
            "status": "Status",
            "segment": "Sales Team",
            "product": "Order Lines/Product",
            "quantity": "Order Lines/Quantity",
        },
        statuses={"sales order": True, "locked": True, "quotation": False, "quotation sent": False},
        caveats=(("amount_without_tax", "amount"),),
    ),
)
