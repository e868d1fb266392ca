"""Which column plays which part, by its heading and by what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.ingest.columns.bare_numbers import bare_number
from retention.ingest.columns.dates import read_dates
from retention.ingest.columns.money import money_columns
from retention.ingest.columns.numbers import Numbers, has_decimals, read_numbers
from retention.ingest.columns.people import likeliest, people_columns, second_name
from retention.ingest.columns.reasons import Reason
from retention.ingest.columns.texts import identifiers, is_dated, is_numeric, labels
from retention.ingest.words.currencies import currency_of
from retention.ingest.words.documents import is_refund_heading, looks_like_documents, marks_refund, says_yes
from retention.ingest.words.headings import holding, matching, rank_of, words_of
from retention.ingest.words.statuses import is_status, tells_status, tells_the_end
from retention.ingest.words.vocabulary import ORDERS, OTHERWISE, SALES
from retention.orders import SEGMENT, SEGMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from retention.ingest.columns.money import Money
    from retention.ingest.columns.people import Person
    from retention.ingest.columns.reasons import Why
    from retention.ingest.parse.reading import RawTable

_MOSTLY = 0.5  # share of its cells a column with the right heading must have readable
_SURELY = 0.9  # likewise where contents alone speak for it
_FEW = 40  # distinct words a column of statuses or of currencies has at most

# Confidence where the heading is one of the role's own, holds a word of it, or says nothing of it.
EXACT, HOLDS, CONTENTS = 0.95, 0.75, 0.5
_WHY: dict[float, Why] = {EXACT: "heading", HOLDS: "heading_holds", CONTENTS: "contents"}
# Where a longer heading stands among the ranks of dates: after that of a sale, after one that names no event.
_OF_SALES, _OF_SOMETHING = 1.5, 4.5
_RIVALLED = 0.85  # of these, where another column's heading says the same and its contents would do


class Search:
    """Columns not yet taken, and what their contents allow.

    Attributes
    ----------
    taken : column by role
    confidence : by role, from 0 to 1
    reasons : by role, why the column was taken, and the next best
    """

    def __init__(self, raw: RawTable, fixed: dict[str, str]) -> None:
        self.taken = dict(fixed)
        self.confidence = dict.fromkeys(fixed, 1.0)
        self.reasons = {role: Reason(name, "given") for role, name in fixed.items()}
        self.headed = raw.headed
        self.spread = raw.spread()
        self.sample, self.typed = self.spread.table, self.spread.typed

    def found(self) -> dict[str, str]:
        """Find every role that has a column."""
        self._take("date", self._dates, self._only_date)
        self._take_amount()
        self._take("order", self._anything)
        self._take_customer()
        self._take("currency", self._currencies)
        self._take("status", self._statuses, lambda: self._by_words(tells_status) or self._end())
        self._take("refunded", self._money_back)
        self._take(
            "refund", self._refunds, lambda: self._by_words(lambda _, words: looks_like_documents(words))
        )
        self._take("segment", self._anything)
        self._take_more_segments()
        self._take("product", self._anything)
        if "product" in self.taken:
            self._take("quantity", self._numbers)
        self._take_bare_number()
        return self.taken

    def found_prices(self) -> dict[str, str]:
        """Find the unit price too, for lines of products beside the totals of their orders."""
        if {"product", "quantity"} <= self.taken.keys():
            self._take("price", self._numbers)
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
            found = otherwise()
            if found is not None:
                self._hold(role, found, CONTENTS, "contents")
            return
        rivals = list(suitable)
        doubt = _RIVALLED if any(rival == base for _, rival, _ in rivals) else 1.0
        rival = next((other for other, _, _ in rivals), None)
        self._hold(role, name, base * share * doubt, _WHY[base], rival)

    def _hold(self, role: str, name: str, confidence: float, why: Why, rival: str | None = None) -> None:
        self.taken[role] = name
        self.confidence[role] = round(confidence, 2)
        self.reasons[role] = Reason(name, why, rival)

    def _candidates(self, role: str) -> Iterator[tuple[str, float]]:
        """Columns whose heading is one of the role's, then those whose heading holds a word of it."""
        exact = matching(self._free(), ORDERS[role])
        held = [name for name in holding(self._free(), role) if name not in exact]
        if role == "date":
            yield from self._of_sales(exact, held)
            return
        yield from ((name, EXACT) for name in exact)
        yield from ((name, HOLDS) for name in held)

    def _of_sales(self, exact: list[str], held: list[str]) -> Iterator[tuple[str, float]]:
        """Dates by what they are of: headings that hold a word of sales go before those of a payment."""
        others = [name for name in self._free() if name not in exact and name not in held]
        held += [name for name in others if self._tells_when_sold(name)]
        ranks = {name: float(rank_of(name, "date") or 0) for name in exact}
        ranks |= {name: _OF_SALES if words_of(name) & SALES else _OF_SOMETHING for name in held}
        yield from (
            (name, EXACT if name in exact else HOLDS) for name in sorted(ranks, key=ranks.__getitem__)
        )

    def _tells_when_sold(self, name: str) -> bool:
        words = words_of(name)
        if not words & SALES or words & OTHERWISE["date"] or is_numeric(self.sample[name]):
            return False
        return not read_dates(self.sample[name]).serial and self._dates(name) >= _SURELY

    def _free(self) -> Sequence[str]:
        return [name for name in self.sample.columns if name not in self.taken.values()]

    def _take_amount(self) -> None:
        """Take the amount; else quantity and price; else a price alone, else what numbers there are."""
        if self.has("amount"):
            return
        money = [] if {"quantity", "price"} & self.taken.keys() else self.money()
        by_parts = money and (money[0].doubtful or "discount" in self.taken) and self._has_parts()
        if money and not by_parts:
            self._hold_amount(*money)
        if "amount" not in self.taken:
            self._take("quantity", self._numbers)
            self._take("price", self._numbers)
            self._settle_amount()

    def money(self) -> list[Money]:
        """Columns that could be the amount, the likeliest first."""
        return money_columns(self._free(), self._values)

    def _values(self, name: str) -> NDArray[np.float64] | None:
        """Numbers of a column in the sample, None where it does not hold such."""
        return self._read(name).value if self._numbers(name) >= _MOSTLY else None

    def _has_parts(self) -> bool:
        """Whether columns are headed as quantity and as price."""
        return all(
            any(self._numbers(name) >= _MOSTLY for name in matching(self._free(), ORDERS[role]))
            for role in ("quantity", "price")
        )

    def _hold_amount(self, money: Money, *others: Money) -> None:
        rivals = [other for other in others if not other.doubtful]
        base = EXACT if money.exact else HOLDS
        doubt = _RIVALLED if any(other.exact == money.exact for other in rivals) else 1.0
        rival = next((other.name for other in rivals), None)
        self._hold("amount", money.name, base * doubt * self._numbers(money.name), _WHY[base], rival)

    def _settle_amount(self) -> None:
        if {"quantity", "price"} <= self.taken.keys():
            if rank_of(self.taken["price"], "price") != 0:  # a net price has its discount taken off
                self._take("discount", self._shares)
            return
        alone, confidence = self.taken.pop("price", None), self.confidence.pop("price", 0.0)
        reason = self.reasons.pop("price", None)
        for role in ("quantity", "price"):
            self.taken.pop(role, None)
            self.confidence.pop(role, None)
            self.reasons.pop(role, None)
        if alone and reason:
            self._hold("amount", alone, confidence * _RIVALLED, reason.why, reason.rival)
        elif name := self._amount_by_contents():
            self._hold("amount", name, CONTENTS, "contents")

    def _take_customer(self) -> None:
        """Take who bought, and a second name where the first has gaps."""
        given = self.taken.get("customer")
        free = [*self._free(), *([] if given is None else [given])]
        people = people_columns(self.sample, free, self.taken.get("order"))
        if given is None:
            first = likeliest(people)
            if first is None:
                if (name := self._customer_by_contents()) is not None:
                    self._hold("customer", name, CONTENTS, "contents")
                return
        else:
            first = next((person for person in people if person.name == given), None)
        other = None if first is None else second_name(first, people)
        if given is None and first is not None:
            self._hold_customer(
                first, [person for person in people if person not in {first, other} and not person.beside]
            )
        if other is not None and "other_customer" not in self.taken:
            base = EXACT if other.exact else HOLDS
            self._hold("other_customer", other.name, base, _WHY[base])

    def _hold_customer(self, first: Person, rivals: list[Person]) -> None:
        base = EXACT if first.exact else HOLDS
        doubt = _RIVALLED if any(other.exact == first.exact for other in rivals) else 1.0
        rival = rivals[0].name if rivals else None
        self._hold("customer", first.name, base * doubt, _WHY[base], rival)

    def _take_bare_number(self) -> None:
        """Take a column headed as a number of nothing in particular, where it is the order's."""
        if "order" in self.taken or not {"customer", "date"} <= self.taken.keys():
            return
        day = read_dates(self.sample[self.taken["date"]]).when.astype("datetime64[D]")
        who = identifiers(self.sample[self.taken["customer"]]).to_numpy()
        beside = pd.DataFrame({"file": self.spread.file, "day": day, "who": who})
        lines = bool({"product", "quantity"} & self.taken.keys())
        if name := bare_number(self.sample, self._free(), beside, lines=lines):
            self._hold("order", name, CONTENTS, "contents")

    def _take_more_segments(self) -> None:
        """Take further columns customers can be told apart by, where the first has one."""
        if SEGMENT not in self.taken:
            return
        candidates = [found for found in self._candidates(SEGMENT) if len(self._words(found[0])) > 1]
        for role, (name, base) in zip(SEGMENTS[1:], candidates, strict=False):
            self._hold(role, name, base, _WHY[base])

    def _anything(self, name: str) -> float:
        """Measure nothing: any filled column would do."""
        return float(labels(self.sample[name]).notna().any())

    def _dates(self, name: str) -> float:
        """Measure the share of a column's filled cells that are dates."""
        dates = read_dates(self.sample[name], typed=self.typed.get(name))
        return _share(~np.isnat(dates.when), ~dates.blank)

    def _read(self, name: str) -> Numbers:
        """Read the numbers of a column in the sample, once for all who search the file."""
        return self.spread.remembered(
            ("numbers", name), lambda: read_numbers(self.sample[name], typed=self.typed.get(name))
        )

    def _numbers(self, name: str) -> float:
        if is_dated(self.sample[name]):
            return 0.0
        numbers = self._read(name)
        return 0.0 if numbers.percent else _share(~np.isnan(numbers.value), ~numbers.blank)

    def _shares(self, name: str) -> float:
        """Measure the share of numbers, percentages among them."""
        numbers = self._read(name)
        return 0.0 if is_dated(self.sample[name]) else _share(~np.isnan(numbers.value), ~numbers.blank)

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

    def _money_back(self, name: str) -> float:
        """As `_numbers`; a column of ones and noughts marks refunds and does not measure them."""
        values = self._read(name).value
        marks = np.isin(values[~np.isnan(values)], (0.0, 1.0)).all()
        return 0.0 if marks else self._numbers(name)

    def _refunds(self, name: str) -> float:
        """Whether a column of types or of yes and no marks some rows, and not all, as refunds."""
        says = says_yes if is_refund_heading(name) else marks_refund
        words = self._words(name)
        marks = [says(word) for word in words]
        some = any(marks) and (not all(marks) or labels(self.sample[name]).isna().any())
        return 1.0 if (some or looks_like_documents(words)) and not self._mostly_money(name) else 0.0

    def _end(self) -> str | None:
        """Name the column that has a day or a reason where an order was cancelled."""
        ends = [name for name in self._free() if tells_the_end(name)]
        return next((name for name in ends if labels(self.sample[name]).isna().any()), None)

    def _mostly_money(self, name: str) -> bool:
        return self._numbers(name) >= _MOSTLY and has_decimals(self._read(name).value)

    def _only_date(self) -> str | None:
        """Name the one column that holds dates and could not as well hold other numbers."""
        candidates = [
            name
            for name in self._free()
            if not is_numeric(self.sample[name])
            and not read_dates(self.sample[name]).numbered
            and self._dates(name) >= _SURELY
        ]
        return candidates[0] if len(candidates) == 1 else None

    def _amount_by_contents(self) -> str | None:
        """Name the one column of numbers with decimals."""
        candidates = [
            name
            for name in self._free()
            if self._numbers(name) >= _SURELY and has_decimals(self._read(name).value)
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


def _mean(answers: Sequence[bool]) -> float:
    return sum(answers) / len(answers) if answers else 0.0


def _share(readable: NDArray[np.bool_], filled: NDArray[np.bool_]) -> float:
    return float(readable.sum() / filled.sum()) if filled.any() else 0.0
