"""The check in full: where there is one; what can be chosen of it, always."""

from datetime import date
from types import SimpleNamespace as Some

import pytest
import streamlit as st

from retention.errors import DataWarning
from retention.lifetime_value import Holdout, Variant
from retention.text import LANGUAGES, Words
from retention.ui.lifetime_value import holdout
from retention.ui.parts.forecast import Forecast
from tests.ui.screens import read

UNTIL = date(2024, 6, 30)


class Tried(Holdout):
    """A holdout of which nothing is looked at."""

    def __init__(self):
        pass


@pytest.mark.parametrize(
    ("found", "more"),
    [(Tried(), ["in full"]), (DataWarning("retention_capped"), [])],
    ids=["there", "missing"],
)
def test_what_the_check_shows(monkeypatch, found, more):
    monkeypatch.setattr(holdout, "_in_full", lambda here, _: st.text("in full" if here is found else "other"))
    monkeypatch.setattr(holdout, "_cut", lambda of: st.text(f"until of {of.name}"))
    monkeypatch.setattr(holdout, "_origins", lambda tried, value: st.text(f"origins of {tried.study.name}"))
    monkeypatch.setattr(holdout.controls, "choice", st.text)
    tried_on = {("mbg_nbd", UNTIL): found}
    study = Some(name="the study", models=Some(holdout=lambda variant, day: tried_on[variant, day]))
    tried = holdout.Check(Some(study=study, variant="mbg_nbd"), UNTIL, None, None, None)
    told = ["origins of the study", *more, "until of the study", "purchase_kind"]
    plain = Some(variant=Variant("pareto_nbd"))
    assert read(holdout.details, tried, plain) == [*told, "caption setting.pareto_is_plain"]
    other = Some(variant=Variant("mbg_nbd"))
    assert read(holdout.details, tried, other) == [*told, "season", "regularity"]


@pytest.mark.parametrize(
    ("trust", "doubted", "colour"),
    [
        ("good", False, "green"),
        ("good", True, "orange"),
        ("fair", True, "orange"),
        ("poor", True, "red"),
        (None, True, "gray"),
    ],
)
def test_a_good_forecast_of_doubtful_data_is_no_more_than_fair(trust, doubted, colour):
    missing = DataWarning("retention_capped")
    doubts = (DataWarning("no_acquisition_spend"),) if doubted else ()
    told = Forecast(Variant("mbg_nbd"), Some(trust=trust, reasons=()), doubts)
    badge, *more = read(holdout.verdict, holdout.Check(None, UNTIL, missing, None, told))
    assert badge.startswith(f"markdown :{colour}-badge[")
    named = f"trust.{trust or 'unknown'}"
    assert badge.endswith(f" trust.unreliable trust={named}]" if doubted else f" {named}]")
    said = ["lifetime_value.unreliable\n\n- warning.no_acquisition_spend"] if doubted else []
    assert more == [f"warning {key}" for key in (*said, "warning.retention_capped")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_reliable_does_not_open_as_a_good_forecast(language):
    words = Words(language)
    good = words.say("trust.good")
    said = words.say("trust.unreliable", trust=good)
    assert said.endswith(f": {good}")  # what it was on days held back
    assert not said.startswith(good)
    assert "·" not in said  # no two verdicts side by side
