"""What changed most, and where: by cohort, by segment, by first, second, third order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr

from retention.overview.growth import beyond_growth
from retention.overview.notable import Candidate
from retention.overview.pairs import count, mean, share
from retention.overview.watched import status
from retention.periods import PER_YEAR
from retention.statistics import Z_95

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    import pandas as pd

    from retention.cohorts import CohortTable
    from retention.overview.notable import Basis, Measure
    from retention.overview.pairs import Counts, Pair
    from retention.overview.trends import Trend
    from retention.periods import Period, Window

    Compare = Callable[[Counts, Counts], "Pair | None"]

LEAST_CUSTOMERS = 30  # on either side: below, one customer moves a rate by more than three points
_AGES = (1, 2, 3)
_WHOLE_SHOP: dict[str, Measure] = {
    "strict_retention": "kept",
    "average_order": "average_order",
    "followed": "followed",
}


def by_cohort(table: CohortTable, known_from: date) -> list[Candidate]:
    """Whether the latest cohort of each of the first three ages comes back as those before it.

    Parameters
    ----------
    known_from : first day from which a first purchase is taken for the first of all
    """
    cells = table.cells[table.cells["complete"] & table.cells["age"].isin(_AGES)]
    young = [
        status(cohort, table.period, table.window, old=known_from) == "known" for cohort in cells["cohort"]
    ]
    shares = cells[np.array(young, dtype=bool)].rename(
        columns={"cohort": "period", "customers": "part", "size": "whole"}
    )
    return [
        replace(found, item=found.period, age=int(str(age)))
        for age, rows in shares.groupby("age")
        for found in _compared(_by_period(rows), "back", "cohort", "", table.period, share)
    ]


def by_shop(trends: Sequence[Trend]) -> list[Candidate]:
    """Whether customers are as many as to be expected, and stay, spend and buy again as they did."""
    return [
        *_buyers(_of_all(trends), "all", "", trends[0].period),
        *(
            found
            for trend in trends
            if trend.name in _WHOLE_SHOP
            for basis, back in _steps(trend.period).items()
            for found in _of_shop(trend, basis, back)
        ),
    ]


def growth(trends: Sequence[Trend]) -> Candidate | None:
    """The shop's customers against a year before, or where that is unknown the period before."""
    each = trends[0].period
    found = list(_compared(_of_all(trends), "buyers", "all", "", each, count))
    return next((one for one in found if one.basis == "year_before"), next(iter(found), None))


def _of_all(trends: Sequence[Trend]) -> dict[int, Counts]:
    """The whole shop's customers by period."""
    (customers,) = (trend.known for trend in trends if trend.name == "customers")
    return _by_period(customers.rename(columns={"value": "customers"}))


def _steps(period: Period) -> dict[Basis, int]:
    """How many periods back each comparison reaches; years have but one."""
    year = round(PER_YEAR[period])
    return {"before": 1, "year_before": year} if year > 1 else {"before": 1}


def _of_shop(trend: Trend, basis: Basis, back: int) -> Iterator[Candidate]:
    change = trend.before() if basis == "before" else trend.year_before()
    if trend.latest is None or change is None or change.difference.ends is None:
        return
    both = trend.known.set_index("period").loc[[trend.latest, trend.latest - back]]
    error = float(np.hypot(*((both["high"] - both["low"]) / (2 * Z_95))))
    if both["basis"].min() < LEAST_CUSTOMERS or not error > 0:
        return
    score = change.difference.value / error
    yield Candidate(
        _WHOLE_SHOP[trend.name],
        "all",
        "",
        basis,
        trend.latest,
        trend.latest - back,
        change.other + change.difference.value,
        change.other,
        change.difference,
        score,
        float(2 * ndtr(-abs(score))),
        within=trend.within,
    )


def _buyers(by_period: dict[int, Counts], place: str, item: str | int, period: Period) -> list[Candidate]:
    """Customers of the latest period against what the periods before lead to."""
    counts = {number: float(row["customers"]) for number, row in by_period.items() if row["customers"] > 0}
    found = beyond_growth(counts, period) if counts else None
    if found is None or min(found.value, found.other) < LEAST_CUSTOMERS:
        return []
    latest = max(counts)
    return [Candidate("buyers", place, item, "trend", latest, latest - 1, **vars(found))]


