"""Rows of which some customers' have changed: sums over customers are brought up to date by those alone.

Of all customers a sum is what it was, less what those whose rows changed came to before, and plus what they
come to now. A function that makes such a table says so by `additive`, and one that makes rows of rows by
`carried`; whatever else is asked of changed rows is made of all of them.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from functools import cache, wraps
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")

_MOST = "most of "  # before the name of a sum of money: the largest it has been
_NOTHING = 1e-11  # of the largest: what is left then is what rounding left
_TOO_LITTLE = 1e-5  # of the largest: what is left then has too few digits


class Kept(Protocol):
    """Where tables of all customers are kept, as they were before the change."""

    def table(self, name: str) -> pd.DataFrame | None:
        """A table by its name; None where there is none."""
        ...

    def keep(self, name: str, table: pd.DataFrame) -> None:
        """Keep a table, as it is now."""
        ...

    def made(self, name: str) -> pd.DataFrame | None:
        """A table that was kept since, as it is now; None where it was not."""
        ...

    def rows(self, name: str, change: Change[Any]) -> Any:
        """Rows by customer, of all as they are now: those kept of who did not change, and the others' own.

        Parameters
        ----------
        change : of frames with ``customer_id``
        """
        ...


@dataclass(frozen=True)
class Change(Generic[R]):
    """Rows of one kind, and those of them that changed.

    Attributes
    ----------
    name : of what rows they are
    kept : where tables made of them are kept
    whole : makes those of all customers
    before, after : make those of the customers whose rows changed; None where nothing is kept of them yet
    """

    name: str
    kept: Kept
    whole: Callable[[], R]
    before: Callable[[], R] | None = None
    after: Callable[[], R] | None = None

    def some(self) -> R:
        """Rows that look as all do: as few as there can be."""
        return self.whole() if self.after is None else self.after()

    def then(self, what: str, make: Callable[[R], S]) -> Change[S]:
        """Other rows, each customer's made of the own ones.

        Parameters
        ----------
        what : names them
        """

        def of(rows: Callable[[], R] | None) -> Callable[[], S] | None:
            return None if rows is None else cache(lambda: make(rows()))

        whole = cache(lambda: make(self.whole()))
        return Change(f"{self.name}, {what}", self.kept, whole, of(self.before), of(self.after))

    def summed(
        self,
        what: str,
        make: Callable[[R], pd.DataFrame],
        keys: Sequence[str],
        sums: Sequence[str] = (),
    ) -> pd.DataFrame:
        """A table of all customers that is a sum over them.

        Parameters
        ----------
        what : names the table
        keys, sums : its columns that are no sums, or those that are: see `additive`
        """
        name = f"{self.name}, {what}"
        found = self.kept.made(name)
        old = self.kept.table(name) if found is None else None
        if old is not None and self.before is not None and self.after is not None:
            before = make(self.before())
            found = brought_up_to_date(old, before, make(self.after()), _keys_of(before, keys, sums))
        if found is None:
            whole = make(self.whole())
            found = _with_most(whole, _keys_of(whole, keys, sums))
        self.kept.keep(name, found)
        return found[[column for column in _columns(found) if not _is_most(column)]].copy()


class Changed:
    """Rows with a change: what `additive` and `carried` look for."""

    change: Change[Any]

    def _begin(self, change: Change[Any], *alike: str) -> None:
        """Be rows of a change, in these fields as any few of them are; frozen from here on."""
        some = change.some()
        for name in alike:
            object.__setattr__(self, name, getattr(some, name))
        object.__setattr__(self, "change", change)


def additive(
    *keys: str,
    sums: tuple[str, ...] = (),
) -> Callable[[Callable[Concatenate[R, P], pd.DataFrame]], Callable[Concatenate[R, P], pd.DataFrame]]:
    """Say of a function that its table is a sum over customers, and hangs on nothing but rows and arguments.

    Parameters
    ----------
    keys : columns that are no sums, in the order rows are sorted by; not every table need have each
    sums : those that are, where there is no telling what all others are called
    """

    def keep(
        make: Callable[Concatenate[R, P], pd.DataFrame],
    ) -> Callable[Concatenate[R, P], pd.DataFrame]:
        @wraps(make)
        def made(rows: R, /, *args: P.args, **kwargs: P.kwargs) -> pd.DataFrame:
            if not isinstance(rows, Changed):
                return make(rows, *args, **kwargs)
            return rows.change.summed(
                _named(make, args, kwargs), lambda each: make(each, *args, **kwargs), keys, sums
            )

        return made

    return keep


def carried(
    kind: Callable[[Change[Any]], Any],
) -> Callable[[Callable[Concatenate[R, P], S]], Callable[Concatenate[R, P], S]]:
    """Say of a function that it makes rows of rows, each customer's of the own ones.

    Parameters
    ----------
    kind : what rows of this kind are where some have changed
    """

    def keep(make: Callable[Concatenate[R, P], S]) -> Callable[Concatenate[R, P], S]:
        @wraps(make)
        def made(rows: R, /, *args: P.args, **kwargs: P.kwargs) -> S:
            if not isinstance(rows, Changed):
                return make(rows, *args, **kwargs)
            told = _named(make, args, kwargs)
            found: S = kind(rows.change.then(told, lambda each: make(each, *args, **kwargs)))
            return found

        return made

    return keep


def _named(make: Callable[..., Any], args: Sequence[Any], kwargs: dict[str, Any]) -> str:
    """A function with its arguments, said the same however it was called."""
    bound = inspect.signature(make).bind(None, *args, **kwargs)
    bound.apply_defaults()
    asked = ", ".join(f"{name}={value!r}" for name, value in list(bound.arguments.items())[1:])
    return f"{make.__module__}.{make.__qualname__}({asked})"


def brought_up_to_date(
    old: pd.DataFrame, before: pd.DataFrame, after: pd.DataFrame, keys: list[str]
) -> pd.DataFrame | None:
    """A table of sums without what some customers were, and with what they are.

    Parameters
    ----------
    old : with the largest that each sum of money has been

    Returns
    -------
    None where of a sum too little is left of what it was to be known to nine digits.
    """
    mosts = [name for name in _columns(old) if _is_most(name)]
    sums = [name for name in _columns(old) if name not in (*keys, *mosts)]
    gone, come = (_with_most(table, keys) for table in (before, after))
    taken = pd.concat([-gone[sums], gone.drop(columns=sums)], axis=1)
    rows = pd.concat([old, taken, come], ignore_index=True)
    by: Any = keys or np.zeros(len(rows), dtype=np.int64)
    groups = rows.groupby(by, dropna=False, sort=False)
    found, certain = _without_residues(groups[sums].sum().join(groups[mosts].max() if mosts else []))
    if not certain:
        return None
    if not keys:
        return found.reset_index(drop=True)[old.columns.tolist()].astype(old.dtypes.to_dict())
    found = found[(found[sums] != 0).any(axis=1)].copy().reset_index()[old.columns.tolist()]
    found = found.astype(old.dtypes.to_dict())
    return found.sort_values(keys, na_position="first", ignore_index=True)


def _without_residues(table: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """Sums of money that are only what rounding left as 0, and whether all others have enough digits."""
    mosts = [name for name in _columns(table) if _is_most(name)]
    if not mosts:
        return table, True
    money = [name.removeprefix(_MOST) for name in mosts]
    size, most = table[money].abs().to_numpy(), table[mosts].to_numpy()
    nothing = size <= _NOTHING * most
    certain = not bool((~nothing & (size < _TOO_LITTLE * most)).any())
    return pd.concat([table[money].mask(nothing, 0.0), table.drop(columns=money)], axis=1), certain


def _with_most(table: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    money = [name for name in _columns(table) if name not in keys and table[name].dtype.kind == "f"]
    return pd.concat([table, table[money].abs().add_prefix(_MOST)], axis=1)


def _keys_of(table: pd.DataFrame, keys: Sequence[str], sums: Sequence[str]) -> list[str]:
    """Columns that are no sums."""
    found = [name for name in _columns(table) if name not in sums] if sums else keys
    return [name for name in found if name in table]


def _columns(table: pd.DataFrame) -> list[str]:
    return [str(name) for name in table]


def _is_most(column: str) -> bool:
    return column.startswith(_MOST)
