"""Which changes stand out among many looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from retention.statistics import holm

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention.statistics import Estimate

Measure = Literal["back", "kept", "average_order", "followed", "buyers"]
Basis = Literal["before", "year_before", "trend"]  # the last is what went before, carried on
MOST = 3
_LEVEL = 0.05


@dataclass(frozen=True)
class Candidate:
    """One figure of one part of the shop, now and earlier.

    Attributes
    ----------
    measure : "back" : share of a cohort buying `age` periods after its own; "kept" : share of a segment's
        customers of one period who buy in the next; "average_order" : gross mean; "followed" : share of
        purchases of this number followed by another within `within` days; "buyers" : customers who
        bought, against what the periods before lead to: growth that goes on is no news
    place : the column of the segment, "cohort", "number", or "all" for the whole shop
    item : the segment, the cohort, or the number of the order (4 stands for all from the fourth on)
    period, other_period : of the figure now and earlier; basis : which earlier period that is
    value, other : the figure now and earlier; difference : value − other with its interval
    score : difference in standard errors of no difference; chance : how often as much comes of nothing
    adjusted : `chance` after all candidates looked at are taken into account (Holm), set by `notable`
    """

    measure: Measure
    place: str
    item: str | int
    basis: Basis
    period: int
    other_period: int
    value: float
    other: float
    difference: Estimate
    score: float
    chance: float
    adjusted: float = 1.0
    age: int | None = None
    within: int | None = None


@dataclass(frozen=True)
class NotableChanges:
    """The changes that stand out, greatest first, and among how many they were found.

    Attributes
    ----------
    changes : up to three
    looked_at : how many candidates there were
    growth : where customers are more or fewer than a year before, or the period before, by more than chance,
        and that just goes on: these two counts; None where it is news or chance
    """

    changes: tuple[Candidate, ...]
    looked_at: int
    growth: Candidate | None = None


def notable(
    candidates: Iterable[Candidate], growth: Candidate | None = None, most: int = MOST
) -> NotableChanges:
    """The few changes that are more than noise, by size in standard errors.

    Having looked at many, one must stand out further: the chance of each is multiplied by how many are left
    (Holm 1979), so that with no real change anywhere nothing is named 19 times in 20. Of each measure and
    place only the greatest is named, and of all counts of customers only one.

    Parameters
    ----------
    growth : the shop's customers against those of a year, or a period, before
    most : how many are named
    """
    ranked = sorted(candidates, key=lambda found: (found.chance, -abs(found.score), str(found)))
    held = list[Candidate]()
    for found, adjusted in zip(ranked, holm([found.chance for found in ranked]).tolist(), strict=True):
        if adjusted < _LEVEL and not any(_alike(found, other) for other in held):
            held.append(replace(found, adjusted=adjusted))
    news = any(found.measure == "buyers" for found in held)
    goes_on = growth is not None and growth.chance < _LEVEL and not news
    return NotableChanges(tuple(held[:most]), len(ranked), growth if goes_on else None)


def _alike(one: Candidate, other: Candidate) -> bool:
    same_place = one.place == other.place or one.measure == "buyers"
    return one.measure == other.measure and same_place
