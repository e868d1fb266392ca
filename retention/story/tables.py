"""The tables behind what is told, as pages show them, sheets hold them and slides draw them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from retention.lifetime_value import BANDS, MOST_GROUPS
from retention.orders import SEGMENTS
from retention.statistics import named_ends, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retention.acquisition import Acquisition
    from retention.dropoff import DropOff
    from retention.ingest import Account, Intake
    from retention.lifetime_value import Holdout
    from retention.periods import Period
    from retention.text import Words
    from retention.what_if import Simulation

Line = tuple[str, int, "float | None"]
_ORIGIN = pd.Timestamp("1970-01-01").toordinal()


def steps(found: DropOff) -> pd.DataFrame:
    """Every step with at least 30 customers, as far as it is known."""
    return pd.DataFrame(
        [
            {
                "purchase": step.purchase,
                "customers": step.customers,
                "within": value_of(step.within),
                **named_ends(step.within, "within"),
                "median_days": step.median_days,
                "trigger_day": step.trigger_day,
                "goes_on": step.goes_on.value,
                **named_ends(step.goes_on),
                "read_at_day": step.read_at_day,
                "naive": step.naive,
                "reached": value_of(step.reached),
            }
            for step in found.steps
            if step.goes_on is not None
        ]
    ).astype({"median_days": "Int64", "trigger_day": "Int64", "read_at_day": "Int64"})


def cumulative(outcome: Simulation) -> pd.DataFrame:
    """Present value of profit so far, with the gain's band and the programme's cost."""
    named = {
        "before_present": "firm_before",
        "after_present": "firm_after",
        "gain_present": "gain",
        "gain_low_present": "gain_low",
        "gain_high_present": "gain_high",
        "cost_present": "programme_cost",
    }
    return outcome.cumulative[["period", *named]].rename(columns={"period": "periods_ahead", **named})


def costs(found: Acquisition, words: Words) -> pd.DataFrame:
    """Every cost with its interval, the money behind it and what it is divided by."""
    costs, made = found.costs, found.orders
    won, kept = costs.acquisition_spend, costs.retention_spend
    rows = {
        "cac": (costs.cac, won, costs.new_customers),
        "paid_cac": (costs.paid_cac, won, costs.paid_customers),
        "order_new": (made.new, won, made.new_orders),
        "keep": (costs.retention_cost, kept, costs.retained_customers),
        "order_old": (made.old, kept, made.old_orders),
    }
    return pd.DataFrame(
        [
            {
                "cost": words.say(f"acquisition.cost.{name}"),
                "cost_each": value_of(cost),
                **named_ends(cost, "cost"),
                "spent": spent,
                "divided_by": by,
            }
            for name, (cost, spent, by) in rows.items()
        ]
    ).astype({"divided_by": "Int64", "cost_each": float, "cost_low": float, "cost_high": float})


def weeks(found: Holdout) -> pd.DataFrame:
    """Repeat purchase days by week and up to its end, made and expected."""
    named = {
        "actual": "week_actual",
        "expected": "week_expected",
        "cumulative_actual": "actual_so_far",
        "cumulative_expected": "expected_so_far",
    }
    rows = found.tracked.assign(date=dates(found.tracked["ends"]))
    return (
        rows[["week", "date", *named]]
        .rename(columns=named)
        .astype({"week_actual": int, "actual_so_far": int})
    )


def dates(days: pd.Series) -> pd.Series:
    """Days by their number as dates."""
    return pd.to_datetime(days - _ORIGIN, unit="D").dt.date


def named_groups(rows: pd.DataFrame, by: str, cohorts: Period, words: Words) -> pd.DataFrame:
    """A table by group, its groups as a reader knows them.

    Parameters
    ----------
    by : "p_alive", "cohort", or a column that holds a segment
    cohorts : their period
    """
    groups = rows["group"]
    if by == "p_alive":
        said = [words.say("lifetime_value.groups.band", low=BANDS[k], high=BANDS[k + 1]) for k in groups]
    elif by == "cohort":
        said = [words.period(int(number), cohorts) for number in groups]
    else:
        said = [words.say("dropoff.not_given") if pd.isna(group) else str(group) for group in groups]
    return rows.assign(group=said)


def largest_groups(rows: pd.DataFrame, by: str, value: str) -> pd.DataFrame:
    """The largest groups: segments by their value, the most first, all others in their order."""
    found = rows.sort_values(["customers", "group"], ascending=[False, True]).head(MOST_GROUPS)
    if by not in SEGMENTS:
        return found.sort_index()
    return found.sort_values([value, "group"], ascending=[False, True])


def rows_of_file(account: Account, words: Words) -> pd.DataFrame:
    """Rows of the file by what became of them; from the second on they add up to those read."""
    told = (line for line in _rows(account, words) if line[1] > 0)
    return pd.DataFrame(told, columns=["rows_of_file", "count", "amount"])


def orders_made(held: Intake, words: Words) -> pd.DataFrame:
    """What the rows used make: purchases, refunds, orders worth nothing."""
    value, account = held.worth, held.account
    lines: list[Line] = [
        (words.say("account.purchases"), account.purchases, value.get("purchase")),
        (words.say("account.refunds"), account.refunds, value.get("refund")),
        (words.say("account.zero_orders"), account.zero_orders, None),
    ]
    return pd.DataFrame(lines, columns=["orders_made", "count", "amount"])


def _rows(account: Account, words: Words) -> Iterator[Line]:
    money = account.money
    yield words.say("account.read"), account.rows_read, None
    yield words.say("account.used"), account.rows_used, money["used"]
    for kind, rows in account.not_data.items():
        yield words.say(f"account.not_data.{kind}"), rows, None
    for reason, (rows, amount) in account.set_aside.items():
        yield words.say(f"account.reason.{reason}"), rows, amount
    yield words.say("account.cancelled"), account.cancelled, money.get("cancelled")
    yield words.say("account.overlap"), account.overlap, money.get("overlap")
    yield words.say("account.after_until"), account.after_until, money.get("after_until")
    yield words.say("account.dropped"), account.duplicates_dropped, money.get("duplicate")
    for switch, (rows, amount) in account.left_out.items():
        yield words.say(f"account.left_out.{switch}"), rows, amount
