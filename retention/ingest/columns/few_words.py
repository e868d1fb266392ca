"""A few words among many texts: found by their first bytes and their length before any text is compared."""

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
        self._longest = max(len(word.encode()) for word in words)
        self._begins = np.zeros(256, dtype=bool)
        for word in words:
            self._begins[[form.encode()[0] for form in (word, word.upper())]] = True

    def among(self, texts: pa.StringArray) -> NDArray[np.bool_]:
        """Texts that are one of the words.

        Examples
        --------
        >>> FewWords({"guest", "n/a"}).among(pa.array(["Guest", "guests", "N/A", ""])).tolist()
        [True, False, True, False]
        """
        of = bytes_of(texts)
        likely = (of.lengths > 0) & (of.lengths <= self._longest)
        likely[likely] = self._begins[of.data[of.starts[likely]]]
        if likely.any():
            some = pc.utf8_lower(texts.filter(pa.array(likely)))
            likely[likely] = as_mask(pc.is_in(some, value_set=self._words))
        return likely
