"""Which purchase model: its kind, how regular purchases are taken to be, whether it knows seasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention.errors import InputError

if TYPE_CHECKING:
    from retention.lifetime_value.models.fitted import PurchaseKind

MOST_REGULAR = 4  # hidden events to a purchase; more regular buyers than that renew a contract


@dataclass(frozen=True)
class Variant:
    """A purchase model to be fitted.

    Attributes
    ----------
    kind : how customers drop out
    k : how regularly they buy: the time between purchases is Erlang-k, with 1 purely random
    season : whether they buy faster in some months of the year than in others
    """

    kind: PurchaseKind
    k: int = 1
    season: bool = False

    @property
    def may_know_seasons(self) -> bool:
        """Whether a season can be fitted to such a model."""
        return self.kind != "pareto_nbd"


@dataclass(frozen=True)
class Wanted:
    """What somebody asks of the purchase model; the data decides what is left open.

    Attributes
    ----------
    kind, k, season : as of `Variant`; None where the data decides

    Raises
    ------
    InputError
        ``pareto_is_plain`` where the Pareto/NBD is asked for with seasons or with regular buyers.
    """

    kind: PurchaseKind | None = None
    k: int | None = None
    season: bool | None = None

    def __post_init__(self) -> None:
        if self.kind == "pareto_nbd" and (self.season or (self.k or 1) > 1):
            raise InputError("pareto_is_plain")

    @classmethod
    def exactly(cls, variant: Variant) -> Wanted:
        """Ask for one model and no other."""
        return cls(variant.kind, variant.k, variant.season)

    def allows(self, variant: Variant) -> bool:
        """Whether a model is as asked."""
        asked = ((self.kind, variant.kind), (self.k, variant.k), (self.season, variant.season))
        return all(want is None or want == is_so for want, is_so in asked)


OPEN = Wanted()  # the data decides everything
