"""What is computed when somebody first asks for it, once."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class WhenAsked(Generic[T]):
    """A value nobody may need, with what it takes to compute it, which is let go once it is there."""

    def __init__(self, compute: Callable[[], T]) -> None:
        self._compute: Callable[[], T] | None = compute
        self._computing = threading.Lock()
        self._found: T

    @property
    def value(self) -> T:
        """The value; who asks while it is computed waits for it."""
        with self._computing:
            if self._compute is not None:
                self._found, self._compute = self._compute(), None
            return self._found
