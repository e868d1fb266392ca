"""Whether there are subscriptions, how many renew on time, and what becomes of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from retention import charts
from retention.statistics import named_ends
from retention.text.formats import NOTHING
from retention.ui.parts import one_by_one, problems, screen
from retention.ui.parts.cached import cached

if TYPE_CHECKING:
    import pandas as pd

    from retention.statistics import Estimate
    from retention.study import Study
    from retention.study.subscriptions import Found

_MANY = 100  # renewals due, without which a late rate is not read out


def of(study: Study) -> Found:
    """The subscriptions; or what was looked for, and the end of the page."""
    if not one_by_one.told(study):
        st.stop()
    with screen.computing():
        found = study.subscriptions.found()
    if found is None:
        kept = study.subscriptions.kept()
        screen.headline("subscriptions.none.headline")
        screen.stop("subscriptions.none", recognised=kept.recognised, judged=kept.judged)
    return found


def told(study: Study) -> None:
    """Where most of the revenue comes from subscriptions: what that means here, and where renewals are."""
    warned = study.subscriptions.warnings()
    if warned:
        problems.warnings(warned)
        screen.leads_to("subscriptions", "subscriptions.more")


def headline(found: Found) -> None:
    """How many renewals are made on time, and what became of the others."""
    rate = found.renewals.rate
    if rate is None:
        screen.headline("subscriptions.headline.few", n=found.subscribers)
    else:
        screen.headline("subscriptions.headline", rate=rate.value, **named_ends(rate))
    screen.text(
        f"subscriptions.basis.{'everybody' if found.everybody else 'known'}",
        recognised=found.recognised,
        judged=found.judged,
        share=found.share,
    )


def figures(found: Found) -> None:
    """Subscribers now, what they pay a month, and how much of it stays."""
    words, paid = screen.words(), found.recurring
    screen.metrics(
        {
            "subscriptions.active": (words.count(found.renewals.active), None),
            "subscriptions.now": (words.money(paid.now), list(paid.months["end"])),
            "subscriptions.gross": (_share(paid.gross), None),
            "subscriptions.net": (_share(paid.net), None),
        }
    )


def _share(figure: Estimate | None) -> str:
    if figure is None:
        return NOTHING
    return screen.say("subscriptions.share", share=figure.value, **named_ends(figure))


def curve(found: Found) -> None:
    """The rate by how many renewals came before, its reading and its table."""
    rows = found.renewals.by_number
    if rows.empty:
        screen.text("subscriptions.curve.none")
        return
    many = rows[rows["due"] >= _MANY]
    first, last = rows.iloc[0], (rows if many.empty else many).iloc[-1]
    values = {
        "first": int(first["renewals"]) + 1,
        "rate": first["rate"],
        "last": int(last["renewals"]) + 1,
        "later": last["rate"],
    }
    screen.chart(cached(charts.subscriptions.renewals, rows, screen.words()), "subscriptions.alt", **values)
    screen.text("subscriptions.reading", **values)
    screen.table(lambda: cached(_table, rows), "renewals")


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.rename(columns={"rate": "renewal_rate", "expected": "renewal_expected"})


def what_to_do(found: Found) -> None:
    """Pausing beats cancelling; whom to write to, and when."""
    screen.section("subscriptions.do")
    seen = found.renewals
    st.markdown(screen.say("subscriptions.stopped", n=seen.cancelled))
    if seen.back_after is not None:
        st.markdown(screen.say("subscriptions.paused", n=seen.paused, days=seen.back_after))
    st.markdown(screen.say("subscriptions.advice"))


def who(found: Found) -> None:
    """How many keep to which interval."""
    words = screen.words()
    for code, customers in found.by_interval.items():
        st.markdown(screen.say("subscriptions.interval", name=words.say(f"rhythm.{code}"), n=customers))
    screen.text("subscriptions.rule")