def by_segment(
    stays: pd.DataFrame, values: pd.DataFrame, window: Window, period: Period, by: str
) -> list[Candidate]:
    """Whether each segment's customers are as many, stay, and spend per order, as they did.

    Parameters
    ----------
    stays, values : the tables `aggregate.retained_by_segment` and `aggregate.order_values` make of it
    by : column that holds the segment
    """
    known = _known(window, period)
    active = stays[stays["period"].isin(known)]
    before = stays.assign(period=stays["period"] + 1)[["group", "period", "active"]]
    stays = before.rename(columns={"active": "whole"}).merge(
        stays.rename(columns={"retained": "part"})[["group", "period", "part"]],
        on=["group", "period"],
        how="left",
    )
    stays = stays.fillna({"part": 0})
    return [
        *(
            found
            for item, each in _by_group(active.rename(columns={"active": "customers"})).items()
            if max(each) == known[-1]
            for found in _buyers(each, by, str(item), period)
        ),
        *_grouped(stays[stays["period"].isin(known)], "kept", by, period, share),
        *_grouped(values[values["period"].isin(known)], "average_order", by, period, mean),
    ]


def by_number(values: pd.DataFrame, window: Window, period: Period, known_from: date) -> list[Candidate]:
    """Whether first, second, third and later orders are worth what they were.

    Parameters
    ----------
    values : the table `retention.aggregate.order_values` makes by number
    """
    known = _known(window, period, old=known_from)
    return _grouped(values[values["period"].isin(known)], "average_order", "number", period, mean)


def followed_by_number(
    followed: pd.DataFrame, window: Window, period: Period, within: int, known_from: date
) -> list[Candidate]:
    """Whether first, second, third and later orders are followed by another as they were.

    Parameters
    ----------
    followed : the table `retention.aggregate.followed` makes by number
    within : its days
    """
    known = _known(window, period, ahead=within, old=known_from)
    rows = followed[followed["period"].isin(known)]
    found = _grouped(rows, "followed", "number", period, mean)
    return [replace(each, within=within) for each in found]


def _known(window: Window, period: Period, *, ahead: int = 0, old: date | None = None) -> list[int]:
    return [
        number
        for number in window.complete(period)
        if status(number, period, window, ahead=ahead, old=old) == "known"
    ]


def _grouped(
    rows: pd.DataFrame, measure: Measure, place: str, period: Period, compare: Compare
) -> list[Candidate]:
    latest = rows["period"].max()
    return [
        found
        for item, each in _by_group(rows).items()
        if max(each) == latest
        for found in _compared(each, measure, place, item, period, compare)
    ]


def _by_group(rows: pd.DataFrame) -> dict[str | int, dict[int, Counts]]:
    """The rows of each group, in order, by period."""
    found: dict[str | int, dict[int, Counts]] = {}
    for row in rows.sort_values("group").to_dict("records"):
        item = row["group"] if isinstance(row["group"], str) else int(row["group"])
        found.setdefault(item, {})[int(row["period"])] = row
    return found


def _by_period(rows: pd.DataFrame) -> dict[int, Counts]:
    return {int(row["period"]): row for row in rows.to_dict("records")}


def _compared(
    rows: dict[int, Counts],
    measure: Measure,
    place: str,
    item: str | int,
    period: Period,
    compare: Compare,
) -> Iterator[Candidate]:
    """The latest row against the one of the period before and of a year before, where both have customers."""
    if not rows:
        return
    latest = max(rows)
    now = rows[latest]
    behind = "customers" if "customers" in now else "whole"
    for basis, back in _steps(period).items():
        then = rows.get(latest - back)
        if then is None or min(now[behind], then[behind]) < LEAST_CUSTOMERS:
            continue
        found = compare(now, then)
        if found is not None:
            yield Candidate(measure, place, item, basis, latest, latest - back, **vars(found))
