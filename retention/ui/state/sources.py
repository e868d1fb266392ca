"""The sources a host names, for those who may see them; what was read of each, once for all of these."""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING

from retention import memory
from retention.allowed import Refused
from retention.sources import Shelf, sources_in
from retention.ui.state import people, secrets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention.sources import Source

_SECTION = "sources"
_LOG = logging.getLogger(__name__)


@cache
def configured() -> Mapping[str, Source]:
    """All a host names, by key.

    Raises
    ------
    ValueError
        If one cannot be used.
    """
    return sources_in(secrets.section(_SECTION))


@cache
def shelf() -> Shelf:
    """What was read of each: only for who may see it, see `visible`."""
    return memory.stays(Shelf())


def check() -> None:
    """Look at all of them when the server starts; one that nobody can see is told to its host.

    Raises
    ------
    ValueError
        As of `configured`.
    """
    closed = [key for key, source in configured().items() if source.who is not None]
    if people.allowed() is None:
        for key in closed:
            _LOG.warning(
                "[sources.%s] says who may see it, but nobody signs in to this server: nobody sees it", key
            )


def visible() -> dict[str, Source]:
    """Those the person at this visit may see, by key; none for guests."""
    if isinstance(people.here(), Refused):
        return {}
    person = people.person()
    return {key: source for key, source in configured().items() if source.is_open_to(person)}
