"""How this process takes memory of the system and gives it back, where that is Linux."""

from __future__ import annotations

import ctypes
import gc
import sys
import weakref
from types import FunctionType, ModuleType
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Kept = TypeVar("Kept")

_MEGABYTE = 2**20
_KEPT_FREE = -1, 32 * _MEGABYTE  # M_TRIM_THRESHOLD of malloc.h: freed memory up to which none is given back
_ON_ITS_OWN = -3, 16 * _MEGABYTE  # M_MMAP_THRESHOLD: size from which an array is given back by itself
_FEW_PLACES = -8, 2  # M_ARENA_MAX of malloc.h: places from which threads take memory
_SERVER_KEEPS_FREE = -1, 64 * _MEGABYTE  # as the C library comes to keep by itself
_LARGE_ON_ITS_OWN = -3, 2 * _MEGABYTE  # by itself it would come to 32
_NO_LARGE_PAGES = 41, 1, 0, 0, 0  # PR_SET_THP_DISABLE of prctl.h
_staying: weakref.WeakValueDictionary[int, object] = weakref.WeakValueDictionary()


def keep() -> None:
    """Keep freed memory from now on, as much as the C library of Linux comes to keep by itself in time.

    Given back and asked for again, it comes as new pages, each of which the system clears before its use.
    """
    _told(_KEPT_FREE, _ON_ITS_OWN)


def from_few_places() -> None:
    """Have all threads take memory from the same two places from now on, the tables of Arrow too.

    By itself the C library opens eight for each processor, and Arrow has its own for each thread. What
    the visitors of a server leave in each of them is rarely whole again, so that it cannot be given back.
    The columns of a large file have places of their own: small things that stay would settle where they were.
    """
    import pyarrow as pa  # noqa: PLC0415  as in `give_back`

    _told(_FEW_PLACES, _SERVER_KEEPS_FREE, _LARGE_ON_ITS_OWN)
    pa.set_memory_pool(pa.system_memory_pool())


def in_small_pages() -> None:
    """Take memory in pages of the usual size from now on, whatever the process was started with."""
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "prctl"):
        library.prctl(*_NO_LARGE_PAGES)


def keep_modules() -> None:
    """Leave all there is now out of the collector's rounds, for good: call it once modules are loaded.

    A round over all modules takes a tenth of a second, in which nothing else is done. What a visitor has
    brought by then would never be let go.
    """
    gc.collect()
    gc.freeze()


def stays(kept: Kept) -> Kept:
    """Note of something that it stays while visitors come and go, with all the tables in it."""
    _staying[id(kept)] = kept
    return kept


def give_back() -> None:
    """Give the system all memory that is free now: what tables and arrays took that are gone."""
    import pyarrow as pa  # noqa: PLC0415  what this module settles comes before anything large is loaded

    gc.collect()
    _forget_views()
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "malloc_trim"):
        library.malloc_trim(0)


def _forget_views() -> None:
    """Have what stays let go of its notes on tables that looked at its columns, and are gone.

    Pandas does so by the five hundred for each column. These notes are what is left of a crowd: small, and on
    so many pages of memory that hardly one is whole again.
    """
    if "pandas" not in sys.modules:
        return
    from pandas._libs.internals import BlockValuesRefs  # noqa: PLC0415  as above

    for each in _held(_staying.values()):
        if type(each) is BlockValuesRefs:
            each.has_reference()  # which counts, for which it drops those that are gone


def _held(roots: Iterable[object]) -> Iterator[Any]:
    """All that objects hold, however deep; of a function only what it was made with."""
    seen: set[int] = set()
    ahead = list(roots)
    while ahead:
        each = ahead.pop()
        if id(each) in seen or not gc.is_tracked(each) or isinstance(each, type | ModuleType):
            continue
        seen.add(id(each))
        yield each
        ahead += (each.__closure__ or ()) if isinstance(each, FunctionType) else gc.get_referents(each)


def _told(*options: tuple[int, int]) -> None:
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "mallopt"):
        for option in options:
            library.mallopt(*option)
