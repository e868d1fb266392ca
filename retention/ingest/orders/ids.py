"""Ids a spreadsheet spoiled: cut to fifteen digits, or without the zeros in front."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention.errors import DataWarning
from retention.ingest.columns.distinct import as_mask, bytes_of, is_digit
from retention.ingest.columns.texts import Coded, coded

if TYPE_CHECKING:
    from numpy.typing import NDArray

_POWER = r"^[0-9](?:[.,][0-9]+)?[eE]\+[0-9]+$"  # 4,05123E+14
_LONG, _LONG_ROUND = r"^[0-9]{16,}$", r"^[0-9]{15}0+$"  # digits a spreadsheet keeps, and zeros for the others
_SHORTEST, _DIGITS = len("1E+9"), 16
_ZEROS = r"^0+[0-9]+$"


@dataclass(frozen=True, eq=False)
class Mended:
    """A column of ids that tell customers or orders apart.

    Attributes
    ----------
    ids : those that do; the others are none
    cut : (n,) rows of ids cut short
    said : ``ids_cut_short``, ``leading_zeros_joined``, ``leading_zeros_lost``
    """

    ids: Coded
    cut: NDArray[np.bool_]
    said: tuple[DataWarning, ...]


def mended(ids: Coded, column: str, file: NDArray[np.int64]) -> Mended:
    """Set aside ids that cannot tell customers or orders apart, and join those that lost their zeros.

    Parameters
    ----------
    column : its name
    file : (n,) which file each row is from
    """
    ids, cut = cut_short(ids)
    ids, lost, joined = with_zeros(ids, file)
    said = [DataWarning("ids_cut_short", {"column": column, "rows": int(cut.sum())})] if cut.any() else []
    if lost:
        details = {"column": column, "ids": lost}
        said.append(
            DataWarning("leading_zeros_joined", details)
            if joined
            else DataWarning("leading_zeros_lost", details)
        )
    return Mended(ids, cut, tuple(said))


def cut_short(ids: Coded) -> tuple[Coded, NDArray[np.bool_]]:
    """Take away ids of which a spreadsheet kept the first digits alone; with their rows.

    Two of them that look alike may be two. Long numbers count only where all of the column end in zeros.
    """
    of = bytes_of(ids.names)
    likely = of.lengths >= (_SHORTEST if (of.data == ord("+")).any() else _DIGITS)
    likely[likely] = is_digit(of.data[of.starts[likely]])
    if not likely.any():
        return ids, np.zeros(len(ids.codes), dtype=bool)
    cut, long = _like(_POWER, ids.names, likely), _like(_LONG, ids.names, likely)
    if long.sum() > 1 and _like(_LONG_ROUND, ids.names, long)[long].all():
        cut |= long
    if not cut.any():
        return ids, np.zeros(len(ids.codes), dtype=bool)
    rows = np.append(cut, np.False_)[ids.codes]
    return Coded(np.where(rows, -1, ids.codes), ids.names), rows


def _like(pattern: str, names: pa.StringArray, likely: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Names that match, of the few that may."""
    found = likely.copy()
    if likely.any():
        found[likely] = as_mask(pc.match_substring_regex(names.filter(pa.array(likely)), pattern))
    return found


def with_zeros(ids: Coded, file: NDArray[np.int64]) -> tuple[Coded, int, bool]:
    """Join ids that one file writes with zeros in front and another without, where that is certain.

    It is where no file has both, and each file that has zeros writes all its numbers with as many digits.

    Returns
    -------
    ids, how many stand with and without zeros in different files, and whether they were joined
    """
    if not file.any():
        return ids, 0, False
    zeros = as_mask(pc.match_substring_regex(ids.names, _ZEROS))
    if not zeros.any():
        return ids, 0, False
    bare = pc.utf8_ltrim(ids.names, "0")
    places = pc.index_in(bare.filter(pa.array(zeros)), value_set=ids.names)  # the same without zeros
    with_, without = np.flatnonzero(zeros), np.asarray(places.fill_null(-1))
    with_, without = with_[without >= 0], without[without >= 0]
    files = np.zeros((int(file.max()) + 1, len(ids.names)), dtype=bool)
    known = ids.codes >= 0
    files[file[known], ids.codes[known]] = True
    if len(with_) == 0:
        return ids, 0, False
    if (files[:, with_] & files[:, without]).any() or not _even(ids, files, zeros):
        return ids, len(with_), False
    names = ids.names.to_pylist()
    for whole, short in zip(with_.tolist(), without.tolist(), strict=True):
        names[short] = names[whole]
    return coded(pa.array(names, pa.string()), ids.codes.astype(np.intp)), len(with_), True


def _even(ids: Coded, files: NDArray[np.bool_], zeros: NDArray[np.bool_]) -> bool:
    """Whether the files with zeros write numbers of one length, the same in all of them."""
    digits = as_mask(pc.match_substring_regex(ids.names, r"^[0-9]+$"))
    lengths = np.asarray(pc.utf8_length(ids.names))
    those = files[(files & zeros).any(axis=1)].any(axis=0) & digits
    return len(np.unique(lengths[those])) == 1
