"""Numbers a person types: inside their limits, or an error that names the limits."""

from __future__ import annotations

import math

from retention.errors import InputError

MOST_MONEY = 1e12  # of any currency, and of customers: beyond it a number is a slip of the keyboard
SHORTEST_HORIZON = 1.0 / 365.25  # years: a day
LONGEST_HORIZON = 20.0  # years; a constant retention says little long before

# What may be asked of what if, on its page as in a call, in the units it is asked in
ASKED = {
    "uplift": (0.0, 100.0),  # points, or percent
    "years": (1, 10),
    "programme_cost": (0.0, 1e9),  # money a year
    "cost_per_customer": (0.0, 1e6),  # money a year
    "bites_after": (0, 60),  # months
}


def check_range(name: str, value: float, minimum: float, maximum: float) -> None:
    """Refuse a number outside its limits, both allowed.

    Raises
    ------
    InputError
        ``<name>_out_of_range`` with ``value``, ``minimum`` and ``maximum``.
    """
    if not (math.isfinite(value) and minimum <= value <= maximum):
        raise InputError(f"{name}_out_of_range", value=value, minimum=minimum, maximum=maximum)
