"""What becomes of the memory of arrays that are done with: this process keeps it for the next ones.

Given back and asked for again, it comes as new pages, each of which the system clears before its first use.
"""

import ctypes
import sys

_MEGABYTE = 2**20
_KEPT_FREE = -1, 32 * _MEGABYTE  # M_TRIM_THRESHOLD of malloc.h: freed memory up to which none is given back
_ON_ITS_OWN = -3, 16 * _MEGABYTE  # M_MMAP_THRESHOLD: size from which an array is given back by itself


def keep() -> None:
    """Keep freed memory from now on, as much as the C library of Linux comes to keep by itself in time."""
    if sys.platform == "linux" and hasattr(library := ctypes.CDLL(None), "mallopt"):
        for option in (_KEPT_FREE, _ON_ITS_OWN):
            library.mallopt(*option)
