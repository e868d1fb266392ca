"""Campaigns that can be judged: who is written to and who is held back, what that can show, did it work."""

from retention.campaigns.assignment import CONTACT, HOLD_BACK, assign
from retention.campaigns.effect import Effect, against_control, are_alike
from retention.campaigns.power import Spread, people_needed, smallest_effect, spread_of
from retention.campaigns.without_control import Foreseen, WithoutControl, foreseen

__all__ = [
    "CONTACT",
    "HOLD_BACK",
    "Effect",
    "Foreseen",
    "Spread",
    "WithoutControl",
    "against_control",
    "are_alike",
    "assign",
    "foreseen",
    "people_needed",
    "smallest_effect",
    "spread_of",
]
