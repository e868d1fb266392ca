"""The file a host names sources in, read without the app: the one Streamlit reads its secrets from."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from retention.errors import InputError
from retention.sources.configured import sources_in

if TYPE_CHECKING:
    from retention.sources.configured import Source


def sources_of(file: str) -> dict[str, Source]:
    """Sources a secrets file names, by key.

    Raises
    ------
    InputError
        ``cannot_open``, or ``sources_wrong`` with the reason.
    """
    try:
        content = tomllib.loads(Path(file).read_text("utf-8"))
    except OSError as error:
        raise InputError("cannot_open", name=file, reason=error.strerror or "") from error
    except ValueError:
        content = None
    if content is None:  # out of the handler: what a parser says may quote a secret
        raise InputError("sources_wrong", name=file, reason="not TOML")
    try:
        return sources_in(content.get("sources", {}))
    except ValueError as error:
        raise InputError("sources_wrong", name=file, reason=str(error)) from None
