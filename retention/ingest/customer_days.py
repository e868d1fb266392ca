"""Tables of customers and days, whatever happened on them: contacts, complaints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from retention.errors import InputError
from retention.ingest.columns.dates import read_dates
from retention.ingest.columns.texts import identifiers
from retention.ingest.words.headings import are_continental, first_matching
from retention.ingest.words.vocabulary import ORDERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from retention.ingest.parse.reading import RawTable

EPOCH = 719_163  # day number of 1970-01-01
_AS_TEXT = r"^'(?=[=+\-@\t\r])"  # what keeps a cell from being run as a formula
_NEEDED = ("customer", "date")


@dataclass(frozen=True)
class CustomerDays:
    """A table's rows by customer and day.

    Attributes
    ----------
    customer : (n,) text, null where a row names nobody
    day : (n,) day numbers, 0 where there is none to read
    columns : the table's own headings by what they mean
    known : (n,) rows that hold both
    """

    customer: pd.Series[str]
    day: NDArray[np.int64]
    columns: Mapping[str, str]
    known: NDArray[np.bool_]


def read_customer_days(
    raw: RawTable, headings: Mapping[str, Sequence[str]], given: Mapping[str, str] | None = None
) -> CustomerDays:
    """Read who and when, and find what else a table may say.

    Parameters
    ----------
    headings : of each column looked for, best first; ``customer`` and ``date`` must be found, the others may
    given : columns known already, by what they mean

    Raises
    ------
    InputError
        ``missing_columns`` where none names the customers or the days.
    """
    names = [str(name) for name in raw.table.columns]
    looked_for = {**headings, "customer": (*headings["customer"], *ORDERS["customer"])}
    columns = {**first_matching(names, looked_for), **(given or {})}
    missing = [role for role in _NEEDED if role not in columns]
    if missing:
        raise InputError("missing_columns", missing=missing, columns=names)
    customer = identifiers(raw.table[columns["customer"]]).reset_index(drop=True)
    customer = customer.str.replace(_AS_TEXT, "", regex=True)
    continental = raw.delimiter == ";" or are_continental(names)
    when = read_dates(raw.table[columns["date"]], otherwise=continental, since_1904=raw.date_system_1904).when
    dated = ~np.isnat(when)
    day = np.where(dated, when.astype("datetime64[D]").astype(np.int64) + EPOCH, 0)
    return CustomerDays(customer, day, columns, customer.notna().to_numpy() & dated)
