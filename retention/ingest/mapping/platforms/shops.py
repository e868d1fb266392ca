"""Exports of shop systems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.ingest.mapping.platform import Platform, export

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention.ingest.mapping.mapping import Role


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
    return export(code, headings, columns, caveats=(("customers_by_name_only", "customer"),), **rules)


SHOPS: tuple[Platform, ...] = (
    # A row is a line item; what belongs to the order stands on its first row alone. Times are local.
    export(
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
            "product": "Lineitem name",
            "quantity": "Lineitem quantity",
            "price": "Lineitem price",
        },
        once_per_order=True,
        cancelled_when_filled="Cancelled at",
    ),
    # A row is a line item; what belongs to the order stands on its first row alone.
    export(
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
            "quantity": "Lineitem quantity",
            "price": "Lineitem price",
        },
        once_per_order=True,
        cancelled_when_filled="Cancelled at",
    ),
    # Net sales are without tax and shipping. Refunds are rows below zero under the sale's number.
    export(
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
    export(
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
    export(
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
    export(
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
    export(
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
    # A row is a line item. As public code reads it.
    export(
        "wix_orders",
        "Order number, Date created, Contact email, Item, Qty, Price, Payment status, Total, Refunded amount",
        {
            "customer": "Contact email",
            "other_customer": "Billing name",
            "order": "Order number",
            "date": "Date created",
            "amount": "Total",
            "currency": "Currency",
            "status": "Payment status",
            "refunded": "Refunded amount",
            "product": "Item",
            "quantity": "Qty",
            "price": "Price",
        },
        once_per_order=True,
    ),
)
