"""How time and memory of `analyse` grow with the rows, by engine: 1, 10 and 100 million.

The made-up shop's customers buy at random moments and leave after some purchase, four orders each on average
over two years. DuckDB writes it, and beyond ten million rows multiplies its customers, each under another
number, up to a week later and paying otherwise. Each run is a whole process, measured by the operating
system: seconds on the clock, seconds of the processor and the most memory. Run from the repository's root::

    python -m benchmarks.scale --rows 1000000 10000000 100000000 --folder /somewhere/with/30/GB
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[1]
ROWS = (1_000_000, 10_000_000, 100_000_000)
MOST_IN_MEMORY = 1_500_000  # rows given to pandas
MADE_UP = 10_000_000  # rows told one by one
DAYS, ORDERS_EACH = 730, 5.0
_GIGABYTE = 2**20  # kilobytes
_AT_ONCE = 1_000_000  # customers

# A customer won on a day buys at a rate of their own, exponential, and may leave after every purchase, with a
# chance of their own, much as Beta(0.8, 2.5): the n-th purchase falls after n exponential waits.
_SHOP = """
WITH people AS (
  SELECT i AS customer, won, rate, floor(ln(lasts) / ln(1 - leaves)) AS repeats,
    exp(3.2 + 0.6 * sqrt(-2 * ln(a)) * cos(2 * pi() * b)) AS typical
  FROM (
    SELECT i, floor(random() * {days}) AS won, -ln(1 - random()) / 25.0 AS rate,
      (1 - random() ** 0.4) ** 1.25 AS leaves, 1 - random() AS lasts, 1 - random() AS a, random() AS b
    FROM range({first}, {last}) t(i))),
orders AS (
  SELECT customer, won, typical, repeats, n,
    sum(-ln(1 - random()) / rate) OVER (PARTITION BY customer ORDER BY n) AS waited
  FROM people, range(0, 40) s(n))
SELECT customer AS customer_id,
  TIMESTAMP '2023-01-01'
    + to_seconds(CAST(floor((won + CASE WHEN n = 0 THEN 0 ELSE waited END) * 86400) AS BIGINT)) AS date,
  round(typical * (0.5 + random()), 2) AS value,
  ['web', 'shop', 'app'][1 + customer % 3] AS channel
FROM orders WHERE n = 0 OR n <= repeats AND won + waited < {days}"""


_AGAIN = """
SELECT customer_id, date, round(value * (0.9 + 0.2 * random()), 2) AS value, channel
FROM (
  SELECT customer_id + {number} AS customer_id, value, channel,
    date + to_days(CAST(hash(customer_id + {number}) % 7 AS INTEGER)) AS date
  FROM '{part}')
WHERE date < TIMESTAMP '2023-01-01' + to_days({days})"""
_APART = 50_000_000  # from one customer's number to that of the same multiplied


@dataclass(frozen=True)
class Run:
    """Seconds on the clock, until there are figures, and of the processor, and the most memory in GB."""

    clock: float
    figures: float
    processor: float
    memory: float


def write_shop(folder: Path, rows: int) -> int:
    """Write a folder of Parquet with about so many orders; how many there are."""
    if rows > MADE_UP:
        write_shop(folder, MADE_UP)
        return _multiplied(folder, rows)
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2; SET preserve_insertion_order = false; SELECT setseed(0.7)")
        written, part, first = 0, 0, 0
        while written < rows:
            each = written / first if first else ORDERS_EACH
            last = first + max(min(_AT_ONCE, math.ceil((rows - written) / each)), 1)
            out = folder / f"part_{part:03}.parquet"
            connection.execute(f"COPY ({_SHOP.format(days=DAYS, first=first, last=last)}) TO '{out}'")
            written += _rows(connection, out)
            first, part = last, part + 1
    return written


def _multiplied(folder: Path, rows: int) -> int:
    """Add the customers of a folder again, each under another number, until there are so many orders."""
    parts = sorted(folder.iterdir())
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2; SET preserve_insertion_order = false")
        written, again = sum(_rows(connection, part) for part in parts), 0
        while written < rows:
            again += 1
            for part in parts:
                out = folder / f"again_{again:03}_{part.name}"
                copied = _AGAIN.format(part=part, number=again * _APART, days=DAYS)
                connection.execute(f"COPY ({copied}) TO '{out}'")
                written += _rows(connection, out)
    return written


def _rows(connection: duckdb.DuckDBPyConnection, part: Path) -> int:
    return int(connection.read_parquet(str(part)).aggregate("count(*)").fetchall()[0][0])


def run(engine: str, path: Path, folder: Path, *further: str) -> Run:
    """Analyse a folder with an engine, once, with further options."""
    if engine == "pandas":
        path = _one_file(path, folder)
    command = [sys.executable, "-W", "ignore", "-m", "retention", "analyse", str(path), "--engine", engine]
    command += ["--segment", "channel", "--json", str(folder / "figures.json")]
    command += ["--temporary", str(folder)] if engine in {"duckdb", "spark"} else []
    command += further
    started, began = time.monotonic(), time.time()
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"OMP_NUM_THREADS": "1"})
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise subprocess.CalledProcessError(status, command)
    written = (folder / "figures.json").stat().st_mtime - began
    return Run(time.monotonic() - started, written, used.ru_utime + used.ru_stime, used.ru_maxrss / _GIGABYTE)


def _one_file(shop: Path, folder: Path) -> Path:
    """A folder's rows in one file."""
    out = folder / "whole.parquet"
    with duckdb.connect() as connection:
        connection.read_parquet(str(shop / "*.parquet")).write_parquet(str(out))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=ROWS)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--engines", nargs="+", default=["duckdb"], choices=["duckdb", "pandas", "spark"])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as temporary:
        folder, before = Path(temporary), None
        for rows in given.rows:
            shop = folder / "shop"
            written = write_shop(shop, rows)
            for engine in given.engines:
                if engine == "pandas" and rows > MOST_IN_MEMORY:
                    continue
                found = run(engine, shop, folder)
                grown = (
                    ""
                    if before is None or engine != given.engines[0]
                    else f"  rows^{math.log(found.clock / before[1]) / math.log(written / before[0]):.2f}"
                )
                print(
                    f"{written:12,} rows  {engine:7} {found.clock:7.1f} s  {found.processor:7.1f} s of the"
                    f" processor  {found.memory:5.2f} GB{grown}",
                    flush=True,
                )
                before = (written, found.clock) if engine == given.engines[0] else before
            for file in shop.iterdir():
                file.unlink()


if __name__ == "__main__":
    main()
