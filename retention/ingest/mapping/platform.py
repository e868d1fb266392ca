"""What is known of an export: the headings that tell it, its columns, and what holds for its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from retention.ingest.mapping.mapping import mapping_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retention.ingest.mapping.mapping import Mapping, Role


@dataclass(frozen=True)
class Platform:
    """One export.

    Attributes
    ----------
    code : its name
    headings : those that tell it, all of them needed
    columns : headings for each role, best first
    once_per_order : whether fields of the order stand on its first row, or again on each
    day_first : order of day and month where the dates leave it open
    cancelled_when_filled : column that has something in it when the order was cancelled
    statuses : whether words of its status, in small letters, stand for sales, where elsewhere they need not
    negative_apart : whether a row below zero is a refund even under a sale's order id
    movements : whether the rows are an account's movements, of which only some are sales (PayPal)
    refund_customer : column of the customer on rows that pay money back
    no_buyer : whether it names no customer at all
    caveats : codes of what a reader of its figures must know, each with the role it is about
    """

    code: str
    headings: tuple[str, ...]
    columns: dict[Role, tuple[str, ...]] = field(default_factory=dict)
    once_per_order: bool = False
    day_first: bool | None = None
    cancelled_when_filled: str | None = None
    statuses: dict[str, bool] = field(default_factory=dict)
    negative_apart: bool = False
    movements: bool = False
    refund_customer: str | None = None
    no_buyer: bool = False
    caveats: tuple[tuple[str, Role], ...] = ()

    def mapping(self, headings: Iterable[str]) -> Mapping:
        """Mapping of a file with these headings."""
        present = {folded(heading): heading for heading in headings}
        found: dict[str, str] = {}
        for role, names in self.columns.items():
            known = (present[folded(name)] for name in names if folded(name) in present)
            column = next((name for name in known if name not in found.values() or role == "currency"), None)
            if column is not None:
                found[role] = column
        code = self.code if self.has_rules else None
        return mapping_of(found, once_per_order=self.once_per_order, platform=code)

    def caveats_on(self, mapping: Mapping) -> list[tuple[str, str]]:
        """Caveats that hold while the role they are about has the export's own column, with that column."""
        chosen = mapping.columns
        return [
            (code, chosen[role])
            for code, role in self.caveats
            if role in chosen and folded(chosen[role]) in map(folded, self.columns[role])
        ]

    @property
    def has_rules(self) -> bool:
        """Whether anything holds for its rows beyond what the columns are."""
        return self != Platform(self.code, self.headings, self.columns)


def export(code: str, headings: str, columns: dict[Role, str | Sequence[str]], **rules: Any) -> Platform:
    """Write an export as the tables of `platforms` do: headings as one text, of each role one or several."""
    alternatives = {
        role: (names,) if isinstance(names, str) else tuple(names) for role, names in columns.items()
    }
    return Platform(code, tuple(headings.split(", ")), alternatives, **rules)


def folded(heading: str) -> str:
    """Heading without regard to capitals and blanks."""
    return " ".join(heading.split()).casefold()
