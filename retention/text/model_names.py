"""What a purchase model is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from retention.text.words import Words


class Named(Protocol):
    """Anything that says which purchase model it is."""

    @property
    def kind(self) -> str:
        """How customers drop out."""

    @property
    def k(self) -> int:
        """How regularly they buy."""

    @property
    def season(self) -> object:
        """Whether it knows seasons: true, or the season itself, where it does."""


def model_name(model: Named, words: Words) -> str:
    """MBG/NBD, and what it knows beyond that: seasons, regular buyers."""
    kind, k = words.say(f"setting.purchase_kind.{model.kind}"), model.k
    if model.season:
        return words.say("model.season.regular" if k > 1 else "model.season", kind=kind, k=k)
    return words.say("model.regular", kind=kind, k=k) if k > 1 else kind
