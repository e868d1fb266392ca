"""How far a budget goes: a list cut to it, and what writing to those on it may return."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retention.lists.occasions import CallList


@dataclass(frozen=True)
class Worth:
    """What writing to a list costs and may bring.

    Attributes
    ----------
    contacts : customers written to
    cost : of all contacts
    gain : margin expected to be won, at the share of the stake that is taken to be won
    break_even : the share of the stake that pays for the contacts, None where nothing is at stake
    """

    contacts: int
    cost: float
    gain: float
    break_even: float | None

    @property
    def profit(self) -> float:
        """What is left of the gain."""
        return self.gain - self.cost


def how_many(
    customers: int, *, contacts: int | None = None, budget: float | None = None, each: float = 0.0
) -> int:
    """How many of some customers can be written to, as of `cut`.

    Examples
    --------
    >>> how_many(100, contacts=50, budget=20.0, each=1.5)
    13
    """
    most = customers if contacts is None else min(contacts, customers)
    return most if budget is None or each <= 0 else min(most, int(budget // each))


def cut(
    full: CallList, *, contacts: int | None = None, budget: float | None = None, each: float = 0.0
) -> tuple[CallList, CallList]:
    """Part a list into who can be written to and who is left out, the best first.

    Parameters
    ----------
    contacts : how many at most
    budget, each : money to spend, and what one contact costs

    Returns
    -------
    who is written to, who is left out
    """
    most = how_many(full.customers, contacts=contacts, budget=budget, each=each)
    taken, left = full.table.iloc[:most], full.table.iloc[most:].reset_index(drop=True)
    return replace(full, table=taken), replace(full, table=left)


def worth(taken: CallList, *, each: float, share_won: float) -> Worth:
    """What writing to everybody on a list costs and may bring.

    Parameters
    ----------
    each : what one contact costs
    share_won : of the stake, which is margin to come, that is taken to be won; nobody knows it before a test
    """
    cost, stake = taken.customers * each, taken.stake
    return Worth(taken.customers, cost, share_won * stake, cost / stake if stake > 0 else None)
