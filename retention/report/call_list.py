"""A list to write to as a file: who, why in words, what is at stake, and who is held back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention import campaigns, lists

if TYPE_CHECKING:
    from collections.abc import Hashable
    from typing import Any

    import pandas as pd

    from retention.lists import CallList, Occasion, Worth
    from retention.study.customers import Customers
    from retention.text import Words

SHARE, SEED, DAYS = 0.2, 1, 90  # held back; of chance; a campaign is followed, unless told otherwise
KEPT = [
    "customer_id", "group", "reason", "stake", "overdue", "waited", "usual", "orders", "p_alive",
    "expected_purchases", "occasion", "date", "seed",
]  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """What is asked of a list.

    Attributes
    ----------
    occasion : which
    contacts, budget, each : customers at most, money at most, what one contact costs
    share, seed : held back to see whether it works, and of the chance that draws them
    days : to follow them
    """

    occasion: Occasion
    contacts: int | None = None
    budget: float | None = None
    each: float = 0.0
    share: float = SHARE
    seed: int = SEED
    days: int = DAYS


@dataclass(frozen=True)
class Written:
    """A list ready to be kept and sent.

    Attributes
    ----------
    table : a customer a row, the columns of `KEPT`
    taken, left : who is on it, and who the budget leaves out
    smallest, smallest_plain : the least difference in purchases a person it can show within the days, beside
        what was expected of each and without that; ∞ where nobody is held back
    expected : purchases a person expected within them
    worth : at a tenth of the stake, see `retention.lists.worth`
    """

    table: pd.DataFrame
    taken: CallList
    left: CallList
    smallest: float
    smallest_plain: float
    expected: float

    def worth(self, each: float, share_won: float) -> Worth:
        """What it costs and may bring."""
        return lists.worth(self.taken, each=each, share_won=share_won)


def write(customers: Customers, wish: Wish, words: Words) -> Written:
    """Cut a list to what can be spent, hold a share of it back, and give each customer's reason in words."""
    full = customers.called(wish.occasion)
    taken, left = lists.cut(full, contacts=wish.contacts, budget=wish.budget, each=wish.each)
    rows = taken.table
    group = campaigns.assign(rows["expected_purchases"], wish.share, wish.seed) if wish.share else None
    last = customers.study.window.last
    table = rows.assign(
        group=campaigns.CONTACT if group is None else group.to_numpy(),
        reason=[_reason(wish.occasion, row, words) for row in rows.to_dict("records")],
        occasion=wish.occasion,
        date=last.isoformat(),
        seed=wish.seed,
    )[KEPT]
    held = int((table["group"] == campaigns.HOLD_BACK).sum())
    spread = customers.spread(rows, wish.days, wish.share) if held else None
    sizes = len(table) - held, held
    return Written(
        table=table,
        taken=taken,
        left=left,
        smallest=campaigns.smallest_effect(spread.unexplained if spread else 0.0, *sizes),
        smallest_plain=campaigns.smallest_effect(spread.plain if spread else 0.0, *sizes),
        expected=spread.mean if spread else float("nan"),
    )


def _reason(occasion: Occasion, row: dict[Hashable, Any], words: Words) -> str:
    """Why a customer is on the list."""
    return words.say(f"reason.{occasion}", **{str(name): value for name, value in row.items()})
