"""Which column tells who bought: what stays with a person, and names as many rows as it can."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retention.ingest.columns.texts import identifiers
from retention.ingest.words.headings import bare, holding, matching, rank_of, words_of
from retention.ingest.words.vocabulary import (
    EMAIL,
    NAMES,
    NUMBERS,
    ORDERS,
    PARTS_OF_NAMES,
    PERSONS,
    TAX_CODES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

# A person's own number goes first, then the tax office's, an address, a card, and what two people may share.
_ID, _TAX_CODE, _EMAIL, _NUMBER, _PERSON, _NAME = range(6)
_EXACT_RANKS = (_ID, _EMAIL, _NUMBER, _TAX_CODE, _PERSON, _NAME)
_FILLED = 0.7  # share of rows a column must name to do alone where another names more
_APART = 0.2  # share of the rows a first column names that a private person's name may stand on beside it
_RARELY = 0.1  # share of rows below which a column is only a second name
_ORDERS = 3  # from which ids that are new with every order are no chance
_MANY = 20  # orders from which names that come again are not those of people who share one
_REPEATS = 0.99  # distinct ids an order at which another column tells that people return …
_NAMES_REPEAT = 0.8  # … and distinct names, which people share


@dataclass(frozen=True, eq=False)
class Person:
    """A column that could name the customer.

    Attributes
    ----------
    name : of the column
    rank : how surely what stands in it is one person's own, from 0
    exact : whether the heading is one of customers, and not only holds a word of one
    somebody : (n,) rows of the sample it names somebody on
    orders : it is on
    per_order : distinct ids for each of these; NaN where they are too few to tell
    beside : whether it may only stand in where another column names nobody, as "Name" beside "Company"
    """

    name: str
    rank: int
    exact: bool
    somebody: NDArray[np.bool_]
    orders: int
    per_order: float
    beside: bool = False

    @property
    def tells_orders_apart(self) -> bool:
        """Whether it holds numbers that are new with every order."""
        return self.per_order >= 1 and self.rank in {_ID, _NUMBER}

    @property
    def filled(self) -> float:
        """Share of the rows it names somebody on."""
        return float(self.somebody.mean()) if self.somebody.size else 0.0


def people_columns(sample: pd.DataFrame, names: Sequence[str], order: str | None) -> list[Person]:
    """Columns whose heading says customer, the surest first.

    Parameters
    ----------
    order : column of the order's number
    """
    exact = matching(names, ORDERS["customer"])
    headed = [*exact, *(name for name in holding(names, "customer") if name not in exact)]
    orders = None if order is None else identifiers(sample[order])
    found = [_person(sample, name, orders, exact=name in exact) for name in headed]
    beside = [name for name in _persons(names) if name not in headed]
    found += [replace(_person(sample, name, orders, exact=False), rank=_NAME, beside=True) for name in beside]
    return sorted((person for person in found if person.somebody.any()), key=lambda person: person.rank)


def _persons(names: Sequence[str]) -> list[str]:
    """Headings like "Name" that could be a private person's; none where names stand in two parts."""
    if any(words_of(name) & PARTS_OF_NAMES for name in names):
        return []
    return [name for name in names if bare(name) in PERSONS]


def _person(sample: pd.DataFrame, name: str, orders: pd.Series | None, *, exact: bool) -> Person:
    ids = identifiers(sample[name])
    somebody = ~nobody(ids)
    known = ids[somebody]
    of = len(known) if orders is None else orders[somebody].nunique()
    per_order = known.nunique() / of if of else float("nan")
    rank = rank_of(name, "customer")
    by_heading = _rank_by_words(name) if rank is None else _EXACT_RANKS[rank]
    telling = per_order if of >= _ORDERS else float("nan")
    return Person(name, by_heading, exact, somebody, of, telling)


def _rank_by_words(name: str) -> int:
    words = words_of(name)
    ranks = ((EMAIL, _EMAIL), (TAX_CODES, _TAX_CODE), (NUMBERS, _NUMBER), (NAMES, _NAME))
    return next((rank for meant, rank in ranks if words & meant), _PERSON)


def likeliest(people: Sequence[Person]) -> Person | None:
    """The column to go by: one that people keep, and that names most rows."""
    alone = [person for person in people if not person.beside]
    kept = [person for person in alone if not _is_new_with_each_order(person, alone)]
    sure = [person for person in kept if person.rank <= _NUMBER]
    full = [person for person in sure if person.filled >= _FILLED]
    known = [person for person in kept if person.filled >= _RARELY]
    return next(iter([*full, *known, *kept]), None)


def _is_new_with_each_order(person: Person, people: Sequence[Person]) -> bool:
    """Whether its numbers never come again while another column's do; an address is a person's anyway."""
    return person.tells_orders_apart and any(
        other.filled >= _FILLED and _tells_of_returns(other) for other in people
    )


def _tells_of_returns(person: Person) -> bool:
    if person.rank >= _PERSON:
        return person.orders >= _MANY and person.per_order <= _NAMES_REPEAT
    return person.per_order <= _REPEATS


def second_name(first: Person, people: Sequence[Person]) -> Person | None:
    """The column that names most of the rows the first does not.

    Where the first names nearly all, an address stands in for a number and the reverse; a name, which two
    people may share, only where the first leaves many rows out, or where it stands on those rows alone.
    """
    lacking = ~first.somebody
    others = [
        other
        for other in people
        if other is not first and (lacking & other.somebody).any() and _may_stand_in(first, other)
    ]
    return max(others, key=lambda other: int((lacking & other.somebody).sum()), default=None)


def _may_stand_in(first: Person, other: Person) -> bool:
    apart = bool((other.somebody & first.somebody).sum() <= _APART * first.somebody.sum())
    if apart or other.beside:  # companies in one column, private persons in the other
        return apart
    if first.filled < _FILLED:
        return other.per_order < 1 or not first.per_order < 1
    address = is_address(other.name)
    return address != is_address(first.name) and (address or bool(words_of(other.name) & NUMBERS))


def nobody(ids: pd.Series) -> NDArray[np.bool_]:
    """Where ids name nobody: none, or the nought of a guest."""
    return (ids.isna() | (ids == "0")).to_numpy(dtype=bool)


def is_address(name: str) -> bool:
    """Whether a heading promises an e-mail address."""
    return bool(EMAIL & words_of(name))
