"""A list to write to as a file: who, why in words, what is at stake, and who is held back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention import campaigns, lists
from retention.text import LANGUAGES
from retention.text.spreadsheet import kept_as_text

if TYPE_CHECKING:
    from collections.abc import Hashable
    from typing import Any

    import pandas as pd

    from retention.campaigns import Spread
    from retention.lists import CallList, Extent, Occasion, Worth
    from retention.study.customers import Customers
    from retention.text import LanguageCode, Words

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
    spread : of the purchases of those on it within the days; None where nobody is held back
    """

    table: pd.DataFrame
    taken: CallList
    left: Extent
    spread: Spread | None

    @property
    def held_back(self) -> int:
        """How many are not written to."""
        return int((self.table["group"] == campaigns.HOLD_BACK).sum())

    @property
    def written_to(self) -> int:
        """How many are."""
        return len(self.table) - self.held_back

    @property
    def smallest(self) -> float:
        """The least difference in purchases a person it can show, beside what was expected of each."""
        return self._shows(self.spread.unexplained) if self.spread else float("inf")

    @property
    def smallest_plain(self) -> float:
        """The same without what was expected."""
        return self._shows(self.spread.plain) if self.spread else float("inf")

    @property
    def smallest_share(self) -> float | None:
        """The same in proportion to what is expected; None where nothing is."""
        if self.spread is None or self.spread.mean <= 0:
            return None
        return self.smallest / self.spread.mean

    def _shows(self, spread: float) -> float:
        return campaigns.smallest_effect(spread, self.written_to, self.held_back)

    def worth(self, each: float, share_won: float) -> Worth:
        """What it costs and may bring."""
        return lists.worth(self.taken, each=each, share_won=share_won)


def write(customers: Customers, wish: Wish, words: Words) -> Written:
    """Cut a list to what can be spent, hold a share of it back, and give each customer's reason in words."""
    taken, left = customers.written_to(
        wish.occasion, contacts=wish.contacts, budget=wish.budget, each=wish.each
    )
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
    drawn = bool((table["group"] == campaigns.HOLD_BACK).any())
    spread = customers.spread(rows, wish.days, wish.share) if drawn else None
    return Written(table=table, taken=taken, left=left, spread=spread)


def _reason(occasion: Occasion, row: dict[Hashable, Any], words: Words) -> str:
    """Why a customer is on the list."""
    return words.say(f"reason.{occasion}", **{str(name): value for name, value in row.items()})


def as_csv(table: pd.DataFrame, language: LanguageCode | None = None) -> bytes:
    """A list as a file, headings alike in every language, no cell a formula.

    Parameters
    ----------
    language : whose spreadsheet is to open it: with semicolons and decimal commas in Italian. Without one it
        is written as every mail tool imports it
    """
    text = table.select_dtypes(exclude="number").columns
    safe = table.assign(**{name: table[name].map(str).map(kept_as_text) for name in text})
    if language is None:
        return safe.to_csv(index=False, lineterminator="\r\n").encode()
    reader = LANGUAGES[language]
    written = safe.to_csv(index=False, sep=reader.delimiter, decimal=reader.decimal, lineterminator="\r\n")
    return f"\ufeff{written}".encode()
