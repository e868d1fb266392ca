"""How a finding of the reality check is worded, with how its figure was come by."""

from types import SimpleNamespace as Some

from retention.statistics import Estimate
from retention.study import five_points
from retention.ui.reality import findings
from tests.ui.reality.findings_of import finding
from tests.ui.screens import read


def read_finding(found, beside=findings._clause):
    rows = []
    read(lambda: rows.append(findings._read(found, beside(found))))
    return rows[0]


SOON = {"within_30": 0.1, "active_days": 90}


def test_a_claim_beside_its_figure():
    assert read_finding(finding("sell_to_existing", Estimate(0.3, 0.2, 0.4), **SOON)) == {
        "said": "claims.said.sell_to_existing",
        "verdict": "**claims.verdict.holds**",
        "here": "**claims.unit.share value=0.3 (claims.ends.share low=0.2 high=0.4)** claims.clause.sell_to_existing horizon=– within_30=0.1 active_days=90",
        "source": "claims.source.sell_to_existing",
    }
    assert read_finding(finding("sell_to_prospect", needs="spend", verdict="unknown")) == {
        "said": "claims.said.sell_to_prospect",
        "verdict": "*claims.verdict.unknown*",
        "here": "claims.needs.spend",
        "source": "claims.source.sell_to_prospect",
    }
    costs = {"cac": Estimate(90.0), "retention_cost": 15.0}
    assert read_finding(finding("acquisition_5_to_25", Estimate(6.0), **costs)) == {
        "said": "claims.said.acquisition_5_to_25",
        "verdict": "**claims.verdict.holds**",
        "here": "**claims.unit.times value=6** claims.clause.acquisition_5_to_25 horizon=– cac=90 retention_cost=15",
        "source": "claims.source.acquisition_5_to_25",
    }


def test_a_word_beside_a_figure_says_in_how_many_years_and_most_need_none():
    years = finding("retention_profit", Estimate(0.2), years=3.0)
    assert read_finding(years)["here"].endswith(
        "** claims.clause.retention_profit horizon=value.periods.year n=3 years=3"
    )
    assert read_finding(finding("best_20_past", Estimate(0.7)))["here"] == "**claims.unit.share value=0.7**"


def test_what_a_claim_lacks_stands_with_what_is_known_of_it_so_far():
    so_far = {"months": 6, "customers": 9, "multiple": 2.0}
    short = finding("ten_times_first", needs="longer_history", verdict="unknown", **so_far)
    told = "months=6 customers=9 multiple=2"
    assert read_finding(short, findings._note)["here"] == (
        f"claims.needs.longer_history {told} claims.note.ten_times_first.short {told}"
    )


def test_how_each_figure_was_found_is_a_line_each_where_there_is_something_to_say():
    told = [finding("best_20_future", Estimate(0.7)), finding("best_20_past", Estimate(0.7))]
    assert read(findings._notes, told) == [
        "markdown - **claims.short.best_20_future**: claims.note.best_20_future"
    ]


def note(code, figure=None, **details):
    said = []
    read(lambda: said.append(findings._note(finding(code, figure, **details))))
    return said[0]


def test_how_a_figure_was_come_by():
    known = Estimate(0.3)
    assert note("sell_to_existing", **SOON) == ""
    assert (
        note("sell_to_existing", known, **SOON) == "claims.note.sell_to_existing within_30=0.1 active_days=90"
    )
    assert note("best_20_past", known) == ""
    assert note("best_20_future", known) == "claims.note.best_20_future"
    profit = {
        "footing": "cohorts",
        "period": "month",
        "retention": 0.5,
        "years": 3,
        "discount_rate": 0.1,
        "relative": 0.2,
    }
    assert (
        note("retention_profit", known, **profit)
        == "claims.note.retention_profit horizon=value.periods.year n=3 footing=cohorts period=month retention=0.5 years=3 discount_rate=0.1 relative=0.2"
    )
    spend = {"customers": 9, "pooled": 0.5, "geometric": 0.25}
    assert (
        note("repeat_spend", known, **spend)
        == "claims.note.repeat_spend customers=9 pooled=0.5 geometric=0.25"
    )


def test_how_often_the_first_order_is_reached():
    seen = {"months": 12, "customers": 9, "multiple": 4.0}
    assert note("ten_times_first") == ""
    assert (
        note("ten_times_first", Estimate(4.0), **seen)
        == "claims.note.ten_times_first months=12 customers=9 multiple=4"
    )
    assert (
        note("ten_times_first", **seen)
        == "claims.note.ten_times_first.short months=12 customers=9 multiple=4"
    )
    assert (
        note("ten_times_first", **seen, to_come=6.0)
        == "claims.note.ten_times_first.short months=12 customers=9 multiple=4 to_come=6 claims.note.to_come months=12 customers=9 multiple=4 to_come=6"
    )


def test_a_claim_as_it_leaves_in_a_table():
    rows = []
    read(lambda: rows.append(findings._written(finding("sell_to_existing", Estimate(0.3, 0.2, 0.4)))))
    read(
        lambda: rows.append(findings._written(finding("sell_to_prospect", needs="spend", verdict="unknown")))
    )
    assert rows == [
        {
            "said": "claims.said.sell_to_existing",
            "source": "claims.source.sell_to_existing",
            "claimed_from": 0.6,
            "claimed_to": 0.7,
            "figure_here": 0.3,
            "interval_from": 0.2,
            "interval_to": 0.4,
            "verdict": "claims.verdict.holds",
            "needs": "",
        },
        {
            "said": "claims.said.sell_to_prospect",
            "source": "claims.source.sell_to_prospect",
            "claimed_from": 0.05,
            "claimed_to": 0.2,
            "figure_here": None,
            "interval_from": None,
            "interval_to": None,
            "verdict": "claims.verdict.unknown",
            "needs": "claims.needs.spend",
        },
    ]


def test_the_lift_is_asked_on_the_terms_of_what_if():
    asked, study = [], Some(shop=Some(measurable=lambda step: f"at most {step}"))
    ask = lambda: asked.append(findings.question(study))  # noqa: E731
    read(ask)
    read(ask, state={"kept": "strict", "discount": 5.0, "years": 7, "step": "year", "footing": "purchases"})
    assert asked == [
        five_points("at most month", 0.1, 3.0),
        five_points("at most year", 0.05, 7.0, strict=True),
    ]
    assert {question.footing for question in asked} == {None}  # what foresaw the last year best
