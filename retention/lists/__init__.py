"""Whom to write to, on which occasion, and how far a budget goes."""

from retention.lists.mail_tools import TOOLS, Tool, for_tool
from retention.lists.occasions import OCCASIONS, CallList, Occasion, listed
from retention.lists.worth import Worth, cut, worth

__all__ = [
    "OCCASIONS",
    "TOOLS",
    "CallList",
    "Occasion",
    "Tool",
    "Worth",
    "cut",
    "for_tool",
    "listed",
    "worth",
]
