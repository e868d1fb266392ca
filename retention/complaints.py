"""Whether customers who complained came back, beside like customers who did not, and resolved or not.

Like a customer who complained so many days after a purchase day are those who had waited as long after one of
the same month, the same number and the same size, and had not complained. Whoever complains later is among
them until then: leaving these out would look at what was still to come.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.periods import last_day
from retention.statistics import Estimate, minus, share_of, wilson

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

LEAST = 30  # customers who complained, below whom nothing is said
LEAST_ALIKE = 5  # like customers of one who complained, below whom there is no comparison
WITHIN = 180  # days watched after a complaint, as after a purchase elsewhere
_ALIKE = ["number", "month", "value"]


@dataclass(frozen=True)
class CameBack:
    """Customers who complained, as far as they can be followed.

    Attributes
    ----------
    people : followed for all the days
    back : share of them who bought again within these
    matched : of them, for whom there are like customers
    matched_back, alike_back : share of these who bought again, and of the customers like them; None where too
        few are matched, or none
    alike : purchase days of like customers looked at
    difference : of the two shares
    """

    people: int
    back: Estimate
    matched: int
    matched_back: Estimate | None = None
    alike_back: Estimate | None = None
    alike: int = 0
    difference: Estimate | None = None


@dataclass(frozen=True)
class AfterComplaints:
    """What customers did after their first complaint.

    Attributes
    ----------
    days : watched after it
    complained : customers with a purchase before their complaint; too_recent : not followed so long
    everybody, resolved, unresolved : None with fewer than `LEAST` followed
    resolved_people, unresolved_people : followed, however few
    apart : by how much more of the resolved than of the unresolved came back, beside customers like each
    """

    days: int
    complained: int
    too_recent: int
    everybody: CameBack | None
    resolved: CameBack | None
    unresolved: CameBack | None
    resolved_people: int
    unresolved_people: int
    apart: Estimate | None


def watched_days(span: int) -> int:
    """Days watched after a complaint: 180, or a third of the data where that is shorter."""
    return max(min(WITHIN, span // 3), 1)


def after_complaints(waits: pd.DataFrame, end: int, days: int) -> AfterComplaints:
    """Who came back after a complaint, and how many like them did without one.

    Parameters
    ----------
    waits : as `retention.aggregate.waits_and_complaints` makes it
    end : number of the observation end's day
    days : to watch
    """
    cases = waits[waits["complained"] >= 0].reset_index(drop=True)
    followed = _followed(cases, end, days)
    cases = cases.assign(back=cases["followed"] & (cases["days"] <= cases["complained"] + days))
    known = _with_alike(cases[followed].reset_index(drop=True), waits, days)
    by_outcome = {code: known[known["resolved"] == code] for code in (1, 0)}
    resolved, unresolved = _came_back(by_outcome[1]), _came_back(by_outcome[0])
    both = resolved and resolved.difference, unresolved and unresolved.difference
    return AfterComplaints(
        days=days,
        complained=int(cases["customers"].sum()),
        too_recent=int(cases.loc[~followed, "customers"].sum()),
        everybody=_came_back(known),
        resolved=resolved,
        unresolved=unresolved,
        resolved_people=int(by_outcome[1]["customers"].sum()),
        unresolved_people=int(by_outcome[0]["customers"].sum()),
        apart=minus(both[0], both[1]) if both[0] and both[1] else None,
    )


def _followed(cases: pd.DataFrame, end: int, days: int) -> NDArray[np.bool_]:
    """Whether everybody of a purchase's month is followed long enough after as long a wait."""
    months = cases["month"].to_numpy()
    each, place = np.unique(months, return_inverse=True)
    last = np.array([last_day(int(month), "month").toordinal() for month in each], dtype=np.int64)
    return np.asarray(last[place] + cases["complained"].to_numpy() + days <= end)


def _with_alike(cases: pd.DataFrame, waits: pd.DataFrame, days: int) -> pd.DataFrame:
    """Cases with how many like customers there are, and how many of these came back."""
    groups = dict(iter(waits.groupby(_ALIKE)))
    places = [tuple(place) for place in cases[_ALIKE].to_numpy().tolist()]
    after = cases["complained"].tolist()
    found = [_alike(groups[place], waited, days) for place, waited in zip(places, after, strict=True)]
    alike, back = np.array(found, dtype=np.int64).reshape(-1, 2).T
    return cases.assign(alike=alike, alike_back=back)


def _alike(group: pd.DataFrame, waited: int, days: int) -> tuple[int, int]:
    """Of a group, those still waiting then without having complained, and who of them came back in time."""
    complained, length = group["complained"].to_numpy(), group["days"].to_numpy()
    still = (length > waited) & ((complained < 0) | (complained > waited))
    back = still & group["followed"].to_numpy() & (length <= waited + days)
    customers = group["customers"].to_numpy()
    return int(customers[still].sum()), int(customers[back].sum())


def _came_back(cases: pd.DataFrame) -> CameBack | None:
    people = int(cases["customers"].sum())
    if people < LEAST:
        return None
    back = share_of(int(cases.loc[cases["back"], "customers"].sum()), people)
    matched = cases[cases["alike"] >= LEAST_ALIKE]
    number = int(matched["customers"].sum())
    if number < LEAST:
        return CameBack(people, back, number)
    one = share_of(int(matched.loc[matched["back"], "customers"].sum()), number)
    other, compared = _share_of_alike(matched)
    return CameBack(people, back, number, one, other, compared, minus(one, other))


def _share_of_alike(cases: pd.DataFrame) -> tuple[Estimate, int]:
    """Mean over those who complained of the share of customers like them, and how many these are.

    Cases of one group share their like customers, after waits that differ: their shares are taken to err
    alike, by what the fewest of them leave open. The interval is Wilson's of as many people as would be as
    sure.
    """
    weighted = cases.assign(share=cases["customers"] * cases["alike_back"] / cases["alike"])
    groups = weighted.groupby(_ALIKE).agg(
        customers=("customers", "sum"), share=("share", "sum"), alike=("alike", "min")
    )
    weight = groups["customers"].to_numpy() / groups["customers"].sum()
    each = (groups["share"] / groups["customers"]).to_numpy()
    alike = groups["alike"].to_numpy(dtype=float)
    kept = (each * alike + 1.0) / (alike + 2.0)  # so that a group of which all or nobody came is not sure
    variance = float(weight**2 @ (kept * (1.0 - kept) / alike))
    share = float(weight @ each)
    spread = float(weight @ (kept * (1.0 - kept)))
    people = spread / variance
    low, high = wilson([share * people], [people])
    return Estimate.of(share, float(low[0]), float(high[0]), "wilson"), int(groups["alike"].sum())
