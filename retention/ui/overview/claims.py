"""Three of the claims everybody quotes, against this data; all of them have a page of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.ui.parts import screen
from retention.ui.reality import findings

if TYPE_CHECKING:
    from retention.study import Study

_SHOWN = ("retention_profit", "sell_to_existing", "best_20_past", "ten_times_first")  # the first three known
_MOST = 3


def show(study: Study) -> None:
    """Each with this shop's figure and the verdict, and the way to the others.

    What takes models to be fitted is shown once it was computed on a page of its own.
    """
    with screen.computing():
        found = {each.claim.code: each for each in findings.so_far(study)}
    known = [found[code] for code in _SHOWN if found[code].figure is not None]
    findings.table_of([findings.in_short(each) for each in known[:_MOST]])
    screen.leads_to("reality", "reality.all")
