"""The reality check as a whole: what is counted, what it is asked with, where a chart has nothing to show."""

from types import SimpleNamespace as Some
from unittest.mock import patch

import pandas as pd

from retention.statistics import Estimate
from retention.ui.acquisition import spend_editor
from retention.ui.dropoff import complaints
from retention.ui.overview import worth
from retention.ui.reality import findings
from tests.ui.reality.findings_of import finding
from tests.ui.screens import read

TESTED = (
    finding("sell_to_existing", Estimate(0.3), "holds"),
    finding("best_20_past", Estimate(0.5), "below"),
    finding("best_20_future", Estimate(0.7), "unsure"),
)
UNTESTED = finding("sell_to_prospect", verdict="unknown", needs="spend")


def page(of):
    """The page's parts, one below the other."""
    findings.table(findings.shown(of))


def lines(told, asked=None, *, known=True):
    def found(*given):
        if asked is not None:
            asked.extend(given)
        return told

    of = Some(
        claims=Some(findings=found, lift=lambda _: "the lift", knows_lift=lambda _: known),
        shop=Some(measurable=lambda step: step),
    )
    with (
        patch.object(worth, "known", lambda _: "the value"),
        patch.object(complaints, "heard", lambda _: "the complaints"),
        patch.object(spend_editor, "present", lambda: None),
        patch.object(findings, "_note", lambda _: ""),
    ):
        return read(page, of, drawn=[findings], state={"details_reality.untested": True})


def test_the_claims_are_counted_by_how_they_fare():
    asked = []
    found = lines((*TESTED, UNTESTED), asked)
    assert asked == ["the lift", None, "the value", "the complaints"]
    assert found[:2] == [
        "markdown ## reality.headline.unsure fit=1 tested=3 unsure=1",
        (
            "markdown reality.takeaway.true names=claims.quote claim=sell_to_existing n=0 all=1 "
            "reality.takeaway.too_much names=claims.quote claim=best_20_past n=0 all=1 "
            "reality.takeaway.open names=claims.quote claim=best_20_future n=0 all=1"
        ),
    ]
    assert [line.split(":")[0] for line in found[2:]] == [
        "caption reality.reading",
        "chart charts.overview.reality.ranges",
        "table",
        "expander reality.untested open",
        "table",
        "expander reality.notes",
        "download reality",
    ]
    assert "download reality: table.download 4 rows" in found


def test_without_doubt_there_is_no_word_of_it_and_of_many_names_the_first_three_are_told():
    codes = ("retention_profit", "acquisition_7", "best_20_future", "sell_to_existing", "best_20_past")
    found = lines(tuple(finding(code, Estimate(0.1), "below") for code in codes))
    assert found[0] == "markdown ## reality.headline fit=0 tested=5 unsure=0"
    assert found[1] == (
        "markdown reality.takeaway.too_much.more names=claims.quote claim=retention_profit,"
        "claims.quote claim=acquisition_7,claims.quote claim=best_20_future n=2 all=5"
    )


def test_claims_about_one_figure_are_named_once_and_counted_each():
    verdicts = {"acquisition_5_to_25": "within", "acquisition_7": "below", "acquisition_10": "below"}
    found = lines(
        tuple(
            finding(code, Estimate(5.7), said, cac=9.0, retention_cost=1.0) for code, said in verdicts.items()
        )
    )
    assert found[:2] == [
        "markdown ## reality.headline fit=1 tested=3 unsure=0",
        "markdown reality.takeaway.true names=claims.quote claim=acquisition_5_to_25 n=0 all=1",
    ]


def test_what_takes_no_model_is_drawn_before_the_lift_is_asked_for():
    asked = []
    found = lines(TESTED, asked, known=False)
    rest = [None, "the value", "the complaints"]
    assert asked == [None, *rest, *["the lift", *rest] * 2]
    assert found.index("caption reality.reading") < len(found)


def test_without_a_figure_there_is_no_chart():
    nothing = [finding("sell_to_existing", verdict="unknown", needs="spend"), UNTESTED]
    found = lines(nothing)
    assert found[0] == "markdown ## reality.headline.none"
    assert not any(line.startswith(("chart", "caption reality.reading")) for line in found)


def test_the_table_is_headed_in_words():
    with patch.object(findings.st, "table", lambda rows, **_: findings.st.text(" | ".join(rows.columns))):
        found = read(findings._untested, [UNTESTED])
    assert "column.said | column.verdict | column.here | column.source" in found


def test_the_spend_is_asked_as_old_customers_are_dealt_with():
    asked = []
    spend = pd.DataFrame({"month": ["01/2024"]})
    winning = lambda **terms: asked.append(terms) or "the spend"  # noqa: E731
    of = Some(acquisition=lambda given: Some(winning=winning) if given is spend else None)
    got = []
    with patch.object(spend_editor, "present", lambda: spend):
        read(lambda: got.append(findings._spent(of)))
        read(lambda: got.append(findings._spent(of)), state={"old_customers": "leave_out"})
    with patch.object(spend_editor, "present", lambda: None):
        read(lambda: got.append(findings._spent(of)))
    assert got == ["the spend", "the spend", None]
    assert asked == [{"leave_out_left_truncated": False}, {"leave_out_left_truncated": True}]
