"""The distinct texts of a column, found by numbers made of their bytes.

Hashing a million texts one by one takes longer than all else that is done with them. Columns of exports
mostly stand in runs, in ascending order, or are whole numbers, and need no hashing; the others are hashed
eight bytes at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FEW = 16_384  # texts that Arrow is as quick with
_SAMPLE = 65_536  # first texts, which tell whether there are many distinct ones
_MANY = 0.5  # share of distinct ones among these; a table of fewer stays in the processor's cache
_WORD = 8  # bytes
_SORTED = 4  # words
_LONGEST_NUMBER = 18  # digits that surely fit 64 bits
_APART = 8  # times as many whole numbers as texts, up to which a table of all between is quicker than hashing
_ZERO, _NINE = np.uint8(ord("0")), np.uint8(9)
_LONGEST = 6 * _WORD  # bytes of a text; beyond, hashing one by one is no slower
_FIRST_BYTES = [np.uint64((1 << 8 * length) - 1) for length in range(_WORD)] + [np.uint64(2**64 - 1)]
ODD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio, as multiplicative hashing has it
HALF = np.uint64(32)


@dataclass(frozen=True)
class Bytes:
    """The bytes of an array of texts, none of them null.

    Attributes
    ----------
    data : of all texts, one after the other
    starts, ends : (n,) of each text in `data`
    """

    data: NDArray[np.uint8]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """(n,) how many each text has."""
        return self.ends - self.starts


def as_mask(mask: pa.BooleanArray) -> NDArray[np.bool_]:
    """Arrow's truth values as numpy's."""
    return np.asarray(mask.to_numpy(zero_copy_only=False), dtype=bool)


def bytes_of(texts: pa.Array) -> Bytes:
    """Show the bytes of texts."""
    width = "int64" if pa.types.is_large_string(texts.type) else "int32"
    _, offsets, data = texts.buffers()
    if len(texts) == 0 or data is None:
        nowhere = np.zeros(len(texts), dtype=np.int64)
        return Bytes(np.zeros(0, dtype=np.uint8), nowhere, nowhere)
    places = np.frombuffer(offsets, dtype=width)[texts.offset : texts.offset + len(texts) + 1]
    places = places.astype(np.int64, copy=False)
    return Bytes(np.frombuffer(data, dtype=np.uint8), places[:-1], places[1:])


def is_digit(signs: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Which bytes are those of 0 to 9."""
    return (signs - _ZERO) <= _NINE


