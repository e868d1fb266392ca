"""What `analyse` and `report` ask of a file beyond how it is read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from retention.command_line.options import DATE, wanted
from retention.command_line.reading import SAMPLE
from retention.periods import PERIODS
from retention.returned import Returned
from retention.study import Settings
from retention.what_if import LIMITS

if TYPE_CHECKING:
    from typing import Any

SETTING = (
    click.option(
        "--period",
        type=click.Choice(PERIODS),
        default="month",
        show_default=True,
        help="Of cohorts and flows.",
    ),
    click.option(
        "--time-unit", type=click.Choice(["day", "week", "month"]), default="week", show_default=True
    ),
    click.option(
        "--holdout",
        type=DATE,
        help="Last day of the data the models are checked on what followed it; the middle of the data.",
    ),
    click.option("--spend", metavar="FILE", help="Marketing spend: month, channel, amount, purpose."),
    click.option(
        "--left-truncated", type=click.Choice(["keep", "leave-out"]), default="keep", show_default=True
    ),
)


def settings(file: str, options: dict[str, Any]) -> Settings:
    """The settings of a call.

    Raises
    ------
    InputError
        A setting out of its range.
    """
    ended = options["until"] or file.startswith(SAMPLE)
    return Settings(
        period=options["period"],
        time_unit=options["time_unit"],
        model=wanted(options),
        holdout=options["holdout"].date() if options["holdout"] else None,
        as_of=None if ended else datetime.now(tz=UTC).date(),
        horizon_months=options["horizon_months"],
        discount_rate=options["discount_rate"],
        margin=options["margin"],
        leave_out_left_truncated=options["left_truncated"] == "leave-out",
        returned=Returned(options["returned_after"], options["returned_spend"]),
        no_products=options.get("no_product", ()),
        keep_fees=options.get("fees") == "keep",
        **{name: options[name] for name in (*LIMITS, "uplift_kind")},
    )
