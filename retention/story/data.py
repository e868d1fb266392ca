"""What the figures rest on: what was read of the file, what was used, what was set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.story import tables
from retention.story.message import MOST_LINES, Figure, Message, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.story.telling import Telling


def data(told: Telling) -> Message:
    """How many rows were used of those read, the days they cover, every row accounted for."""
    account, words, plain = told.intake.account, told.words, told.plain
    window = told.study.window
    counts = {
        "rows_used": account.rows_used,
        "orders": account.purchases,
        "customers": account.customers,
        "days": window.days,
    }
    return Message(
        "data",
        words.say("data.page"),
        words.say(
            "report.data.title",
            used=account.rows_used,
            read=account.rows_read,
            first=window.first,
            last=window.last,
        ),
        tuple(_lines(told))[:MOST_LINES],
        tuple(
            Figure(name, plain.say(f"report.data.{name}"), plain.count(value), value, "count")
            for name, value in counts.items()
        ),
        table=Table(tables.rows_of_file(account, plain)),
        definition=words.say("data.definition"),
        numbers=counts,
    )


def _lines(told: Telling) -> Iterator[str]:
    account, words = told.intake.account, told.words
    yield words.say("account.adds_up", read=account.rows_read, used=account.rows_used)
    yield from (words.warning(each) for each in (*told.study.tables.warnings(), *told.intake.warnings))
