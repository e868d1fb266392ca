"""Files and the choices made of them as bytes, and back; equal ones give equal bytes."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from retention.sharing.pack import frame, parquet
from retention.sharing.values import decoded, encoded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

File = tuple[str, bytes]
_CODEC = "zstd"
_LENGTH = 8  # bytes of a length
_PLAIN = "choices.json"


@dataclass(frozen=True, eq=False)
class Choices:
    """What a visitor chose, answered and typed.

    Attributes
    ----------
    plain : plain values by name
    tables : tables by name
    """

    plain: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)


def dump_files(files: Sequence[File]) -> bytes:
    """Files in a row, made smaller where they can be.

    Examples
    --------
    >>> load_files(dump_files([("a.csv", b"1,2"), ("b.csv", b"")]))
    (('a.csv', b'1,2'), ('b.csv', b''))
    """
    head = json.dumps([[name, len(content)] for name, content in files]).encode()
    whole = b"".join([len(head).to_bytes(_LENGTH), head, *(content for _, content in files)])
    small: bytes = pa.compress(whole, codec=_CODEC, asbytes=True)
    return len(whole).to_bytes(_LENGTH) + small


def load_files(content: bytes) -> tuple[File, ...]:
    """The files `dump_files` was given."""
    length = int.from_bytes(content[:_LENGTH])
    whole = memoryview(pa.decompress(content[_LENGTH:], length, codec=_CODEC, asbytes=True))
    start = _LENGTH + int.from_bytes(whole[:_LENGTH])
    found = []
    for name, size in json.loads(bytes(whole[_LENGTH:start])):
        found.append((str(name), bytes(whole[start : start + size])))
        start += size
    return tuple(found)


def dump_choices(choices: Choices) -> bytes:
    """Choices as bytes.

    Raises
    ------
    TypeError
        If one is no plain value.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:  # the tables are compressed already
        parts = {_PLAIN: json.dumps(encoded(dict(choices.plain))).encode()}
        parts |= {name: parquet(table) for name, table in choices.tables.items()}
        for name, content in parts.items():
            packed.writestr(zipfile.ZipInfo(name), content)  # without the time, so that equal ones stay equal
    return target.getvalue()


def load_choices(content: bytes) -> Choices:
    """The choices `dump_choices` was given."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        plain = decoded(json.loads(packed.read(_PLAIN)))
        tables = {name: frame(packed.read(name)) for name in packed.namelist() if name != _PLAIN}
    return Choices(plain, tables)
