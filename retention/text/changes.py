"""What changed, in a sentence to be read aloud."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from retention.statistics import named_ends

if TYPE_CHECKING:
    from retention.overview import Candidate
    from retention.periods import Period
    from retention.text.words import Words


def change_sentence(found: Candidate, period: Period, words: Words) -> str:
    """One change with its figures: who or what, more or less, from how many to how many, and the interval."""
    place = found.place if found.place in {"all", "cohort", "number"} else "segment"
    way = "up" if found.value > found.other else "down"
    ends = named_ends(found.difference)
    relative = {
        f"relative_{name}": end / found.other if end is not None and found.other else None
        for name, end in ends.items()
    }
    values = {
        **asdict(found),
        **ends,
        **relative,
        "difference": found.value - found.other,
        "relative": (found.value - found.other) / found.other if found.other else None,
        "basis": f"{found.basis}.{period}",
        "later": f"{period}.{found.age}",
        "period": words.period(found.period, period),
        "item": words.period(int(found.item), period) if place == "cohort" else found.item,
        "previous": words.period(found.period - 1, period),
    }
    return words.say(f"change.{found.measure}.{place}.{way}", **values)
