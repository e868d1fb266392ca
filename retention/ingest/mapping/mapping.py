"""Which column of a file is what, how its dates and numbers are written, and what a known export settles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

from retention.errors import InputError
from retention.ingest.words.headings import says_cents
from retention.ingest.words.statuses import status_reading
from retention.orders import SEGMENTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping as Dictionary, Sequence

    from retention.ingest.columns.numbers import Decimal
    from retention.ingest.parse.reading import RawTable
    from retention.ingest.words.statuses import Status


Role = Literal[
    "customer",
    "order",
    "date",
    "amount",
    "quantity",
    "price",
    "discount",
    "segment",
    "segment_2",
    "segment_3",
    "segment_4",
    "currency",
    "status",
    "refund",
    "refunded",
    "other_customer",
    "product",
]
ROLES: tuple[Role, ...] = get_args(Role)
_IN_FIGURES: frozenset[Role] = frozenset({"customer", "date", "amount", "quantity", "price"})


@dataclass(frozen=True)
class Mapping:
    """Names of the columns orders are made from, and how their dates and numbers are written.

    Attributes
    ----------
    customer, date, order : whose, when, and which rows belong together
    amount, or quantity and price : the amount is their product; beside an amount they say what a product's
        line comes to
    discount : off quantity × price, as a share, a percentage or money
    segment, segment_2, segment_3, segment_4 : channel, country, category …
    day_first : whether 03/02 is 3 February; None to decide from the column
    decimal : None to decide from the column
    cents : whether the amount, or the price, is in hundredths; None where nobody said, and it is as written
    currency : of the row's amount, as ISO code or sign; may be a column of amounts that show it
    status : rows it calls cancelled, failed or unpaid leave before orders are formed; the amount of rows it
        calls refunded went back on their date
    no_sale : words of the status that were no sale, beside those that are known to be none
    refund : marks rows that are refunds, whatever the sign of their amount ("nota di credito", "yes")
    refunded : how much of the row's amount went back, booked on the row's date
    other_customer : a second name of the customer, for rows without the first
    product : name or code of what was bought
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
    discount: str | None = None
    segment: str | None = None
    segment_2: str | None = None
    segment_3: str | None = None
    segment_4: str | None = None
    day_first: bool | None = None
    decimal: Decimal | None = None
    cents: bool | None = None
    currency: str | None = None
    status: str | None = None
    no_sale: tuple[str, ...] = ()
    refund: str | None = None
    refunded: str | None = None
    other_customer: str | None = None
    product: str | None = None
    once_per_order: bool = False
    platform: str | None = None

    def __post_init__(self) -> None:
        if self.amount is None and (self.quantity is None or self.price is None):
            raise ValueError("a mapping needs the amount, or quantity and price")

    @property
    def columns(self) -> dict[Role, str]:
        """The columns in use, by what they are."""
        return {role: getattr(self, role) for role in ROLES if getattr(self, role) is not None}

    def in_cents(self, column: str) -> bool:
        """Whether a column of money is in hundredths: as the amount is, unless headings tell them apart."""
        main = str(self.amount or self.price)
        if column != main and says_cents(main):
            return bool(self.cents) and says_cents(column)
        return bool(self.cents) or (column != main and says_cents(column))

    def status_reading(self, words: Sequence[str]) -> Callable[[str], Status | None]:
        """How the words of the status are to be read."""
        reading = status_reading(self.status or "", words)
        told = {word.casefold() for word in self.no_sale}
        return lambda text: "cancelled" if text.casefold() in told else reading(text)

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


def require_values(raw: RawTable, columns: Dictionary[Role, str]) -> None:
    """Raise `InputError` ``formulas_without_values`` for a needed column that has formulas alone."""
    for role, column in columns.items():
        if role in _IN_FIGURES and column in raw.formulas:
            raise InputError("formulas_without_values", column=column)
