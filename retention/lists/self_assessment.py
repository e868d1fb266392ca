"""Five questions to a shop about its customers, and which occasion their answers say to begin with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention.lists.occasions import Occasion

Question = Literal["path", "touch", "rhythm", "personal", "adverts"]
QUESTIONS: tuple[Question, ...] = get_args(Question)
Answer = Literal["yes", "partly", "no"]
ANSWERS: tuple[Answer, ...] = get_args(Answer)

_MISSING: dict[Answer, float] = {"yes": 0.0, "partly": 0.5, "no": 1.0}
_MENDED_BY: dict[Question, tuple[Occasion, ...]] = {
    "path": ("second_purchase", "feedback"),
    "touch": ("win_back", "save"),
    "rhythm": ("feedback", "win_back"),
    "personal": ("thank", "save"),
    "adverts": ("loyalty", "win_back"),
}


@dataclass(frozen=True)
class Ranked:
    """An occasion in the order to take them up in.

    Attributes
    ----------
    occasion : which
    stake : money at stake with it
    mends : the questions not answered with yes that it mends
    """

    occasion: Occasion
    stake: float
    mends: tuple[Question, ...]


def ranked(stakes: Mapping[Occasion, float], answers: Mapping[Question, Answer]) -> list[Ranked]:
    """Occasions by what is at stake, each counted once more for every question it mends answered with no.

    A question answered with "partly" counts half. Where all answers are alike it is much the order of the
    stakes; occasions that concern nobody are left out.

    Examples
    --------
    >>> [one.occasion for one in ranked({"thank": 80.0, "feedback": 60.0}, {"path": "no"})]
    ['feedback', 'thank']
    """
    mends: dict[Occasion, tuple[Question, ...]] = {
        occasion: tuple(
            question
            for question in QUESTIONS
            if occasion in _MENDED_BY[question] and _MISSING[answers.get(question, "yes")] > 0
        )
        for occasion in stakes
    }

    def weight(occasion: Occasion) -> float:
        return stakes[occasion] * (1.0 + sum(_MISSING[answers[question]] for question in mends[occasion]))

    order = sorted((one for one in stakes if stakes[one] > 0), key=weight, reverse=True)
    return [Ranked(occasion, stakes[occasion], mends[occasion]) for occasion in order]
