"""Answers requests like the process that parses, each in a fork of itself, which spares starting Python anew.

A request is a line of JSON: what the parser's process gets, and the file it exchanges bytes by.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path

from retention.ingest import _child

NEEDED = ("_together", "_delimited", "_workbook", "_parquet")


def answer(request):
    with Path(request["exchange"]).open("r+", encoding="utf-8") as sys.stdout:
        _child.leave(_child.main(request))


def main():
    sys.meta_path.insert(0, _child._WithoutPandas)
    for module in NEEDED:
        importlib.import_module(f"retention.ingest.{module}")
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            answer(json.loads(line))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
