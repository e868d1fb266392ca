"""What can become of a row: it is used, or it leaves for one of these reasons."""

from __future__ import annotations

USED = 0
SET_ASIDE = (  # what cannot be used; of those that hold for a row, the first counts
    "not_a_sale",
    "missing_customer",
    "missing_date",
    "unreadable_date",
    "missing_amount",
    "unreadable_amount",
    "future_date",
    "other_currency",
)
LEFT_OUT = ("left_out_customer", "reversed")  # by a switch of the reader's
FATES = ("used", *SET_ASIDE, "cancelled", "overlap", "after_until", "duplicate", *LEFT_OUT)
CODE = {fate: code for code, fate in enumerate(FATES)}
