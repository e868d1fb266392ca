"""What changed since a snapshot, and what became of its forecast, in sentences and in the rows of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.statistics import named_ends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.snapshot import Came, Change, Opened, Since
    from retention.text.words import Words


def sentences(since: Since, words: Words) -> list[str]:
    """All of it, a line each."""
    sealed = [
        words.say("since.row.sealed" if row["came"] == "" else "since.row", **row)
        for row in rows(since, words.bare)
    ]
    return [
        *changed(since, words),
        *notes(since, words),
        forecast(since, words),
        *sealed,
        *notes_on_forecast(since, words),
    ]


def changed(since: Since, words: Words) -> list[str]:
    """What changed: how much, then each figure."""
    return [_headline(since, words), *_changes(since, words)]


def forecast(since: Since, words: Words) -> str:
    """How the sealed forecast did, in one sentence."""
    if not since.opened:
        return words.say("since.sealed.none")
    told = [each for each in _figures(since.opened) if each.hit is not None]
    if told:
        return words.say("since.sealed.held", n=len(told), hits=sum(bool(each.hit) for each in told))
    return words.say("since.sealed.waiting", due=min(each.due for each in since.opened))


def rows(since: Since, words: Words) -> list[dict[str, str]]:
    """The forecast line by line, each cell written: by when, of what, how it went, expected, what came."""
    return [
        {
            "until": words.day(part.due),
            "figure": words.say(f"since.figure.{figure.of}"),
            "result": _result(figure, words),
            "expected": _expected(figure, words),
            "came": "" if figure.came is None else _written(figure, figure.came, words),
        }
        for part in since.opened
        for figure in (part.purchases, part.revenue)
    ]


def notes_on_forecast(since: Since, words: Words) -> list[str]:
    """What a reader of the forecast must know."""
    return [words.say("since.sealed.corrected")] if any(part.corrected for part in since.opened) else []


def _headline(since: Since, words: Words) -> str:
    end = since.snapshot.end
    if since.changes is None:
        return words.say("since.no_month", end=end)
    if not since.changes.compared:
        return words.say("since.nothing_compared", end=end)
    return words.say("since.changed" if since.changes.real else "since.unchanged", **_counts(since))


def _counts(since: Since) -> dict[str, Any]:
    found = since.changes
    if found is None:
        return {}
    return {"n": len(found.real), "all": len(found.compared), "end": since.snapshot.end}


def _changes(since: Since, words: Words) -> Iterator[str]:
    for change in () if since.changes is None else since.changes.real:
        way = "up" if change.value > change.other else "down"
        yield words.say(f"since.{change.figure}.{way}", **_values(change), within=since.snapshot.within)


def _values(change: Change) -> dict[str, Any]:
    """What a sentence about a change can name: the difference also relative to what it was."""
    ends = named_ends(change.difference)
    relative = {
        f"relative_{name}": None if end is None or not change.other else end / change.other
        for name, end in ends.items()
    }
    return {"value": change.value, "other": change.other, **ends, **relative}


def notes(since: Since, words: Words) -> Iterator[str]:
    """Which months were held against which, how many figures, what was left out, and how the past agrees."""
    if since.now is not None and since.then is not None and since.changes is not None:
        months = {
            f"{name}_{end}": words.bare.period(getattr(span, end), "month")
            for name, span in (("now", since.now), ("then", since.then))
            for end in ("first", "last")
        }
        several = "months" if since.now.months > 1 else "month"
        yield words.say(f"since.{since.basis}.{several}", **months)
        if since.changes.compared:
            yield words.say("since.looked_at", n=len(since.changes.compared))
        for why in ("few", "unknown"):
            figures = [name for name, reason in since.changes.left_out.items() if reason == why]
            if figures:
                yield words.say(f"since.left_out.{why}", figures=figures)
    if not since.same_past:
        then, now = since.snapshot.past, since.past
        yield words.say(
            "since.past_differs",
            then_customers=then.customers,
            now_customers=now.customers,
            then_revenue=then.revenue_net,
            now_revenue=now.revenue_net,
            then_orders=then.orders,
            now_orders=now.orders,
        )


def _figures(opened: tuple[Opened, ...]) -> Iterator[Came]:
    for part in opened:
        yield from (part.purchases, part.revenue)


def _written(figure: Came, value: float, words: Words) -> str:
    return words.whole_money(value) if figure.of == "revenue" else words.count(value)


def _expected(figure: Came, words: Words) -> str:
    value = _written(figure, figure.expected.value, words)
    if figure.expected.ends is None:
        return value
    low, high = (_written(figure, end, words.bare) for end in figure.expected.ends)
    return words.say("since.range", value=value, low=low, high=high)


def _result(figure: Came, words: Words) -> str:
    if figure.came is None:
        return words.say("since.result.sealed")
    if figure.beyond is None:
        return words.say("since.result.no_range")
    if figure.hit:
        return words.say("since.result.hit", off=figure.off)
    side = "above" if figure.beyond > 0 else "below"
    return words.say(f"since.result.{side}", by=_written(figure, abs(figure.beyond), words), off=figure.off)
