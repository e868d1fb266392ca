"""Marketing spend by month, channel and purpose, read with the same care as orders."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.errors import DataWarning, InputError
from retention.ingest.columns.dates import read_dates
from retention.ingest.columns.numbers import Numbers, read_numbers
from retention.ingest.columns.texts import distinct_texts, labels, spread
from retention.ingest.mapping.guessing import guess
from retention.ingest.words.headings import are_continental, first_matching, plain
from retention.ingest.words.months import month_number
from retention.ingest.words.vocabulary import PURPOSES, SPEND
from retention.periods import key

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.ingest.parse.reading import RawTable

REQUIRED = ("month", "channel", "amount")
_REASONS = (
    "missing_month",
    "unreadable_month",
    "missing_purpose",
    "unknown_purpose",
    "missing_amount",
    "unreadable_amount",
    "negative_amount",
)
_WINNING = "acquisition"
_KEYS = ["month", "channel", "purpose"]
_CENTS = 6  # digits after which a sum of amounts and credits is 0


@dataclass(frozen=True)
class Spend:
    """What was spent on winning and on keeping customers.

    Attributes
    ----------
    table : one row for each month, channel and purpose

        - ``month`` : number of the month, as in `retention.periods`
        - ``channel`` : text, "" where the row names none
        - ``purpose`` : "acquisition" or "retention"
        - ``amount`` : in the file's currency, credits deducted; never below 0
        - ``leads`` : people addressed, NaN where the file does not say
    rows, rows_used : of the file
    set_aside : rows that could not be used, by reason: missing_month, unreadable_month, missing_purpose,
        unknown_purpose, missing_amount, unreadable_amount, negative_amount (credits of a month, channel and
        purpose above what was spent there)
    unused : these rows, alike ones summed: ``month`` (as 2024-03 where it can be read) and ``purpose`` as
        written, ``channel``, ``amount`` and ``leads`` where they can be read
    columns : the file's column for each of month, channel, amount, purpose and leads
    warnings : ``spend_rows_set_aside`` (``n`` of ``rows``, ``reasons``, ``amount`` as far as it can be read),
        ``spend_leads_unknown`` (``n`` rows whose leads are below 0 or cannot be read),
        ``spend_decimal_assumed``, ``spend_date_order_assumed``, ``spend_purpose_assumed``
    """

    table: pd.DataFrame
    rows: int
    rows_used: int
    set_aside: dict[str, int]
    unused: pd.DataFrame
    columns: dict[str, str]
    warnings: tuple[DataWarning, ...] = ()

    @property
    def amount_set_aside(self) -> float:
        """Money of the rows that could not be used, as far as it can be read, credits deducted."""
        return float(self.unused["amount"].sum())


@dataclass(frozen=True)
class Months:
    """A column of months.

    Attributes
    ----------
    number : (n,) numbers of months as in `retention.periods`, NaN where blank or unreadable
    blank : (n,) where there was nothing to read
    day_first : order of day and month the dates among them were read by; None where there are none
    assumed : whether the column left that order open
    swapped, maybe_swapped : dates whose day and month a spreadsheet program swapped, or may have
    swapped, maybe_swapped : dates whose day and month a spreadsheet program swapped, or may have
    """

    number: NDArray[np.float64]
    blank: NDArray[np.bool_]
    day_first: bool | None = None
    assumed: bool = False
    swapped: int = 0
    maybe_swapped: int = 0


def read_spend(raw: RawTable) -> Spend:
    """Read a file of marketing spend: columns month or date, channel, amount, maybe purpose and leads.

    Without a purpose all of it counts as spent on winning customers, and a warning says so.

    Raises
    ------
    InputError
        ``spend_is_orders`` (``customer``, its column) for a sheet of orders; ``missing_columns`` with those
        no heading was found for; ``no_usable_spend`` with the counts by reason.
    """
    columns = _columns(raw)
    table, continental = raw.table, raw.delimiter == ";" or are_continental(raw.table.columns)
    amount = read_numbers(table[columns["amount"]], otherwise="," if continental else ".")
    months = read_months(table[columns["month"]], otherwise=continental or amount.decimal == ",")
    alike = amount.decimal or ("," if continental else ".")
    leads = read_numbers(table[columns["leads"]], otherwise=alike) if "leads" in columns else None
    written = {name: labels(table[columns[name]]).reset_index(drop=True) for name in _KEYS if name in columns}
    written.setdefault("purpose", pd.Series(_WINNING, index=table.index, dtype="str").reset_index(drop=True))
    read = pd.DataFrame({"month": months.number, "amount": amount.value})
    read["leads"] = leads.value if leads else np.nan
    given = {"month": ~months.blank, "amount": ~amount.blank, "leads": ~leads.blank if leads else False}
    found = _settled(pd.DataFrame(written), read, read.notna().assign(**given))
    if found.table.empty:
        raise InputError("no_usable_spend", rows=found.rows, reasons=found.set_aside)
    return replace(found, columns=columns, warnings=(*found.warnings, *_assumed(columns, months, amount)))


def typed_spend(rows: pd.DataFrame) -> Spend:
    """Spend typed row by row, under the same rules as a file; nothing of it may be usable yet.

    Parameters
    ----------
    rows : ``month``, ``channel``, ``purpose`` (text), ``amount``, ``leads`` (numbers), each may be missing
    """
    rows = rows.reset_index(drop=True)
    written = pd.DataFrame({name: labels(rows[name]) for name in _KEYS})
    numbers = {name: pd.to_numeric(rows[name], errors="coerce").astype(float) for name in ("amount", "leads")}
    months = [month_number(text) if isinstance(text, str) else np.nan for text in written["month"]]
    read = pd.DataFrame({"month": np.array(months, dtype=float), **numbers})
    return _settled(written, read, read.notna().assign(month=written["month"].notna()))


def read_months(column: pd.Series, *, otherwise: bool = False) -> Months:
    """Read a column of months or dates; `otherwise` says whether the day comes first where none tells."""
    dates = read_dates(column, otherwise=otherwise)
    of_dates = dates.when.astype("datetime64[M]").astype(np.int64) + 12 * 1970
    codes, texts = distinct_texts(column)
    of_texts = np.array([month_number(text) for text in texts.to_pylist()], dtype=float)
    written = spread(of_texts, codes, np.float64("nan"))
    number = np.where(np.isnan(written), np.where(np.isnat(dates.when), np.nan, of_dates), written)
    doubts = {"swapped": dates.swapped, "maybe_swapped": dates.maybe_swapped}
    return Months(number, dates.blank, dates.day_first, dates.assumed, **doubts)


def _columns(raw: RawTable) -> dict[str, str]:
    columns = first_matching(list(raw.table.columns), SPEND)
    customer = None if "purpose" in columns else _buyer(raw)
    if customer is not None and customer not in columns.values():
        raise InputError("spend_is_orders", customer=customer)
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise InputError("missing_columns", missing=missing, columns=list(raw.table.columns))
    return columns


def _buyer(raw: RawTable) -> str | None:
    """The column that says who bought, in a sheet of orders; None where none does."""
    try:
        found = guess(raw)
    except InputError:
        return None
    return None if found.mapping is None else found.mapping.customer


def _purposes(words: pd.Series) -> NDArray[np.object_]:
    """acquisition, retention, or None for any other word."""
    known = {word: purpose for purpose, meant in PURPOSES.items() for word in meant}
    meaning = {word: known.get(plain(word)) for word in words.dropna().unique()}
    return np.array([meaning.get(word) for word in words], dtype=object)


def _settled(written: pd.DataFrame, read: pd.DataFrame, given: pd.DataFrame) -> Spend:
    """The rows that can be used, summed, beside those that cannot.

    Parameters
    ----------
    written : ``month``, ``channel``, ``purpose`` as text, null where there is none
    read : ``month`` (number), ``amount``, ``leads``, NaN where missing or unreadable
    given : the same columns, whether there is anything to read
    """
    unknown = given["leads"] & ~(read["leads"] >= 0)
    rows = pd.DataFrame(
        {
            "month": read["month"],
            "channel": written["channel"].fillna(""),
            "purpose": _purposes(written["purpose"]),
            "amount": read["amount"],
            "leads": read["leads"].mask(unknown),
        }
    )
    reason = _reasons(rows, written, given)
    set_aside = {name: int((reason == i).sum()) for i, name in enumerate(_REASONS) if (reason == i).any()}
    unused = _unused(rows[reason >= 0], written, reason[reason >= 0])
    warnings = []
    if set_aside:
        n, amount = sum(set_aside.values()), float(unused["amount"].sum())
        details = {"n": n, "rows": len(rows), "reasons": set_aside, "amount": amount}
        warnings.append(DataWarning("spend_rows_set_aside", details))
    if n := int((unknown & (reason < 0)).sum()):
        warnings.append(DataWarning("spend_leads_unknown", {"n": n}))
    used = rows[reason < 0]
    return Spend(_summed(used), len(rows), len(used), set_aside, unused, {}, tuple(warnings))


def _reasons(rows: pd.DataFrame, written: pd.DataFrame, given: pd.DataFrame) -> NDArray[np.int64]:
    """Place of the first reason that holds in `_REASONS`, −1 where a row can be used."""
    checks = [
        ~given["month"],
        rows["month"].isna(),
        written["purpose"].isna(),
        rows["purpose"].isna(),
        ~given["amount"],
        ~np.isfinite(rows["amount"]),
    ]
    reason = np.select(checks, list(range(len(checks))), -1)
    net = rows[reason < 0].groupby(_KEYS)["amount"].transform("sum").reindex(rows.index, fill_value=0.0)
    return np.where(net.round(_CENTS) < 0, _REASONS.index("negative_amount"), reason)


def _unused(rows: pd.DataFrame, written: pd.DataFrame, reason: NDArray[np.int64]) -> pd.DataFrame:
    """Rows set aside as they are to be mended, those alike in all but amount and leads summed."""
    known = [None if np.isnan(number) else key(int(number), "month") for number in rows["month"]]
    month = pd.Series(known, index=rows.index, dtype=object).fillna(written["month"])
    texts = {"month": month, "purpose": written["purpose"].loc[rows.index]}
    groups = rows.assign(**texts, reason=reason).groupby([*_KEYS, "reason"], dropna=False)
    return groups[["amount", "leads"]].sum(min_count=1).reset_index().drop(columns="reason")


def _summed(rows: pd.DataFrame) -> pd.DataFrame:
    texts = {"month": "int64", "channel": "str", "purpose": "str"}
    groups = rows.astype(texts).sort_values([*_KEYS, "amount"]).groupby(_KEYS)
    table = groups.agg(amount=("amount", "sum")).clip(lower=0.0).reset_index()
    table["leads"] = groups["leads"].sum(min_count=1).to_numpy()
    return table


def _assumed(columns: dict[str, str], months: Months, amount: Numbers) -> tuple[DataWarning, ...]:
    """What the columns leave open of what they say, and of how they are written."""
    warnings = [] if "purpose" in columns else [DataWarning("spend_purpose_assumed")]
    if amount.assumed:
        warnings.append(
            DataWarning("spend_decimal_assumed", {"column": columns["amount"], "decimal": amount.decimal})
        )
    if months.assumed:
        details = {"column": columns["month"], "day_first": months.day_first}
        warnings.append(DataWarning("spend_date_order_assumed", details))
    doubts = {"dates_swapped_back": months.swapped, "dates_maybe_swapped": months.maybe_swapped}
    of = columns["month"]
    warnings += [DataWarning(code, {"column": of, "rows": rows}) for code, rows in doubts.items() if rows]
    return tuple(warnings)
