"""The kinds of purchase model tried on the same held-back days, and which of them to prefer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.lifetime_value.models.fitted import FAMILIES
from retention.lifetime_value.trust.holdout import holdout, known_spend, no_holdout
from retention.lifetime_value.trust.verdict import TRUST, trust_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from retention.errors import DataWarning
    from retention.lifetime_value.models.fitted import PurchaseKind
    from retention.lifetime_value.trust.held_back import HeldBack
    from retention.lifetime_value.trust.holdout import Holdout


@dataclass(frozen=True)
class Holdouts:
    """The three kinds of model on the same held-back days.

    Attributes
    ----------
    until : last day of the part fitted on
    found : by kind; empty where there is none, for the reason in `missing`
    missing : what `no_holdout` says
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

    def of(self, kind: PurchaseKind) -> Holdout | DataWarning:
        """The holdout of one kind, or why there is none."""
        return self.missing or self.found[kind]


def holdouts(held: HeldBack) -> Holdouts:
    """Try every kind of model on the days held back; of one alone `holdout` is enough."""
    missing = no_holdout(held)
    if missing is not None:
        return Holdouts(held.until, {}, missing)
    spend = known_spend(held)
    return Holdouts(held.until, {kind: holdout(held, kind, spend) for kind in FAMILIES})


def _rank(found: Holdout) -> tuple[int, float, float]:
    error = float(f"{found.errors.rmse:.3g}")
    return TRUST.index(trust_in(found)), error, round(abs(found.bias or 0.0), 3)
