"""What a store holds, and of what it was made."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

NAME, BESIDE = "manifest.json", "manifest-to-be.json"
_COUNTS = ("aggregate", "ingest/large", "store", "changed.py", "orders.py", "periods.py", "returned.py")


@dataclass(frozen=True)
class Manifest:
    """What a store holds.

    Attributes
    ----------
    version : of what counts, see `version`
    number : how often it was written
    read_as : how the rows were read
    files : those of the source that were read, by their path in it: size in bytes and when they were changed,
        in nanoseconds
    counted : rows by what became of them: rows, amount, first, last
    rows : files of the rows that were used
    tables : files of the small tables, by name
    customers : files of rows by customer, by name: `base`, and of those who changed since `delta` and `gone`
    sizes : bytes of each of the store's files
    """

    version: str
    number: int
    read_as: Mapping[str, Any]
    files: Mapping[str, list[int]]
    counted: Mapping[str, Mapping[str, Any]]
    rows: list[str] = field(default_factory=list)
    tables: Mapping[str, str] = field(default_factory=dict)
    customers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, folder: Path) -> Self | None:
        """That of a folder; None where there is none that can be read."""
        try:
            return cls(**json.loads((folder / NAME).read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def write(self, folder: Path) -> None:
        """Put it in the place of the one before, at once."""
        beside = folder / BESIDE
        with beside.open("w", encoding="utf-8") as out:
            json.dump(asdict(self), out, indent=1)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(folder / NAME)

    @property
    def own_files(self) -> list[str]:
        """Every file of the store."""
        of_customers = [file for files in self.customers.values() for file in files.values()]
        return [*self.rows, *self.tables.values(), *of_customers]

    def is_whole(self, folder: Path) -> bool:
        """Whether every file is there, as long as it was written."""
        places = {file: folder / file for file in self.own_files}
        return all(
            place.is_file() and place.stat().st_size == self.sizes.get(file) for file, place in places.items()
        )


@cache
def version() -> str:
    """What counts, so that tables another version made are told apart."""
    root = Path(__file__).parents[1]
    places = [root / name for name in _COUNTS]
    files = sorted(file for place in places for file in ([place] if place.is_file() else place.glob("*.py")))
    told = hashlib.sha256()
    for file in files:
        told.update(file.read_bytes())
    return told.hexdigest()
