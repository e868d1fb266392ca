"""Something about a file that may be wrong, what could be done about it, and what was noticed on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.ingest.orders.account import Account

CheckCode = Literal[
    "date_gap",
    "months_without_sales",
    "large_customer",
    "round_amounts",
    "extreme_orders",
    "duplicates",
    "reversed_orders",
    "future_dates",
    "last_month_cut_short",
]


@dataclass(frozen=True)
class Switch:
    """What `to_orders` can be told, if the reader agrees: the name of its parameter, and the value."""

    option: Literal["leave_out_customers", "duplicates", "drop_reversed", "until"]
    value: Any


@dataclass(frozen=True)
class Check:
    """Something about a file that may be wrong, or may be so.

    Attributes
    ----------
    code, details : what was found

        - ``date_gap`` : first, last (dates of the silence), days
        - ``months_without_sales`` : months (keys as "2024-03")
        - ``large_customer`` : customer, orders, share (of all orders), amount (of their orders)
        - ``round_amounts`` : step (nearly all values are multiples of it), share
        - ``extreme_orders`` : orders, amount, share (of gross revenue), above (the limit), largest (up to
          five, each with customer, order, date, value)
        - ``duplicates`` : rows, across_files (of these), dropped (whether they are left out already)
        - ``reversed_orders`` : orders, amount, dropped
        - ``future_dates`` : rows, amount, now (the day they are measured against)
        - ``last_month_cut_short`` : month, last (its last day with a row), days (missing), silent (how likely
          the shop is to sell nothing for so long)
    switch : what could be done about it; None where that is for the reader to find out
    """

    code: CheckCode
    details: dict[str, Any]
    switch: Switch | None = None

    @property
    def counted(self) -> int:
        """How many orders, rows, days or months it is about."""
        found = (self.details.get(name) for name in ("orders", "rows", "days"))
        return next((int(n) for n in found if n is not None), len(self.details.get("months", ())))


def of_account(account: Account) -> Iterator[Check]:
    """What was noticed on the way from rows to orders."""
    if account.duplicate_rows:
        dropped = account.duplicates_dropped > 0
        details = {"rows": account.duplicate_rows, "across_files": account.duplicates_across_files}
        yield Check("duplicates", {**details, "dropped": dropped}, Switch("duplicates", "drop"))
    orders, amount = account.reversed_orders
    if orders:
        dropped = "reversed" in account.left_out
        reversals = {"orders": orders, "amount": amount, "dropped": dropped}
        yield Check("reversed_orders", reversals, Switch("drop_reversed", value=True))
    if "future_date" in account.set_aside:
        rows, money = account.set_aside["future_date"]
        yield Check("future_dates", {"rows": rows, "amount": money, "now": account.now.date()})
