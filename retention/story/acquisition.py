"""Win or keep: what winning a customer costs, what keeping one does, and where money has room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention import charts
from retention.acquisition import rooms
from retention.statistics import named_ends, value_of
from retention.story import tables
from retention.story.message import Figure, Message, Native, Table, Untold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.acquisition import Acquisition, AcquisitionCosts, Payback, UnitEconomics
    from retention.statistics import Estimate
    from retention.story.telling import Telling
    from retention.text import Words

_COLUMNS = ["cost", "cost_each", "cost_low", "cost_high", "spent", "divided_by"]


def acquisition(told: Telling) -> Message | Untold:
    """The headline of the costs, the figures of a new customer, both costs drawn."""
    words, plain, found = told.words, told.plain, told.winning
    subject = words.say("acquisition.page")
    if found is None or told.asked.spend is None:
        return Untold("acquisition", subject, words.say("report.no_spend"))
    costs = found.costs
    if unknown(costs):
        return Untold("acquisition", subject, " ".join(words.warning(each) for each in costs.warnings[:1]))
    left_out = told.asked.leave_out_left_truncated
    spending = told.study.acquisition(told.asked.spend)
    value = told.study.value(told.asked.wanted, discount_rate=told.asked.discount_rate)
    worth = spending.worth(value, told.asked.margin, leave_out_left_truncated=left_out)
    table = tables.costs(found, plain).dropna(subset="cost_each").reset_index(drop=True)
    return Message(
        "acquisition",
        subject,
        headline(found, worth, words),
        tuple(_lines(found, worth, words)),
        figures(found, worth, plain),
        charts.acquisition.costs(costs, plain),
        plain.say("acquisition.costs.alt", cac=value_of(costs.cac), cost=value_of(costs.retention_cost)),
        Table(table[_COLUMNS], Native("bars", "cost", ("cost_each",), plain.say("chart.cost_axis"))),
        words.say("acquisition.definition"),
        numbers={"cac": value_of(costs.cac), "retention_cost": value_of(costs.retention_cost)},
    )


def unknown(costs: AcquisitionCosts) -> bool:
    """Whether neither cost is known."""
    return costs.cac is None and costs.retention_cost is None


def headline(found: Acquisition, worth: UnitEconomics, words: Words) -> str:
    """Where to win more; where no channel's room is known, what winning and keeping cost."""
    return decision(found, worth, words) or ratio(found.costs, words)


def ratio(costs: AcquisitionCosts, words: Words) -> str:
    """What winning costs, what keeping costs, their ratio beside the quoted one."""
    ratio = costs.ratio
    values = {"cac": value_of(costs.cac), "cost": value_of(costs.retention_cost), "ratio": value_of(ratio)}
    if ratio is None:
        return words.say("acquisition.headline.win" if costs.cac else "acquisition.headline.keep", **values)
    if ratio.ends is None:
        return words.say(f"acquisition.headline.{costs.ratio_position}", **values)
    low, high = costs.ratio_interval_positions or (costs.ratio_position, costs.ratio_position)
    where = costs.ratio_position if low == high else "unsure"
    return words.say(f"acquisition.headline.{where}.interval", **values, **ends(ratio))


def decision(found: Acquisition, worth: UnitEconomics, words: Words) -> str | None:
    """Through which channel to win more and where to spend less; None where no room is known."""
    known = rooms(found.costs.channels, worth)
    if not known:
        return None
    best, worst = known[0], known[-1]
    over = [room.channel for room in known if room.stands == "above"]
    told = {"best": best.channel, "most": best.left, "worst": worst.channel, "least": worst.left}
    kind = "above" if best.left <= 0 else "one" if over or len(known) == 1 else "several"
    if kind == "several" and worst.left < 0:
        kind = "even"
    said = [words.say(f"acquisition.decide.{kind}", **told)]
    if over and kind != "above":
        said.append(words.say("acquisition.decide.over", channels=over))
    return " ".join(said)


def figures(found: Acquisition, worth: UnitEconomics, words: Words) -> tuple[Figure, ...]:
    """CAC, payback, what a customer may cost and LTV:CAC, each where it is known."""
    costs = found.costs
    cac = costs.monthly["cac"].dropna()
    most, times, back = worth.first_year.margin, worth.realised_multiple, worth.everybody
    made: list[Figure] = []

    def add(name: str, written: str, value: float | None, kind: Any, course: tuple[float, ...] = ()) -> None:
        made.append(Figure(name, words.say(f"acquisition.{name}"), written, value, kind, course))

    if costs.cac:
        course = tuple(cac.tolist()) if len(cac) > 1 else ()
        add("cac", words.say("value.money", value=costs.cac.value), costs.cac.value, "money", course)
    if back:
        add("payback_month", paid_back(back, words), back.months, "count")
    if most:
        add("most", words.say("value.money", value=most.value), most.value, "money")
    if times:
        add("ltv_realised", words.say("value.ratio", value=times.value), times.value, "number")
    return tuple(made)


def paid_back(everybody: Payback, words: Words) -> str:
    """After how many months a customer has paid back."""
    return words.say("value.months", n=everybody.months) if everybody.months else words.say("value.not_yet")


def ends(figure: Estimate | None) -> dict[str, float | None]:
    """The ends of a figure's interval, for a sentence; none where it has none."""
    return named_ends(figure) if figure and figure.ends else {}


def _lines(found: Acquisition, worth: UnitEconomics, words: Words) -> Iterator[str]:
    if decision(found, worth, words):
        yield ratio(found.costs, words)
    yield from (words.warning(each) for each in (*found.costs.warnings, *worth.warnings)[:2])
