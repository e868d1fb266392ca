"""Settings a host gives by variables: bounds that are whole numbers, each under its name."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

Bounds = TypeVar("Bounds")


def bounds_in(environment: Mapping[str, str], kind: type[Bounds]) -> Bounds:
    """Bounds as an environment sets them: the field ``rows`` by ``RITORNO_ROWS``, and so on.

    Parameters
    ----------
    kind : a dataclass of whole numbers above 0, each with its default

    Raises
    ------
    ValueError
        For any other text, naming the variable.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True)
    ... class Limits:
    ...     rows: int = 5
    >>> bounds_in({"RITORNO_ROWS": "1000"}, Limits).rows
    1000
    """
    made: Any = kind
    named = {field.name: f"RITORNO_{field.name.upper()}" for field in fields(made)}
    given = {name: environment[variable] for name, variable in named.items() if variable in environment}
    for name, text in given.items():
        if not text.isdecimal() or int(text) == 0:
            raise ValueError(f"{named[name]} must be a whole number above 0, not {text!r}")
    found: Bounds = made(**{name: int(text) for name, text in given.items()})
    return found
