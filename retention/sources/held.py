"""A source larger than memory: the engine that has its rows, open once for all who look at it."""

from __future__ import annotations

import atexit
import copy
import logging
import weakref
from collections import OrderedDict
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from retention import ingest
from retention.engines import answering, opened as engine_opened
from retention.errors import InputError, Unanswered
from retention.sources import files
from retention.sources.work import Work, end_all

if TYPE_CHECKING:
    from retention.engines import Beyond
    from retention.ingest import Intake, Mapping, RawTable
    from retention.sources.configured import ByEngine
    from retention.sources.course import Course

_LOG = logging.getLogger(__name__)
_FORMED = 6  # ways of reading its rows that are kept though nobody looks at them


def version_of(place: ByEngine) -> str | None:
    """What changes when the rows do; None of rows that are not on this machine."""
    return None if place.files is None else files.version_of(files.members(place.files))


_open: weakref.WeakSet[Beyond] = weakref.WeakSet()


class Look:
    """Somebody's look at a source: its engine stays open until it is let go.

    Parameters
    ----------
    held : what is looked at; None of what was written down, which leads nowhere
    """

    def __init__(self, held: Held | None) -> None:
        self.held = held

    def __reduce__(self) -> tuple[type[Look], tuple[None]]:
        return Look, (None,)


class Held:
    """Rows an engine has. It is closed, and everything it made deleted, once nobody holds this any more.

    Parameters
    ----------
    engine : which has them; this closes it
    source : where they are
    part : of them, by which their columns are told
    """

    def __init__(self, engine: Beyond, source: ingest.Source, part: RawTable) -> None:
        self.part = part
        self._engine, self._source = engine, source
        self._formed: OrderedDict[str, _Place] = OrderedDict()
        self._changing = Lock()
        self.close = weakref.finalize(self, _close_apart, engine)
        self.close.atexit = False
        _open.add(engine)

    @classmethod
    def opened(cls, place: ByEngine, course: Course) -> Held:
        """Have an engine look at the first rows.

        Raises
        ------
        InputError
            What `retention.engines.opened`, `retention.ingest.Source.of` and its part raise.
        """
        engine = engine_opened(place.engine, place.where)
        try:
            with course.at(engine), answering():
                source = ingest.Source.of(place.path, engine.files)
                return cls(engine, source, source.part(engine))
        except BaseException:
            engine.close()
            raise

    def formed(self, key: str) -> Intake | None:
        """The orders that were formed of the rows, None where they were not.

        Parameters
        ----------
        key : of what they depend on

        Raises
        ------
        InputError
            Why there are none.
        """
        with self._changing:
            place = self._formed.get(key)
        return None if place is None else place.given()

    def forming(self, part: RawTable, key: str, columns: Mapping, options: dict[str, Any]) -> Forming | None:
        """Begin to form orders; None where that was done, whatever came of it.

        Parameters
        ----------
        part : of the rows, as its source has it
        key : of what the orders depend on
        columns, options : as of `retention.ingest.large_orders`
        """
        place = self._place_of(key)
        return None if place.found is not None else Forming(self, place, part, columns, options)

    def _place_of(self, key: str) -> _Place:
        """Where orders are or will be; those that were asked for longest ago make room."""
        with self._changing:
            place = self._formed.setdefault(key, _Place())
            self._formed.move_to_end(key)
            if len(self._formed) > _FORMED:
                self._formed.popitem(last=False)
        return place

    def _orders(self, part: RawTable, columns: Mapping, options: dict[str, Any]) -> Intake:
        """Form orders in tables of their own, which go when nobody has them any more."""
        engine = self._engine.apart()
        try:
            with answering():
                intake = ingest.large_orders(self._source, part, columns, engine, **options)
        except BaseException:
            engine.close()
            raise
        weakref.finalize(intake.orders, _close_apart, engine).atexit = False
        return intake


class _Place:
    """Where the orders of one way of reading will be."""

    def __init__(self) -> None:
        self.alone = Lock()
        self.found: Intake | InputError | None = None

    def given(self) -> Intake | None:
        if isinstance(self.found, InputError):
            raise copy.copy(self.found)
        return self.found


class Forming(Work["Intake"]):
    """Orders that are being formed, or are by another: see `Held.forming`."""

    def __init__(
        self, held: Held, place: _Place, part: RawTable, columns: Mapping, options: dict[str, Any]
    ) -> None:
        self._held, self._place, self._asked = held, place, (part, columns, options)
        super().__init__(name="orders of a source")

    def _made(self) -> Intake:
        with self._alone(self._place.alone):
            found = self._place.given()
            if found is None:
                found = self._place.found = self._formed()
            return found

    def _formed(self) -> Intake:
        try:
            with self.course.at(self._held._engine):  # noqa: SLF001  as above
                return self._held._orders(*self._asked)  # noqa: SLF001
        except Unanswered:
            self._go_on()  # it was called off: that is why
            raise
        except InputError as refusal:
            self._place.found = copy.copy(refusal)
            raise


def _close_apart(engine: Beyond) -> None:
    """Where it is let go, nobody may wait, nor be in the middle of asking it."""
    Thread(target=_close, args=(engine,), name="engine closing").start()


def _close(engine: Beyond) -> None:
    try:
        engine.close()
    except Exception as failure:  # noqa: BLE001  its server may be gone, and with it what there was to close
        _LOG.warning("what an engine held could not be let go: %s", type(failure).__name__)


@atexit.register
def close_all() -> None:
    """Close what is open, as the process ends: told to end by a signal, a server does so by itself."""
    end_all()
    for engine in list(_open):
        _close(engine)
