"""Where a figure with its interval falls against what is claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from retention.claims.quoted import Claim
    from retention.statistics import Estimate

Verdict = Literal["holds", "within", "below", "above", "does_not_hold", "unsure", "unknown"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
Side = Literal["true", "too_much", "too_little", "open"]
SIDES: tuple[Side, ...] = get_args(Side)
_SIDE: dict[Verdict, Side] = {
    "holds": "true",
    "within": "true",
    "below": "too_much",
    "does_not_hold": "too_much",
    "above": "too_little",
    "unsure": "open",
}


def side(said: Verdict) -> Side | None:
    """Which way a claim errs: it is true, promises too much or too little, or that is open; None if untested.

    Examples
    --------
    >>> side("does_not_hold"), side("within"), side("unknown")
    ('too_much', 'true', None)
    """
    return _SIDE.get(said)


def verdict(claim: Claim, figure: Estimate) -> Verdict:
    """What the figure says of the claim; without an interval the figure stands for both its ends.

    - ``within`` : the whole interval lies in the claimed range; ``holds`` : it holds the one number claimed
    - ``below``, ``above`` : the whole interval lies on one side of what is claimed
    - ``does_not_hold`` : it lies below, and what the claim speaks of is not even seen to be there
    - ``unsure`` : the interval reaches over an end of the range, or holds the number and no effect alike, or
      the figure lies below and is known to be too low; or the interval has no width, as that of a single
      customer has: it says that nothing else was seen, not that nothing else is so

    Examples
    --------
    >>> from retention.claims.quoted import Claim
    >>> from retention.statistics import Estimate
    >>> verdict(Claim("repeat_spend", "change", 0.33, 0.33, no_effect=0.0), Estimate(0.01, -0.16, 0.30))
    'does_not_hold'
    """
    low, high = figure.bounds
    if figure.ends is not None and low == high:
        return "unsure"
    nothing_seen = claim.no_effect is not None and low <= claim.no_effect
    if high < claim.low and claim.understated:
        return "unsure"
    if high < claim.low:
        return "does_not_hold" if nothing_seen else "below"
    if low > claim.high:
        return "above"
    if claim.low < claim.high:
        return "within" if claim.low <= low and high <= claim.high else "unsure"
    return "unsure" if nothing_seen else "holds"
