"""How much a file from a stranger may ask for before it is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds on one file; passing any of them is an `InputError`.

    Attributes
    ----------
    expanded_bytes : bytes of the file once unzipped, as it declares them
    rows, columns : of the table in it; a workbook ends at 1,048,576 rows by itself
    seconds : processor time, and time on the clock
    memory_bytes : address space of the process that parses; the interpreter takes about 0.5 GiB of it
    """

    expanded_bytes: int = 1 << 30
    rows: int = 5_000_000
    columns: int = 1_000
    seconds: int = 120
    memory_bytes: int = 3 << 30


DEFAULTS = Limits()
