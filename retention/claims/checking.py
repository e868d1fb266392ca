"""Each claim against this data: the figure, what it says of the claim, or what would be needed to know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from retention.claims.evidence import NoAnswer
from retention.claims.quoted import CLAIMS, Claim
from retention.claims.verdicts import SIDES, Side, Verdict, side, verdict
from retention.statistics import Estimate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from retention.acquisition import AcquisitionCosts
    from retention.claims.evidence import Bought, Complained, Lift

    Look = Callable[["Evidence"], "Looked"]

SHORTEST_LIFE = 12  # months: a multiple of the first order after less says little about a lifetime
_SOON = 90


@dataclass(frozen=True)
class Finding:
    """What this data says of one claim.

    Attributes
    ----------
    claim : what is claimed
    figure : this data's, in the claim's unit; None where it cannot be known
    verdict : see `retention.claims.verdicts`; "unknown" without a figure
    needs : code of what would be needed to know; None where there is a figure
    details : figures beside it, by name; what they are stands with each claim in `check`
    """

    claim: Claim
    figure: Estimate | None
    verdict: Verdict
    needs: str | None
    details: dict[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Evidence:
    """All that is known, None where it is not.

    Attributes
    ----------
    bought : what the orders say
    lift : what the simulator says, or why it gives no answer
    costs : of winning and keeping customers, needs spend
    prospects : share of the people addressed who bought, needs leads
    best_future : share of lifetime value of the best 20 % of customers, needs the lifetime value models
    lost_customer : value of a lost customer in the file's currency, needs the same
    multiple_to_come : of the first order, with what is still to come; needs the same
    complained : what complaints say, needs these
    """

    bought: Bought
    lift: Lift | NoAnswer | None = None
    costs: AcquisitionCosts | None = None
    prospects: Estimate | None = None
    best_future: Estimate | None = None
    lost_customer: Estimate | None = None
    multiple_to_come: Estimate | None = None
    complained: Complained | None = None


@dataclass(frozen=True)
class Tested:
    """The claims this data can test, by which way they err.

    Attributes
    ----------
    by_side : findings with a figure, in the order of `SIDES`, within a side as they are quoted; only sides
        with one
    """

    by_side: dict[Side, tuple[Finding, ...]]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them, side by side."""
        return tuple(found for side in self.by_side.values() for found in side)

    @property
    def named_once(self) -> dict[Side, tuple[Finding, ...]]:
        """The same, of several claims about one figure the first alone."""
        seen: set[Look] = set()
        named = {which: tuple(_first_looks(found, seen)) for which, found in self.by_side.items()}
        return {which: found for which, found in named.items() if found}

    def count(self, which: Side) -> int:
        """How many there are on a side."""
        return len(self.by_side.get(which, ()))


def tested(findings: Sequence[Finding]) -> Tested:
    """Those of the findings that have a figure, sorted by what their verdict says of the claim."""
    sides = {which: tuple(found for found in findings if side(found.verdict) == which) for which in SIDES}
    return Tested({which: found for which, found in sides.items() if found})


Looked = tuple[Estimate | None, str, dict[str, Any]]


def _first_looks(findings: Sequence[Finding], seen: set[Look]) -> Iterator[Finding]:
    """Those whose way to look at the data was not seen yet; it is from then on."""
    for found in findings:
        look = _LOOKS[found.claim.code]
        if look not in seen:
            seen.add(look)
            yield found


def check(known: Evidence) -> tuple[Finding, ...]:
    """Every claim against what is known, in the order they are quoted.

    Notes
    -----
    Details by claim:

    - ``retention_profit`` (five points) : ``relative``, the same for five percent of retention itself, and
      what both rest on: `Lift.basis`; where no footing foresaw the last year, its ``first`` and ``last`` day
    - ``sell_to_existing`` (within 90 days) : ``within_30``, ``active_days``, ``active``
    - ``ten_times_first`` : ``months``, ``customers``, ``gross_multiple``; also where only a shorter age than
      twelve months is reached and there is no verdict, then with ``multiple``; ``to_come``, the multiple with
      what is still to come, where the lifetime value models are known
    - ``repeat_spend`` (paired within customers) : ``pooled``, ``geometric``, ``customers``
    - ``acquisition_…`` : ``cac``, ``retention_cost`` (a month)
    - ``dissatisfied_gone`` and ``few_complain`` : no figure even with complaints, for who keeps silent is not
      among them; ``gone``, the share of who complained and did not return, ``people`` and ``days``; ``share``
      of customers who complained
    - ``solved_return`` (within the days watched) : ``days``, ``solved``
    """
    return tuple(_finding(claim, known) for claim in CLAIMS)


