"""A day's figures and forecast kept in a small file, and opened on newer sales.

`Snapshot` holds sums over customers, never a customer; `dump` and `load` write and read it; `changes` finds
the figures that differ beyond chance, `opened` whether a sealed forecast held. `retention.study` makes one.
"""

from retention.snapshot.changes import Change, Changes, changes
from retention.snapshot.figures import FIGURES, FigureName, Span, Sums
from retention.snapshot.file import LARGEST, dump, load
from retention.snapshot.opened import (
    Against,
    Came,
    Opened,
    Since,
    check_comparable,
    check_same_past,
    opened,
)
from retention.snapshot.snapshot import YEAR, Past, Sealed, Snapshot

__all__ = [
    "FIGURES",
    "LARGEST",
    "YEAR",
    "Against",
    "Came",
    "Change",
    "Changes",
    "FigureName",
    "Opened",
    "Past",
    "Sealed",
    "Since",
    "Snapshot",
    "Span",
    "Sums",
    "changes",
    "check_comparable",
    "check_same_past",
    "dump",
    "load",
    "opened",
]
