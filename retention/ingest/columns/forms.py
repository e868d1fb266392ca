"""Texts by their form: the same signs and letters, with digits in the same places.

A column of a million times has a handful of forms. What a pattern finds in a form it finds at the same places
of every text that has it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention.ingest.columns.distinct import as_mask, bytes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

_ZERO = ord("0")
_FORM_OF_BYTE = np.arange(256, dtype=np.uint8)
_FORM_OF_BYTE[list(b"123456789")] = _ZERO


@dataclass(frozen=True)
class Forms:
    """Texts and the form of each.

    Attributes
    ----------
    texts : (n,)
    codes : (n,) place of each text's form in `forms`
    forms : the distinct ones, with 0 for every digit
    """

    texts: pa.StringArray
    codes: NDArray[np.int32]
    forms: pa.StringArray

    def __len__(self) -> int:
        return len(self.texts)

    def take(self, places: NDArray[np.intp]) -> Forms:
        """Take the texts at some places."""
        if len(places) == len(self):
            return self
        return Forms(self.texts.take(pa.array(places)), self.codes[places], self.forms)

    def like(self, pattern: str) -> NDArray[np.bool_]:
        """Texts whose form a pattern matches."""
        return as_mask(pc.match_substring_regex(self.forms, pattern))[self.codes]

    def parts(self, pattern: str, words: dict[str, Callable[[str], int]]) -> dict[str, NDArray[np.int64]]:
        """Read the named groups of a pattern as whole numbers.

        Parameters
        ----------
        pattern : of digits and letters, no certain digit among them
        words : what a group of letters stands for, by its name

        Returns
        -------
        (n,) each, 0 where one is left out, −1 where the text does not fit
        """
        compiled = re.compile(pattern)
        groups = {name: np.full(len(self), -1) for name in compiled.groupindex}
        of = bytes_of(self.texts)
        for form, rows in self._matching(pattern):
            found = compiled.match(form)
            if found is None:
                continue
            for name, values in groups.items():
                text, at = found[name] or "", len(form[: found.start(name)].encode())
                read = words.get(name)
                values[rows] = read(text) if read else _whole_numbers(of.data, of.starts[rows] + at, text)
        return groups

    def _matching(self, pattern: str) -> Iterator[tuple[str, NDArray[np.intp] | slice]]:
        """Forms a pattern matches, and the rows of each."""
        places = np.flatnonzero(as_mask(pc.match_substring_regex(self.forms, pattern)))
        if len(self.forms) == 1:
            yield from ((self.forms[int(place)].as_py(), slice(None)) for place in places)
            return
        if not len(places):
            return
        together = np.argsort(self.codes, kind="stable")
        ends = np.cumsum(np.bincount(self.codes, minlength=len(self.forms)))
        for place in places:
            start = int(ends[place - 1]) if place else 0
            yield self.forms[int(place)].as_py(), together[start : int(ends[place])]


def forms_of(texts: pa.StringArray) -> Forms:
    """Tell the form of each text, none of them null."""
    if len(texts) == 0:
        return Forms(texts, np.zeros(0, dtype=np.int32), texts)
    data = _FORM_OF_BYTE[bytes_of(texts).data]
    _, offsets, _ = texts.buffers()
    alike = pa.StringArray.from_buffers(len(texts), offsets, pa.py_buffer(data), None, 0, texts.offset)
    encoded = pc.dictionary_encode(alike)
    return Forms(texts, encoded.indices.to_numpy(), encoded.dictionary)


def _whole_numbers(data: NDArray[np.uint8], starts: NDArray[np.int64], form: str) -> NDArray[np.int64]:
    """Read digits that stand in the same places of all texts."""
    number = np.zeros(len(starts), dtype=np.int64)
    for i, sign in enumerate(form):
        if sign == "0":
            number *= 10
            number += data[starts + i] - _ZERO
    return number
