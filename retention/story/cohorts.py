"""Who comes back: of a hundred customers won together, how many, and how that goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention import charts
from retention.cohorts import FEW_CUSTOMERS
from retention.statistics import named_ends
from retention.story.message import Figure, Message, Native, Table, Untold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.cohorts import CohortTable, WithoutFirst
    from retention.periods import Period
    from retention.returned import Returned
    from retention.story.telling import Telling
    from retention.text import Words

_AGES = {"week": (1, 4, 13, 26), "month": (1, 3, 6, 12), "quarter": (1, 2, 4, 8), "year": (1, 2, 3, 4)}
_POOLED = ["age", "rate", "low", "high", "cohorts", "customers"]


def cohorts(told: Telling) -> Message | Untold:
    """The headline of the cohorts, the averages by age as figures, curves and table."""
    asked, words = told.asked, told.words
    found = told.back.cohorts.table(asked.period, asked.activity, asked.by, asked.leave_out)
    title = headline(found, words)
    if not known(found) or found.followed < FEW_CUSTOMERS:
        return Untold("cohorts", words.say("cohorts.page"), title)
    averages = charts.cohorts.average_sentences(found, "share", told.plain)
    return Message(
        "cohorts",
        words.say("cohorts.page"),
        title,
        tuple(_lines(told, found)),
        _figures(found, told.plain),
        charts.cohorts.curves(found, "share", told.plain),
        told.plain.say(
            "cohorts.curves.alt",
            rows=found.cells["cohort"].nunique(),
            sentence=averages[0] if averages else "",
        ),
        Table(
            found.pooled[_POOLED],
            Native(
                "line",
                "age",
                ("rate",),
                told.plain.say("setting.measure.share"),
                told.plain.say(f"chart.age.{found.period}"),
            ),
        ),
        words.say("cohorts.definition"),
        numbers={f"rate_{row.age}": row.rate for row in found.pooled.itertuples()},
    )


def headline(found: CohortTable, words: Words) -> str:
    """How many of a hundred come back in the next period."""
    if not known(found):
        return words.say("cohorts.headline.none")
    next_period = found.pooled.iloc[0]
    later_too = "later." if found.activity == "on_or_after" else ""
    ends = {name: next_period[name] for name in ("rate", "low", "high")}
    return words.say(f"cohorts.headline.{later_too}{found.period}", **ends)


def known(found: CohortTable) -> bool:
    """Whether anybody has had the time to come back."""
    return not found.pooled.empty and bool(found.pooled.iloc[0]["age"] == 1)


def basis(found: CohortTable, words: Words) -> str:
    """Who stands behind the headline."""
    next_period = found.pooled.iloc[0]
    return words.say("cohorts.basis", customers=int(next_period["customers"]), period=found.period)


def what_counts(returned: Returned, words: Words) -> str | None:
    """What it takes to count as back; None where that is a purchase, of whatever value."""
    if returned.by_any_purchase:
        return None
    spend = ".spend" if returned.spend else ""
    return words.say(f"cohorts.returned{spend}", n=returned.purchases, spend=returned.spend)


def without_first(first: WithoutFirst, period: Period, words: Words) -> str:
    """What the first cohort, which holds older customers, does to the headline."""
    return words.say(
        "cohorts.without_first",
        cohort=words.period(first.cohort, period),
        size=first.size,
        rate=first.without.value,
        **named_ends(first.without),
    )


def _lines(told: Telling, found: CohortTable) -> Iterator[str]:
    asked, found_of = told.asked, told.back.cohorts
    yield basis(found, told.words)
    counts = what_counts(asked.returned, told.words)
    if counts is not None:
        yield counts
    first = found_of.without_first(asked.period, asked.activity)
    if asked.leave_out:
        return
    if first is not None and first.bends:
        yield without_first(first, asked.period, told.words)
    else:
        yield from (told.words.warning(each) for each in found_of.warnings(asked.period)[:1])


def _figures(found: CohortTable, words: Words) -> tuple[Figure, ...]:
    """The averages at a few ages."""
    rates = found.pooled.set_index("age")["rate"]
    return tuple(
        Figure(
            f"rate_{age}",
            words.say(f"chart.since.{found.period}", n=age),
            words.percent(rates[age]),
            float(rates[age]),
            "share",
        )
        for age in _AGES.get(found.period, ())
        if age in rates.index
    )
