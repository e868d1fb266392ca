"""The claims everybody quotes, against one shop's own data."""

from retention.claims.checking import Evidence, Finding, Tally, check, tally
from retention.claims.evidence import UPLIFT, Bought, Lift, NoAnswer, bought
from retention.claims.quoted import CLAIMS, QUOTED_CURRENCY, Claim, Unit
from retention.claims.verdicts import VERDICTS, Verdict, verdict

__all__ = [
    "CLAIMS",
    "QUOTED_CURRENCY",
    "UPLIFT",
    "VERDICTS",
    "Bought",
    "Claim",
    "Evidence",
    "Finding",
    "Lift",
    "NoAnswer",
    "Tally",
    "Unit",
    "Verdict",
    "bought",
    "check",
    "tally",
    "verdict",
]
