"""A process that only stores: it is given a sealed row, puts it, gets it, and waits to be looked at."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from retention.sharing.limits import Limits
from retention.sharing.place import place
from retention.sharing.store import Row, Store
from retention.sharing.terms import Terms

if __name__ == "__main__":
    given = json.loads(sys.stdin.readline())
    store = Store(place(given["environment"]), Limits())
    row = Row(Terms(**given["terms"]), bytes.fromhex(given["title"]), bytes.fromhex(given["payload"]))
    store.put(row, datetime.now(tz=UTC))
    found = store.get(row.terms.id)
    print(found == row, flush=True)  # noqa: T201  what it is for
    sys.stdin.readline()
