"""Who was contacted when, and who was held back to compare with: a list that was kept, or any such table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from retention.errors import InputError
from retention.ingest.columns.texts import labels
from retention.ingest.customer_days import read_customer_days
from retention.ingest.words.headings import plain
from retention.ingest.words.vocabulary import CONTACTS, HELD_BACK

if TYPE_CHECKING:
    from retention.ingest.parse.reading import RawTable


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
    found = read_customer_days(raw, CONTACTS)
    known = found.known
    if not known.any():
        raise InputError("no_usable_contacts", rows=len(known))
    held = np.zeros(len(known), dtype=bool)
    if "group" in found.columns:
        groups = labels(raw.table[found.columns["group"]])
        held = groups.map(_means_held_back, na_action="ignore").eq(True).to_numpy()
    table = pd.DataFrame({"customer_id": found.customer, "held_back": held, "day": found.day})
    return Contacts(table[known].reset_index(drop=True), len(known), int((~known).sum()))


def _means_held_back(written: str) -> bool:
    return plain(written) in HELD_BACK
