"""How far a forecast can be trusted: by what it foresaw, and by how much data there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from retention.aggregate import customers_of
from retention.errors import DataWarning
from retention.lifetime_value.trust.correction import correction
from retention.lifetime_value.trust.origins import Pooled

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    import pandas as pd

    from retention.lifetime_value.trust.correction import Correction
    from retention.lifetime_value.trust.holdout import Naive
    from retention.periods import Window

Trust = Literal["good", "fair", "poor"]
TRUST: tuple[Trust, ...] = ("good", "fair", "poor")
GOOD_BIAS, FAIR_BIAS = 0.15, 0.30

# Klaviyo asks the same of a shop before it predicts for it: 500 customers, 180 days of history, an order
# in the last 30 days, and some customers with three or more.
LEAST_CUSTOMERS = 500
LEAST_DAYS = 180
RECENT_DAYS = 30
_THREE_PURCHASES = 3  # on different days, as the models count them
_TOO_LITTLE = frozenset({"too_few_customers", "too_short_history", "nobody_with_three_purchases"})


@dataclass(frozen=True)
class Verdict:
    """What to say of a forecast before it is shown.

    Attributes
    ----------
    trust : None where nothing can be said
    reasons : ``total_within`` or ``total_off`` (`bias`, `limit`); ``beats_naive`` or ``loses_to_naive``
        (`naive`: which); ``money_off`` (`bias`, `limit`) where spend was; what `reliability` found;
        ``no_holdout`` (`reason`, `until`) where there is none
    correction : of the total, where what was foreseen is poor and every one of several days missed it to the
        same side
    """

    trust: Trust | None
    reasons: tuple[DataWarning, ...]
    correction: Correction | None = None


def reliability(people: pd.DataFrame, window: Window, reference: date) -> tuple[DataWarning, ...]:
    """Name what stands against relying on a forecast; nothing when it may be shown as it is.

    Parameters
    ----------
    people : last_day and x, a customer a row: the table `retention.aggregate.customers` makes; or a row for
        customers alike, with ``customers``
    window : the days the data speaks for
    reference : today, or the observation end the user chose

    Returns
    -------
    any of ``too_few_customers`` (`customers`, `needed`), ``too_short_history`` (`days`, `needed`),
    ``no_recent_purchase`` (`days` since the last purchase, None without one, `allowed`) and
    ``nobody_with_three_purchases`` (`most`, the most purchase days anybody has)
    """
    noted = []
    customers = int(customers_of(people).sum())
    if customers < LEAST_CUSTOMERS:
        noted.append(DataWarning("too_few_customers", {"customers": customers, "needed": LEAST_CUSTOMERS}))
    if window.days < LEAST_DAYS:
        noted.append(DataWarning("too_short_history", {"days": window.days, "needed": LEAST_DAYS}))
    since = reference.toordinal() - int(people["last_day"].max()) if len(people) else None
    if since is None or since > RECENT_DAYS:
        noted.append(DataWarning("no_recent_purchase", {"days": since, "allowed": RECENT_DAYS}))
    most = int(people["x"].max()) + 1 if len(people) else 0
    if most < _THREE_PURCHASES:
        noted.append(DataWarning("nobody_with_three_purchases", {"most": most}))
    return tuple(noted)


class Scored(Protocol):
    """A forecast held against what came, once or several times together."""

    @property
    def bias(self) -> float | None:
        """Of the total: expected / actual − 1."""

    @property
    def naive(self) -> Collection[Naive]:
        """Rules without a model it was held against."""

    @property
    def beaten_by(self) -> tuple[Naive, ...]:
        """Those that were no worse, customer by customer."""

    @property
    def money_bias(self) -> float | None:
        """The same as `bias`, of money."""


def trust_in(found: Scored) -> Trust:
    """good: the total within 15 % and RMSE below every naive forecast's; fair: within 30 %; else poor."""
    if found.bias is None or abs(found.bias) > FAIR_BIAS:
        return "poor"
    return "good" if abs(found.bias) <= GOOD_BIAS and not found.beaten_by else "fair"


def verdict(found: Scored | DataWarning, doubts: Sequence[DataWarning] = ()) -> Verdict:
    """What the chosen model foresaw, and the amount and age of the data, say together.

    Where there is too little data for a forecast, there is too little to have checked it on: it is poor
    however the holdout came out. That the last purchase is long ago says nothing against the model.

    Parameters
    ----------
    found : how the chosen model did, from one day or from several together, or what `no_holdout` says
    doubts : what `reliability` found
    """
    noted = tuple(doubts)
    if isinstance(found, DataWarning):
        return Verdict(None, (found, *noted))
    foreseen = trust_in(found)
    trust = "poor" if any(note.code in _TOO_LITTLE for note in noted) else foreseen
    put_right = correction(found) if foreseen == "poor" and isinstance(found, Pooled) else None
    return Verdict(trust, (_of_total(found), _of_customers(found), *_of_money(found), *noted), put_right)


def _of_total(found: Scored) -> DataWarning:
    bias = found.bias or 0.0
    limit = GOOD_BIAS if abs(bias) <= GOOD_BIAS else FAIR_BIAS
    code = "total_off" if abs(bias) > limit else "total_within"
    return DataWarning(code, {"bias": bias, "limit": limit})


def _of_customers(found: Scored) -> DataWarning:
    if found.beaten_by:
        return DataWarning("loses_to_naive", {"naive": list(found.beaten_by)})
    return DataWarning("beats_naive", {"naive": list(found.naive)})


def _of_money(found: Scored) -> tuple[DataWarning, ...]:
    """The verdict is on purchases; that what they brought was foreseen worse must be told beside it."""
    bias = found.money_bias
    if bias is None or abs(bias) <= GOOD_BIAS:
        return ()
    return (DataWarning("money_off", {"bias": bias, "limit": GOOD_BIAS}),)
