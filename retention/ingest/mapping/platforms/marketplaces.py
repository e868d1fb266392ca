"""Exports of marketplaces."""

from __future__ import annotations

from retention.ingest.mapping.platform import Platform, export

MARKETPLACES: tuple[Platform, ...] = (
    # A row is a line item; its price is already times the quantity.
    export(
        "amazon_orders",
        "order-id, order-item-id, purchase-date, buyer-email, quantity-purchased, item-price",
        {
            "customer": "buyer-email",
            "order": "order-id",
            "date": "purchase-date",
            "amount": "item-price",
            "currency": "currency",
            "segment": "ship-country",
            "product": ("product-name", "sku"),
            "quantity": "quantity-purchased",
        },
    ),
    export(
        "amazon_all_orders",
        "amazon-order-id, merchant-order-id, purchase-date, last-updated-date, order-status, item-price",
        {},
        no_buyer=True,
    ),
    # A row is a line item; the order's total is repeated on each. American dates.
    export(
        "etsy_orders",
        "Sale Date, Item Name, Quantity, Price, Order Total, Transaction ID, Order ID, Buyer",
        {
            "customer": "Buyer",
            "order": "Order ID",
            "date": "Sale Date",
            "amount": "Order Total",
            "currency": "Currency",
            "segment": "Ship Country",
            "product": "Item Name",
            "quantity": "Quantity",
            "price": "Price",
        },
        once_per_order=True,
        day_first=False,
    ),
    export(
        "etsy_order_items",
        "Sale Date, Item Name, Quantity, Price, Item Total, Transaction ID, Order ID, Buyer",
        {
            "customer": "Buyer",
            "order": "Order ID",
            "date": "Sale Date",
            "amount": "Item Total",
            "currency": "Currency",
            "segment": "Ship Country",
            "product": "Item Name",
            "quantity": "Quantity",
            "price": "Price",
        },
        day_first=False,
    ),
    # An order of several items has a row for itself and one for each. As public code reads it.
    export(
        "ebay_orders",
        "Sales Record Number, Order Number, Buyer Username, Item Title, Sold For, Total Price, Sale Date",
        {
            "customer": "Buyer Username",
            "order": "Order Number",
            "date": "Sale Date",
            "amount": "Total Price",
            "segment": "Buyer Country",
            "product": "Item Title",
            "quantity": "Quantity",
        },
        once_per_order=True,
    ),
)
