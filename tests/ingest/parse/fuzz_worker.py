"""Answers requests like the process that parses, each in a fork of itself, which spares starting Python anew.

A request is a line of JSON: what the parser's process gets, and the file it exchanges bytes by.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
from pathlib import Path

from retention.ingest.parse import child

NEEDED = ("files", "delimited", "workbook", "parquet")


def answer(request):
    with Path(request["exchange"]).open("r+", encoding="utf-8") as sys.stdout:
        child.leave(child.main(request))


def main():
    sys.meta_path.insert(0, child._WithoutPandas)
    for module in NEEDED:
        importlib.import_module(f"retention.ingest.parse.{module}")
    for line in sys.stdin:
        forked = os.fork()
        if forked == 0:
            answer(json.loads(line))
        _, status = os.waitpid(forked, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
