"""What segments come to by their own models, which share out what all customers come to by the whole's.

A customer has one value, whatever the file's segments are, and so has the shop: by the model of the whole.
How it is shared among segments is better told by the models of each, which know that some are keener. So
these say how much each has beside the others, and the whole how much there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention.lifetime_value.models.fit_segments import SegmentModels
    from retention.lifetime_value.models.fitted import PurchaseModel, SpendModel

    Valued = Callable[[pd.DataFrame, PurchaseModel, SpendModel], pd.DataFrame]


def by_own_models(
    people: pd.DataFrame, segment: pd.Series, models: SegmentModels, valued: Valued
) -> pd.DataFrame:
    """What some function says of customers by the models of their segments.

    Parameters
    ----------
    segment : which each is in, on the same index; null for none
    valued : of some customers by a purchase and a spend model: a row each, on their index
    """
    under = named(segment).map(models.under)
    return pd.concat([valued(part, *models.of(str(name))) for name, part in people.groupby(under)]).loc[
        people.index
    ]


def named(segment: pd.Series) -> pd.Series:
    """Segments as the models know them: "" for none."""
    return segment.astype(object).where(segment.notna(), "")


def shared_out(own: pd.Series, whole: float) -> pd.Series:
    """The whole in the proportions of what is each segment's own; as it is where nobody has any."""
    together = float(own.sum())
    return own * (whole / together) if together > 0 else own


def active_shared_out(own: pd.Series, customers: pd.Series, whole: float) -> pd.Series:
    """So many active customers in all, of whom no segment has more than customers.

    Where there are fewer than the segments' own, each loses in proportion to its active; where there are
    more, in proportion to those likely gone.
    """
    if whole <= float(own.sum()):
        return shared_out(own, whole)
    return customers - shared_out(customers - own, float(customers.sum()) - whole)
