"""How long a day's new orders take with a store, beside all of them from scratch: `analyse --store`.

The made-up shop of `benchmarks.scale` without its last days is read from scratch, which makes the store; then
its next days come in, a file each. Each run is a whole process, measured by the operating system, and beside
it the seconds until its figures are there. Run from the repository's root::

    python -m benchmarks.store --rows 10000000 --folder /somewhere/with/room
    python -m benchmarks.store --shop /a/folder/of/that/shop --days 3 --scratch
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import tempfile
from datetime import date, timedelta
from pathlib import Path

import duckdb

from benchmarks.scale import Run, run, write_shop

FIRST = date(2024, 12, 20)  # of the new days: in the midst of a month, as most days are
_DIGITS = 1e-9
_BEFORE = "SELECT * FROM '{file}' WHERE date < TIMESTAMP '{day}'"
_ON = "SELECT * FROM '{shop}/*.parquet' WHERE CAST(date AS DATE) = DATE '{day}'"


def take_out(shop: Path, folder: Path, days: int) -> list[Path]:
    """Take the orders of some days, and all later ones, out of a shop: a file a day."""
    folder.mkdir()
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2; SET preserve_insertion_order = false")
        found = []
        for day in (FIRST + timedelta(days=n) for n in range(days)):
            found.append(folder / f"{day}.parquet")
            connection.execute(f"COPY ({_ON.format(shop=shop, day=day)}) TO '{found[-1]}'")
        for file in sorted(shop.iterdir()):
            beside = folder / "kept.parquet"
            connection.execute(f"COPY ({_BEFORE.format(file=file, day=FIRST)}) TO '{beside}'")
            shutil.move(beside, file)
    return found


def rows_in(files: list[Path]) -> int:
    with duckdb.connect() as connection:
        rows = connection.read_parquet([str(file) for file in files]).aggregate("count(*)").fetchall()
    return int(rows[0][0])


def told(what: str, rows: int, found: Run) -> None:
    print(
        f"{what:24} {rows:12,} rows  figures after {found.figures:6.1f} s  {found.clock:7.1f} s in all"
        f"  {found.processor:7.1f} s of the processor  {found.memory:5.2f} GB",
        flush=True,
    )


def differing(one: object, other: object, at: str = "") -> list[str]:
    """Places where figures differ by more than a billionth of themselves."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [place for name in one for place in differing(one[name], other[name], f"{at}.{name}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [place for n, (a, b) in pairs for place in differing(a, b, f"{at}[{n}]")]
    if isinstance(one, float) and isinstance(other, float):
        return [] if math.isclose(one, other, rel_tol=_DIGITS, abs_tol=_DIGITS) else [at]
    return [] if one == other else [at]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--shop", type=Path, help="one that is there; its files are changed")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--days", type=int, default=1)
    parser.add_argument("--scratch", action="store_true", help="also all orders from scratch in the end")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as temporary:
        folder = Path(temporary)
        shop, store = given.shop or folder / "shop", str(folder / "store")
        if given.shop is None:
            write_shop(shop, given.rows)
        days = take_out(shop, folder / "days", given.days)
        files = list(shop.iterdir())
        told("from scratch, and a store", rows_in(files), run("duckdb", shop, folder, "--store", store))
        for day in days:
            shutil.move(day, shop / day.name)
            files.append(shop / day.name)
            told(f"{day.stem} added", rows_in([files[-1]]), run("duckdb", shop, folder, "--store", store))
        held = sum(file.stat().st_size for file in Path(store).rglob("*") if file.is_file())
        print(f"the store takes {held / rows_in(files):.1f} bytes a row")
        if given.scratch:
            kept = json.loads((folder / "figures.json").read_text("utf-8"))
            told("all from scratch", rows_in(files), run("duckdb", shop, folder))
            anew = json.loads((folder / "figures.json").read_text("utf-8"))
            print(f"figures that differ: {differing(kept, anew) or 'none'}")


if __name__ == "__main__":
    main()
