"""How long a person waits for the first heatmap of a workbook, against merely opening it with pandas.

Run ``python -m benchmarks.first_heatmap [WORKBOOK]`` from the repository's root, on an idle machine.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import pandas as pd

from retention import ingest
from retention.charts.cohorts import heatmap
from retention.cohorts import cohort_table
from retention.text import Words

if TYPE_CHECKING:
    from collections.abc import Callable

WORKBOOK = Path(__file__).parents[2] / "shared" / "data" / "online_retail.xlsx"


def open_with_pandas(workbook: Path) -> None:
    pd.read_excel(workbook, engine="openpyxl")


def first_heatmap(workbook: Path) -> None:
    raw = ingest.read(workbook.read_bytes(), workbook.name)
    intake = ingest.to_orders(raw, ingest.guess(raw).mapping)
    table = cohort_table(intake.orders, "month")
    heatmap(table, "share", Words("en")).to_dict()


def seconds(act: Callable[[Path], None], workbook: Path) -> float:
    start = perf_counter()
    act(workbook)
    return perf_counter() - start


def main(arguments: list[str]) -> None:
    workbook = Path(arguments[0]) if arguments else WORKBOOK
    if not workbook.is_file():
        print(f"no workbook at {workbook}: nothing measured")
        return
    ours = seconds(first_heatmap, workbook)
    print(f"workbook to first heatmap {ours:7.2f} s")
    pandas_alone = seconds(open_with_pandas, workbook)
    print(f"pandas.read_excel alone   {pandas_alone:7.2f} s")
    print(f"ratio                     {ours / pandas_alone:7.3f}")


if __name__ == "__main__":
    main(sys.argv[1:])
