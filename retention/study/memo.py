"""Results kept: computed on first use, once for what is asked, and counted, so that it can be shown."""

from __future__ import annotations

import copy
import inspect
import threading
from collections import Counter, OrderedDict
from contextlib import contextmanager, nullcontext
from functools import partial, wraps
from typing import TYPE_CHECKING, Any, ClassVar, Concatenate, ParamSpec, TypeVar, overload

from retention.engines import answering
from retention.errors import InputError, Unanswered

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator
    from contextlib import AbstractContextManager

    from retention.study import Study

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S", bound="Part")

KEPT = 64  # results of one kind that are held at once; older ones make room


def _silent(_: str) -> AbstractContextManager[Any]:
    return nullcontext()


def _at_once(compute: Callable[[], Any]) -> Any:
    return compute()


def _never() -> bool:
    return False


class Common:
    """Results of data that is nobody's own, as a sample is: whoever asks first computes, the others wait.

    Only what follows from the data alone belongs here, see `Part.of_visitor`.
    """

    def __init__(self) -> None:
        self._kept: dict[str, OrderedDict[tuple[Hashable, ...], _Place]] = {}
        self._changing = threading.Lock()

    def get(
        self,
        name: str,
        asked: tuple[Hashable, ...],
        compute: Callable[[], Any],
        lasts: Callable[[], bool] = lambda: True,
        most: int = KEPT,
    ) -> Any:
        """A result, or why there is none.

        Parameters
        ----------
        lasts : whether what was computed is true for whoever asks next, too
        most : results of this kind that are held at once
        """
        with self._changing:
            kept = self._kept.setdefault(name, OrderedDict())
            place = kept.setdefault(asked, _Place())
            _make_room(kept, asked, most)
        with place.computing:
            if not place.filled:
                found = _tried(compute)
                if not lasts():
                    return found
                place.found, place.filled = found, True
            return place.found


class _Place:
    """Where a result will be."""

    def __init__(self) -> None:
        self.computing = threading.RLock()
        self.filled = False
        self.found: Any = None


