"""Random sales, to be written in some shape, and what they truly come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hypothesis import HealthCheck, settings, strategies as st

FEW = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
MANY = settings(FEW, max_examples=250)


@dataclass(frozen=True)
class Sale:
    """One order."""

    order: int
    customer: str
    day: date
    cents: int


@st.composite
def sales(draw, least=4, most=12, *, first=date(2022, 1, 1), last=date(2023, 12, 31), whole=False):
    """Orders of three customers, two of them back for sure, none twice and none worth nothing."""
    some = draw(st.integers(least, most))
    days = draw(st.lists(st.dates(first, last), min_size=some, max_size=some))
    cents = draw(st.lists(st.integers(100, 500_000), min_size=some, max_size=some))
    whose = ["anna", "bruno", *draw(st.lists(st.sampled_from(["anna", "bruno", "carla"]), min_size=some - 2))]
    return [
        Sale(101 + i, whose[i], days[i], cents[i] // 100 * 100 if whole else cents[i]) for i in range(some)
    ]


def truth(some: list[Sale]) -> tuple[int, int, float]:
    """Customers, orders and money of sales."""
    return (
        len({sale.customer for sale in some}),
        len(some),
        round(sum(sale.cents for sale in some) / 100, 2),
    )


def figures(found) -> tuple[int | None, int | None, float | None]:
    """The same three of an outcome."""
    return found.customers, found.orders, found.total


def right(found, some: list[Sale], *about: str) -> bool:
    """Whether an outcome has the true figures, or refuses, or asks or warns about what is wrong with it.

    Parameters
    ----------
    about : codes of the questions and warnings that tell of the trouble; a check of the days tells of none
    """
    if figures(found) == truth(some) or found.refused is not None:
        return True
    return bool({note.code for note in (*found.guess.questions, *found.intake.warnings)} & {*about})
