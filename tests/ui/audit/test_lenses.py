"""The fourth lens: one cohort against another."""

from types import SimpleNamespace as Some

import pandas as pd

from retention.ui.audit import choices, lenses
from tests.ui.screens import read

FEBRUARY = 24289


def two_cohorts(smaller=30):
    factors = {"factor": ["customers", "share_active"], "change": [20.0, -35.0]}
    sides = {"first": [10.0, 0.5], "second": [12.0, 0.4]}
    return Some(
        first=FEBRUARY - 1,
        second=FEBRUARY,
        factors=pd.DataFrame(factors | sides),
        greatest="share_active",
        difference=-15.0,
        profit_first=100.0,
        profit_second=85.0,
        ages=6,
        smaller=smaller,
    )


def test_lens_four(monkeypatch):
    asked = []
    pair = ("month", FEBRUARY - 1, FEBRUARY, 0.3)
    monkeypatch.setattr(choices, "pair", lambda _: pair)
    study = Some(audit=Some(two_cohorts=lambda *terms: asked.append(terms) or two_cohorts()))
    assert read(lenses.two_cohorts, study, drawn=[lenses]) == [
        "markdown ## audit.two_cohorts.headline n=6 difference=-15 first=Jan 2024 second=Feb 2024 factor=share_active part=-35 profit_first=100 profit_second=85",
        "chart charts.audit.factors: audit.two_cohorts.alt difference=-15 first=Jan 2024 second=Feb 2024 factor=share_active part=-35",
        "caption audit.two_cohorts.reading first=Jan 2024 second=Feb 2024 share_first=0.5 share_second=0.4",
        "table audit_factors: table.audit_factors ui.audit.tables.factors",
    ]
    assert asked == [pair]
    few = read(lenses.two_cohorts, Some(audit=Some(two_cohorts=lambda *_: two_cohorts(29))), drawn=[lenses])
    assert few[1] == "caption audit.few n=29"
    assert not any(line.startswith("chart") for line in few)
    alone = Some(audit=Some(two_cohorts=lambda *_: None))
    assert read(lenses.two_cohorts, alone) == ["caption audit.one_cohort_only"]
