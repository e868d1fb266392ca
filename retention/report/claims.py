"""What is known of the claims everybody quotes, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.report.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention.claims import Finding


def claims(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """One dict per claim.

    Returns
    -------
    code, unit ("share", "change", "times" or "money"), claimed_low, claimed_high, figure, low, high (95 %),
    verdict, needs, details
    """
    return [
        {
            "code": found.claim.code,
            "unit": found.claim.unit,
            "claimed_low": found.claim.low,
            "claimed_high": found.claim.high,
            "figure": found.figure.value if found.figure else None,
            "low": found.figure.low if found.figure else None,
            "high": found.figure.high if found.figure else None,
            "verdict": found.verdict,
            "needs": found.needs,
            "details": plain(found.details),
        }
        for found in findings
    ]
