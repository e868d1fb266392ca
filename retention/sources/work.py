"""What takes a while: in a thread of its own, so that whoever waits can say how far it is, or call it off."""

from __future__ import annotations

import time
from contextlib import contextmanager
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from retention.errors import InputError
from retention.sources.course import Course

if TYPE_CHECKING:
    from collections.abc import Iterator

Result = TypeVar("Result")
LOOK = 0.1  # seconds between two looks whether whoever is at the same is done
_TO_STOP = 5  # seconds a database has, until the connection is ended
_TO_LEAVE = 2.0  # seconds a thread has, once the process ends
_under_way: dict[Thread, Course] = {}


class Work(Generic[Result]):
    """Something that is under way.

    Parameters
    ----------
    name : of the thread

    Attributes
    ----------
    course : how far it is
    """

    def __init__(self, name: str) -> None:
        self.course = Course()
        self._outcome: Result | Exception | None = None
        self._done, self._ending = Event(), Lock()
        thread = Thread(target=self._run, name=name, daemon=True)
        thread.start()
        _under_way[thread] = self.course
        for other in list(_under_way):
            if not other.is_alive():
                _under_way.pop(other, None)

    def wait(self, seconds: float) -> bool:
        """Wait a moment; whether it is over.

        What should have answered by now is given up.
        """
        if not self._done.wait(seconds) and self.course.overdue:
            code = "source_lost" if self.course.connected else "source_unreachable"
            self._end(self._refused(InputError(code)))
            self.course.break_off()
        return self._done.is_set()

    def cancel(self) -> None:
        """Have it stop, and with it whoever answers; nothing happens to one that is over."""
        until = time.monotonic() + _TO_STOP
        while not self._done.is_set() and time.monotonic() < until:
            self.course.call_off()
            if not self.course.connected:
                return
            self._done.wait(LOOK)  # a statement that was just being sent has missed it
        if not self._done.is_set():
            self.course.break_off()

    def result(self) -> Result:
        """What came of it, once it is over.

        Raises
        ------
        InputError
            Why there is nothing.
        """
        self._done.wait()
        if isinstance(self._outcome, Exception):
            raise self._outcome
        return cast("Result", self._outcome)

    def _made(self) -> Result:
        """Do it."""
        raise NotImplementedError

    def _refused(self, refusal: InputError) -> InputError:
        """A refusal, as whoever waits is told."""
        return refusal

    def _end(self, outcome: Result | Exception) -> None:
        """Settle the outcome: what comes later, of something that was given up, is not it."""
        with self._ending:
            if not self._done.is_set():
                self._outcome = outcome
                self._done.set()

    def _run(self) -> None:
        try:
            self._end(self._made())
        except InputError as refusal:
            self._end(self._refused(refusal))
        except Exception as failure:  # noqa: BLE001  whoever waits for the result is given it
            self._end(failure)

    @contextmanager
    def _alone(self, place: Lock) -> Iterator[None]:
        """Wait until nobody else is at the same."""
        while not place.acquire(timeout=LOOK):
            self._go_on()
        try:
            self._go_on()
            yield
        finally:
            place.release()

    def _go_on(self) -> None:
        if self.course.called_off:
            raise InputError("source_cancelled")


def end_all() -> None:
    """Call off what is under way, and wait a moment for its threads.

    One that lets go of a database's connection while the process ends would abort it.
    """
    found = list(_under_way.items())
    for _, course in found:
        course.call_off()
    for thread, _ in found:
        thread.join(_TO_LEAVE)
