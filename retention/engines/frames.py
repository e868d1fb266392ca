"""Rows an engine holds, as each thread looks at them.

A connection of DuckDB answers one call at a time and refuses a second, and so do all frames made of it. What
is kept is therefore no frame, but how one is made: each thread makes its own, of a connection of its own.
"""

from __future__ import annotations

import weakref
from threading import Thread
from typing import TYPE_CHECKING, Any

import narwhals as nw

from retention.engines.refusals import answering

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention.engines.engine import Beyond

    Change = Callable[[Any], Any]


class EachTime:
    """Rows as a frame that whoever looks at them makes anew.

    Narwhals takes it for a frame of its kind: `narwhals.from_native` has it made.

    Parameters
    ----------
    make : a frame of the engine, for the thread that asks
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self.columns: list[str] = list(make().columns)

    def here(self) -> Any:
        """A frame for this thread.

        Raises
        ------
        Unanswered
            As of `answering`.
        """
        with answering():
            return self._make()

    def __narwhals_lazyframe__(self) -> Any:
        """What Narwhals makes its queries of."""
        return nw.from_native(self.here())._compliant_frame  # noqa: SLF001  there is no other way to it


def derived(rows: Any, change: Change) -> Any:
    """Rows after a change that is made in Narwhals, to be kept as the rows are.

    Parameters
    ----------
    rows : of any engine
    change : of the frame of Narwhals
    """

    def made() -> Any:
        return change(nw.from_native(rows)).to_native()

    return EachTime(made) if isinstance(rows, EachTime) else made()


def let_go_with(part: Beyond, query: nw.LazyFrame[Any]) -> Any:
    """What a part of an engine keeps, closed once nobody holds that.

    In a thread of its own: where it is let go, somebody may be in the middle of asking.
    """
    kept = part.kept(query)
    weakref.finalize(kept, lambda: Thread(target=part.close, name="table let go").start()).atexit = False
    return kept
