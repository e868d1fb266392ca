"""The Win or keep page's part on success rates: with prospects, and with existing customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.buying_again import buying_again
from retention.claims import CLAIMS, verdict
from retention.ui.acquisition import tables
from retention.ui.parts import screen
from retention.ui.state import loaded

if TYPE_CHECKING:
    from retention.acquisition import Acquisition
    from retention.statistics import Estimate

_SOON = 90  # days


def section(found: Acquisition, given: object) -> None:
    """Customers won out of leads beside the quoted 5–20 %, and existing customers beside 60–70 %."""
    screen.section("acquisition.success")
    won = found.success
    if won is None:
        screen.text("acquisition.success.no_leads")
    else:
        screen.warnings(won.warnings)
        if won.rate is not None:
            where = _where("sell_to_prospect", won.rate)
            screen.headline(
                f"acquisition.success.prospects.{where}",
                leads=won.leads,
                won=won.won,
                rate=won.rate.value,
                low=won.rate.low,
                high=won.rate.high,
            )
    again = loaded.computed("buying_again", lambda: buying_again(loaded.intake().orders))
    if again is not None:
        rate = again.within[_SOON]
        screen.text(
            f"acquisition.success.existing.{_where('sell_to_existing', rate)}",
            rate=rate.value,
            low=rate.low,
            high=rate.high,
            days=_SOON,
            active_days=again.active_days,
        )
    if won is not None and len(won.channels):
        table = won.channels.rename(columns={"rate": "success", "low": "success_low", "high": "success_high"})
        table["channel"] = tables.named(table["channel"], screen.words())
        loaded.table(table, "prospects", given, open_at_start=True)


def _where(code: str, rate: Estimate) -> str:
    """Where a rate stands against the claim of that code."""
    claim = next(claim for claim in CLAIMS if claim.code == code)
    return verdict(claim, rate)
