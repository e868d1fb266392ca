"""A headline figure by the definitions others use, and step by step from theirs to ours.

Each step changes one definition and is computed of the data itself; what it has nothing for is left out.
"""

from retention.reconciled.money import average_order, revenue
from retention.reconciled.people import customers, repeat_rate
from retention.reconciled.staying import next_period, staying
from retention.reconciled.steps import FIGURES, UNITS, Figure, Reconciled, Step, StepCode, Unit

__all__ = [
    "FIGURES",
    "UNITS",
    "Figure",
    "Reconciled",
    "Step",
    "StepCode",
    "Unit",
    "average_order",
    "customers",
    "next_period",
    "repeat_rate",
    "revenue",
    "staying",
]
