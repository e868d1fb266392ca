"""Why a column was taken for what it is, and which other could have been."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Why = Literal["known", "given", "heading", "heading_holds", "contents"]


@dataclass(frozen=True)
class Reason:
    """Why a column plays its part.

    Attributes
    ----------
    column : its name
    why : "known" of an export, "given" by the reader, or found by its heading, by a word the heading holds
        or by its contents
    rival : the next best column, None where there is none
    details : what the two give, once `retention.ingest.explain` has looked

        - of the amount : total and rival_total
        - of the customer : customers and rival_customers
        - of the date : first and rival_first, days
        - of the order : orders and rival_orders; without a rival, by customer and day
        - of the status : rows that it says are no sale, or went back, and rival_rows; without a rival, none
    """

    column: str
    why: Why
    rival: str | None = None
    details: dict[str, Any] = field(default_factory=dict)
