"""A few words among many texts: found by their ends and their length before any text is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention.ingest.columns.distinct import as_mask, bytes_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray


class FewWords:
    """Words in small letters, none empty, to be looked for whatever the capitals of a text."""

    def __init__(self, words: Collection[str]) -> None:
        self._words = pa.array(sorted(words))
        forms = [form.encode() for word in words for form in (word, word.upper())]
        self._longest = max(map(len, forms))
        self._begins = np.zeros((self._longest + 1, 256), dtype=bool)  # by length and first byte
        self._ends = self._begins.copy()  # and last
        for form in forms:
            self._begins[len(form), form[0]] = self._ends[len(form), form[-1]] = True

    def among(self, texts: pa.StringArray) -> NDArray[np.bool_]:
        """Texts that are one of the words.

        Examples
        --------
        >>> FewWords({"guest", "n/a"}).among(pa.array(["Guest", "guests", "N/A", ""])).tolist()
        [True, False, True, False]
        """
        of = bytes_of(texts)
        lengths = of.lengths
        likely = (lengths > 0) & (lengths <= self._longest)
        likely[likely] = self._begins[lengths[likely], of.data[of.starts[likely]]]
        likely[likely] = self._ends[lengths[likely], of.data[of.ends[likely] - 1]]
        if likely.any():
            some = pc.utf8_lower(texts.filter(pa.array(likely)))
            likely[likely] = as_mask(pc.is_in(some, value_set=self._words))
        return likely
