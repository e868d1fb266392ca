"""How long a CSV of a million rows takes from bytes to orders, against merely opening it with pandas.

Run ``python -m benchmarks.read_csv [ROWS]`` from the repository's root, on an idle machine. For files of
several shapes it prints

- the time until the file is understood: read in the sandbox, its columns guessed, and customer, order, date
  and amount of every row read
- the time from bytes to orders: that, the orders made of the rows, and the account of them
- the time of ``pandas.read_csv``, told the separator and the decimal sign, and of ``pandas.to_datetime`` on
  the column of dates, told their form
- the ratios of these, each the quickest of a few runs that take turns
- the most memory this takes, in GB: of the process, of its sandbox, and of both at the same time. It is
  watched in a run of its own, from a fresh process that holds the file's bytes

pandas has the head start: we are told nothing about the file. The sandbox's process is ready, as it is in the
app.
"""

from __future__ import annotations

import io
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from time import perf_counter, sleep
from typing import TYPE_CHECKING

import pandas as pd

from benchmarks.made_up import SHAPES, Shape, written
from benchmarks.memory import peak_of
from retention import ingest
from retention.ingest.orders.row_reader import read_rows

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 1_000_000
TIMES = 3
_START = 0.6  # seconds in which the sandbox's process has started
_ONLY_READ = "--only-read"


def with_pandas(content: bytes, shape: Shape) -> None:
    table = pd.read_csv(io.BytesIO(content), sep=shape.separator, decimal=shape.decimal)
    pd.to_datetime(table[shape.headings["date"]], format=shape.date)


def opened(content: bytes) -> tuple[ingest.RawTable, ingest.Mapping]:
    raw = ingest.read(content, "orders.csv")
    mapping = ingest.guess(raw).mapping
    if mapping is None:
        raise RuntimeError("the columns were not found")
    return raw, mapping


def understood(content: bytes) -> None:
    read_rows(*opened(content), datetime.now().date())  # noqa: DTZ005  the file's dates are local


def to_orders(content: bytes) -> None:
    ingest.to_orders(*opened(content))


def seconds(act: Callable[[], None]) -> float:
    ingest.keep_ready()
    sleep(_START)
    start = perf_counter()
    act()
    return perf_counter() - start


def measure(name: str, shape: Shape, rows: int) -> None:
    """Print one line of the table."""
    content = written(shape, rows)
    turns = [
        tuple(
            seconds(act)
            for act in (
                lambda: understood(content),
                lambda: to_orders(content),
                lambda: with_pandas(content, shape),
            )
        )
        for _ in range(TIMES)
    ]
    read, orders, pandas_alone = map(min, zip(*turns, strict=True))
    times = f"{read:10.2f} {orders:7.2f} {pandas_alone:7.2f}"
    ratios = f"{read / pandas_alone:7.2f} {orders / pandas_alone:7.2f}"
    print(f"{name:28} {times} {ratios}   {memory(content)}", flush=True)


def memory(content: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "orders.csv"
        file.write_bytes(content)
        peak = peak_of([sys.executable, "-m", "benchmarks.read_csv", _ONLY_READ, str(file)])
    return "unknown" if peak is None else f"{peak.process:7.2f} {peak.child:7.2f} {peak.together:7.2f}"


def main(arguments: list[str]) -> None:
    if arguments[:1] == [_ONLY_READ]:
        to_orders(Path(arguments[1]).read_bytes())
        return
    rows = int(arguments[0]) if arguments else ROWS
    times = f"{'understood':>10} {'orders':>7} {'pandas':>7} {'ratio':>7} {'ratio':>7}"
    columns = f"{times}   {'GB':>7} {'sandbox':>7} {'both':>7}"
    print(f"{f'{rows:,} rows':28} {columns}")
    for name, shape in SHAPES.items():
        measure(name, shape, rows)


if __name__ == "__main__":
    main(sys.argv[1:])
