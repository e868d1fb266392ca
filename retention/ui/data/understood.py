"""What was understood of a file, in a sentence, and where that comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from pandas.api import types

from retention import ingest
from retention.errors import InputError
from retention.ui.data import currency
from retention.ui.parts import screen
from retention.ui.parts.cached import cached
from retention.ui.state import loaded, mapped

if TYPE_CHECKING:
    import pandas as pd

_PREVIEW_ROWS = 10
_CURRENCY_CODES = {"several_currencies", "no_such_currency"}


def show() -> None:
    """The file in a sentence: rows, orders, customers, days, the amount; or why it cannot be used."""
    found = _problem()
    if found is not None and found.code in _CURRENCY_CODES:
        st.session_state["currencies"] = found.details["currencies"]
    currency.keep_one()
    if found is not None:
        screen.error(found)
        return
    held = loaded.intake()
    account, window = held.account, held.orders.window
    sentence = screen.say(
        "data.understood",
        rows=account.rows,
        orders=account.purchases,
        customers=account.customers,
        first=window.first,
        last=window.last,
    )
    st.markdown(f"{sentence} {_basis()}")
    _origin()
    _products()
    _set_aside()
    _no_sales()
    currency.offer()
    if not mapped.unanswered(loaded.questions()):
        screen.next_step("cohorts")


def preview() -> None:
    """The first rows as they stand in the file."""
    here = loaded.source()
    if here is not None:
        with st.expander(screen.say("data.preview"), icon=":material/table_rows:"):
            first = here.raw.table.head(_PREVIEW_ROWS)
            st.dataframe(first.apply(_as_written), hide_index=True, width="stretch")


def _problem() -> InputError | None:
    """Why the file cannot be used as it is mapped, None if it can."""
    try:
        loaded.intake()
    except InputError as error:
        return error
    return None


def _basis() -> str:
    columns = loaded.mapping()
    if columns is None:
        return ""
    if columns.amount:
        return screen.say("data.basis.amount", column=columns.amount)
    return screen.say("data.basis.parts", quantity=columns.quantity, price=columns.price)


def _origin() -> None:
    """Where the reading comes from: a known export, the file before, the sheet, several files."""
    here = loaded.source()
    if here is None:
        return
    if here.guess.platform:
        screen.text("data.platform", platform=here.guess.platform)
    if st.session_state.get("mapping_remembered"):
        screen.text("data.remembered")
    if len(here.raw.files) > 1:
        screen.text("data.files", n=len(here.raw.files), files=list(here.raw.files))
    if here.raw.left_out:
        screen.text("data.files_left_out", n=len(here.raw.left_out), files=list(here.raw.left_out))


def _products() -> None:
    """How many products the file names, and in which column."""
    here, columns = loaded.source(), loaded.mapping()
    if here is not None and columns is not None and columns.product is not None:
        n = cached(ingest.count_products, here.raw, columns.product)
        screen.text("data.products", n=n, column=columns.product)


def _set_aside() -> None:
    account = loaded.intake().account
    if not account.rows_set_aside:
        return
    told = screen.say("data.set_aside", n=account.rows_set_aside, share=account.share_set_aside)
    if account.many_set_aside:
        st.warning(told, icon=":material/warning:")
    else:
        st.caption(told)


def _no_sales() -> None:
    """Ask which words of the status were no sale, where nobody knows them."""
    here, columns = loaded.source(), loaded.mapping()
    if here is None or columns is None:
        return
    if words := ingest.words_to_ask(here.raw, columns):
        st.multiselect(
            screen.say("data.no_sale", column=columns.status),
            words,
            key="map_no_sale",
            placeholder=screen.words().say("data.no_sale.none"),
            help=screen.say("data.no_sale.help"),
            persist_state="session",
        )


def _as_written(column: pd.Series) -> pd.Series:
    """A column as text; whole numbers without the point a column with gaps gives them."""
    whole = types.is_float_dtype(column) and (column.dropna() % 1 == 0).all()
    return column.astype("Int64" if whole else column.dtype).astype("string")
