"""The reality check as a whole: what is counted, what it is asked with, where a chart has nothing to show."""

from types import SimpleNamespace as Some
from unittest.mock import patch

import pandas as pd

from retention.claims import CLAIMS
from retention.statistics import Estimate
from retention.ui.acquisition import spend_editor
from retention.ui.overview import reality, worth
from tests.ui.screens import read

CLAIMED = {claim.code: claim for claim in CLAIMS}


def finding(code, verdict="unknown", figure=None):
    needs = None if figure else "spend"
    return Some(claim=CLAIMED[code], figure=figure, verdict=verdict, needs=needs, details={})


def study(findings, asked=None, *, known=True):
    def found(*given):
        if asked is not None:
            asked.extend(given)
        return findings

    claims = Some(findings=found, lift=lambda _: "the lift", knows_lift=lambda _: known)
    return Some(claims=claims, shop=Some(measurable=lambda step: step))


def lines(findings, asked=None, *, known=True):
    with (
        patch.object(worth, "known", lambda _: "the value"),
        patch.object(worth, "offered", lambda _: None),
        patch.object(spend_editor, "present", lambda: None),
        patch.object(reality, "_note", lambda _: ""),
    ):
        return read(reality.show, study(findings, asked, known=known), drawn=[reality])


TESTED = (
    finding("sell_to_existing", "holds", Estimate(0.3)),
    finding("best_20_past", "below", Estimate(0.5)),
    finding("best_20_future", "unsure", Estimate(0.7)),
)
UNTESTED = finding("sell_to_prospect")


def test_the_claims_are_counted_by_how_they_fare():
    asked = []
    found = lines((*TESTED, UNTESTED), asked)
    assert asked == ["the lift", None, "the value"]
    assert found[0] == "caption reality.question"
    assert found[1] == "markdown reality.headline all=4 tested=3 fit=1 unsure=1 off=1"
    assert [line.split(":")[0] for line in found[2:]] == [
        "chart charts.overview.reality.ranges",
        "caption reality.reading",
        "caption reality.reading.example rate=0.3",
        "expander table.reality open",
        "table",
        "download reality",
        "expander definition.show",
        "markdown reality.definition",
    ]
    assert "download reality: table.download 4 rows" in found


def test_what_takes_no_model_is_drawn_before_the_lift_is_asked_for():
    asked, drawn = [], []
    of = study(TESTED, asked, known=False)
    of.claims.lift = lambda _: drawn.append(list(asked)) or "the lift"
    with (
        patch.object(worth, "known", lambda _: "the value"),
        patch.object(worth, "offered", lambda _: None),
        patch.object(spend_editor, "present", lambda: None),
        patch.object(reality, "_note", lambda _: ""),
        patch.object(reality, "_ranges", drawn.append),
    ):
        read(reality.show, of)
    assert drawn == [TESTED, [None, None, "the value"], TESTED]
    assert asked == [None, None, "the value", "the lift", None, "the value"]


def test_without_a_figure_there_is_no_chart():
    nothing = [finding("sell_to_existing"), UNTESTED]
    found = lines(nothing)
    assert found[1].startswith("markdown reality.headline all=2 tested=0 fit=0 ")
    assert not any(line.startswith(("chart", "caption reality.reading")) for line in found)


def test_the_table_is_headed_in_words():
    with patch.object(reality.st, "table", lambda rows, **_: reality.st.text(" | ".join(rows.columns))):
        found = read(reality._table, [UNTESTED])
    assert "column.said | column.verdict | column.here | column.source" in found


def test_the_spend_is_asked_as_old_customers_are_dealt_with():
    asked = []
    spend = pd.DataFrame({"month": ["01/2024"]})
    winning = lambda **terms: asked.append(terms) or "the spend"  # noqa: E731
    of = Some(acquisition=lambda given: Some(winning=winning) if given is spend else None)
    got = []
    with patch.object(spend_editor, "present", lambda: spend):
        read(lambda: got.append(reality._spent(of)))
        read(lambda: got.append(reality._spent(of)), state={"old_customers": "leave_out"})
    with patch.object(spend_editor, "present", lambda: None):
        read(lambda: got.append(reality._spent(of)))
    assert got == ["the spend", "the spend", None]
    assert asked == [{"leave_out_left_truncated": False}, {"leave_out_left_truncated": True}]
