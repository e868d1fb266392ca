"""A column of several files, each read by its own convention where they differ."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    from numpy.typing import NDArray

    from retention.ingest.columns.dates import Dates
    from retention.ingest.columns.numbers import Decimal, Numbers
    from retention.ingest.parse.reading import RawTable

Part = TypeVar("Part")


def numbers_by_file(
    raw: RawTable,
    name: str,
    given: Decimal | None,
    read: Callable[[pd.Series, Decimal | None, NDArray[np.bool_] | None], Numbers],
) -> Numbers | None:
    """Numbers of a column whose files follow different decimal signs; None where they do not.

    Parameters
    ----------
    given : sign for the files that leave it open
    read : reads a column by a sign, or decides
    """
    parts = _parts(raw, name, lambda column, typed: read(column, None, typed))
    signs = [part.decimal for _, part in parts if part.decided]
    opened = [part for _, part in parts if part.assumed]
    if set(signs) <= {given}:
        return None
    if given is None and len(set(signs)) == 1:
        if not opened or len(signs) > 1:
            return None
        # one file tells, and the other may or may not follow it
        return replace(read(raw.table[name], signs[0], raw.typed.get(name)), assumed=True, decided=False)
    if given:
        parts = [
            (rows, part if part.decided else _again(raw, name, rows, given, read)) for rows, part in parts
        ]
    return replace(
        parts[0][1],
        value=_joined([(rows, part.value) for rows, part in parts]),
        blank=_joined([(rows, part.blank) for rows, part in parts]),
        assumed=any(part.assumed for _, part in parts),
        decided=not any(part.assumed for _, part in parts),
        bare=all(part.bare for _, part in parts),
    )


def dates_by_file(
    raw: RawTable,
    name: str,
    given: bool | None,
    read: Callable[[pd.Series, bool | None, NDArray[np.bool_] | None], Dates],
) -> Dates | None:
    """Dates of a column whose files follow different orders of day and month; None where they do not."""
    parts = _parts(raw, name, lambda column, typed: read(column, None, typed))
    orders = [part.day_first for _, part in parts if part.day_first is not None and not part.assumed]
    opened = [part for _, part in parts if part.assumed]
    if set(orders) <= {given}:
        return None
    if given is None and len(set(orders)) == 1 and opened:
        if len(orders) > 1:
            return None
        return replace(read(raw.table[name], orders[0], raw.typed.get(name)), assumed=True)  # as above
    if given is not None:
        parts = [
            (rows, _again(raw, name, rows, given, read) if part.assumed else part) for rows, part in parts
        ]
    return replace(
        parts[0][1],
        when=_joined([(rows, part.when) for rows, part in parts]),
        blank=_joined([(rows, part.blank) for rows, part in parts]),
        assumed=any(part.assumed for _, part in parts),
        utc=any(part.utc for _, part in parts),
        day_first=next((part.day_first for _, part in parts if part.day_first is not None), None),
        months=any(part.months for _, part in parts),
        first_days=all(part.first_days for _, part in parts),
        swapped=sum(part.swapped for _, part in parts),
        maybe_swapped=sum(part.maybe_swapped for _, part in parts),
    )


def _parts(
    raw: RawTable, name: str, read: Callable[[pd.Series, NDArray[np.bool_] | None], Part]
) -> list[tuple[NDArray[np.intp], Part]]:
    """Rows of each file, and what is read of them."""
    found = []
    for place in np.unique(raw.file):
        rows = np.flatnonzero(raw.file == place)
        found.append((rows, read(raw.table[name].iloc[rows], _typed(raw, name, rows))))
    return found


def _again(raw: RawTable, name: str, rows: NDArray[np.intp], given: Any, read: Callable[..., Part]) -> Part:
    return read(raw.table[name].iloc[rows], given, _typed(raw, name, rows))


def _typed(raw: RawTable, name: str, rows: NDArray[np.intp]) -> NDArray[np.bool_] | None:
    mask = raw.typed.get(name)
    return None if mask is None else mask[rows]


def _joined(parts: list[tuple[NDArray[np.intp], NDArray[Any]]]) -> NDArray[Any]:
    whole = np.empty(sum(len(rows) for rows, _ in parts), dtype=parts[0][1].dtype)
    for rows, values in parts:
        whole[rows] = values
    return whole
