"""What it takes for a customer to count as back."""

from __future__ import annotations

from dataclasses import dataclass

from retention.errors import InputError

MOST_PURCHASES = 50


@dataclass(frozen=True)
class Returned:
    """What it takes for a customer to count as back: at least so many purchases, worth at least so much.

    In a period: the customer's purchases of that period (or of it and all later ones). After the first
    purchase: the purchases since; being back twice takes twice as many and twice as much. Values are gross,
    refunds not taken off, as a refund is never activity.

    Attributes
    ----------
    purchases : at least 1
    spend : in the file's currency, 0 for any

    Raises
    ------
    InputError
        ``setting_out_of_range`` with `name`, `value`, `lowest`, `highest`.
    """

    purchases: int = 1
    spend: float = 0.0

    def __post_init__(self) -> None:
        for name, lowest, highest in (("purchases", 1, MOST_PURCHASES), ("spend", 0.0, 1e9)):
            value = getattr(self, name)
            if not lowest <= value <= highest:
                raise InputError(
                    "setting_out_of_range",
                    name=f"returned_{name}",
                    value=value,
                    lowest=lowest,
                    highest=highest,
                )

    @property
    def by_any_purchase(self) -> bool:
        """Whether one purchase of whatever value is enough."""
        return self == ONCE


ONCE = Returned()