def whole(texts: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Texts in one piece."""
    if not isinstance(texts, pa.ChunkedArray):
        return texts
    if texts.num_chunks == 1:
        return texts.chunk(0)
    together = texts.combine_chunks()
    return together.chunk(0) if isinstance(together, pa.ChunkedArray) else together


def distinct_of(texts: pa.Array) -> tuple[NDArray[np.intp], pa.Array]:
    """Distinct texts and each row's place among them, −1 where it is null."""
    if texts.null_count == 0:
        return _distinct(texts)
    codes = np.full(len(texts), -1, dtype=np.intp)
    filled = as_mask(texts.is_valid())
    codes[filled], values = _distinct(texts.drop_null())
    return codes, values


def _distinct(texts: pa.Array) -> tuple[NDArray[np.intp], pa.Array]:
    if len(texts) <= _FEW:
        return _by_arrow(texts)
    begins = np.append([True], as_mask(pc.not_equal(texts[1:], texts[:-1])))
    runs = np.count_nonzero(begins)
    if runs <= len(texts) // 2:
        codes, values = _distinct(texts.take(pa.array(np.flatnonzero(begins))))
        return codes[np.cumsum(begins) - 1], values
    if is_ascending(texts):
        heads = texts if runs == len(texts) else texts.take(pa.array(np.flatnonzero(begins)))
        return np.cumsum(begins) - 1, heads
    if found := _by_numbers(texts):
        return found
    many = pc.count_distinct(texts[:_SAMPLE]).as_py() > _MANY * min(len(texts), _SAMPLE)
    return (many and _by_words(texts)) or _by_arrow(texts)


def is_ascending(texts: pa.Array) -> bool:
    """Whether no text comes before the one it follows, by their bytes."""
    return len(texts) < 2 or bool(pc.all(pc.less_equal(texts[:-1], texts[1:])).as_py())  # noqa: PLR2004  a pair


def ascending(texts: pa.Array) -> NDArray[np.intp]:
    """Places of distinct texts by their bytes; numbers are sorted sooner where a few tell them apart."""
    words = [] if len(texts) <= _FEW else _words(bytes_of(texts))
    telling = [word.byteswap() for word in words if (word != word[0]).any()]  # the first byte counts most
    if not words or len(telling) > _SORTED:
        return np.asarray(pc.array_sort_indices(texts))
    return np.lexsort(telling[::-1])


def _by_arrow(texts: pa.Array) -> tuple[NDArray[np.intp], pa.Array]:
    encoded = pc.dictionary_encode(texts)
    return encoded.indices.to_numpy().astype(np.intp), encoded.dictionary


def _by_numbers(texts: pa.Array) -> tuple[NDArray[np.intp], pa.Array] | None:
    """Number them by what they say; None where any is no plain whole number, or they lie too far apart."""
    of = bytes_of(texts)
    lengths, signs = of.lengths, of.data[of.starts[0] : of.ends[-1]]
    if lengths.max() > _LONGEST_NUMBER or lengths.min() == 0 or not is_digit(signs).all():
        return None
    if ((of.data[of.starts] == _ZERO) & (lengths > 1)).any():  # 07 is not 7
        return None
    numbers = texts.cast(pa.int64()).to_numpy()
    numbers = numbers - numbers.min()
    if numbers.max() > _APART * len(numbers):
        return None
    present = np.zeros(int(numbers.max()) + 1, dtype=bool)
    present[numbers] = True
    codes = (np.cumsum(present) - 1)[numbers]
    first = np.empty(int(codes.max()) + 1, dtype=np.int64)
    first[codes] = np.arange(len(codes))
    return codes, texts.take(pa.array(first))


def _by_words(texts: pa.Array) -> tuple[NDArray[np.intp], pa.Array] | None:
    """Hash whole words of eight bytes; None where texts are too long, or two of them have the same hash."""
    words = _words(bytes_of(texts))
    if not words:
        return None
    codes, _ = pd.factorize(_hashes(words))
    first = np.flatnonzero(np.diff(np.maximum.accumulate(codes), prepend=-1))
    if len(words) > 1 and any((word[first][codes] != word).any() for word in words):
        return None
    return codes, texts.take(pa.array(first))


def _words(of: Bytes) -> list[NDArray[np.uint64]]:
    """Bytes of each text as whole numbers, 0 behind its end; then its length, as its bytes would be."""
    lengths = of.lengths
    longest, shortest = int(lengths.max()), int(lengths.min())
    if longest > _LONGEST:
        return []
    padded = np.append(of.data, np.zeros(_LONGEST + _WORD, dtype=np.uint8))
    anywhere = np.ndarray((len(padded) - _WORD + 1,), dtype="<u8", buffer=padded, strides=(1,))
    words = []
    for start in range(0, longest, _WORD):
        word = anywhere[of.starts + start]
        if shortest < start + _WORD:
            word &= np.array(_FIRST_BYTES)[np.clip(lengths - start, 0, _WORD)]
        words.append(word)
    return words if longest == shortest else [*words, lengths.astype("<u8").byteswap()]


def _hashes(words: list[NDArray[np.uint64]]) -> NDArray[np.uint64]:
    hashes = words[0]
    for word in words[1:]:
        hashes = hashes * ODD
        hashes ^= hashes >> HALF
        hashes += word
    return hashes
