"""What was understood of a file, in a sentence, and where that comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from pandas.api import types

from retention import ingest
from retention.errors import InputError
from retention.ui.data import columns, currency
from retention.ui.parts import problems, screen
from retention.ui.parts.cached import cached
from retention.ui.state import loaded, mapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from retention.ingest import Account, Intake
    from retention.ui.state.loaded import Source

_PREVIEW_ROWS = 10
_CURRENCY_CODES = {"several_currencies", "no_such_currency"}


def show() -> None:
    """The file in a sentence: rows, orders, customers, days, the amount; or why it cannot be used."""
    found = _problem()
    if found is not None and found.code in _CURRENCY_CODES:
        st.session_state["currencies"] = found.details["currencies"]
    currency.keep_one()
    if found is not None:
        problems.error(found)
        return
    held = loaded.intake()
    account, window = held.account, held.orders.window
    screen.headline(
        "data.understood",
        rows=account.rows,
        orders=account.purchases,
        customers=account.customers,
        first=window.first,
        last=window.last,
    )
    _beside()
    _warnings(held)
    _no_sales()
    currency.offer()
    if not mapped.unanswered(loaded.questions()):
        screen.next_step("cohorts")


def preview(here: Source) -> None:
    """The first rows as they stand in the file."""
    st.markdown(f"**{screen.say('data.preview')}**")
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
    mapping = loaded.mapping()
    if mapping is None:
        return ""
    if mapping.amount:
        return screen.say("data.basis.amount", column=mapping.amount)
    return screen.say("data.basis.parts", quantity=mapping.quantity, price=mapping.price)


def _beside() -> None:
    """What else was understood, in a line: where the reading comes from, products, rows not used."""
    told = (_basis(), *_origin(), *_products(), *_set_aside(), *_no_orders(), *_unsure())
    screen.paragraph(*filter(None, told))


def _origin() -> Iterator[str]:
    """Where the reading comes from: a known export, the file before, the sheet, several files."""
    here = loaded.file()
    if here is None:
        return
    if here.guess.platform:
        yield screen.say("data.platform", platform=here.guess.platform)
    if st.session_state.get("mapping_remembered"):
        yield screen.say("data.remembered")
    if len(here.raw.files) > 1:
        yield screen.say("data.files", n=len(here.raw.files), files=list(here.raw.files))
    if here.raw.left_out:
        yield screen.say("data.files_left_out", n=len(here.raw.left_out), files=list(here.raw.left_out))


def _products() -> Iterator[str]:
    """How many products the file names, and in which column."""
    here, mapping = loaded.file(), loaded.mapping()
    if here is None or here.held is not None:  # of which a part of the rows tells nothing
        return
    if mapping is not None and mapping.product is not None:
        n = cached(ingest.count_products, here.raw, mapping.product)
        yield screen.say("data.products", n=n, column=mapping.product)


def _set_aside() -> Iterator[str]:
    """How many rows could not be used, where these are few; many are a warning."""
    account = loaded.intake().account
    if account.rows_set_aside and not account.many_set_aside:
        yield _not_used(account)


def _no_orders() -> Iterator[str]:
    """How many of the rows used are no order of their own, and what they are."""
    held = loaded.intake()
    if held.account.rows_within_orders:
        zero = ".zero" if "zero" in held.worth else ""
        yield screen.say(f"data.no_order{zero}", n=held.account.rows_within_orders)


def _not_used(account: Account) -> str:
    return screen.say("data.set_aside", n=account.rows_set_aside, share=account.share_set_aside)


def _unsure() -> Iterator[str]:
    """Columns to be looked at."""
    here = loaded.file()
    found = columns.unsure(here) if here else []
    if found:
        yield screen.say("data.unsure", n=len(found), columns=found)


def _warnings(held: Intake) -> None:
    """What a reader of any figure of this file must know, but what is asked about above."""
    codes = {warning.code for warning in held.warnings}
    if held.account.many_set_aside and "much_set_aside" not in codes:  # which says the same, with the money
        st.warning(_not_used(held.account), icon=":material/warning:")
    open_ = {f"{question.code}_assumed" for question in mapped.unanswered(loaded.questions())}
    problems.warnings(warning for warning in held.warnings if warning.code not in open_)


def _no_sales() -> None:
    """Ask which words of the status were no sale, where nobody knows them."""
    here, mapping = loaded.file(), loaded.mapping()
    if here is None or here.held is not None or mapping is None:
        return
    if words := ingest.words_to_ask(here.raw, mapping):
        st.multiselect(
            screen.say("data.no_sale", column=mapping.status),
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
