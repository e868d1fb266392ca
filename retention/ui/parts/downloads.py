"""Tables that leave: headings in the reader's language, cells no spreadsheet can take for a formula."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import pandas as pd
from pandas.api import types

from retention.text import LANGUAGES
from retention.text.formats import NOTHING
from retention.text.spreadsheet import kept_as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from pandas.io.formats.style import Styler

    from retention.text import Words

_SHARES = frozenset(
    [
        "chance",
        "churn",
        "followed",
        "gap",
        "goes_on",
        "gone_on",
        "group_share",
        "high",
        "lifetime",
        "loyal_share",
        "low",
        "mape",
        "margin_share",
        "naive",
        "other_rate",
        "others_share",
        "p_alive",
        "rate",
        "renewal_rate",
        "reached",
        "repeat_rate",
        "renewal_expected",
        "retention_after",
        "retention_before",
        "retention_rate",
        "retention_share",
        "share",
        "share_active",
        "share_at_risk",
        "share_of_cohort",
        "share_of_customers",
        "share_of_orders",
        "share_of_revenue",
        "share_of_value",
        "share_once",
        "strict_retention",
        "success",
        "success_high",
        "success_low",
        "uplift_share",
        "within",
        "within_high",
        "within_low",
    ]
)
_POINTS = frozenset({"difference_points", "points_high", "points_low"})
_CHANGES = frozenset({"bias", "rise", "rise_low", "rise_high", "rise_month"})
_DAYS = frozenset({"date", "first_bought", "last_bought"})
_MONEY = frozenset(
    [
        "acquisition",
        "after",
        "amount",
        "at_risk_high",
        "at_risk_low",
        "average_cost",
        "average_order",
        "average_order_value",
        "base_after",
        "balance",
        "balance_high",
        "balance_low",
        "base_before",
        "before",
        "break_even",
        "break_even_high",
        "break_even_low",
        "cac",
        "cac_first",
        "cac_high",
        "cac_last",
        "cac_low",
        "clv",
        "clv_high",
        "clv_if_active",
        "clv_low",
        "clv_mean",
        "contribution",
        "cost_each",
        "cost_high",
        "cost_low",
        "cumulative_revenue",
        "expected_spend",
        "firm_after",
        "firm_before",
        "first_value",
        "from_value",
        "gain",
        "gain_at_high",
        "gain_at_low",
        "gain_high",
        "gain_low",
        "gross",
        "gross_after",
        "gross_before",
        "gross_per_customer",
        "m_x",
        "marginal_cost",
        "money",
        "money_came",
        "money_expected",
        *("mrr_back", "mrr_end", "mrr_less", "mrr_lost", "mrr_more", "mrr_new", "mrr_start"),
        "most_a_year",
        "net",
        "net_gain",
        "net_order_value",
        "net_per_active",
        "net_per_customer",
        "other_value_mean",
        "other_value_median",
        "new_after",
        "new_before",
        "profit_month",
        "programme_cost",
        "refunds",
        "retention",
        "retention_cost",
        "return_of_next",
        "revenue",
        "revenue_change",
        "revenue_in_all",
        "revenue_net",
        "revenue_per_customer",
        "room",
        "spent",
        "stake",
        "stake_or_to_come",
        "to_come",
        "to_value",
        "value",
        "value_at_risk",
        "value_mean",
        "value_median",
    ]
)


def csv(frame: pd.DataFrame, words: Words, cells: str | Mapping[str, str] | None = None) -> bytes:
    """A table as CSV the reader's spreadsheet opens: with semicolons and decimal commas in Italian.

    Headings of money say the currency, since its cells are bare numbers. Text that a spreadsheet would run as
    a formula is led by an apostrophe.

    Parameters
    ----------
    cells : see `readable`
    """
    language = LANGUAGES[words.language]
    decimal = language.decimal
    safe = headed(frame, words)
    money = [_is_money(what, frame[name]) for name, what in _contents(frame, words, cells).items()]
    named = [words.in_money(str(name)) if paid else str(name) for name, paid in zip(safe, money, strict=True)]
    safe.columns = pd.Index([kept_as_text(name) for name in named])
    for name in safe.columns:
        if not types.is_numeric_dtype(safe[name]) and not types.is_datetime64_any_dtype(safe[name]):
            safe[name] = safe[name].map(lambda cell: _cell(cell, decimal))
    # Ending rows so makes the writer quote cells with a return of their own, which would else begin a row.
    written = safe.to_csv(index=False, sep=language.delimiter, decimal=decimal, lineterminator="\r\n")
    return ("\ufeff" + written).encode()


def headed(frame: pd.DataFrame, words: Words) -> pd.DataFrame:
    """A copy whose headings are the reader's: ours are in the catalogue, a file's own stay."""
    return frame.rename(columns={name: words.heading(str(name)) for name in frame.columns})


def readable(frame: pd.DataFrame, words: Words, cells: str | Mapping[str, str] | None = None) -> Styler:
    """A table on screen: shares, money and counts written in the reader's way.

    Parameters
    ----------
    cells : what stands in columns whose headings are not ours, by the name of a column that is; or what
        stands in some of the columns, by theirs
    """
    contents = _contents(frame, words, cells)
    formats = {
        words.heading(str(name)): _writer(what, frame[name], words, _money_of(what, frame, contents))
        for name, what in contents.items()
    }
    return headed(frame, words).style.format(
        {name: how for name, how in formats.items() if how}, na_rep=NOTHING
    )


def written(
    frame: pd.DataFrame,
    words: Words,
    cells: str | Mapping[str, str] | None = None,
    most: int | None = None,
) -> Styler:
    """A table as it is read, its cells written out once however often it is shown.

    Streamlit has them written anew on every run, which for hundreds of rows takes longer than all else.

    Parameters
    ----------
    cells : see `readable`
    most : rows to show, all unless told
    """
    table = readable(frame if most is None else frame.head(most), words, cells)
    table._translate = functools.cache(table._translate)  # type: ignore[attr-defined]  # noqa: SLF001
    return table


def _contents(
    frame: pd.DataFrame, words: Words, cells: str | Mapping[str, str] | None
) -> dict[Hashable, str]:
    """What stands in each column, by the name of a column of ours that holds such."""
    if cells is None or isinstance(cells, str):
        cells = {name: cells or name for name in map(str, frame.columns) if words.heading(name) == name}
    return {name: cells.get(str(name), str(name)) for name in frame.columns}


def _is_money(what: str, column: pd.Series) -> bool:
    return what in _MONEY and types.is_numeric_dtype(column) and not types.is_bool_dtype(column)


def _money_of(what: str, frame: pd.DataFrame, contents: Mapping[Hashable, str]) -> Iterable[float]:
    """All amounts of one kind, the ends of its intervals among them, which are written in one way."""
    kind = _without_end(what)
    paid = [name for name, other in contents.items() if _without_end(other) == kind]
    return (amount for name in paid if _is_money(what, frame[name]) for amount in frame[name].dropna())


def _without_end(name: str) -> str:
    return name.removesuffix("_low").removesuffix("_high")


def _writer(
    name: str, column: pd.Series, words: Words, paid: Iterable[float] = ()
) -> Callable[[Any], str] | None:
    if name in _DAYS:
        return words.day
    if not types.is_numeric_dtype(column) or types.is_bool_dtype(column):
        return None
    kinds: tuple[tuple[frozenset[str], Callable[[Any], str]], ...] = (
        (_SHARES, words.percent),
        (_CHANGES, words.change),
        (_POINTS, lambda points: words.points(points / 100)),
        (_MONEY, words.money_among(paid)),
    )
    usual = words.count if types.is_integer_dtype(column) else words.number
    return next((write for names, write in kinds if name in names), usual)


def _cell(cell: Any, decimal: str) -> Any:
    """A cell of a column of text, or of text among numbers."""
    if isinstance(cell, str):
        return kept_as_text(cell)
    return str(cell).replace(".", decimal) if isinstance(cell, float) and not pd.isna(cell) else cell
