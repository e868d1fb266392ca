"""Whom to write to, on which occasion, and how far a budget goes."""

from retention.lists.mail_tools import TOOLS, Tool, for_tool
from retention.lists.occasions import (
    OCCASIONS,
    CallList,
    Extent,
    Occasion,
    Stake,
    best_first,
    concerned,
    extent,
    listed,
    stake_of,
)
from retention.lists.plan import Step, plan
from retention.lists.self_assessment import ANSWERS, QUESTIONS, Answer, Question, Ranked, ranked
from retention.lists.worth import Worth, cut, how_many, worth

__all__ = [
    "ANSWERS",
    "OCCASIONS",
    "QUESTIONS",
    "TOOLS",
    "Answer",
    "CallList",
    "Extent",
    "Occasion",
    "Question",
    "Ranked",
    "Stake",
    "Step",
    "Tool",
    "Worth",
    "best_first",
    "concerned",
    "cut",
    "extent",
    "for_tool",
    "how_many",
    "listed",
    "plan",
    "ranked",
    "stake_of",
    "worth",
]
