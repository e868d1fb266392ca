"""What changed most, and where: by cohort, by segment, by first, second, third order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd
from scipy.stats import norm, t as student

from retention import aggregate
from retention.intervals import Z_95, Rate, difference, ratio_error, wilson
from retention.overview.watched import old_until, status
from retention.periods import PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from retention.cohorts import CohortTable
    from retention.orders import Orders
    from retention.overview.trends import Trend
    from retention.periods import Period

    Compare = Callable[[pd.Series, pd.Series], "_Pair | None"]

Measure = Literal["back", "kept", "average_order", "followed", "buyers"]
Basis = Literal["before", "year_before"]
LEAST_CUSTOMERS = 30  # on either side: below, one customer moves a rate by more than three points
MOST = 3
_AGES = (1, 2, 3)
_WHOLE_SHOP: dict[str, Measure] = {
    "strict_retention": "kept",
    "average_order": "average_order",
    "followed": "followed",
}
_LEVEL = 0.05


@dataclass(frozen=True)
class Candidate:
    """One figure of one part of the shop, now and earlier.

    Attributes
    ----------
    measure : "back" : share of a cohort buying `age` periods after its own; "kept" : share of a segment's
        customers of one period who buy in the next; "average_order" : gross mean; "followed" : share of
        purchases of this number followed by another within `within` days; "buyers" : customers who
        bought, against a year before where that is known, since counts go with the season
    place : the column of the segment, "cohort", "number", or "all" for the whole shop
    item : the segment, the cohort, or the number of the order (4 stands for all from the fourth on)
    period, other_period : of the figure now and earlier; basis : which earlier period that is
    value, other : the figure now and earlier; low, high : 95 % interval of value − other
    score : difference in standard errors of no difference; chance : how often as much comes of nothing
    adjusted : `chance` after all candidates looked at are taken into account (Holm), set by `standing_out`
    """

    measure: Measure
    place: str
    item: str | int
    basis: Basis
    period: int
    other_period: int
    value: float
    other: float
    low: float
    high: float
    score: float
    chance: float
    adjusted: float = 1.0
    age: int | None = None
    within: int | None = None


@dataclass(frozen=True)
class Standing:
    """The changes that stand out, greatest first, and among how many they were found.

    Attributes
    ----------
    changes : up to three
    looked_at : how many candidates there were
    """

    changes: tuple[Candidate, ...]
    looked_at: int


def standing_out(candidates: Iterable[Candidate], most: int = MOST) -> Standing:
    """The few changes that are more than noise, by size in standard errors.

    Having looked at many, one must stand out further: the chance of each is multiplied by how many are left
    (Holm 1979), so that with no real change anywhere nothing is named 19 times in 20. Of each measure and
    place only the greatest is named, and of all counts of customers only one.
    """
    ranked = sorted(candidates, key=lambda found: (found.chance, -abs(found.score), str(found)))
    held, highest = list[Candidate](), 0.0
    for left, found in zip(range(len(ranked), 0, -1), ranked, strict=True):
        highest = max(highest, min(1.0, found.chance * left))
        if highest < _LEVEL and not any(_alike(found, other) for other in held):
            held.append(replace(found, adjusted=highest))
    return Standing(tuple(held[:most]), len(ranked))


def _alike(one: Candidate, other: Candidate) -> bool:
    same_place = one.place == other.place or one.measure == "buyers"
    return one.measure == other.measure and same_place


def by_cohort(table: CohortTable, orders: Orders) -> list[Candidate]:
    """Whether the latest cohort of each of the first three ages comes back as those before it."""
    cells = table.cells[table.cells["complete"] & table.cells["age"].isin(_AGES)]
    old = old_until(orders)
    young = [status(cohort, table.period, orders.window, old=old) == "known" for cohort in cells["cohort"]]
    shares = cells[np.array(young, dtype=bool)].rename(
        columns={"cohort": "period", "customers": "part", "size": "whole"}
    )
    return [
        replace(found, item=found.period, age=int(str(age)))
        for age, rows in shares.groupby("age")
        for found in _compared(rows, "back", "cohort", "", table.period, _share)
    ]


def by_shop(trends: Sequence[Trend]) -> list[Candidate]:
    """Whether the whole shop's customers are as many, stay, spend per order and buy again as they did."""
    counted = [
        trend.known.rename(columns={"value": "active"}) for trend in trends if trend.name == "customers"
    ]
    return [
        *(found for table in counted for found in _buyers(table, "all", "", trends[0].period)),
        *(
            found
            for trend in trends
            if trend.name in _WHOLE_SHOP
            for basis, back in _steps(trend.period).items()
            for found in _of_shop(trend, basis, back)
        ),
    ]


