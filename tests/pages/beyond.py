"""The sample shop as files on a host, and visits to it: counted by an engine, and read into memory."""

from __future__ import annotations

from retention import ingest
from retention.errors import InputError
from retention.sources import Shelf, sources_in
from retention.ui.state import sources
from tests.pages.visit import Visit

NAME = "Big shop"
COLUMNS = {"customer": "customer", "order": "order", "date": "date", "amount": "amount", "segment": "channel"}


def written(folder, parts=2):
    """The sample shop's orders as a folder of Parquet."""
    raw = ingest.open_sample("shop")
    orders = ingest.to_orders(raw, ingest.guess(raw).mapping).orders.table
    named = {"customer_id": "customer", "order_id": "order", "value": "amount", "segment": "channel"}
    kept = orders.rename(columns=named)[["customer", "order", "date", "amount", "channel"]]
    folder.mkdir(exist_ok=True)
    for part in range(parts):
        kept.iloc[part::parts].to_parquet(folder / f"{part}.parquet", index=False)
    return folder


def host_names(monkeypatch, folder, **told):
    """Have a host name the folder: counted where it is, and read into memory."""
    by_engine = {"name": NAME, "path": str(folder), "engine": "duckdb", "memory_limit": 1, "columns": COLUMNS}
    whole = {"name": NAME, "path": str(folder), "columns": COLUMNS}
    found = sources_in({"large": by_engine | told, "small": whole})
    shelf = Shelf()
    monkeypatch.setattr(sources, "configured", lambda: found)
    monkeypatch.setattr(sources, "shelf", lambda: shelf)
    return shelf


def opened(language="en", key="large", **query):
    visit = Visit(language, **query)
    visit.app.button(key=f"source_{key}").click()
    return visit.run()


def called_off():
    return InputError("orders_called_off")
