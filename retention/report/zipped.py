"""Office files as they are packed: the same content gives the same bytes, whenever it is packed."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip knows


def repacked(content: bytes, change: Callable[[str, bytes], bytes] = lambda _, part: part) -> bytes:
    """The same parts in the same order, none of a time of its own.

    Parameters
    ----------
    change : what becomes of a part, given its name and bytes
    """
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            target.writestr(entry, change(part.filename, source.read(part)))
    return packed.getvalue()
