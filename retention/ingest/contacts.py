"""Who was contacted when, and who was held back to compare with: a list that was kept, or any such table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.errors import InputError
from retention.ingest.columns.dates import read_dates
from retention.ingest.columns.texts import labels
from retention.ingest.words.headings import are_continental, first_matching, plain
from retention.ingest.words.vocabulary import CONTACTS, HELD_BACK, ORDERS

if TYPE_CHECKING:
    from retention.ingest.parse.reading import RawTable

_EPOCH = 719_163  # day number of 1970-01-01
_AS_TEXT = r"^'(?=[=+\-@\t\r])"  # what keeps a cell from being run as a formula
_OTHERS = {role: CONTACTS[role] for role in ("date", "group")}


@dataclass(frozen=True)
class Contacts:
    """Customers of a campaign.

    Attributes
    ----------
    table : a customer a row: customer_id, held_back (not contacted, to compare with), day (number of the day)
    rows, unreadable : of the file, and how many of them name no customer or no day
    has_control : whether anybody was held back
    """

    table: pd.DataFrame
    rows: int
    unreadable: int

    @property
    def has_control(self) -> bool:
        """Whether anybody was held back."""
        return bool(self.table["held_back"].any())


def read_contacts(raw: RawTable) -> Contacts:
    """Read a list kept earlier, or any table of customers and the day each was contacted on.

    A column of groups is looked for; who is in one called control, held back, … was not contacted. Without
    such a column everybody was.

    Raises
    ------
    InputError
        ``missing_columns`` where none names the customers or the days; ``no_usable_contacts`` where no row
        holds both.
    """
    names = list(raw.table.columns)
    columns = first_matching(names, {"customer": (*CONTACTS["customer"], *ORDERS["customer"]), **_OTHERS})
    missing = [role for role in ("customer", "date") if role not in columns]
    if missing:
        raise InputError("missing_columns", missing=missing, columns=names)
    table = raw.table
    days = read_dates(table[columns["date"]], otherwise=raw.delimiter == ";" or are_continental(names))
    customers = (
        labels(table[columns["customer"]]).reset_index(drop=True).str.replace(_AS_TEXT, "", regex=True)
    )
    held = np.zeros(len(table), dtype=bool)
    if "group" in columns:
        held = labels(table[columns["group"]]).map(_means_held_back, na_action="ignore").eq(True).to_numpy()
    known = customers.notna().to_numpy() & ~np.isnat(days.when)
    if not known.any():
        raise InputError("no_usable_contacts", rows=len(table))
    day = days.when.astype("datetime64[D]").astype(np.int64) + _EPOCH
    found = pd.DataFrame({"customer_id": customers, "held_back": held, "day": day})
    return Contacts(found[known].reset_index(drop=True), len(table), int((~known).sum()))


def _means_held_back(written: str) -> bool:
    return plain(written) in HELD_BACK
