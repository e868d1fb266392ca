"""Settings a host gives by variables: bounds that are whole numbers, each under its name."""

from __future__ import annotations

from dataclasses import field, fields
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

Bounds = TypeVar("Bounds")
_LEAST = "least"


def switched_off_by_zero(usual: int) -> Any:
    """A bound that may be 0 as well, which turns off what it is of.

    Parameters
    ----------
    usual : its default
    """
    return field(default=usual, metadata={_LEAST: 0})


def bounds_in(environment: Mapping[str, str], kind: type[Bounds]) -> Bounds:
    """Bounds as an environment sets them: the field ``rows`` by ``RITORNO_ROWS``, and so on.

    Parameters
    ----------
    kind : a dataclass of whole numbers above 0, each with its default; see `switched_off_by_zero`

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
    least = {f"RITORNO_{each.name.upper()}": each.metadata.get(_LEAST, 1) for each in fields(made)}
    given = {variable: environment[variable] for variable in least if variable in environment}
    for variable, text in given.items():
        if not text.isdecimal() or int(text) < least[variable]:
            bound = "above 0" if least[variable] else "from 0"
            raise ValueError(f"{variable} must be a whole number {bound}, not {text!r}")
    found: Bounds = made(**{_name(variable): int(text) for variable, text in given.items()})
    return found


def _name(variable: str) -> str:
    """The field a variable sets."""
    return variable.removeprefix("RITORNO_").lower()
