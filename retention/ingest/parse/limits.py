"""How much files from a stranger may ask for before they are refused."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.environment import bounds_in

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Limits:
    """Bounds on the files read at once; passing any of them is an `InputError`.

    Attributes
    ----------
    file_bytes : of the files as they come
    expanded_bytes : of the files once unzipped, as they declare them and as they turn out
    files : read together, the members of archives included
    nesting : archives inside of each other
    rows, columns : of the table in them; a workbook ends at 1,048,576 rows by itself
    line_bytes : of a line of text; a thousand columns of a thousand characters
    seconds : processor time, and time on the clock
    memory_bytes : address space of the process that parses; the interpreter takes about 0.5 GiB of it
    """

    file_bytes: int = 1 << 29
    expanded_bytes: int = 1 << 30
    files: int = 200
    nesting: int = 3
    rows: int = 5_000_000
    columns: int = 1_000
    line_bytes: int = 1 << 20
    seconds: int = 120
    memory_bytes: int = 3 << 30


def limits_in(environment: Mapping[str, str]) -> Limits:
    """Limits as an environment sets them: ``RITORNO_ROWS`` and so on, each a whole number above 0.

    Raises
    ------
    ValueError
        For any other text, naming the variable.

    Examples
    --------
    >>> limits_in({"RITORNO_ROWS": "1000"}).rows
    1000
    """
    return bounds_in(environment, Limits)


DEFAULT_LIMITS = limits_in(os.environ)
