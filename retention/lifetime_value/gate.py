"""Whether there is enough, and recent enough, data for a forecast to be shown as reliable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.errors import DataWarning

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from retention.periods import Window

# Klaviyo asks the same of a shop before it predicts for it: 500 customers, 180 days of history, an order
# in the last 30 days, and some customers with three or more.
LEAST_CUSTOMERS = 500
LEAST_DAYS = 180
RECENT_DAYS = 30
_THREE_PURCHASES = 3  # on different days, as the models count them


def reliability(people: pd.DataFrame, window: Window, reference: date) -> tuple[DataWarning, ...]:
    """Name what stands against relying on a forecast; nothing when it may be shown as it is.

    Parameters
    ----------
    people : last_day and x, a customer a row: the table `retention.aggregate.customers` makes
    window : the days the data speaks for
    reference : today, or the observation end the user chose

    Returns
    -------
    any of ``too_few_customers`` (`customers`, `needed`), ``too_short_history`` (`days`, `needed`),
    ``no_recent_purchase`` (`days` since the last purchase, None without one, `allowed`) and
    ``nobody_with_three_purchases`` (`most`, the most purchase days anybody has)
    """
    noted = []
    if len(people) < LEAST_CUSTOMERS:
        noted.append(DataWarning("too_few_customers", {"customers": len(people), "needed": LEAST_CUSTOMERS}))
    if window.days < LEAST_DAYS:
        noted.append(DataWarning("too_short_history", {"days": window.days, "needed": LEAST_DAYS}))
    since = reference.toordinal() - int(people["last_day"].max()) if len(people) else None
    if since is None or since > RECENT_DAYS:
        noted.append(DataWarning("no_recent_purchase", {"days": since, "allowed": RECENT_DAYS}))
    most = int(people["x"].max()) + 1 if len(people) else 0
    if most < _THREE_PURCHASES:
        noted.append(DataWarning("nobody_with_three_purchases", {"most": most}))
    return tuple(noted)