def _finding(claim: Claim, known: Evidence) -> Finding:
    figure, needs, details = (None, "ask_customers", {}) if claim.asked else _LOOKS[claim.code](known)
    if figure is None:
        return Finding(claim, None, "unknown", needs, details)
    return Finding(claim, figure, verdict(claim, figure), None, details)


def _retention_profit(known: Evidence) -> Looked:
    if known.lift is None:
        return None, "two_periods", {}
    if isinstance(known.lift, NoAnswer):
        return None, known.lift.needs, known.lift.details
    return known.lift.points, "", {"relative": known.lift.relative, **known.lift.basis}


def _acquisition(known: Evidence) -> Looked:
    costs = known.costs
    if costs is None or costs.ratio is None or costs.cac is None or costs.retention_cost is None:
        return None, "spend", {}
    return costs.ratio, "", {"cac": costs.cac.value, "retention_cost": costs.retention_cost.value}


def _sell_to_existing(known: Evidence) -> Looked:
    again = known.bought.again
    if again is None:
        return None, "longer_history", {}
    details = {"within_30": again.within[30], "active_days": again.active_days, "active": again.active}
    return again.within[_SOON], "", details


def _ten_times_first(known: Evidence) -> Looked:
    if not known.bought.multiples:
        return None, "longer_history", {}
    oldest = known.bought.multiples[-1]
    details = {
        "months": oldest.months,
        "customers": oldest.customers,
        "gross_multiple": oldest.gross_multiple,
        **({"to_come": known.multiple_to_come} if known.multiple_to_come else {}),
    }
    if oldest.months < SHORTEST_LIFE:
        return None, "longer_history", {**details, "multiple": oldest.multiple}
    return oldest.multiple, "", details


def _repeat_spend(known: Evidence) -> Looked:
    repeat = known.bought.repeat
    if repeat is None:
        return None, "repeat_orders", {}
    details = {"pooled": repeat.pooled, "geometric": repeat.geometric, "customers": repeat.customers}
    return repeat.paired, "", details


def _dissatisfied_gone(known: Evidence) -> Looked:
    told = known.complained
    if told is None:
        return None, "ask_customers", {}
    if told.back is None:
        return None, "silent", {}
    return None, "silent_but", {"gone": told.back.rest, "people": told.people, "days": told.days}


def _few_complain(known: Evidence) -> Looked:
    if known.complained is None:
        return None, "ask_customers", {}
    return None, "silent_share", {"share": known.complained.share}


def _solved_return(known: Evidence) -> Looked:
    told = known.complained
    if told is None:
        return None, "ask_customers", {}
    details = {"days": told.days, "solved": told.solved}
    return told.solved_back, "" if told.solved_back else "resolved_complaints", details


_LOOKS: dict[str, Look] = {
    "retention_profit": _retention_profit,
    "acquisition_5_to_25": _acquisition,
    "acquisition_7": _acquisition,
    "acquisition_10": _acquisition,
    "sell_to_existing": _sell_to_existing,
    "sell_to_prospect": lambda known: (known.prospects, "leads", {}),
    "best_20_past": lambda known: (known.bought.best, "purchases", {}),
    "best_20_future": lambda known: (known.best_future, "lifetime_value", {}),
    "ten_times_first": _ten_times_first,
    "repeat_spend": _repeat_spend,
    "lost_customer": lambda known: (known.lost_customer, "lifetime_value", {}),
    "dissatisfied_gone": _dissatisfied_gone,
    "few_complain": _few_complain,
    "solved_return": _solved_return,
}
