"""A snapshot as a small JSON file, and back: what is no such file is refused."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from retention.errors import InputError
from retention.lifetime_value import FAMILIES
from retention.periods import key, number_of
from retention.snapshot.figures import FIGURES, Span, Sums
from retention.snapshot.snapshot import Past, Sealed, Snapshot
from retention.statistics import Estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST = 200_000  # bytes; a real one has some twenty thousand
_WHAT, _VERSION = "retention-snapshot", 1
_LONGEST, _MOST_SPANS, _MOST_SEALED, _MOST_MONTHS = 300, 40, 12, 120
_MOST = 1e15  # no sum of a shop comes near, and its square is still a number


def dump(snapshot: Snapshot) -> bytes:
    """The file's content: JSON that says what it is and in which version."""
    content = {
        "what": _WHAT,
        "version": _VERSION,
        **{name: getattr(snapshot, name) for name in ("made", "name", "currency", "first", "end")},
        "past": asdict(snapshot.past),
        "within": snapshot.within,
        "spans": [
            {
                "from": key(span.first, "month"),
                "to": key(span.last, "month"),
                **{name: asdict(sums) for name, sums in span.sums.items()},
            }
            for span in snapshot.spans
        ],
        **{name: getattr(snapshot, name) for name in ("model", "regularity", "season")},
        "sealed": [
            {
                "months": each.months,
                "due": each.due,
                "purchases": _ends(each.purchases),
                "revenue": _ends(each.revenue),
                "corrected": each.corrected,
            }
            for each in snapshot.sealed
        ],
    }
    return (json.dumps(content, indent=1, ensure_ascii=False, default=date.isoformat) + "\n").encode()


def load(content: bytes) -> Snapshot:
    """Read what `dump` wrote.

    Raises
    ------
    InputError
        ``not_a_snapshot`` for anything else, with the `reason`: too_long, not_json, other_content,
        other_version, or wrong_value with its `field`.
    """
    if len(content) > LARGEST:
        raise InputError("not_a_snapshot", reason="too_long", field="")
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError("not_a_snapshot", reason="not_json", field="") from error
    if not isinstance(found, dict) or found.get("what") != _WHAT:
        raise InputError("not_a_snapshot", reason="other_content", field="")
    if found.get("version") != _VERSION:
        raise InputError("not_a_snapshot", reason="other_version", field="")
    return _snapshot(_Reader(found))


def _snapshot(read: _Reader) -> Snapshot:
    past, model = read.inside("past"), read.one_of("model", (*FAMILIES, None))
    snapshot = Snapshot(
        made=read.day("made"),
        name=read.string("name"),
        currency=None if read.found.get("currency") is None else read.string("currency"),
        first=read.day("first"),
        end=read.day("end"),
        past=Past(past.count("customers"), past.count("orders"), past.number("revenue_net")),
        within=read.count("within"),
        spans=tuple(_span(each) for each in read.several("spans", _MOST_SPANS)),
        model=model,
        regularity=None if model is None else read.count("regularity"),
        season=None if model is None else read.one_of("season", (True, False)),
        sealed=tuple(_sealed(each) for each in read.several("sealed", _MOST_SEALED)),
    )
    if snapshot.first > snapshot.end:
        raise _wrong("end")
    if any(each.due <= snapshot.end for each in snapshot.sealed):
        raise _wrong("due")
    if any(span.first_day < snapshot.first or span.last_day > snapshot.end for span in snapshot.spans):
        raise _wrong("spans")
    return snapshot


def _span(read: _Reader) -> Span:
    first, last = (number_of(read.day(name, "-01"), "month") for name in ("from", "to"))
    if first > last:
        raise _wrong("to")
    return Span(first, last, {name: _sums(read.inside(name)) for name in FIGURES if name in read.found})


def _sums(read: _Reader) -> Sums:
    squares = {name: read.number(name) for name in ("part2", "whole", "whole2")}
    if min(squares.values()) < 0:
        raise _wrong("part2")
    return Sums(read.count("customers"), read.number("part"), cross=read.number("cross"), **squares)


def _sealed(read: _Reader) -> Sealed:
    return Sealed(
        months=read.count("months", _MOST_MONTHS),
        due=read.day("due"),
        purchases=_estimate(read.inside("purchases")),
        revenue=_estimate(read.inside("revenue")),
        corrected=read.one_of("corrected", (True, False)),
    )


def _estimate(read: _Reader) -> Estimate:
    value = read.number("value")
    if read.found.get("low") is None or read.found.get("high") is None:
        return Estimate(value)
    low, high = read.number("low"), read.number("high")
    if low > high:
        raise _wrong("low")
    return Estimate(value, low, high, "predictive")


def _ends(figure: Estimate) -> dict[str, float | None]:
    return {"value": figure.value, "low": figure.low, "high": figure.high}


def _wrong(field: str) -> InputError:
    return InputError("not_a_snapshot", reason="wrong_value", field=field)


class _Reader:
    """Values of an object of JSON, each of which must be what it should."""

    def __init__(self, found: Any, name: str = "") -> None:
        if not isinstance(found, dict):
            raise _wrong(name)
        self.found = found

    def inside(self, name: str) -> _Reader:
        return _Reader(self.found.get(name), name)

    def several(self, name: str, most: int) -> list[_Reader]:
        rows = self.found.get(name)
        if not isinstance(rows, list) or len(rows) > most:
            raise _wrong(name)
        return [_Reader(row, name) for row in rows]

    def string(self, name: str) -> str:
        value = self.found.get(name)
        if not isinstance(value, str) or len(value) > _LONGEST or not value.isprintable():
            raise _wrong(name)
        return value

    def day(self, name: str, rest: str = "") -> date:
        try:
            return date.fromisoformat(self.string(name) + rest)
        except ValueError as error:
            raise _wrong(name) from error

    def number(self, name: str) -> float:
        value: Any = self.found.get(name)
        if type(value) not in {int, float} or not abs(value) <= _MOST**2:  # nor NaN
            raise _wrong(name)
        return float(value)

    def count(self, name: str, most: float = _MOST) -> int:
        value = self.found.get(name)
        if type(value) is not int or not 0 <= value <= most:
            raise _wrong(name)
        return value

    def one_of(self, name: str, allowed: Sequence[Any]) -> Any:
        value = self.found.get(name)
        if not any(value is each or (value == each and type(value) is type(each)) for each in allowed):
            raise _wrong(name)
        return value
