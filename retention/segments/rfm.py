"""RFM: how lately (R), how often (F) and for how much (M) customers bought, in fifths, and the usual groups.

The groups are those of the five by five squares of R and F that marketing books draw; M stands beside them,
as it says how much a group is worth rather than what to do about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from retention.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import ArrayLike, NDArray

    Edges = tuple[float, float, float, float]

Named = Literal[
    "champions", "loyal", "potential_loyal", "new", "promising",
    "need_attention", "about_to_sleep", "cannot_lose", "at_risk", "hibernating",
]  # fmt: skip
RFM_GROUPS: tuple[Named, ...] = (
    "champions", "loyal", "potential_loyal", "new", "promising",
    "need_attention", "about_to_sleep", "cannot_lose", "at_risk", "hibernating",
)  # fmt: skip
_LONG_AGO: tuple[Named, ...] = ("hibernating", "hibernating", "at_risk", "at_risk", "cannot_lose")
_SQUARES: tuple[tuple[Named, ...], ...] = (  # by R from 1 on, in each by F from 1 on
    _LONG_AGO,
    _LONG_AGO,
    ("about_to_sleep", "about_to_sleep", "need_attention", "loyal", "loyal"),
    ("promising", "potential_loyal", "potential_loyal", "loyal", "loyal"),
    ("new", "potential_loyal", "potential_loyal", "champions", "champions"),
)
Part = Literal["recency", "frequency", "money"]
PARTS: tuple[Part, ...] = ("recency", "frequency", "money")
FIFTHS = (1, 2, 3, 4)  # up to which a threshold parts customers


@dataclass(frozen=True)
class Thresholds:
    """The four values that part customers into five, from low to high, for each of the three.

    Attributes
    ----------
    recency : days since the last purchase
    frequency : purchases
    money : revenue net of refunds, in the file's currency
    """

    recency: Edges
    frequency: Edges
    money: Edges

    def __post_init__(self) -> None:
        """Hold that thresholds rise, or stay.

        Raises
        ------
        InputError
            where one is below the one before it
        """
        for part in PARTS:
            edges = getattr(self, part)
            if list(edges) != sorted(edges):
                raise InputError("thresholds_fall", part=part, given=list(edges))


@dataclass(frozen=True)
class Rfm:
    """Everybody in one of the named groups.

    Attributes
    ----------
    table : a customer a row: customer_id, recency, frequency, money, r, f, m (1, worst, to 5, best), group
    thresholds : what parts them
    """

    table: pd.DataFrame
    thresholds: Thresholds


def fifths(values: ArrayLike) -> Edges:
    """Give the values that a fifth, two, three and four fifths of all do not exceed; values that occur.

    Examples
    --------
    >>> fifths([1, 1, 1, 2, 5])
    (1.0, 1.0, 1.0, 2.0)
    """
    found = np.quantile(np.asarray(values, dtype=float), np.array(FIFTHS) / 5, method="inverted_cdf")
    one, two, three, four = found.tolist()
    return one, two, three, four


def rfm(people: pd.DataFrame, end: date, thresholds: Thresholds | None = None) -> Rfm:
    """Put every customer into one group.

    Equal customers stay together: who is at a threshold belongs below it, so that a fifth may be more, or
    less, than a fifth of all, and where most bought once nobody has the scores between.

    Parameters
    ----------
    people : customer_id, last_day, orders, revenue, refunds: the table `retention.aggregate.customers` makes
    end : the observation end
    thresholds : by default fifths of these customers
    """
    recency = end.toordinal() - people["last_day"].to_numpy()
    frequency = people["orders"].to_numpy()
    money = (people["revenue"] + people["refunds"]).to_numpy(dtype=float)
    if thresholds is None and people.empty:
        nothing = 0.0, 0.0, 0.0, 0.0
        thresholds = Thresholds(nothing, nothing, nothing)
    at = thresholds or Thresholds(fifths(recency), fifths(frequency), fifths(money))
    r, f, m = 6 - _score(recency, at.recency), _score(frequency, at.frequency), _score(money, at.money)
    table = pd.DataFrame(
        {
            "customer_id": people["customer_id"].to_numpy(),
            "recency": recency,
            "frequency": frequency,
            "money": money,
            "r": r,
            "f": f,
            "m": m,
            "group": np.array(_SQUARES, dtype=object)[r - 1, f - 1],
        }
    )
    return Rfm(table, at)


def squares(found: Rfm, sums: pd.DataFrame) -> pd.DataFrame:
    """Customers by how lately and how often they bought, and what they come to.

    Parameters
    ----------
    sums : a customer a row as in the table: numbers to be added up, such as revenue and value to come

    Returns
    -------
    r (5 to 1), f (1 to 5), group, customers and the sums, for each of the 25 squares
    """
    rows = sums.reset_index(drop=True).assign(customers=1, r=found.table["r"], f=found.table["f"])
    every = pd.MultiIndex.from_product([range(5, 0, -1), range(1, 6)], names=["r", "f"])
    added = rows.groupby(["r", "f"]).sum().reindex(every, fill_value=0).reset_index()
    return added.assign(group=[_SQUARES[r - 1][f - 1] for r, f in added[["r", "f"]].to_numpy().tolist()])


def _score(values: NDArray[Any], edges: Sequence[float]) -> NDArray[np.int64]:
    """How many of the thresholds a value passes, and one."""
    return 1 + np.searchsorted(edges, values, side="left").astype(np.int64)