def _steps(period: Period) -> dict[Basis, int]:
    """How many periods back each comparison reaches; years have but one."""
    year = round(PER_YEAR[period])
    return {"before": 1, "year_before": year} if year > 1 else {"before": 1}


def _of_shop(trend: Trend, basis: Basis, back: int) -> Iterator[Candidate]:
    change = trend.before() if basis == "before" else trend.year_before()
    if trend.latest is None or change is None or change.low is None or change.high is None:
        return
    both = trend.known.set_index("period").loc[[trend.latest, trend.latest - back]]
    error = float(np.hypot(*((both["high"] - both["low"]) / (2 * Z_95))))
    if both["basis"].min() < LEAST_CUSTOMERS or not error > 0:
        return
    score = change.difference / error
    yield Candidate(
        _WHOLE_SHOP[trend.name],
        "all",
        "",
        basis,
        trend.latest,
        trend.latest - back,
        change.other + change.difference,
        change.other,
        change.low,
        change.high,
        score,
        float(2 * norm.sf(abs(score))),
        within=trend.within,
    )


def _buyers(rows: pd.DataFrame, place: str, item: str | int, period: Period) -> list[Candidate]:
    """Customers of the latest period against a year before, or where that is unknown the period before."""
    counts = rows.rename(columns={"active": "customers"})
    found = list(_compared(counts, "buyers", place, item, period, _count))
    return [each for each in found if each.basis == "year_before"] or found


def by_segment(orders: Orders, period: Period, by: str) -> list[Candidate]:
    """Whether each segment's customers are as many, stay, and spend per order, as they did."""
    known = _known(orders, period)
    stays = aggregate.kept(orders, period, by)
    active = stays[stays["period"].isin(known)]
    before = stays.assign(period=stays["period"] + 1)[["group", "period", "active"]]
    stays = before.rename(columns={"active": "whole"}).merge(
        stays.rename(columns={"retained": "part"})[["group", "period", "part"]],
        on=["group", "period"],
        how="left",
    )
    stays = stays.fillna({"part": 0})
    values = aggregate.order_values(orders, period, by=by)
    return [
        *(
            found
            for item, rows in active.groupby("group")
            if rows["period"].max() == known[-1]
            for found in _buyers(rows, by, str(item), period)
        ),
        *_grouped(stays[stays["period"].isin(known)], "kept", by, period, _share),
        *_grouped(values[values["period"].isin(known)], "average_order", by, period, _mean),
    ]


def by_number(orders: Orders, period: Period) -> list[Candidate]:
    """Whether first, second, third and later orders are worth what they were."""
    values = aggregate.order_values(orders, period, by="number")
    known = _known(orders, period, old=True)
    return _grouped(values[values["period"].isin(known)], "average_order", "number", period, _mean)


def followed_by_number(orders: Orders, period: Period, within: int) -> list[Candidate]:
    """Whether first, second, third and later orders are followed by another as they were."""
    followed = aggregate.followed(orders, period, within, by="number")
    known = _known(orders, period, ahead=within, old=True)
    rows = followed[followed["period"].isin(known)]
    found = _grouped(rows, "followed", "number", period, _mean)
    return [replace(each, within=within) for each in found]