class Memo:
    """What was computed for one data set.

    Parameters
    ----------
    common : what others who look at the same data have computed; None where it is one visitor's own

    Attributes
    ----------
    computed : how often each result was computed, by its name and what it was asked of
    run : how what is not there is computed, given what does so; a page has an engine asked beside it
    given_up : whether nobody waits any more for what this thread computes: nothing of it is kept or told then
    waiting : what to do while a heavy result is computed, given its code: a page says so there
    unanswered : the last time whoever holds the rows gave no answer, also where that was put up with
    """

    def __init__(self, common: Common | None = None) -> None:
        self.common = common
        self.computed: Counter[tuple[Hashable, ...]] = Counter()
        self.run: Callable[[Callable[[], Any]], Any] = _at_once
        self.given_up: Callable[[], bool] = _never
        self.waiting: Callable[[str], AbstractContextManager[Any]] = _silent
        self.unanswered: Unanswered | None = None
        self._kept: dict[str, OrderedDict[tuple[Hashable, ...], Any]] = {}

    def get(
        self,
        name: str,
        asked: tuple[Hashable, ...],
        compute: Callable[[], R],
        *,
        heavy: str | None = None,
        common: bool = False,
        most: int = KEPT,
    ) -> R:
        """A result kept under its name and what was asked; computed where it is not there.

        Parameters
        ----------
        heavy : what is at work, see `result`
        common : whether it follows from the data alone, and refers to no study
        most : results of this kind that are held at once
        """
        kept = self._kept.setdefault(name, OrderedDict())
        found: R | InputError
        if asked in kept:
            found = kept[asked]
        else:
            before = self.unanswered
            with self._noting():
                found = self.run(
                    partial(self._found, name, asked, compute, heavy=heavy, common=common, most=most)
                )
            self.computed[name, *asked] += 1
            if self._answered_since(before):
                kept[asked] = found
        if asked in kept:
            _make_room(kept, asked, most)
        if isinstance(found, InputError):
            raise copy.copy(found)  # the one kept would hold on to every place that ever asked
        return found

    def _found(
        self,
        name: str,
        asked: tuple[Hashable, ...],
        compute: Callable[[], R],
        *,
        heavy: str | None,
        common: bool,
        most: int,
    ) -> R | InputError:
        """A result, or why there is none."""

        def computed() -> R:
            with self._noting(), answering():
                return compute()

        before = self.unanswered
        with self.waiting(heavy) if heavy else nullcontext():
            if common and self.common is not None:
                found: R | InputError = self.common.get(
                    name, asked, computed, lambda: self._answered_since(before), most
                )
                return found
            return _tried(computed)

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Note where nobody answered: what rests on that is not kept, whatever is made of it."""
        try:
            yield
        except Unanswered as silence:
            if not self.given_up():
                self.unanswered = copy.copy(silence)
            raise

    def _answered_since(self, before: Unanswered | None) -> bool:
        return self.unanswered is before and not self.given_up()

    @contextmanager
    def whole(self) -> Iterator[None]:
        """Make something of many results: it goes to nobody where one of them had no answer.

        Raises
        ------
        Unanswered
        """
        before = self.unanswered
        yield
        if self.unanswered is not None and self.unanswered is not before:
            raise self.unanswered

    def has(self, name: str, asked: tuple[Hashable, ...]) -> bool:
        """Whether a result is there already."""
        return asked in self._kept.get(name, ()) and not isinstance(self._kept[name][asked], InputError)


def _make_room(kept: OrderedDict[tuple[Hashable, ...], Any], asked: tuple[Hashable, ...], most: int) -> None:
    """Let what was asked for longest ago go, where there is too much."""
    kept.move_to_end(asked)
    if len(kept) > most:
        kept.popitem(last=False)


def _tried(compute: Callable[[], R]) -> R | InputError:
    """A result, or why there is none: what cannot be computed is not tried again either."""
    try:
        return compute()
    except InputError as refused:
        return copy.copy(refused)


class Part:
    """One subject of a study: its results, each a method whose parameters are all it depends on.

    Parameters
    ----------
    study : whose results it may ask for
    given : what else sets it apart from other parts of its kind

    Attributes
    ----------
    of_visitor : whether its results also come of something a visitor brings to the data: never in `Common`
    """

    of_visitor: ClassVar[bool] = False

    def __init__(self, study: Study, *given: Hashable) -> None:
        self.study = study
        self._given = given

    @property
    def given(self) -> tuple[Hashable, ...]:
        """What else sets it apart from other parts of its kind."""
        return self._given


@overload
def result(compute: Callable[Concatenate[S, P], R], /) -> Callable[Concatenate[S, P], R]: ...


@overload
def result(
    *, heavy: str | None = None, own: bool = False, most: int = KEPT
) -> Callable[[Callable[Concatenate[S, P], R]], Callable[Concatenate[S, P], R]]: ...


def result(
    compute: Callable[..., Any] | None = None,
    /,
    *,
    heavy: str | None = None,
    own: bool = False,
    most: int = KEPT,
) -> Any:
    """Let a method of a part compute only once for the same arguments, which must be hashable.

    Parameters
    ----------
    heavy : what is at work, where that may take seconds: a code that a page has words for
    own : whether it is kept for the visit alone, what it is made of being in `Common`
    most : results of this kind that are held at once, where one takes much room
    """

    def keep(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
        name = method.__qualname__
        signature = inspect.signature(method)

        @wraps(method)
        def kept(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
            bound = signature.bind(self, *args, **kwargs)
            bound.apply_defaults()
            asked = (self.study.whose, *self.given, *tuple(bound.arguments.values())[1:])
            return self.study.memo.get(
                name,
                asked,
                lambda: method(self, *args, **kwargs),
                heavy=heavy,
                common=not (own or self.of_visitor),
                most=most,
            )

        return kept

    return keep if compute is None else keep(compute)
