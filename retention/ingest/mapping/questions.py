"""What a file leaves open, and what each answer would mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from retention.ingest.columns.numbers import exact_sum
from retention.ingest.mapping.cents import may_be, says_so
from retention.ingest.mapping.exports import rules_of
from retention.ingest.mapping.mapped_columns import (
    Amounts,
    read_amounts,
    read_mapped_dates,
    total_of,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.ingest.columns.dates import Dates
    from retention.ingest.columns.numbers import Decimal
    from retention.ingest.mapping.mapping import Mapping
    from retention.ingest.parse.reading import RawTable

_EXAMPLES = 3
_SIGNS: tuple[Decimal, Decimal] = (",", ".")


@dataclass(frozen=True)
class Option:
    """One answer.

    Attributes
    ----------
    value : of the mapping's field
    details : what it would mean

        - of ``date_order`` : first, last (dates) and examples, each a text and its date
        - of ``decimal`` : total, and examples, each a text and its number
        - of ``amount_once`` and ``cents`` : total
    """

    value: bool | str
    details: dict[str, Any]


@dataclass(frozen=True)
class Question:
    """Something the file does not tell.

    Attributes
    ----------
    code : "date_order": whether day or month comes first; "decimal": which sign decimals follow;
        "amount_once": whether an amount that is the same on all rows of an order is the order's;
        "cents": whether amounts are in hundredths
    column : it is about
    field : of `Mapping` that holds the answer
    options : the answers; the first is assumed while none is given
    """

    code: Literal["date_order", "decimal", "amount_once", "cents"]
    column: str
    field: Literal["day_first", "decimal", "once_per_order", "cents"]
    options: tuple[Option, Option]


def open_questions(raw: RawTable, mapping: Mapping) -> tuple[Question, ...]:
    """What the mapped columns of a whole file leave open; rows spread over it may tell already."""
    some = raw.spread()
    few = read_amounts(some, mapping)
    money = few if few.decided else read_amounts(raw, mapping)
    questions = [_decimal(raw, mapping, name, sign) for name, sign in money.assumed.items()]
    if rules_of(mapping.platform).day_first is None:
        dates = read_mapped_dates(some, mapping, commas=money.commas)
        if dates.assumed or dates.day_first is None:
            dates = read_mapped_dates(raw, mapping, commas=money.commas)
        questions += [_date_order(raw, mapping, money, dates)] if dates.assumed else []
    if mapping.cents is None and may_be(some, mapping) and may_be(raw, mapping):
        questions.append(_cents(raw, mapping))
    return tuple(questions)


def amount_once(raw: RawTable, mapping: Mapping) -> Question:
    """Whether the amount is the order's, asked of a mapping that assumes either."""
    totals = {once: total_of(raw, replace(mapping, once_per_order=once)) for once in (False, True)}
    assumed = mapping.once_per_order
    return Question(
        "amount_once",
        str(mapping.amount),
        "once_per_order",
        (Option(assumed, {"total": totals[assumed]}), Option(not assumed, {"total": totals[not assumed]})),
    )


def _decimal(raw: RawTable, mapping: Mapping, name: str, assumed: Decimal) -> Question:
    other = _SIGNS[1 - _SIGNS.index(assumed)]
    options = [_with_sign(raw, mapping, name, sign) for sign in (assumed, other)]
    return Question("decimal", name, "decimal", (options[0], options[1]))


def _cents(raw: RawTable, mapping: Mapping) -> Question:
    assumed = says_so(raw, mapping)
    options = [
        Option(answer, {"total": total_of(raw, replace(mapping, cents=answer))})
        for answer in (assumed, not assumed)
    ]
    return Question("cents", str(mapping.amount or mapping.price), "cents", (options[0], options[1]))


def _with_sign(raw: RawTable, mapping: Mapping, name: str, sign: Decimal) -> Option:
    alone = replace(mapping, amount=name, quantity=None, price=None, refunded=None, decimal=sign)
    texts = raw.table[name].astype("str")
    telling = np.flatnonzero(texts.str.contains("[.,]", regex=True, na=False).to_numpy())
    values = read_amounts(raw, alone).value
    examples = [(texts.iloc[i], float(values[i])) for i in _distinct(texts.iloc[telling], telling)]
    return Option(
        sign, {"total": _total(read_amounts(raw, replace(mapping, decimal=sign)).value), "examples": examples}
    )


def _date_order(raw: RawTable, mapping: Mapping, money: Amounts, dates: Dates) -> Question:
    other = read_mapped_dates(raw, replace(mapping, day_first=not dates.day_first), commas=money.commas)
    differ = np.flatnonzero(dates.when != other.when)
    texts = raw.table[mapping.date].astype("str")
    places = _distinct(texts.iloc[differ], differ)
    options = [
        Option(
            bool(reading.day_first),
            {
                "first": _day(np.nanmin(reading.when)),
                "last": _day(np.nanmax(reading.when)),
                "examples": [(texts.iloc[i], _day(reading.when[i])) for i in places],
            },
        )
        for reading in (dates, other)
    ]
    return Question("date_order", mapping.date, "day_first", (options[0], options[1]))


def _distinct(texts: Any, places: NDArray[np.intp]) -> NDArray[np.intp]:
    """Places of the first few texts that differ."""
    again: NDArray[np.bool_] = texts.duplicated().to_numpy(dtype=bool)
    return places[~again][:_EXAMPLES]


def _day(moment: np.datetime64) -> Any:
    return moment.astype("datetime64[D]").item()


def _total(amounts: NDArray[np.float64]) -> float:
    return exact_sum(amounts[~np.isnan(amounts)])
