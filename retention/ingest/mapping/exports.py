"""The exports that are known on sight: headings, columns, and what a row is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.errors import InputError
from retention.ingest.mapping.mapping import Platform, folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retention.ingest.mapping.mapping import Mapping, Role


def _named(code: str, headings: str, columns: dict[Role, str | Sequence[str]], **rules: Any) -> Platform:
    alternatives = {
        role: (names,) if isinstance(names, str) else tuple(names) for role, names in columns.items()
    }
    return Platform(code, tuple(headings.split(", ")), alternatives, **rules)


def _prestashop(code: str, headings: str, delivery: str, **rules: Any) -> Platform:
    """The list of orders in one language, whose headings stand in the same places in all."""
    order, _, _, customer, total, _, status, date = headings.split(", ")
    columns: dict[Role, str | Sequence[str]] = {
        "customer": customer,
        "order": order,
        "date": date,
        "amount": total,
        "status": status,
        "segment": delivery,
    }
    return _named(code, headings, columns, caveats=(("customers_by_name_only", "customer"),), **rules)


def _stripe(code: str, created: str) -> Platform:
    """Payments, the amounts converted to the account's currency where the export has them so."""
    return _named(
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


EXPORTS: tuple[Platform, ...] = (
    # A row is a line item; what belongs to the order stands on its first row alone. Times are local.
    _named(
        "shopify_orders",
        "Name, Email, Financial Status, Total, Created at, Lineitem quantity, Lineitem price",
        {
            "customer": "Email",
            "other_customer": "Phone",
            "order": "Name",
            "date": "Created at",
            "amount": "Total",
            "refunded": "Refunded Amount",
            "currency": "Currency",
            "status": "Financial Status",
            "segment": "Source",
        },
        once_per_order=True,
        cancelled_when_filled="Cancelled at",
    ),
    # Net sales are without tax and shipping. Refunds are rows below zero under the sale's number.
    _named(
        "woocommerce_analytics",
        "Date, Order #, Status, Customer, Customer type",
        {
            "customer": "Customer",
            "order": "Order #",
            "date": "Date",
            "status": "Status",
            "amount": ("Net Sales", "N. Revenue (formatted)", "N. Revenue"),
            "currency": ("N. Revenue (formatted)",),
            "segment": "Attribution",
        },
        negative_apart=True,
        caveats=(("customers_by_name_only", "customer"), ("amount_without_tax_and_shipping", "amount")),
    ),
    # Guests have customer 0. With a row per product the order's fields are repeated.
    _named(
        "woocommerce_orders",
        "order_id, order_date, status, order_total, billing_email",
        {
            "customer": ("billing_email", "customer_email"),
            "other_customer": ("customer_id",),
            "order": "order_id",
            "date": "order_date",
            "amount": "order_total",
            "status": "status",
            "currency": "order_currency",
            "segment": ("billing_country", "shipping_country"),
            "refunded": ("refunded_total", "total_refunded", "order_refund"),
        },
        once_per_order=True,
    ),
    # The shop's own table: `valid` is 1 once the order counts, and an order never invoiced has the date 0000.
    _named(
        "prestashop_table",
        "id_order, id_customer, total_paid, total_paid_real, valid, date_add",
        {
            "customer": "id_customer",
            "order": "id_order",
            "date": "date_add",
            "amount": "total_paid",
            "status": "valid",
        },
    ),
    # What visitors of a shop did, a row each: a session's purchases are an order.
    _named(
        "shop_events",
        "event_time, event_type, product_id, price, user_id, user_session",
        {
            "customer": "user_id",
            "order": "user_session",
            "date": "event_time",
            "amount": "price",
            "status": "event_type",
            "product": "product_id",
            "segment": ("category_code", "brand"),
        },
    ),
    # A row is a line item; what belongs to the order stands on its first row alone.
    _named(
        "squarespace_orders",
        "Order ID, Email, Financial Status, Total, Created at, Lineitem quantity, Lineitem price",
        {
            "customer": "Email",
            "order": "Order ID",
            "date": "Created at",
            "amount": "Total",
            "refunded": "Amount Refunded",
            "currency": "Currency",
            "status": "Financial Status",
            "segment": "Channel Name",
            "product": "Lineitem name",
        },
        once_per_order=True,
        cancelled_when_filled="Cancelled at",
    ),
    # A contact's name is its key; the invoice's total is repeated on each of its lines. An invoice that waits
    # for its payment is a sale, a draft is none.
    _named(
        "xero_invoices",
        "ContactName, EmailAddress, InvoiceNumber, InvoiceDate, DueDate, Total, LineAmount, Status, Type",
        {
            "customer": "ContactName",
            "order": "InvoiceNumber",
            "date": "InvoiceDate",
            "amount": "Total",
            "currency": "Currency",
            "refund": "Type",
            "product": ("InventoryItemCode", "Description"),
        },
        once_per_order=True,
        counts=("status", frozenset({"paid", "awaiting payment"})),
        day_first=True,
    ),
    # The invoice's total is repeated on each of its lines.
    _named(
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
        },
        once_per_order=True,
    ),
    _prestashop(
        "prestashop_orders", "ID, Reference, New client, Customer, Total, Payment, Status, Date", "Delivery"
    ),
    _prestashop(
        "prestashop_orders_it",
        "ID, Riferimento, Nuovo cliente, Cliente, Totale, Pagamento, Stato, Data",
        "Consegna",
        day_first=True,
    ),
    # The base total is in the shop's currency whatever the customer paid in.
    _named(
        "magento_orders",
        "ID, Purchase Date, Bill-to Name, Grand Total (Base), Status, Customer Email",
        {
            "customer": "Customer Email",
            "order": "ID",
            "date": "Purchase Date",
            "status": "Status",
            "amount": "Grand Total (Base)",
            "refunded": "Total Refunded",
            "segment": "Purchase Point",
        },
        negative_apart=True,
    ),
    _stripe("stripe_payments", "Created date (UTC)"),
    _stripe("stripe_payments_old", "Created (UTC)"),
    _named(
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
    _named(
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
    # A row is a line item; its price is already times the quantity.
    _named(
        "amazon_orders",
        "order-id, order-item-id, purchase-date, buyer-email, quantity-purchased, item-price",
        {
            "customer": "buyer-email",
            "order": "order-id",
            "date": "purchase-date",
            "amount": "item-price",
            "currency": "currency",
            "segment": "ship-country",
        },
    ),
    _named(
        "amazon_all_orders",
        "amazon-order-id, merchant-order-id, purchase-date, last-updated-date, order-status, item-price",
        {},
        no_buyer=True,
    ),
    # A row is a line item; the order's total is repeated on each. American dates.
    _named(
        "etsy_orders",
        "Sale Date, Item Name, Quantity, Price, Order Total, Transaction ID, Order ID, Buyer",
        {
            "customer": "Buyer",
            "order": "Order ID",
            "date": "Sale Date",
            "amount": "Order Total",
            "currency": "Currency",
            "segment": "Ship Country",
        },
        once_per_order=True,
        day_first=False,
    ),
    _named(
        "etsy_order_items",
        "Sale Date, Item Name, Quantity, Price, Item Total, Transaction ID, Order ID, Buyer",
        {
            "customer": "Buyer",
            "order": "Order ID",
            "date": "Sale Date",
            "amount": "Item Total",
            "currency": "Currency",
            "segment": "Ship Country",
        },
        day_first=False,
    ),
    _named(
        "bigcommerce_orders",
        "Order ID, Order Date, Order Status, Order Total, Refund Amount, Email Address",
        {
            "customer": "Email Address",
            "other_customer": "Customer ID",
            "order": "Order ID",
            "date": "Order Date",
            "amount": "Order Total",
            "status": "Order Status",
            "refunded": "Refund Amount",
            "currency": ("Order Currency Code", "Currency"),
        },
        once_per_order=True,
    ),
    _named(
        "uci_online_retail",
        "InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID, Country",
        {
            "customer": "CustomerID",
            "date": "InvoiceDate",
            "order": "InvoiceNo",
            "quantity": "Quantity",
            "price": "UnitPrice",
        },
    ),
)


def recognise(headings: Iterable[str], *, buyer_given: bool = False) -> tuple[Platform, Mapping] | None:
    """Tell the platform whose headings a file has, with its mapping; None where it has no platform's.

    Parameters
    ----------
    buyer_given : whether the reader knows which column names the customer

    Raises
    ------
    InputError
        ``no_buyer`` for an export that names no customer, where none is given.

    Examples
    --------
    >>> recognise(["Date", "Customer", "Total"]) is None
    True
    """
    headings = list(headings)
    present = {folded(heading) for heading in headings}
    for platform in EXPORTS:
        if {folded(heading) for heading in platform.headings} <= present:
            if platform.no_buyer and buyer_given:
                return None
            if platform.no_buyer:
                raise InputError("no_buyer", platform=platform.code)
            return platform, platform.mapping(headings)
    return None


def rules_of(code: str | None) -> Platform:
    """Rules of a platform by its code; where there is none, no rule holds."""
    return next((platform for platform in EXPORTS if platform.code == code), Platform("", ()))
