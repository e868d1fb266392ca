"""How each way of reckoning would have foreseen the last year, and which one answers for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retention.story import simulator
from retention.ui.parts import screen
from retention.ui.parts.cached import cached
from retention.what_if import Tried

if TYPE_CHECKING:
    from typing import Any

    from retention.text import Words
    from retention.what_if import FootingCode, LastYear


def show(year: LastYear | None) -> None:
    """Which one came closest, and what each expected beside what came; nothing where none could be tried."""
    if year is None:
        return
    best = year.recommended
    if best is None:
        screen.text("simulator.last_year.none", **simulator.when(year))
    else:
        screen.text("simulator.last_year", **simulator.when(year), **told(year, best))
    screen.show_table(cached(table, year, screen.words()))


def told(year: LastYear, code: FootingCode) -> dict[str, Any]:
    """What one footing expected and what came, for a sentence; nothing of one that could not be tried."""
    found = year.tried[code]
    if not isinstance(found, Tried):
        return {}
    named = {"footing": screen.words().say(f"setting.footing.{code}")}
    return named | {"expected": found.expected.total, "came": found.actual.total, "bias": found.bias}


def table(year: LastYear, words: Words) -> pd.DataFrame:
    """A footing a row: what it expected, what came, by how much it was off, and what follows."""
    return pd.DataFrame([_row(year, code, words) for code in year.tried])


def _row(year: LastYear, code: FootingCode, words: Words) -> dict[str, Any]:
    found, answers = year.tried[code], _answers(year, code)
    row: dict[str, Any] = {"footing": words.say(f"setting.footing.{code}")}
    if isinstance(found, Tried):
        row |= {"money_expected": found.expected.total, "money_came": found.actual.total, "bias": found.bias}
    return row | {"answers": words.say(f"simulator.answers.{answers}")}


def _answers(year: LastYear, code: FootingCode) -> str:
    if not isinstance(year.tried[code], Tried):
        return "untried"
    if code == year.recommended:
        return "best"
    return "range" if code in year.holding else "missed"
