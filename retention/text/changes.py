"""What changed, in a sentence to be read aloud."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from retention.statistics import named_ends

if TYPE_CHECKING:
    from retention.overview import Candidate
    from retention.periods import Period
    from retention.text.words import Words


def change_sentence(found: Candidate, period: Period, words: Words) -> str:
    """One change with its figures: who or what, more or less, from how many to how many, and the interval."""
    place = found.place if found.place in {"all", "cohort", "number"} else "segment"
    way = "up" if found.value > found.other else "down"
    return words.say(f"change.{found.measure}.{place}.{way}", **change_values(found, period, words))


def change_values(found: Candidate, period: Period, words: Words) -> dict[str, Any]:
    """What a sentence about a change can name, by name."""
    ends = named_ends(found.difference)
    relative = {
        f"relative_{name}": end / found.other if end is not None and found.other else None
        for name, end in ends.items()
    }
    return {
        **asdict(found),
        **ends,
        **relative,
        "difference": found.value - found.other,
        "relative": (found.value - found.other) / found.other if found.other else None,
        "basis": f"{found.basis}.{period}",
        "later": f"{period}.{found.age}",
        "period": words.period(found.period, period),
        "item": words.period(int(found.item), period) if found.place == "cohort" else found.item,
        "previous": words.period(found.period - 1, period),
    }
