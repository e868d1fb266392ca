"""How far a forecast can be trusted: by what it foresaw, and by how much data there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from retention.errors import DataWarning, InputError
from retention.lifetime_value.fit_purchases import fit_purchases
from retention.lifetime_value.fit_spend import fit_spend
from retention.lifetime_value.hold_back import hold_back
from retention.lifetime_value.holdout import holdout
from retention.lifetime_value.models import FAMILIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from retention.lifetime_value.hold_back import HeldBack
    from retention.lifetime_value.holdout import Holdout
    from retention.lifetime_value.models import PurchaseKind, SpendModel
    from retention.orders import Orders

Trust = Literal["good", "fair", "poor"]
TRUST: tuple[Trust, ...] = ("good", "fair", "poor")
GOOD_BIAS, FAIR_BIAS = 0.15, 0.30

_TOO_LITTLE = frozenset({"too_few_customers", "too_short_history", "nobody_with_three_purchases"})


@dataclass(frozen=True)
class Verdict:
    """What to say of a forecast before it is shown.

    Attributes
    ----------
    trust : None where nothing can be said
    reasons : ``total_within`` or ``total_off`` (`bias`, `limit`); ``beats_naive`` or ``loses_to_naive``
        (`naive`: which); ``money_off`` (`bias`, `limit`) where spend was; what the data gate found;
        ``no_holdout`` (`reason`, `until`) where there is none
    """

    trust: Trust | None
    reasons: tuple[DataWarning, ...]


@dataclass(frozen=True)
class Holdouts:
    """The three kinds of model on the same held-back days.

    Attributes
    ----------
    until : last day of the part fitted on
    found : by kind; empty where there is none, for the reason in `missing`
    missing : ``no_holdout`` with `until` and `reason`: "too_short", "nobody_acquired", "too_few_customers",
        "nobody_repeats" or "nobody_bought" in the days held back
    """

    until: date
    found: Mapping[PurchaseKind, Holdout]
    missing: DataWarning | None = None

    @property
    def proposed(self) -> PurchaseKind | None:
        """The kind to prefer: best verdict, then least RMSE, then least bias, None where there is no holdout.

        RMSE to three digits and bias to a thousandth: a lesser difference is chance, or rounding where two
        kinds are one and the same model. Among equals the one named first in `FAMILIES`.
        """
        return min(self.found, key=lambda kind: _rank(self.found[kind]), default=None)


def holdouts(orders: Orders, until: date | None = None) -> Holdouts:
    """Hold back what came after a day, by default the last half, and try each kind of model on it.

    Raises
    ------
    InputError
        ``holdout_outside_data``, see `hold_back`.
    """
    held = hold_back(orders, until)
    reason = _impossible(held)
    if reason is None:
        try:
            return Holdouts(held.until, _scored(held))
        except InputError as error:
            reason = error.details["reason"]
    return Holdouts(held.until, {}, DataWarning("no_holdout", {"reason": reason, "until": held.until}))


def of_holdout(found: Holdout) -> Trust:
    """good: the total within 15 % and RMSE below every naive forecast's; fair: within 30 %; else poor."""
    if found.bias is None or abs(found.bias) > FAIR_BIAS:
        return "poor"
    return "good" if abs(found.bias) <= GOOD_BIAS and not found.beaten_by else "fair"


def verdict(found: Holdouts, kind: PurchaseKind, gate: Sequence[DataWarning] = ()) -> Verdict:
    """What the holdout of the chosen kind and the data gate say together.

    Where there is too little data for a forecast, there is too little to have checked it on: it is poor
    however the holdout came out. That the last purchase is long ago says nothing against the model.

    Parameters
    ----------
    gate : what `reliability` found
    """
    noted = tuple(gate)
    if found.missing is not None:
        return Verdict(None, (found.missing, *noted))
    here = found.found[kind]
    trust = "poor" if any(note.code in _TOO_LITTLE for note in noted) else of_holdout(here)
    return Verdict(trust, (_of_total(here), _of_customers(here), *_of_money(here), *noted))


def _scored(held: HeldBack) -> dict[PurchaseKind, Holdout]:
    models = [fit_purchases(held.states, "week", kind) for kind in FAMILIES]
    spend = _spend(held)
    return {model.kind: holdout(held, model, spend) for model in models}


def _spend(held: HeldBack) -> SpendModel | None:
    """The spend model of what was known, None where it cannot be fitted."""
    try:
        return fit_spend(held.spend)
    except InputError:
        return None


def _impossible(held: HeldBack) -> str | None:
    if held.days < 1:
        return "too_short"
    if held.customers == 0:
        return "nobody_acquired"
    return "nobody_bought" if held.purchases == 0 else None


def _rank(found: Holdout) -> tuple[int, float, float]:
    error = float(f"{found.errors.rmse:.3g}")
    return TRUST.index(of_holdout(found)), error, round(abs(found.bias or 0.0), 3)


def _of_total(found: Holdout) -> DataWarning:
    bias = found.bias or 0.0
    limit = GOOD_BIAS if abs(bias) <= GOOD_BIAS else FAIR_BIAS
    code = "total_off" if abs(bias) > limit else "total_within"
    return DataWarning(code, {"bias": bias, "limit": limit})


def _of_customers(found: Holdout) -> DataWarning:
    if found.beaten_by:
        return DataWarning("loses_to_naive", {"naive": list(found.beaten_by)})
    return DataWarning("beats_naive", {"naive": list(found.naive)})


def _of_money(found: Holdout) -> tuple[DataWarning, ...]:
    """The verdict is on purchases; that what they brought was foreseen worse must be told beside it."""
    bias = found.money.bias if found.money else None
    if bias is None or abs(bias) <= GOOD_BIAS:
        return ()
    return (DataWarning("money_off", {"bias": bias, "limit": GOOD_BIAS}),)
