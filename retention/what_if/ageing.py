"""Customers who grow older where they stand: ages pass by them, no one is moved and no empty age counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from retention.what_if.mixture import Mixture

Numbers = NDArray[np.float64]


def filled(people: Numbers) -> int:
    """How many rows there are up to the last in which there is anybody: of (q, m, …)."""
    return int(np.flatnonzero(people.any(axis=(0, 2))).max(initial=-1)) + 1


@dataclass
class Ageing:
    """Customers at every risk, the youngest age first, over some periods.

    Room for those who join is kept before them; with every period the youngest age begins a few rows earlier.

    Attributes
    ----------
    rows : (q, room + n, 1 + k)
    youngest : row at which the youngest age begins
    first, last : rows from and before which there is anybody
    risks : rows from the youngest age to the oldest, in which customers stay
    age : rows of one age; 0 where there is but one
    """

    rows: Numbers
    youngest: int
    first: int
    last: int
    risks: int
    age: int

    @classmethod
    def of(cls, people: Numbers, mixture: Mixture, periods: int, columns: int) -> Ageing:
        """Customers today, (q, m, 1 or 1 + k), to be followed so long."""
        risks = len(mixture.risk)
        age = risks // mixture.ages if mixture.ages > 1 else 0
        room, count = age * periods, filled(people)
        rows = np.zeros((len(people), room + risks, columns))
        rows[:, room : room + count] = people[:, :count]
        return cls(rows, room, room, room + count, risks, age)

    @property
    def here(self) -> Numbers:
        """Customers of all ages there are, as a part that may be written to."""
        return self.rows[:, self.first : self.last]

    @property
    def ages(self) -> slice:
        """The rows of a transition that are theirs."""
        return slice(self.first - self.youngest, self.last - self.youngest)

    def join(self, people: Numbers) -> None:
        """Customers of the youngest ages, or of all, are added: (q, n, 1 or 1 + k)."""
        if people.shape[1] == 0:
            return
        end = self.youngest + people.shape[1]
        self.rows[:, self.youngest : end] += people
        self.first, self.last = self.youngest, max(self.last, end)

    def grow_older(self) -> None:
        """A period goes by."""
        self.youngest -= self.age
        beyond = self.youngest + self.risks
        if self.last > beyond:
            over = slice(max(self.first, beyond), self.last)
            self.rows[:, over.start - self.age : over.stop - self.age] += self.rows[:, over]
            self.rows[:, over] = 0.0
            self.first, self.last = min(self.first, over.start - self.age), beyond
