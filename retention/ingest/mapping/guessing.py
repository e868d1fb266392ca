"""Which column is what, as a known export has it or as headings and contents suggest."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, get_args

import numpy as np

from retention.errors import InputError
from retention.ingest.columns.line_items import amount_layout
from retention.ingest.columns.reasons import Reason
from retention.ingest.columns.search import Search
from retention.ingest.columns.texts import identifiers
from retention.ingest.mapping.cents import says_so
from retention.ingest.mapping.exports import recognise
from retention.ingest.mapping.mapped_columns import orders_of, read_amounts
from retention.ingest.mapping.mapping import Mapping, Role, mapping_of, require_columns
from retention.ingest.mapping.questions import Question, amount_once, open_questions
from retention.ingest.words.headings import first_matching, holding, matching
from retention.ingest.words.vocabulary import ORDERS, SPEND

if TYPE_CHECKING:
    from retention.ingest.columns.line_items import Layout
    from retention.ingest.mapping.platform import Platform
    from retention.ingest.parse.reading import RawTable

_NEEDED = ("customer", "date", "amount")
_HEAD = 20_000  # first rows; the lines of an order stand together


@dataclass(frozen=True)
class Guess:
    """What the columns seem to be.

    Attributes
    ----------
    mapping : None while something is missing
    platform : code of the export the headings belong to, None where they belong to none
    missing : of "customer", "date" and "amount", what no column was found for
    columns : those found, by what they are, whether or not something is missing
    confidence : in each of these, from 0 to 1; 1 where given or known of the export
    questions : what the file leaves open, for whoever uses the mapping
    reasons : by role, why the column was taken, and the next best; `explain` adds what each gives
    formulas : column headed as what is missing, that holds formulas without values
    of_spend : whether the headings are those of marketing spend, and nothing says who bought
    """

    mapping: Mapping | None
    platform: str | None = None
    missing: tuple[str, ...] = ()
    columns: dict[str, str] = field(default_factory=dict)
    confidence: dict[str, float] = field(default_factory=dict)
    questions: tuple[Question, ...] = ()
    reasons: dict[str, Reason] = field(default_factory=dict)
    formulas: str | None = None
    of_spend: bool = False

    def refusal(self) -> InputError:
        """Why the file cannot be used while there is no mapping."""
        if self.of_spend:
            return InputError("orders_are_spend")
        if self.formulas is not None:
            return InputError("formulas_without_values", column=self.formulas)
        return InputError("no_usable_column", missing=list(self.missing))


def guess(raw: RawTable, **given: str | None) -> Guess:
    """Guess the mapping of a file.

    Parameters
    ----------
    **given : column by role (customer, order, date, amount, quantity, price, segment, currency, status,
        refund, refunded, other_customer, discount, product), where it is known; they go before `raw.known`

    Raises
    ------
    InputError
        ``no_such_column`` for a given column the file lacks; ``no_buyer`` for an export that names no
        customer, unless one is given.
    """
    if unknown := given.keys() - set(get_args(Role)):
        raise TypeError(f"no such role: {sorted(unknown)}")
    fixed = raw.known | {role: column for role, column in given.items() if column is not None}
    require_columns(raw, fixed.values())
    if known := recognise(raw.table.columns, buyer_given="customer" in fixed):
        return _of_platform(raw, *known, fixed)
    search = Search(raw, fixed)
    found, missing = search.found(), tuple(role for role in _NEEDED if not search.has(role))
    if missing:
        formulas = _formulas_for(raw, missing)
        of_spend = "customer" in missing and _of_spend(raw)
        return Guess(None, None, missing, found, search.confidence, (), search.reasons, formulas, of_spend)
    mapping = mapping_of(found)
    lines = lines_of(raw, mapping)
    if lines != "rows":
        mapping = mapping_of(search.found_prices(), once_per_order=True)
    if says_so(raw, mapping):
        mapping = replace(mapping, cents=True)
    asked = (amount_once(raw, mapping),) if lines == "open" else ()
    questions = asked + open_questions(raw, mapping)
    return Guess(mapping, None, (), found, search.confidence, questions, search.reasons)


def _of_spend(raw: RawTable) -> bool:
    """Whether the headings are those of marketing spend."""
    return first_matching(list(raw.table.columns), SPEND).keys() >= {"month", "channel", "amount"}


def _formulas_for(raw: RawTable, missing: tuple[str, ...]) -> str | None:
    """Name the column that would be what is missing, had its formulas values."""
    headed = (
        name
        for role in missing
        for name in (*matching(raw.formulas, ORDERS[role]), *holding(raw.formulas, role))
    )
    return next(headed, None)


def questions_about(raw: RawTable, mapping: Mapping) -> tuple[Question, ...]:
    """What the file leaves open where the reader has chosen the columns.

    Raises
    ------
    InputError
        ``no_such_column`` for a column the file lacks.
    """
    require_columns(raw, mapping.columns.values())
    apart = mapping.platform is None and lines_of(raw, mapping) == "open"
    asked = (amount_once(raw, mapping),) if apart else ()
    return asked + open_questions(raw, replace(mapping, day_first=None, decimal=None, cents=None))


def lines_of(raw: RawTable, mapping: Mapping) -> Layout:
    """Whether the amount is each row's own ("rows"), its order's ("once"), or either ("open")."""
    if mapping.order is None or mapping.amount is None:
        return "rows"
    head = raw.at(np.arange(min(len(raw.table), _HEAD)))
    if identifiers(head.table[mapping.order]).dropna().is_unique:
        return "rows"
    amounts, again = read_amounts(head, mapping).value, head.table.duplicated().to_numpy()
    return amount_layout(mapping.amount, orders_of(head, mapping), amounts, again)


def _of_platform(raw: RawTable, platform: Platform, mapping: Mapping, fixed: dict[str, str]) -> Guess:
    mapping = _overridden(mapping, fixed)
    columns = {str(role): name for role, name in mapping.columns.items()}
    certain = dict.fromkeys(columns, 1.0)
    reasons = {role: Reason(name, "given" if role in fixed else "known") for role, name in columns.items()}
    return Guess(mapping, platform.code, (), columns, certain, open_questions(raw, mapping), reasons)


def _overridden(mapping: Mapping, fixed: dict[str, str]) -> Mapping:
    """Put given columns in place of the export's own; a given amount is each row's."""
    columns = {str(role): column for role, column in mapping.columns.items()} | fixed
    own_amount = fixed.get("amount", mapping.amount) == mapping.amount
    if "amount" in fixed:
        columns = {role: column for role, column in columns.items() if role not in {"quantity", "price"}}
    about = {"once_per_order": mapping.once_per_order and own_amount, "platform": mapping.platform}
    return mapping_of(columns, **about)