def _known(orders: Orders, period: Period, *, ahead: int = 0, old: bool = False) -> list[int]:
    since = old_until(orders) if old else None
    return [
        number
        for number in orders.window.complete(period)
        if status(number, period, orders.window, ahead=ahead, old=since) == "known"
    ]


def _grouped(
    rows: pd.DataFrame, measure: Measure, place: str, period: Period, compare: Compare
) -> list[Candidate]:
    if rows.empty:
        return []
    latest = rows["period"].max()
    return [
        found
        for item, each in rows.groupby("group")
        if each["period"].max() == latest
        for found in _compared(
            each, measure, place, item if isinstance(item, str) else int(str(item)), period, compare
        )
    ]


def _compared(
    rows: pd.DataFrame, measure: Measure, place: str, item: str | int, period: Period, compare: Compare
) -> Iterator[Candidate]:
    """The latest row against the one of the period before and of a year before, where both have customers."""
    if rows.empty:
        return
    latest = int(rows["period"].max())
    for basis, back in _steps(period).items():
        both = rows[rows["period"].isin([latest - back, latest])].sort_values("period")
        if len(both) < 2 or both[_behind(both)].min() < LEAST_CUSTOMERS:  # noqa: PLR2004  now and then
            continue
        found = compare(both.iloc[1], both.iloc[0])
        if found is not None:
            yield Candidate(measure, place, item, basis, latest, latest - back, **vars(found))


def _behind(rows: pd.DataFrame) -> str:
    return "customers" if "customers" in rows else "whole"


@dataclass(frozen=True)
class _Pair:
    """Two figures compared, as a candidate has them."""

    value: float
    other: float
    low: float
    high: float
    score: float
    chance: float


def _share(now: pd.Series, then: pd.Series) -> _Pair | None:
    """Two shares in which each customer counts once."""
    one, other = (_wilson(row) for row in (now, then))
    together = (now["part"] + then["part"]) / (now["whole"] + then["whole"])
    error = np.sqrt(together * (1 - together) * (1 / now["whole"] + 1 / then["whole"]))
    if error == 0:
        return None
    score = float((one.rate - other.rate) / error)
    return _Pair(one.rate, other.rate, *difference(one, other), score, float(2 * norm.sf(abs(score))))


def _mean(now: pd.Series, then: pd.Series) -> _Pair | None:
    """Two ratios in which a customer may count several times; t for the smaller number of customers."""
    both = pd.DataFrame([now, then])
    names = ("customers", "whole", "part", "whole2", "cross", "part2")
    value, error = ratio_error(*(both[name] for name in names))
    apart = float(np.hypot(*error))
    if not apart > 0:
        return None
    one, other = (
        Rate(float(v), float(v - Z_95 * e), float(v + Z_95 * e)) for v, e in zip(value, error, strict=True)
    )
    score = float(value[0] - value[1]) / apart
    chance = float(2 * student.sf(abs(score), float(both["customers"].min()) - 1))
    return _Pair(one.rate, other.rate, *difference(one, other), score, chance)


def _count(now: pd.Series, then: pd.Series) -> _Pair:
    """Two counts of customers who come independently (Poisson), by the logarithm of their ratio."""
    one, other = float(now["customers"]), float(then["customers"])
    error = float(np.sqrt(1 / one + 1 / other))
    score = float(np.log(one / other)) / error
    low, high = (other * np.expm1((score + side * Z_95) * error) for side in (-1, 1))
    return _Pair(one, other, float(low), float(high), score, float(2 * norm.sf(abs(score))))


def _wilson(row: pd.Series) -> Rate:
    low, high = wilson([row["part"]], [row["whole"]])
    return Rate(float(row["part"] / row["whole"]), float(low[0]), float(high[0]))
