"""Who a row's customer is where a file has two names for them: e-mail address and customer number."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from retention.ingest.columns import Coded, coded

_NOBODY = ("0", "guest", "ospite")  # what shops write for a customer without an account


def joined(first: Coded, other: Coded) -> Coded:
    """Name each row's customer by the first name, else by the other.

    A row that has only the other takes the first name of the rows that have both, where these agree: someone
    who once left out the e-mail address is still who they are.
    """
    first, other = _somebody(first), _somebody(other)
    lacking = (first.codes < 0) & (other.codes >= 0)
    if not lacking.any():
        return first
    both = (first.codes >= 0) & (other.codes >= 0)
    lowest = np.full(len(other.names), len(first.names))
    highest = np.full(len(other.names), -1)
    np.minimum.at(lowest, other.codes[both], first.codes[both])
    np.maximum.at(highest, other.codes[both], first.codes[both])
    known = np.append(np.where(lowest == highest, highest, -1), -1)[other.codes]
    named = Coded(np.where(lacking, known, first.codes), first.names)
    return either(named, other, lacking & (known < 0))


def either(first: Coded, other: Coded, from_other: np.typing.NDArray[np.bool_]) -> Coded:
    """Take the other's text on the rows of a mask."""
    shifted = np.where(other.codes >= 0, other.codes + len(first.names), -1)
    names = pa.concat_arrays([first.names, other.names])
    return coded(names, np.where(from_other, shifted, first.codes).astype(np.intp))


def _somebody(people: Coded) -> Coded:
    nobody = pc.is_in(pc.utf8_lower(people.names), value_set=pa.array(_NOBODY))
    return coded(pc.if_else(nobody, None, people.names), people.codes.astype(np.intp))
