"""Shops whose rows come in several files, read with a store and without one."""

from __future__ import annotations

from contextlib import contextmanager

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from retention import ingest
from retention.engines.in_duckdb import DuckDB
from retention.store import stored
from tests.aggregate.shops import random_shop

GIVEN = {"customer": "customer", "order": "order", "date": "date", "amount": "amount"}
SEGMENTS = {"segment": "channel", "segment_2": "country"}
_TYPES = {"date": pa.timestamp("us"), "amount": pa.float64()}


def rows_of(seed, customers, *, numbers=False):
    """The rows of a random shop: in no order, every third order in two of them, some to be set aside."""
    draw = np.random.default_rng(seed)
    table = random_shop(seed, customers).table.rename(
        columns={"customer_id": "customer", "order_id": "order", "value": "amount", **SEGMENTS}
    )[["customer", "order", "date", "amount", "channel", "country"]]
    if numbers:
        table["customer"] = table["customer"].str[1:].astype("int64") + 1  # 0 is nobody
    split = draw.random(len(table)) < 1 / 3
    parts = [table.assign(amount=np.where(split, 2 * table["amount"] + 1, table["amount"]))]
    parts.append(table[split].assign(amount=-table["amount"][split] - 1, channel=None))
    rows = pd.concat(parts).iloc[draw.permutation(len(table) + split.sum())].reset_index(drop=True)
    return rows.assign(amount=rows["amount"].where(draw.random(len(rows)) > 0.02))


def put(folder, name, rows):
    """Add a file of rows to a folder, of the same types whatever is missing."""
    folder.mkdir(exist_ok=True)
    kinds = {name: _TYPES.get(name, pa.string()) for name in rows}
    kinds["customer"] = pa.int64() if rows["customer"].dtype.kind == "i" else pa.string()
    table = pa.Table.from_pandas(rows, pa.schema(list(kinds.items())), preserve_index=False)
    pq.write_table(table, folder / f"{name}.parquet")


@contextmanager
def reading(folder, store=None, **asked):
    """What is found in a folder; with the store that is to be written, where there is one."""
    with DuckDB() as engine:
        source = ingest.Source.of(str(folder), engine.files)
        part = source.part(engine)
        mapping = ingest.guess(part, **GIVEN, **SEGMENTS).mapping
        if store is None:
            yield ingest.large_orders(source, part, mapping, engine, **asked)
            return
        with stored(str(store), source, part, mapping, engine, **asked) as found:
            yield found
