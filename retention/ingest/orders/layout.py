"""What a reader must know of how a file lays out its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.errors import DataWarning

if TYPE_CHECKING:
    from retention.ingest.parse.reading import RawTable


def said_of_file(raw: RawTable) -> list[DataWarning]:
    """Rows with more fields than headings."""
    rows, first = raw.wider
    return [DataWarning("wider_than_headings", {"rows": rows, "row": first})] if rows else []
