"""A process that only keeps: it is given a sealed row, keeps it in its memory, and waits to be looked at."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from retention.visits.limits import Limits
from retention.visits.memory import InMemory
from retention.visits.rows import Row

if __name__ == "__main__":
    given = json.loads(sys.stdin.readline())
    parts = {name: bytes.fromhex(given.pop(name)) for name in ("files", "choices")}
    row, kept = Row(**given, **parts), InMemory(Limits())
    kept.put(row, datetime.now(tz=UTC))
    print(kept.get(row.id, datetime.now(tz=UTC)) == row, flush=True)  # noqa: T201  what it is for
    sys.stdin.readline()
