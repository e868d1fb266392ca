"""Which column of a file is what, and how its dates and numbers are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from retention.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping as Dictionary

    from retention.ingest.numbers import Decimal
    from retention.ingest.reading import RawTable

Role = Literal["customer", "order", "date", "amount", "quantity", "price", "segment"]


@dataclass(frozen=True)
class Mapping:
    """Names of the columns orders are made from, and how their dates and numbers are written.

    Attributes
    ----------
    amount, or quantity and price : the amount is their product
    day_first : whether 03/02 is 3 February; None to decide from the column
    decimal : None to decide from the column
    """

    customer: str
    date: str
    order: str | None = None
    amount: str | None = None
    quantity: str | None = None
    price: str | None = None
    segment: str | None = None
    day_first: bool | None = None
    decimal: Decimal | None = None

    def __post_init__(self) -> None:
        if self.amount is None and (self.quantity is None or self.price is None):
            raise ValueError("a mapping needs the amount, or quantity and price")

    @property
    def columns(self) -> dict[Role, str]:
        """The columns in use, by what they are."""
        roles: tuple[Role, ...] = ("customer", "order", "date", "amount", "quantity", "price", "segment")
        return {role: getattr(self, role) for role in roles if getattr(self, role) is not None}


def mapping_of(columns: Dictionary[str, str]) -> Mapping:
    """Make a mapping of column names by role."""
    return Mapping(
        customer=columns["customer"],
        date=columns["date"],
        order=columns.get("order"),
        amount=columns.get("amount"),
        quantity=columns.get("quantity"),
        price=columns.get("price"),
        segment=columns.get("segment"),
    )


def require_columns(raw: RawTable, columns: Iterable[str]) -> None:
    """Raise `InputError` ``no_such_column`` for the first column the file lacks."""
    for column in columns:
        if column not in raw.table.columns:
            raise InputError("no_such_column", column=column, columns=list(raw.table.columns))
