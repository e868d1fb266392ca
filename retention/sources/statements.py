"""Whether a statement only reads, by its words: for databases that know no transaction that does."""

from __future__ import annotations

import re

_COMMENT = r"--[^\n]*|\#[^\n]*|/\*.*?\*/"
_QUOTED = r"""'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|`[^`]*`"""
_NO_WORDS = re.compile(f"(?P<comment>{_COMMENT})|{_QUOTED}", re.DOTALL)
_READS = re.compile(r"[\s(]*(?:SELECT|WITH)\b", re.IGNORECASE)
_ELSE = re.compile(r";|\bINTO\b", re.IGNORECASE)  # another statement, or what is read put elsewhere


def only_reads(statement: str) -> bool:
    """Whether it is one statement that begins with SELECT or WITH, and puts its rows nowhere.

    Examples
    --------
    >>> only_reads("SELECT ';' -- all; of it")
    True
    >>> only_reads("SELECT 1; DELETE FROM orders")
    False
    """
    words = _NO_WORDS.sub(lambda found: " " if found["comment"] else "''", statement)
    return _READS.match(words) is not None and _ELSE.search(words) is None
