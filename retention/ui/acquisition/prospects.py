"""Success rates: with prospects, and with existing customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.buying_again import SOON
from retention.statistics import named_ends
from retention.ui.acquisition import tables
from retention.ui.parts import problems, screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    from retention.acquisition import Success
    from retention.study import Study


def section(study: Study, won: Success | None) -> None:
    """Customers won out of leads beside the quoted 5–20 %, and existing customers beside 60–70 %."""
    if won is None:
        screen.text("acquisition.success.no_leads")
    else:
        _prospects(study, won)
    _existing(study)
    if won is not None and len(won.channels):
        words = screen.words()
        screen.table(lambda: cached(tables.success, won, words), "prospects", open_at_start=True)


def _prospects(study: Study, won: Success) -> None:
    problems.warnings(won.warnings)
    if won.rate is not None:
        where = study.claims.verdict("sell_to_prospect", won.rate)
        screen.headline(
            f"acquisition.success.prospects.{where}",
            leads=won.leads,
            won=won.won,
            rate=won.rate.value,
            **named_ends(won.rate),
        )


def _existing(study: Study) -> None:
    again = study.dropoff.buying_again()
    if again is not None:
        where = study.claims.verdict("sell_to_existing", again.soon)
        screen.text(
            f"acquisition.success.existing.{where}",
            rate=again.soon.value,
            **named_ends(again.soon),
            days=SOON,
            active_days=again.active_days,
        )
