"""The claims everybody quotes, against one shop's own data."""

from retention.claims.checking import Evidence, Finding, Tested, check, tested
from retention.claims.evidence import UPLIFT, Bought, Complained, Lift, NoAnswer, bought
from retention.claims.quoted import CLAIMS, QUOTED_CURRENCY, Claim, Unit
from retention.claims.verdicts import SIDES, VERDICTS, Side, Verdict, side, verdict

__all__ = [
    "CLAIMS",
    "QUOTED_CURRENCY",
    "SIDES",
    "UPLIFT",
    "VERDICTS",
    "Bought",
    "Claim",
    "Complained",
    "Evidence",
    "Finding",
    "Lift",
    "NoAnswer",
    "Side",
    "Tested",
    "Unit",
    "Verdict",
    "bought",
    "check",
    "side",
    "tested",
    "verdict",
]
