"""What is asked of an engine that has the rows, in a thread of its own."""

from __future__ import annotations

from threading import local
from typing import TYPE_CHECKING, Any, TypeVar

from retention.sources.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from retention.engines import Beyond

Result = TypeVar("Result")
_thread = local()


class Asked(Work[Result]):
    """Something that is computed of an engine's rows.

    Parameters
    ----------
    engine : whose queries for it are broken off where it is called off
    compute : what comes of it

    Attributes
    ----------
    doing : code of what is at work; None where that has no name
    """

    def __init__(self, engine: Beyond, compute: Callable[[], Result]) -> None:
        self.doing: str | None = None
        self._engine, self._compute = engine, compute
        super().__init__(name="asked of a source")

    @staticmethod
    def here() -> Asked[Any] | None:
        """What this thread is there for, None where it is for something else."""
        return getattr(_thread, "asked", None)

    def _made(self) -> Result:
        _thread.asked = self
        with self.course.at(self._engine):
            self._go_on()
            return self._compute()
