"""How many customers stay: by days or by the calendar, pauses counted or not, cohorts weighted or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retention.reconciled.steps import Reconciled, Step, ending_at

if TYPE_CHECKING:
    from retention.cohorts import CohortTable
    from retention.flows import Flows
    from retention.overview import ActiveFlows
    from retention.reconciled.steps import StepCode

_NEXT = 1  # periods after the first


def staying(
    flows: Flows, active: ActiveFlows | None, kept: tuple[Flows, ActiveFlows | None] | None
) -> Reconciled | None:
    """Retention of the last complete period, from one that counts by days and with who paused.

    None where there is no complete period after another somebody bought in.

    Parameters
    ----------
    active : customers active in the last W days, of the same periods; None without a W
    kept : flows and active ones with orders worth 0 as purchases; None where there are none
    """
    known = flows.complete.dropna(subset=["strict_retention"])
    if known.empty:
        return None
    number = int(known["period"].iloc[-1])
    by_days = active is not None and _settled(active, number)
    first: StepCode = "within_days" if by_days else "returning"
    here = active if active is not None and by_days else flows
    steps = []
    if kept is not None:
        with_zeros = kept[1] if by_days and kept[1] is not None else kept[0]
        steps.append(Step(first, _of(with_zeros, number, "retention_rate")))
    steps.append(Step("zero_orders" if steps else first, _of(here, number, "retention_rate")))
    steps.append(Step("paused", _of(here, number, "strict_retention")))
    ours = _of(flows, number, "strict_retention")
    if by_days:
        steps.append(Step("calendar", ours))
    return Reconciled(
        "strict_retention",
        ending_at(ours, steps, "percent"),
        flows.period,
        number,
        () if by_days else ("within_days",),
    )


def _settled(active: ActiveFlows, number: int) -> bool:
    """Whether customers at the period's start are all known, and there are some."""
    row = active.table[active.table["period"] == number].iloc[0]
    return bool(row["settled"]) and row["start"] > 0


def _of(found: Flows | ActiveFlows, number: int, name: str) -> float:
    return float(found.table.loc[found.table["period"] == number, name].iloc[0])


def next_period(table: CohortTable, kept: CohortTable | None) -> Reconciled | None:
    """Share of a cohort that buys in the next period, from the plain mean of all cohorts seen so far.

    None where no cohort's next period is complete.

    Parameters
    ----------
    kept : the same with orders worth 0 as purchases; None where there are none
    """
    pooled = table.pooled[table.pooled["age"] == _NEXT]
    if pooled.empty:
        return None
    steps = [] if kept is None else [Step("unweighted", _mean(kept))]
    steps.append(Step("zero_orders" if steps else "unweighted", _mean(table)))
    cells = table.cells[table.cells["age"] == _NEXT]
    if not cells["complete"].all():
        steps.append(Step("complete", float(cells["share"][cells["complete"]].mean())))
    ours = float(pooled["rate"].iloc[0])
    steps.append(Step("weighted", ours))
    return Reconciled("cohort_retention", ending_at(ours, steps, "percent"), table.period)


def _mean(table: CohortTable) -> float:
    return float(table.cells["share"][table.cells["age"] == _NEXT].mean())
