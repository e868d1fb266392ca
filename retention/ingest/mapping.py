"""Which column of a file is what, and how its dates and numbers are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from retention.errors import InputError
from retention.orders import SEGMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping as Dictionary

    from retention.ingest.numbers import Decimal
    from retention.ingest.reading import RawTable

Role = Literal[
    "customer",
    "order",
    "date",
    "amount",
    "quantity",
    "price",
    "segment",
    "segment_2",
    "segment_3",
    "segment_4",
    "currency",
    "status",
    "refund",
    "refunded",
    "other_customer",
]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True)
class Mapping:
    """Names of the columns orders are made from, and how their dates and numbers are written.

    Attributes
    ----------
    customer, date, order : whose, when, and which rows belong together
    amount, or quantity and price : the amount is their product
    segment, segment_2, segment_3, segment_4 : channel, country, category …
    day_first : whether 03/02 is 3 February; None to decide from the column
    decimal : None to decide from the column
    currency : of the row's amount, as ISO code or sign; may be a column of amounts that show it
    status : rows it calls cancelled, failed or unpaid leave before orders are formed; the amount of rows it
        calls refunded went back on their date
    refund : marks rows that are refunds, whatever the sign of their amount ("nota di credito", "yes")
    refunded : how much of the row's amount went back, booked on the row's date
    other_customer : a second name of the customer, for rows without the first
    once_per_order : whether each row of an order repeats, or only its first one has, the fields of the whole
        order: its customer, date and amount
    platform : code of the export whose rules hold
    """

    customer: str
    date: str
    order: str | None = None
    amount: str | None = None
    quantity: str | None = None
    price: str | None = None
    segment: str | None = None
    segment_2: str | None = None
    segment_3: str | None = None
    segment_4: str | None = None
    day_first: bool | None = None
    decimal: Decimal | None = None
    currency: str | None = None
    status: str | None = None
    refund: str | None = None
    refunded: str | None = None
    other_customer: str | None = None
    once_per_order: bool = False
    platform: str | None = None

    def __post_init__(self) -> None:
        if self.amount is None and (self.quantity is None or self.price is None):
            raise ValueError("a mapping needs the amount, or quantity and price")

    @property
    def columns(self) -> dict[Role, str]:
        """The columns in use, by what they are."""
        return {role: getattr(self, role) for role in ROLES if getattr(self, role) is not None}

    @property
    def segments(self) -> dict[str, str]:
        """The columns customers are told apart by, by the name `retention.orders.Orders` gives each."""
        return {name: getattr(self, name) for name in SEGMENTS if getattr(self, name) is not None}


def mapping_of(columns: Dictionary[str, str], **about: Any) -> Mapping:
    """Make a mapping of column names by role, and of what else is known."""
    known: dict[str, Any] = {role: columns[role] for role in ROLES if role in columns}
    return Mapping(**known, **about)


def require_columns(raw: RawTable, columns: Iterable[str]) -> None:
    """Raise `InputError` ``no_such_column`` for the first column the file lacks."""
    for column in columns:
        if column not in raw.table.columns:
            raise InputError("no_such_column", column=column, columns=list(raw.table.columns))
