"""The Audit page: what is looked at, and each lens with its sentence, chart and table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention import aggregate, audit, charts
from retention.statistics import named_ends
from retention.ui.audit import choices, tables
from retention.ui.parts import screen
from retention.ui.state import loaded
from retention.ui.state.settings import get, language

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from streamlit.delta_generator import DeltaGenerator

    from retention.audit import TwoPeriods, WholeBase
    from retention.periods import Period

LENSES = ("one_period", "two_periods", "one_cohort", "two_cohorts", "whole_base")
_SKEWED = 1.25  # mean over median from which on it is worth saying that a few pull it up


def tabs() -> Sequence[DeltaGenerator]:
    """A tab for each lens; only the open one is drawn, and it stays open over pages and languages."""
    labels = [screen.say(f"audit.lens.{lens}") for lens in LENSES]
    key, before = f"audit_lens_{language()}", st.session_state.get("audit_lens", LENSES[0])
    st.session_state.setdefault(key, labels[LENSES.index(before)])
    tabs = st.tabs(labels, key=key, on_change="rerun")
    st.session_state["audit_lens"] = LENSES[labels.index(st.session_state[key])]
    return tabs


def one_period(step: Period, number: int) -> None:
    """Lens 1: how customers differ in the period."""
    found = loaded.computed(
        "audit_one_period", lambda: audit.one_period(_around(step, number)), (step, number)
    )
    words = screen.words()
    when = words.period(number, step)
    if found is None:
        screen.text("audit.nobody", when=when)
        return
    best = {"best": found.best.value, "low": found.best.low, "high": found.best.high}
    half = {"median": found.median, "mean": found.mean}
    screen.headline("audit.one_period.headline", when=when, customers=found.customers, **best)
    alt = {"when": when, "customers": found.customers, "median": found.median, "best": found.best.value}
    screen.chart(charts.audit.distribution(found, words), "audit.one_period.alt", **alt)
    even = "" if found.mean > _SKEWED * found.median else ".even"
    screen.text(f"audit.one_period.reading{even}", once=found.once / found.customers, **half)
    if found.refunds < 0:
        screen.text("audit.refunds", refunds=found.refunds, when=when)
    screen.table(tables.bins(found), "audit_bins")
    screen.table(tables.deciles(found), "audit_deciles", open_at_start=True)


def two_periods(step: Period, number: int) -> None:
    """Lens 2: what changed from the period before, and who moved between tenths."""
    found = loaded.computed(
        "audit_two_periods", lambda: audit.two_periods(_around(step, number)), (step, number)
    )
    words = screen.words()
    first, second = words.period(number - 1, step), words.period(number, step)
    if found is None or not loaded.orders().window.is_complete(number - 1, step):
        screen.text("audit.two_periods.none", when=second)
        return
    before, after = found.net_before, found.net_after
    named = {"first": first, "second": second}
    kept = {"kept": found.kept.value, **named_ends(found.kept)}
    change = after / before - 1.0 if before > 0 else None
    money = {"before": before, "after": after}
    screen.headline("audit.two_periods.headline", change=change, **named, **money, **kept)
    screen.chart(charts.audit.steps(found, words), "audit.two_periods.alt", **named, **money)
    _who_changed_it(found)
    screen.table(tables.steps(found, words), "audit_steps")
    screen.table(tables.groups(found, words), "audit_groups")
    screen.section("audit.migration")
    moves = {"up": found.up, "down": found.down, "same": found.same}
    screen.chart(charts.audit.migration(found, words), "audit.migration.alt", **named, **moves)
    both = max(found.customers("retained"), 1)
    screen.text("audit.migration.reading", **{name: count / both for name, count in moves.items()})
    screen.table(tables.migration(found, words), "audit_migration")


def one_cohort() -> None:
    """Lens 3: one cohort over time."""
    step, found = choices.cohort()
    measure = get("followed")
    words = screen.words()
    last = found.complete.iloc[-1]
    name, when = words.period(found.cohort, step), words.period(int(last["period"]), step)
    ends = {"low": last["low"], "high": last["high"]}
    told = {"cohort": name, "when": when, "size": found.size, "worth": last["net_per_customer"]}
    own = "" if last["age"] > 0 else ".own"
    screen.headline(f"audit.one_cohort.headline{own}", share=last["share"], **ends, **told)
    screen.chart(
        charts.audit.followed(found, measure, words),
        "audit.one_cohort.alt",
        what=words.say(f"setting.followed.{measure}"),
        cohort=name,
        when=when,
        first=found.table[measure].iloc[0],
        last=last[measure],
    )
    orders, net = last["orders_per_active"], last["net_per_active"]
    screen.text("audit.one_cohort.reading", when=when, share=last["share"], orders=orders, net=net)
    screen.table(tables.one_cohort(found, words), "audit_cohort")


def two_cohorts() -> None:
    """Lens 4: one cohort against another, and what makes the difference."""
    step, first, second, margin = choices.pair()
    found = audit.two_cohorts(first, second, margin)
    if found is None:
        screen.text("audit.one_cohort_only")
        return
    words = screen.words()
    named = {"first": words.period(found.first, step), "second": words.period(found.second, step)}
    factors = found.factors.set_index("factor")
    difference = found.profit_second - found.profit_first
    greatest = {"factor": found.greatest, "part": factors["change"][found.greatest]}
    profits = {"profit_first": found.profit_first, "profit_second": found.profit_second}
    screen.headline(
        "audit.two_cohorts.headline", n=found.ages, difference=difference, **named, **profits, **greatest
    )
    screen.chart(
        charts.audit.factors(found, words),
        "audit.two_cohorts.alt",
        difference=difference,
        **named,
        **greatest,
    )
    shares = {f"share_{side}": factors[side]["share_active"] for side in ("first", "second")}
    screen.text("audit.two_cohorts.reading", **named, **shares)
    screen.table(tables.factors(found, step, words), "audit_factors")


def whole_base(step: Period, number: int) -> None:
    """Lens 5: what each generation of customers still brings."""
    found = loaded.computed("audit_whole_base", lambda: _base(step, number), (step, number))
    words = screen.words()
    when = words.period(number, step)
    if found is None or found.active == 0:
        screen.text("audit.nobody", when=when)
        return
    new = float(found.new["share_of_revenue"])
    shares = {"active": found.active / found.customers, "once": found.once / found.customers}
    screen.headline("audit.whole_base.headline", when=when, old=1.0 - new, **shares)
    screen.chart(charts.audit.generations(found, step, words), "audit.whole_base.alt", when=when, new=new)
    if len(found.table) > charts.audit.MOST_COHORTS:
        screen.text("audit.whole_base.cut", most=charts.audit.MOST_COHORTS)
    oldest = found.table.iloc[0]
    screen.text(
        "audit.whole_base.reading",
        cohort=words.period(int(oldest["cohort"]), step),
        when=when,
        share=oldest["share_active"],
        low=oldest["low"],
        high=oldest["high"],
        part=oldest["share_of_revenue"],
        days=oldest["days_since"],
    )
    screen.text("audit.whole_base.first")
    if round(found.unassigned, 2) != 0:
        screen.text("audit.unassigned", money=found.unassigned)
    screen.table(tables.generations(found, step, words), "audit_base")


def _who_changed_it(found: TwoPeriods) -> None:
    counts = {group: found.customers(group) for group in ("lost", "new", "reactivated", "retained")}
    screen.text(
        "audit.two_periods.reading",
        lost_money=-found.change("lost"),
        won_money=found.change("new") + found.change("reactivated"),
        stayed=found.change("more") + found.change("less"),
        by_orders=found.by_orders,
        by_value=found.by_order_value,
        **counts,
    )


def _around(step: Period, number: int) -> pd.DataFrame:
    return loaded.computed(
        "audit_around", lambda: aggregate.around(loaded.intake().orders, step, number), (step, number)
    )


def _base(step: Period, number: int) -> WholeBase | None:
    orders, cells, flows = loaded.intake().orders, choices.cells(step), loaded.flows(step).table
    lately = cells[cells["period"] == number]
    net = float(flows.loc[flows["period"] == number, "revenue"].sum())
    rest = net - float((lately["revenue"] + lately["refunds"]).sum())
    recency = aggregate.recency(orders, step, number)
    return audit.whole_base(cells, recency, rest, step, orders.window, number)
