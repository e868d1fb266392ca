"""The claims everybody quotes about keeping customers, as numbers; wording and sources are in `text`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["share", "change", "times", "money"]


@dataclass(frozen=True)
class Claim:
    """One claim.

    Attributes
    ----------
    code : what it is called in the catalogues and in JSON
    unit : of its numbers: a share from 0 to 1, a relative change, a multiple, money
    low, high : the range it claims, both ends alike where it names one number
    no_effect : the value at which nothing of what it says is there, None where no value says so
    asked : whether only customers themselves can tell
    understated : whether what is measured can only be too low, as predicted values are drawn to their mean,
        and who returns after the days watched is not seen
    """

    code: str
    unit: Unit
    low: float
    high: float
    no_effect: float | None = None
    asked: bool = False
    understated: bool = False


QUOTED_CURRENCY = "USD"  # of claims in money
CLAIMS = (
    Claim("retention_profit", "change", 0.25, 0.95, no_effect=0.0),
    Claim("acquisition_5_to_25", "times", 5.0, 25.0, no_effect=1.0),
    Claim("acquisition_7", "times", 7.0, 7.0, no_effect=1.0),
    Claim("acquisition_10", "times", 10.0, 10.0, no_effect=1.0),
    Claim("sell_to_existing", "share", 0.60, 0.70),
    Claim("sell_to_prospect", "share", 0.05, 0.20),
    Claim("best_20_past", "share", 0.80, 0.80),
    Claim("best_20_future", "share", 0.80, 0.80, understated=True),
    Claim("ten_times_first", "times", 10.0, 10.0, no_effect=1.0),
    Claim("repeat_spend", "change", 0.33, 0.33, no_effect=0.0),
    Claim("lost_customer", "money", 243.0, 243.0),
    Claim("leave_for_treatment", "share", 0.68, 0.68, asked=True),
    Claim("dissatisfied_gone", "share", 0.91, 0.91),
    Claim("few_complain", "share", 0.05, 0.05),
    Claim("solved_return", "share", 0.60, 0.70, understated=True),
    Claim("bad_news_spreads", "times", 9.0, 15.0, asked=True),
    Claim("twelve_to_mend", "times", 12.0, 12.0, asked=True),
)
