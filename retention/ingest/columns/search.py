"""Which column plays which part, by its heading and by what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from retention.ingest.columns.dates import read_dates
from retention.ingest.columns.numbers import Numbers, read_numbers
from retention.ingest.columns.texts import identifiers, is_dated, is_numeric, labels
from retention.ingest.words.currencies import currency_of
from retention.ingest.words.headings import holding, matching, plain
from retention.ingest.words.statuses import (
    is_refund_heading,
    is_status,
    looks_like_documents,
    marks_refund,
    says_yes,
    tells_status,
)
from retention.ingest.words.vocabulary import EMAIL, NUMBERS, ORDERS
from retention.orders import SEGMENT, SEGMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from retention.ingest.parse.reading import RawTable

_SAMPLE = 2_000  # rows, spread over the file
_MOSTLY = 0.5  # share of its cells a column with the right heading must have readable
_SURELY = 0.9  # likewise where contents alone speak for it
_FEW = 40  # distinct words a column of statuses or of currencies has at most

# Confidence where the heading is one of the role's own, holds a word of it, or says nothing of it.
EXACT, HOLDS, CONTENTS = 0.95, 0.75, 0.5
_RIVALLED = 0.85  # of these, where another column's heading says the same and its contents would do


class Search:
    """Columns not yet taken, and what their contents allow.

    Attributes
    ----------
    taken : column by role
    confidence : by role, from 0 to 1
    """

    def __init__(self, raw: RawTable, fixed: dict[str, str]) -> None:
        self.taken = dict(fixed)
        self.confidence = dict.fromkeys(fixed, 1.0)
        self.headed = raw.headed
        spread = np.unique(np.linspace(0, len(raw.table) - 1, _SAMPLE).astype(int))
        self.sample = raw.table.iloc[spread]
        self.typed = {name: mask[spread] for name, mask in raw.typed.items()}

    def found(self) -> dict[str, str]:
        """Find every role that has a column."""
        self._take("date", self._dates, self._only_date)
        self._take_amount()
        self._take("customer", self._anything, self._customer_by_contents)
        self._take("order", self._anything)
        self._take("currency", self._currencies)
        self._take("status", self._statuses, lambda: self._by_words(tells_status))
        self._take("refunded", self._numbers)
        self._take(
            "refund", self._refunds, lambda: self._by_words(lambda _, words: looks_like_documents(words))
        )
        self._take("segment", self._anything)
        self._take_other_customer()
        self._take_more_segments()
        return self.taken

    def has(self, role: str) -> bool:
        """Whether a role is filled; quantity and price stand for the amount."""
        return role in self.taken or (role == "amount" and {"quantity", "price"} <= self.taken.keys())

    def _take(
        self, role: str, fit: Callable[[str], float], otherwise: Callable[[], str | None] = lambda: None
    ) -> None:
        """Take the first column whose heading fits and whose contents do not speak against it."""
        if role in self.taken:
            return
        fits = ((name, base, fit(name)) for name, base in self._candidates(role))
        suitable = ((name, base, share) for name, base, share in fits if share >= _MOSTLY)
        name, base, share = next(suitable, (None, 0.0, 0.0))
        if name is None:
            name, base, share = otherwise(), CONTENTS, 1.0
        elif any(rival == base for _, rival, _ in suitable):
            base *= _RIVALLED
        if name is not None:
            self._hold(role, name, base * share)

    def _hold(self, role: str, name: str, confidence: float) -> None:
        self.taken[role] = name
        self.confidence[role] = round(confidence, 2)

    def _candidates(self, role: str) -> Iterator[tuple[str, float]]:
        """Columns whose heading is one of the role's, then those whose heading holds a word of it."""
        exact = matching(self._free(), ORDERS[role])
        yield from ((name, EXACT) for name in exact)
        yield from ((name, HOLDS) for name in holding(self._free(), role) if name not in exact)

    def _free(self) -> Sequence[str]:
        return [name for name in self.sample.columns if name not in self.taken.values()]

    def _take_amount(self) -> None:
        """Take the amount; else quantity and price; else a price alone, else what numbers there are."""
        if self.has("amount"):
            return
        if not {"quantity", "price"} & self.taken.keys():
            self._take("amount", self._numbers)
        if "amount" not in self.taken:
            self._take("quantity", self._numbers)
            self._take("price", self._numbers)
            self._settle_amount()

    def _settle_amount(self) -> None:
        if {"quantity", "price"} <= self.taken.keys():
            return
        alone, confidence = self.taken.pop("price", None), self.confidence.pop("price", 0.0)
        self.taken.pop("quantity", None)
        self.confidence.pop("quantity", None)
        if alone:
            self._hold("amount", alone, confidence * _RIVALLED)
        elif name := self._amount_by_contents():
            self._hold("amount", name, CONTENTS)

    def _take_other_customer(self) -> None:
        """Take a second name of the customer, address beside number or the reverse, if the first has gaps."""
        if "customer" not in self.taken or "other_customer" in self.taken:
            return
        lacking = _nobody(self.sample[self.taken["customer"]])
        is_address = _is_address(self.taken["customer"])
        for name, base in self._candidates("customer"):
            helps = bool((lacking & ~_nobody(self.sample[name])).any())
            if helps and _is_address(name) != is_address and _names_a_person_once(name):
                self._hold("other_customer", name, base)
                return

    def _take_more_segments(self) -> None:
        """Take further columns customers can be told apart by, where the first has one."""
        if SEGMENT not in self.taken:
            return
        candidates = [found for found in self._candidates(SEGMENT) if len(self._words(found[0])) > 1]
        for role, (name, base) in zip(SEGMENTS[1:], candidates, strict=False):
            self._hold(role, name, base)

    def _anything(self, name: str) -> float:
        """Measure nothing: any filled column would do."""
        return float(labels(self.sample[name]).notna().any())

    def _dates(self, name: str) -> float:
        """Measure the share of a column's filled cells that are dates."""
        dates = read_dates(self.sample[name], typed=self.typed.get(name))
        return _share(~np.isnat(dates.when), ~dates.blank)

    def _read(self, name: str) -> Numbers:
        return read_numbers(self.sample[name], typed=self.typed.get(name))

    def _numbers(self, name: str) -> float:
        if is_dated(self.sample[name]):
            return 0.0
        numbers = self._read(name)
        return 0.0 if numbers.percent else _share(~np.isnan(numbers.value), ~numbers.blank)

    def _words(self, name: str) -> list[str]:
        words: list[str] = labels(self.sample[name]).dropna().unique().tolist()
        return words if len(words) <= _FEW else []

    def _currencies(self, name: str) -> float:
        return _mean([currency_of(word) is not None for word in self._words(name)])

    def _statuses(self, name: str) -> float:
        return _mean([is_status(word) for word in self._words(name)])

    def _by_words(self, tells: Callable[[str, list[str]], bool]) -> str | None:
        """Name the first column whose words tell, whatever its heading."""
        return next((name for name in self._free() if tells(name, self._words(name))), None)

    def _refunds(self, name: str) -> float:
        """Whether a column of types or of yes and no marks some rows, and not all, as refunds."""
        says = says_yes if is_refund_heading(name) else marks_refund
        marks = [says(word) for word in self._words(name)]
        only_some = any(marks) and (not all(marks) or labels(self.sample[name]).isna().any())
        return 1.0 if only_some and not self._mostly_money(name) else 0.0

    def _mostly_money(self, name: str) -> bool:
        return self._numbers(name) >= _MOSTLY and _has_decimals(self._read(name))

    def _only_date(self) -> str | None:
        """Name the one column that holds dates and could not as well hold other numbers."""
        candidates = [
            name
            for name in self._free()
            if not is_numeric(self.sample[name])
            and not read_dates(self.sample[name]).serial
            and self._dates(name) >= _SURELY
        ]
        return candidates[0] if len(candidates) == 1 else None

    def _amount_by_contents(self) -> str | None:
        """Name the one column of numbers with decimals."""
        candidates = [
            name
            for name in self._free()
            if self._numbers(name) >= _SURELY and _has_decimals(self._read(name))
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


def _has_decimals(numbers: Numbers) -> bool:
    values = numbers.value[~np.isnan(numbers.value)]
    return bool((values != np.round(values)).any())


def _nobody(column: pd.Series) -> NDArray[np.bool_]:
    ids = identifiers(column)
    return (ids.isna() | (ids == "0")).to_numpy(dtype=bool)


def _is_address(name: str) -> bool:
    return bool(EMAIL & set(plain(name).split()))


def _names_a_person_once(name: str) -> bool:
    """Whether a heading promises an address or a number rather than a name two people may share."""
    return _is_address(name) or bool(NUMBERS & set(plain(name).split()))


def _mean(answers: Sequence[bool]) -> float:
    return sum(answers) / len(answers) if answers else 0.0


def _share(readable: NDArray[np.bool_], filled: NDArray[np.bool_]) -> float:
    return float(readable.sum() / filled.sum()) if filled.any() else 0.0
