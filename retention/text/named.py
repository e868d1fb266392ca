"""What a file is called where figures come from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retention.ingest import RawTable
    from retention.text.words import Words


def file_named(raw: RawTable, words: Words) -> str:
    """A file's name; of a source, whose rows change, also when it was read and how many there were."""
    return raw.name if raw.read is None else words.say("source.named", name=raw.name, **_reading(raw))


def when_read(raw: RawTable, words: Words) -> str | None:
    """When a source was read, and how many rows it gave; None of a file."""
    return None if raw.read is None else words.say("source.when", **_reading(raw))


def _reading(raw: RawTable) -> dict[str, Any]:
    """The moment by this machine's clock."""
    here = raw.read.astimezone() if raw.read else None
    return {"day": here, "time": f"{here:%H:%M}" if here else None, "rows": len(raw.table)}
