"""The five lenses of the Audit page, each with its sentence, chart and table; what changed stands first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention import charts
from retention.cohorts import FEW_CUSTOMERS
from retention.statistics import named_ends
from retention.ui.audit import choices, tables
from retention.ui.parts import screen
from retention.ui.parts.cached import cached
from retention.ui.state.settings import get, language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.delta_generator import DeltaGenerator

    from retention.audit import OnePeriod, TwoPeriods
    from retention.periods import Period
    from retention.study import Study

LENSES = ("two_periods", "one_period", "one_cohort", "two_cohorts", "whole_base")


def tabs() -> Sequence[DeltaGenerator]:
    """A tab for each lens; only the open one is drawn, and it stays open over pages and languages."""
    labels = [screen.say(f"audit.lens.{lens}") for lens in LENSES]
    key, before = f"audit_lens_{language()}", st.session_state.get("audit_lens", LENSES[0])
    st.session_state.setdefault(key, labels[LENSES.index(before)])
    tabs = st.tabs(labels, key=key, on_change="rerun")
    st.session_state["audit_lens"] = LENSES[labels.index(st.session_state[key])]
    return tabs


def _drawable(customers: int) -> bool:
    """Whether there are customers enough for a chart; else a sentence says so, and the tables hold all."""
    if customers >= FEW_CUSTOMERS:
        return True
    screen.text("audit.few", n=customers)
    return False


def one_period(study: Study, step: Period, number: int) -> None:
    """Lens 1: how customers differ in the period."""
    found, words = study.audit.one_period(step, number), screen.words()
    when = words.period(number, step)
    if found is None:
        screen.text("audit.nobody", when=when)
        return
    if found.customers < FEW_CUSTOMERS:
        screen.headline("audit.one_period.headline.few", n=found.customers, when=when)
    else:
        best = {"best": found.best.value, **named_ends(found.best)}
        screen.headline("audit.one_period.headline", when=when, customers=found.customers, **best)
    if _drawable(found.customers):
        _distribution(found, when)
    screen.table(lambda: cached(tables.bins, found), "audit_bins")
    screen.table(lambda: cached(tables.deciles, found), "audit_deciles", columns=tables.DECILES_SHOWN)


def _changed(found: TwoPeriods, named: dict[str, str], money: dict[str, float]) -> str:
    """How net revenue changed, where a change can be told of that of the first period."""
    change = found.relative_change
    key = f"audit.two_periods.changed{'.untold' if change is None else ''}"
    return screen.say(key, change=change, **named, **money)


def _because(found: TwoPeriods) -> str:
    """Who changed it: those who came or went, and those who stayed."""
    money = {**found.money, "kept": abs(found.money["kept"])}
    return screen.say(f"audit.two_periods.because.{found.kept_spent}", **money)


def _distribution(found: OnePeriod, when: str) -> None:
    """Customers by what they spent, and what that says."""
    drawing = cached(charts.audit.distribution, found, screen.words())
    alt = {"when": when, "customers": found.customers, "median": found.median, "best": found.best.value}
    screen.chart(drawing, "audit.one_period.alt", **alt)
    even = "" if found.is_skewed else ".even"
    spent = {"once": found.share_once, "median": found.median, "mean": found.mean}
    said = [screen.say(f"audit.one_period.reading{even}", **spent)]
    if found.refunds < 0:
        said.append(screen.say("audit.refunds", refunded=found.refunded))
    screen.paragraph(*said)


def two_periods(study: Study, step: Period, number: int) -> None:
    """Lens 2: what changed from the period before, and who moved between tenths."""
    found, words = study.audit.two_periods(step, number), screen.words()
    named = {"first": words.period(number - 1, step), "second": words.period(number, step)}
    if found is None:
        screen.text("audit.two_periods.none", when=named["second"])
        return
    money = {"before": found.net_before, "after": found.net_after}
    screen.heading(f"{_changed(found, named, money)} {_because(found)}")
    screen.next_step("customers")
    enough = _drawable(found.everybody)
    if enough:
        drawing = cached(charts.audit.steps, found, named, words)
        screen.chart(drawing, "audit.two_periods.alt", **named, **money)
    _who_changed_it(found, named["first"])
    screen.table(lambda: cached(tables.steps, found, named, words), "audit_steps")
    screen.table(lambda: cached(tables.groups, found, words), "audit_groups")
    if enough:
        _migration(found, named)


def one_cohort(study: Study) -> None:
    """Lens 3: one cohort over time."""
    step, cohort = choices.cohort(study)
    found, measure, words = study.audit.one_cohort(step, cohort), get("followed"), screen.words()
    last = found.complete.iloc[-1]
    name, when = words.period(found.cohort, step), words.period(int(last["period"]), step)
    ends = {"low": last["low"], "high": last["high"]}
    told = {"cohort": name, "when": when, "size": found.size, "worth": last["net_per_customer"]}
    own = "" if last["age"] > 0 else ".own"
    screen.headline(f"audit.one_cohort.headline{own}", share=last["share"], **ends, **told)
    if _drawable(found.size):
        screen.chart(
            cached(charts.audit.followed, found, measure, words),
            "audit.one_cohort.alt",
            what=words.say(f"setting.followed.{measure}"),
            cohort=name,
            when=when,
            first=found.table[measure].iloc[0],
            last=last[measure],
        )
    orders, net = last["orders_per_active"], last["net_per_active"]
    screen.text("audit.one_cohort.reading", when=when, share=last["share"], orders=orders, net=net)
    screen.table(lambda: cached(tables.one_cohort, found, words), "audit_cohort", columns=tables.COHORT_SHOWN)


def two_cohorts(study: Study) -> None:
    """Lens 4: one cohort against another, and what makes the difference."""
    step, first, second, margin = choices.pair(study)
    found, words = study.audit.two_cohorts(step, first, second, margin), screen.words()
    if found is None:
        screen.text("audit.one_cohort_only")
        return
    named = {"first": words.period(found.first, step), "second": words.period(found.second, step)}
    factors = found.factors.set_index("factor")
    greatest = {"factor": found.greatest, "part": factors["change"][found.greatest]}
    apart = {"difference": found.difference, **named, **greatest}
    profits = {"profit_first": found.profit_first, "profit_second": found.profit_second}
    screen.headline("audit.two_cohorts.headline", n=found.ages, **apart, **profits)
    if _drawable(found.smaller):
        screen.chart(cached(charts.audit.factors, found, words), "audit.two_cohorts.alt", **apart)
    shares = {f"share_{side}": factors[side]["share_active"] for side in ("first", "second")}
    screen.text("audit.two_cohorts.reading", **named, **shares)
    screen.table(lambda: cached(tables.factors, found, step, words), "audit_factors")


def whole_base(study: Study, step: Period, number: int) -> None:
    """Lens 5: what each generation of customers still brings."""
    found, words = study.audit.whole_base(step, number), screen.words()
    when = words.period(number, step)
    if found is None or found.active == 0:
        screen.text("audit.nobody", when=when)
        return
    shares = {"active": found.share_active, "once": found.share_once}
    screen.headline("audit.whole_base.headline", when=when, old=found.share_of_old, **shares)
    if _drawable(found.customers):
        drawing = cached(charts.audit.generations, found, step, words)
        screen.chart(drawing, "audit.whole_base.alt", when=when, new=float(found.new["share_of_revenue"]))
    said = [screen.say("audit.whole_base.first")]
    if len(found.table) > charts.audit.MOST_COHORTS:
        said.append(screen.say("audit.whole_base.cut", most=charts.audit.MOST_COHORTS))
    if found.has_unassigned:
        said.append(screen.say("audit.unassigned", refunded=found.unassigned_refunded))
    screen.paragraph(*said)
    screen.table(
        lambda: cached(tables.generations, found, step, words), "audit_base", columns=tables.BASE_SHOWN
    )


def _who_changed_it(found: TwoPeriods, first: str) -> None:
    """How many were lost and won; how those who stayed changed what they spend; what share of all they are.

    Parameters
    ----------
    first : the first period, as it is read
    """
    counts = {group: found.customers(group) for group in ("lost", "new", "reactivated")}
    money = {"lost_money": found.money["lost"], "won_money": found.money["won"]}
    said = [screen.say("audit.two_periods.reading", **money, **counts)]
    if retained := found.customers("retained"):
        parts = {
            "stayed": found.money["kept"],
            "by_orders": found.by_orders,
            "by_value": found.by_order_value,
        }
        if found.stayed == "less":  # the word says it, and no sign
            parts = {name: abs(part) for name, part in parts.items()}
        said.append(screen.say(f"audit.two_periods.stayed.{found.stayed}", n=retained, **parts))
    kept = {"kept": found.kept.value, **named_ends(found.kept)}
    said.append(screen.say("audit.two_periods.kept", first=first, **kept))
    screen.paragraph(*said)


def _migration(found: TwoPeriods, named: dict[str, str]) -> None:
    """Who moved between tenths."""
    words = screen.words()
    screen.section("audit.migration")
    moves = {"up": found.up, "down": found.down, "same": found.same}
    drawing = cached(charts.audit.migration, found, words)
    with screen.scrolled(charts.audit.MIGRATION_WIDTH):
        screen.chart(drawing, "audit.migration.alt", **named, **moves)
    screen.text("audit.migration.reading", **found.moved)
    screen.table(lambda: cached(tables.migration, found, words), "audit_migration")
