"""How long a CSV of a million rows takes from bytes to orders, against merely opening it with pandas.

Run ``python -m benchmarks.read_csv [ROWS]`` from the repository's root, on an idle machine. For files of
several shapes it prints

- the time from bytes to orders: reading in the sandbox, guessing the columns, and the account of every row
- the time of ``pandas.read_csv``, told the separator and the decimal sign, and of ``pandas.to_datetime`` on
  the column of dates, told their form
- the ratio of the two, each the quickest of a few runs that take turns
- the most memory this takes, in GB: of the process, of its sandbox, and of both at the same time. It is
  watched in a run of its own, from a fresh process that holds the file's bytes

pandas has the head start: we are told nothing about the file.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import pandas as pd

from benchmarks.made_up import SHAPES, Shape, written
from benchmarks.memory import peak_of
from retention import ingest

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = 1_000_000
TIMES = 3
_ONLY_READ = "--only-read"


def with_pandas(content: bytes, shape: Shape) -> None:
    table = pd.read_csv(io.BytesIO(content), sep=shape.separator, decimal=shape.decimal)
    pd.to_datetime(table[shape.headings["date"]], format=shape.date)


def to_orders(content: bytes) -> None:
    raw = ingest.read(content, "orders.csv")
    mapping = ingest.guess(raw).mapping
    if mapping is None:
        raise RuntimeError("the columns were not found")
    ingest.to_orders(raw, mapping)


def seconds(act: Callable[[], None]) -> float:
    start = perf_counter()
    act()
    return perf_counter() - start


def measure(name: str, shape: Shape, rows: int) -> None:
    """Print one line of the table."""
    content = written(shape, rows)
    turns = [
        (seconds(lambda: to_orders(content)), seconds(lambda: with_pandas(content, shape)))
        for _ in range(TIMES)
    ]
    ours, pandas_alone = map(min, zip(*turns, strict=True))
    times = f"{ours:7.2f} {pandas_alone:7.2f} {ours / pandas_alone:7.2f}"
    print(f"{name:28} {times}   {memory(content)}", flush=True)


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
    columns = f"{'orders':>7} {'pandas':>7} {'ratio':>7}   {'GB':>7} {'sandbox':>7} {'both':>7}"
    print(f"{f'{rows:,} rows':28} {columns}")
    for name, shape in SHAPES.items():
        measure(name, shape, rows)


if __name__ == "__main__":
    main(sys.argv[1:])
