"""Marketing spend by month, channel and purpose, read with the same care as orders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.errors import DataWarning, InputError
from retention.ingest.columns import labels, missing_texts
from retention.ingest.headings import are_italian, first_matching, plain
from retention.ingest.months import Months, read_months
from retention.ingest.numbers import Numbers, read_numbers
from retention.ingest.vocabulary import SPEND

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.ingest.reading import RawTable

REQUIRED = ("month", "channel", "amount", "purpose")
PURPOSES = {
    "acquisition": frozenset(
        {
            *(
                "acquisition",
                "acquisizione",
                "acquire",
                "prospecting",
                "new",
                "new customers",
                "customer acquisition",
            ),
            *("nuovo", "nuovi", "nuovi clienti", "acquisizione clienti"),
        }
    ),
    "retention": frozenset(
        {
            *(
                "retention",
                "retain",
                "loyalty",
                "crm",
                "existing",
                "existing customers",
                "customer retention",
            ),
            *("fidelizzazione", "fedelta", "mantenimento", "clienti esistenti", "fidelizzazione clienti"),
        }
    ),
}
_REASONS = (
    "missing_month",
    "unreadable_month",
    "missing_channel",
    "missing_purpose",
    "unknown_purpose",
    "missing_amount",
    "unreadable_amount",
)


@dataclass(frozen=True)
class Spend:
    """What was spent on winning and on keeping customers.

    Attributes
    ----------
    table : one row for each month, channel and purpose

        - ``month`` : number of the month, as in `retention.periods`
        - ``channel`` : text
        - ``purpose`` : "acquisition" or "retention"
        - ``amount`` : in the file's currency
        - ``leads`` : people addressed, NaN where the file does not say
    rows, rows_used : of the file
    set_aside : rows that could not be used, by reason: missing_month, unreadable_month, missing_channel,
        missing_purpose, unknown_purpose, missing_amount, unreadable_amount
    columns : the file's column for each of month, channel, amount, purpose and leads
    """

    table: pd.DataFrame
    rows: int
    rows_used: int
    set_aside: dict[str, int]
    columns: dict[str, str]
    warnings: tuple[DataWarning, ...] = ()


def read_spend(raw: RawTable) -> Spend:
    """Read a file of marketing spend with the columns month or date, channel, amount, purpose, maybe leads.

    Raises
    ------
    InputError
        ``missing_columns`` with those no heading was found for; ``no_usable_rows`` with the counts by reason.
    """
    columns = _columns(raw)
    table, continental = raw.table, raw.delimiter == ";" or are_italian(raw.table.columns)
    amount = read_numbers(table[columns["amount"]], otherwise="," if continental else ".")
    months = read_months(table[columns["month"]], otherwise=continental or amount.decimal == ",")
    leads = read_numbers(table[columns["leads"]]).value if "leads" in columns else np.full(len(table), np.nan)
    rows = pd.DataFrame(
        {
            "month": months.number,
            "channel": labels(table[columns["channel"]]).to_numpy(),
            "purpose": _purposes(table[columns["purpose"]]),
            "amount": amount.value,
            "leads": leads,
        }
    )
    reason = _reasons(table[columns["purpose"]], rows, months, amount)
    set_aside = {name: int((reason == i).sum()) for i, name in enumerate(_REASONS) if (reason == i).any()}
    used = rows[reason < 0]
    if used.empty:
        raise InputError("no_usable_rows", rows=len(rows), reasons=set_aside)
    return Spend(_summed(used), len(rows), len(used), set_aside, columns, _warnings(columns, months, amount))


def _columns(raw: RawTable) -> dict[str, str]:
    columns = first_matching(list(raw.table.columns), SPEND)
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise InputError("missing_columns", missing=missing, columns=list(raw.table.columns))
    return columns


def _purposes(column: pd.Series) -> NDArray[np.object_]:
    """acquisition, retention, or None for any other word."""
    words = labels(column)
    known = {word: purpose for purpose, meant in PURPOSES.items() for word in meant}
    meaning = {word: known.get(plain(word)) for word in words.dropna().unique()}
    return np.array([meaning.get(word) for word in words], dtype=object)


def _reasons(purpose: pd.Series, rows: pd.DataFrame, months: Months, amount: Numbers) -> NDArray[np.int64]:
    """Place of the first reason that holds in `_REASONS`, −1 where a row can be used."""
    checks = [
        months.blank,
        np.isnan(months.number),
        rows["channel"].isna().to_numpy(),
        missing_texts(purpose),
        rows["purpose"].isna().to_numpy(),
        amount.blank,
        np.isnan(amount.value),
    ]
    return np.select(checks, list(range(len(checks))), -1)


def _summed(rows: pd.DataFrame) -> pd.DataFrame:
    keys = ["month", "channel", "purpose"]
    texts = {"month": "int64", "channel": "str", "purpose": "str"}
    groups = rows.astype(texts).sort_values([*keys, "amount"]).groupby(keys)
    table = groups.agg(amount=("amount", "sum")).reset_index()
    table["leads"] = groups["leads"].sum(min_count=1).to_numpy()
    return table


def _warnings(columns: dict[str, str], months: Months, amount: Numbers) -> tuple[DataWarning, ...]:
    warnings = []
    if amount.assumed:
        warnings.append(
            DataWarning("decimal_assumed", {"column": columns["amount"], "decimal": amount.decimal})
        )
    if months.assumed:
        details = {"column": columns["month"], "day_first": months.day_first}
        warnings.append(DataWarning("date_order_assumed", details))
    return tuple(warnings)
