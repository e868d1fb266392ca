"""What a file is called where figures come from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retention.ingest import RawTable
    from retention.text.words import Words


def file_named(raw: RawTable, words: Words, rows: int | None) -> str:
    """A file's name; of a source, whose rows change, also when it was read and how many there were.

    Parameters
    ----------
    rows : in all, None where they are not counted
    """
    if raw.read is None:
        return raw.name
    if rows is None:
        return words.say("source.named.uncounted", name=raw.name, **_moment(raw))
    return words.say("source.named", name=raw.name, rows=rows, **_moment(raw))


def when_read(raw: RawTable, words: Words, rows: int | None) -> str | None:
    """When a source was read, and how many rows it gave; None of a file."""
    if raw.read is None:
        return None
    if rows is None:
        return words.say("source.when.uncounted", **_moment(raw))
    return words.say("source.when", rows=rows, **_moment(raw))


def _moment(raw: RawTable) -> dict[str, Any]:
    """When it was read, by this machine's clock."""
    here = raw.read.astimezone() if raw.read else None
    return {"day": here, "time": f"{here:%H:%M}" if here else None}
