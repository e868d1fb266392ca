"""Data sets and logs that many people have, in the shape they are known by."""

from __future__ import annotations

from retention.ingest.mapping.platform import Platform, export

DATA_SETS: tuple[Platform, ...] = (
    # What visitors of a shop did, a row each: a session's purchases are an order.
    export(
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
    export(
        "uci_online_retail",
        "InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID, Country",
        {
            "customer": "CustomerID",
            "date": "InvoiceDate",
            "order": "InvoiceNo",
            "quantity": "Quantity",
            "price": "UnitPrice",
            "product": ("Description", "StockCode"),
        },
    ),
)
