"""Which column is what, as a known export has it or as headings and contents suggest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from retention.ingest.columns import identifiers, is_dated, is_numeric
from retention.ingest.dates import read_dates
from retention.ingest.headings import ORDERS, matching
from retention.ingest.mapping import Mapping, mapping_of, require_columns
from retention.ingest.numbers import read_numbers
from retention.ingest.platforms import recognise

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from retention.ingest.reading import RawTable

_SAMPLE = 2_000  # rows, spread over the file
_MOSTLY = 0.5  # share of its cells a column with the right heading must have readable
_SURELY = 0.9  # likewise where contents alone speak for it


@dataclass(frozen=True)
class Guess:
    """What the columns seem to be.

    Attributes
    ----------
    mapping : None while something is missing
    platform : code of the export the headings belong to, None where they belong to none
    missing : of "customer", "date" and "amount", what no column was found for
    columns : those found, by what they are, whether or not something is missing
    """

    mapping: Mapping | None
    platform: str | None = None
    missing: tuple[str, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)


def guess(raw: RawTable, **given: str | None) -> Guess:
    """Guess the mapping of a file.

    Parameters
    ----------
    **given : column by role (customer, order, date, amount, quantity, price, segment), where it is known

    Raises
    ------
    InputError
        ``no_such_column`` for a given column the file lacks.
    """
    if unknown := given.keys() - ORDERS.keys():
        raise TypeError(f"no such role: {sorted(unknown)}")
    fixed = {role: column for role, column in given.items() if column is not None}
    require_columns(raw, fixed.values())
    if known := recognise(raw.table.columns):
        platform, mapping = known
        mapping = _overridden(mapping, fixed)
        return Guess(mapping, platform, columns={str(role): name for role, name in mapping.columns.items()})
    found = _Search(raw, fixed).found()
    missing = tuple(
        role for role in ("customer", "date", "amount") if role not in found and not _priced(role, found)
    )
    return Guess(None if missing else mapping_of(found), None, missing, found)


def _overridden(mapping: Mapping, fixed: dict[str, str]) -> Mapping:
    columns = {str(role): column for role, column in mapping.columns.items()} | fixed
    if "amount" in fixed:
        columns = {role: column for role, column in columns.items() if role not in {"quantity", "price"}}
    return mapping_of(columns)


def _priced(role: str, found: dict[str, str]) -> bool:
    return role == "amount" and {"quantity", "price"} <= found.keys()


class _Search:
    """Columns not yet taken, and what their contents allow."""

    def __init__(self, raw: RawTable, fixed: dict[str, str]) -> None:
        self.taken = dict(fixed)
        self.headed = raw.headed
        spread = np.unique(np.linspace(0, len(raw.table) - 1, _SAMPLE).astype(int))
        self.sample = raw.table.iloc[spread]

    def found(self) -> dict[str, str]:
        self._take("date", lambda name: self._dates(name) >= _MOSTLY, self._only_date)
        self._take_amount()
        self._take("customer", lambda name: name in self._free(), self._customer_by_contents)
        self._take("order", lambda name: name in self._free())
        self._take("segment", lambda name: name in self._free())
        return self.taken

    def _take_amount(self) -> None:
        """Take the amount; else quantity and price; else a price alone, else what numbers there are."""
        if "amount" in self.taken or {"quantity", "price"} <= self.taken.keys():
            return
        if not {"quantity", "price"} & self.taken.keys():
            self._take("amount", lambda name: self._numbers(name) >= _MOSTLY)
        if "amount" not in self.taken:
            self._take("quantity", lambda name: self._numbers(name) >= _MOSTLY)
            self._take("price", lambda name: self._numbers(name) >= _MOSTLY)
            self._settle_amount()

    def _settle_amount(self) -> None:
        if {"quantity", "price"} <= self.taken.keys():
            return
        alone = self.taken.pop("price", None)
        self.taken.pop("quantity", None)
        amount = alone or self._amount_by_contents()
        if amount:
            self.taken["amount"] = amount

    def _take(
        self, role: str, suits: Callable[[str], bool], otherwise: Callable[[], str | None] = lambda: None
    ) -> None:
        if role in self.taken:
            return
        named = (name for name in matching(self._free(), ORDERS[role]) if suits(name))
        column = next(named, None) or otherwise()
        if column:
            self.taken[role] = column

    def _free(self) -> Sequence[str]:
        return [name for name in self.sample.columns if name not in self.taken.values()]

    def _dates(self, name: str) -> float:
        """Measure the share of a column's filled cells that are dates."""
        dates = read_dates(self.sample[name])
        return _share(~np.isnat(dates.when), ~dates.blank)

    def _numbers(self, name: str) -> float:
        if is_dated(self.sample[name]):
            return 0.0
        numbers = read_numbers(self.sample[name])
        return _share(~np.isnan(numbers.value), ~numbers.blank)

    def _only_date(self) -> str | None:
        """Name the one column that holds dates and could not as well hold other numbers."""
        candidates = [
            name
            for name in self._free()
            if self._dates(name) >= _SURELY and not is_numeric(self.sample[name])
        ]
        return candidates[0] if len(candidates) == 1 else None

    def _amount_by_contents(self) -> str | None:
        """Name the one column of numbers with decimals."""
        candidates = [
            name
            for name in self._free()
            if self._numbers(name) >= _SURELY and _has_decimals(self.sample[name])
        ]
        return candidates[0] if len(candidates) == 1 else None

    def _customer_by_contents(self) -> str | None:
        """Name a column of e-mail addresses; without headings, the one with most values, some repeated."""
        ids = {name: identifiers(self.sample[name]).dropna() for name in self._free()}
        for name, column in ids.items():
            if len(column) and column.str.contains("@", regex=False).mean() >= _SURELY:
                return name
        repeated = {
            name: column.nunique() for name, column in ids.items() if 1 < column.nunique() < len(column)
        }
        nearest_date = reversed(repeated)  # where several name equally many, the later column
        return max(nearest_date, key=lambda name: repeated[name]) if repeated and not self.headed else None


def _has_decimals(column: pd.Series) -> bool:
    values = read_numbers(column).value
    values = values[~np.isnan(values)]
    return bool((values != np.round(values)).any())


def _share(readable: NDArray[np.bool_], filled: NDArray[np.bool_]) -> float:
    return float(readable.sum() / filled.sum()) if filled.any() else 0.0
