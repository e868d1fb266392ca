"""Customers in groups, and whom there is to write to, as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from retention.lists import OCCASIONS
from retention.report.plain import plain, records
from retention.segments import GROUPINGS

if TYPE_CHECKING:
    from retention.study import Study, Value


def customers(study: Study, value: Value | None) -> dict[str, Any] | None:
    """Groups and occasions, by the purchase model in use.

    Parameters
    ----------
    value : None where the models cannot be fitted

    Returns
    -------
    `groups` by "value", "rfm" and "loyalty", a row each; `thresholds` of the fifths; `occasions` by name with
    `customers`, `stake` and what that is, `at_stake`; None where the models cannot be fitted
    """
    if value is None:
        return None
    found = study.customers(value)
    called = {occasion: found.called(occasion) for occasion in OCCASIONS}
    return {
        "groups": {by: records(found.profile(by)) for by in GROUPINGS},
        "thresholds": plain(found.rfm().thresholds),
        "occasions": {
            occasion: {"customers": each.customers, "stake": each.stake, "at_stake": each.at_stake}
            for occasion, each in called.items()
        },
    }
