"""The mapping as the visitor has it: what was found, changed, or chosen for such a file before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import streamlit as st

from retention import ingest
from retention.ingest import ROLES, Mapping

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retention.ingest import Guess, Question, RawTable

AUTO = "auto"
_TELL_ORDERS = {"order", "customer", "date", "amount"}  # numbers that begin again are told apart by these
_TELL_CENTS = {"amount", "price"}


@dataclass(frozen=True)
class Way:
    """How something is written in a file: where the visit keeps it, and what each of its codes means."""

    key: str
    codes: dict[str, Any]

    def code_of(self, value: object) -> str | None:
        """The code of a value, None where it is none of ours."""
        return next((code for code, meaning in self.codes.items() if meaning == value), None)


WAYS = {
    "day_first": Way("map_dates", {"day_first": True, "month_first": False}),
    "decimal": Way("map_decimal", {",": ",", ".": "."}),
    "once_per_order": Way("map_once", {"rows": False, "order": True}),
    "cents": Way("map_cents", {"as_written": False, "cents": True}),
}


def begin(raw: RawTable, guess: Guess) -> None:
    """Take the mapping such a file had before in this visit, else the one found."""
    before = _remembered().get(ingest.shape(raw))
    st.session_state["mapping_remembered"] = before is not None
    if before is not None:
        apply(before)
        return
    for role in ROLES:
        st.session_state[f"map_{role}"] = guess.columns.get(role)
    st.session_state["map_platform"] = guess.mapping.platform if guess.mapping else None
    st.session_state["map_no_sale"] = []
    _set_ways(guess.mapping, guess.questions)


def apply(mapping: Mapping) -> None:
    """Set every choice as a mapping has it."""
    for role in ROLES:
        st.session_state[f"map_{role}"] = getattr(mapping, role)
    st.session_state["map_platform"] = mapping.platform
    st.session_state["map_no_sale"] = list(mapping.no_sale)
    _set_ways(mapping, ())


def remember(raw: RawTable, mapping: Mapping) -> None:
    """Keep the mapping for files of the same headings that come later in this visit."""
    _remembered()[ingest.shape(raw)] = mapping


def chosen() -> Mapping | None:
    """The mapping of the choices, None while a column that is needed is missing."""
    columns: dict[str, Any] = {role: st.session_state.get(f"map_{role}") for role in ROLES}
    by_parts = columns["amount"] is None and columns["quantity"] is not None and columns["price"] is not None
    if columns["customer"] is None or columns["date"] is None or (columns["amount"] is None and not by_parts):
        return None
    written: dict[str, Any] = {
        field: way.codes[st.session_state[way.key]]
        for field, way in WAYS.items()
        if st.session_state.get(way.key) in way.codes
    }
    if columns["order"] is None:
        written.pop("once_per_order", None)
    no_sale = tuple(st.session_state.get("map_no_sale") or ())
    return Mapping(**columns, **written, no_sale=no_sale, platform=st.session_state.get("map_platform"))


def unanswered(questions: Iterable[Question]) -> tuple[Question, ...]:
    """The questions whose answer is not among the choices."""
    return tuple(q for q in questions if st.session_state.get(WAYS[q.field].key) not in WAYS[q.field].codes)


def chosen_anew(raw: RawTable, guess: Guess, role: str) -> None:
    """Ask again what other columns had answered, where one that tells it was chosen."""
    if role in _TELL_ORDERS:
        _ask_whose_amounts(raw)
    if role in _TELL_CENTS:
        _ask_of_cents(guess)
    if role == "status":
        st.session_state["map_no_sale"] = []


def _ask_whose_amounts(raw: RawTable) -> None:
    """Forget how amounts belong to orders."""
    mapping = chosen()
    found = "rows" if mapping is None else ingest.lines_of(raw, mapping)
    st.session_state["map_once"] = {"rows": "rows", "once": "order"}.get(found)


def _ask_of_cents(guess: Guess) -> None:
    """Forget whether amounts are in cents where another column is chosen than the one found."""
    chosen_now = st.session_state.get("map_amount") or st.session_state.get("map_price")
    found = guess.mapping
    same = found is not None and chosen_now == (found.amount or found.price)
    st.session_state["map_cents"] = WAYS["cents"].code_of(found.cents) if found and same else None


def _set_ways(mapping: Mapping | None, questions: Iterable[Question]) -> None:
    asked = {question.field for question in questions}
    for field, way in WAYS.items():
        code = way.code_of(getattr(mapping, field, None))
        st.session_state[way.key] = None if field in asked else code or _unsaid(field)


def _unsaid(field: str) -> str:
    """The code of a way nobody chose: as the column has it, and each row its own amount as it stands."""
    return {"once_per_order": "rows", "cents": "as_written"}.get(field, AUTO)


def _remembered() -> dict[str, Mapping]:
    known: dict[str, Mapping] = st.session_state.setdefault("mappings", {})
    return known
