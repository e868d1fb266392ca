"""The reality check as a page shows it: every claim with its source, figure and verdict."""

import re

import pandas as pd
import pytest

from retention import claims, ingest
from retention.study import Study, five_points
from retention.text import LANGUAGES
from tests.pages.sentences import foreign
from tests.pages.visit import Visit, unescaped


def shown(language, sample="shop", **settings):
    return Visit(language, sample=sample, **settings).open("reality")


def rows(visit):
    """The tables' cells by claim: what this data can test, and what it cannot."""
    table = pd.concat([each.value for each in visit.app.table])
    claim, verdict, here, _ = table.columns
    named = {visit.words.say(f"claims.said.{c.code}"): c.code for c in claims.CLAIMS}
    return {
        named[unescaped(row[claim])]: (unescaped(row[here]), unescaped(row[verdict]).strip("*"))
        for row in table.to_dict("records")
    }


def notes(visit):
    """How each figure was found, by claim."""
    named = {visit.words.say(f"claims.short.{c.code}"): c.code for c in claims.CLAIMS}
    bold = (text for text in map(unescaped, visit.formatted) if text.startswith("- **"))
    lines = (re.fullmatch(r"- \*\*(.+?)\*\*: (.+)", line) for text in bold for line in text.split("\n"))
    return {named[line[1]]: line[2] for line in lines}


def test_the_headline_counts_and_the_rows_stand_by_which_way_they_err():
    visit = shown("en", horizon="13")  # on such terms no other test has computed lifetime value
    assert visit.headline == "2 of 10 famous claims hold in your shop; 1 cannot be decided."
    verdicts = [unescaped(cell).strip("*") for cell in visit.app.table[0].value.iloc[:, 1]]
    assert verdicts == [*["true here"] * 2, *["overstated"] * 6, "no effect here", "cannot tell"]
    true = [
        visit.words.say("claims.quote", claim=f"{code}")
        for code in ("acquisition_5_to_25", "sell_to_prospect")
    ]
    assert visit.says("reality.takeaway.true", names=true, all=2)
    overstated = next(text for text in visit.formatted if "Overstated" in text)
    assert re.search(r"Overstated[^:]*\(7\):.* and 4 more\.", overstated)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_claim_has_its_row_in_one_language(language):
    visit = shown(language)
    assert visit.failures == visit.errors == []
    found = rows(visit)
    assert set(found) == {claim.code for claim in claims.CLAIMS}
    cells = [str(cell) for each in visit.app.table for cell in each.value.to_numpy().ravel()]
    assert foreign([*visit.texts, *cells], language, ()) == []
    assert len(visit.charts) == 1
    assert visit.charts[0].alt
    assert len(visit.app.get("download_button")) == 1


def test_figures_and_verdicts_are_those_of_the_claims(samples):
    known = Study(samples["shop"][1].orders).claims.bought()
    visit = shown("en")
    found, said = rows(visit), visit.words
    here, verdict = found["repeat_spend"]
    assert said.change(known.repeat.paired.value) in here
    assert said.change(known.repeat.pooled.value) in notes(visit)["repeat_spend"]
    assert verdict == said.say("claims.verdict.does_not_hold")
    assert said.percent(known.best.value) in found["best_20_past"][0]
    assert said.say("claims.needs.ask_customers") in found["leave_for_treatment"][0]
    assert found["leave_for_treatment"][1] == said.say("claims.verdict.unknown")


def test_the_sample_shops_spend_fills_in_the_costs_and_without_spend_they_are_asked_for():
    assert rows(shown("en"))["acquisition_7"][1] == "overstated"
    visit = shown("en", "cdnow")
    assert visit.words.say("claims.needs.spend") in rows(visit)["acquisition_5_to_25"][0]


def test_the_lift_follows_the_settings_of_the_what_if_page():
    usual = rows(shown("en"))["retention_profit"][0]
    strict = shown("en", kept="strict", years="5", discount="7")
    assert strict.failures == []
    assert rows(strict)["retention_profit"][0].split()[0] != usual.split()[0]
    assert "5 years, discounted at 7.0% a year" in notes(strict)["retention_profit"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("quarterly retention measured here", "over 1 year,", "10.0% a year")),
        ("it", ("retention trimestrale misurata qui", "su 1 anno,", "10,0% annuo")),
    ],
)
def test_the_lift_names_what_it_rests_on_and_only_that(language, said, samples):
    usual, other = (
        shown(language, step="quarter", years="1", **more)
        for more in ({}, {"footing": "constant", "uplift": "9", "reach": "first", "fixed_cost": "5000"})
    )
    here, asked = notes(usual)["retention_profit"], five_points("quarter", 0.1, 1.0)
    best = Study(samples["shop"][1].orders).what_if.last_year("quarter", asked.wanted, asked.unit).recommended
    assert all(part in here for part in (*said, usual.words.say(f"simulator.footing.short.{best}")))
    assert notes(other)["retention_profit"] == here
    assert rows(other)["retention_profit"] == rows(usual)["retention_profit"]


def test_the_cost_of_winning_leaves_out_the_customers_win_or_keep_leaves_out(samples):
    spend = ingest.read_spend(ingest.sample_spend()).table
    found = Study(samples["shop"][1].orders).acquisition(spend).winning(leave_out_left_truncated=True)
    visit = shown("en", old_customers="leave_out")
    assert visit.failures == []
    note = {"cac": found.costs.cac.value, "retention_cost": found.costs.retention_cost.value}
    beside = visit.words.say("claims.clause.acquisition_5_to_25", **note)
    assert beside in rows(visit)["acquisition_5_to_25"][0]
    assert visit.words.say("claims.note.acquisition", **note) in notes(visit)["acquisition_5_to_25"]
    assert visit.words.percent(found.success.rate.value) in rows(visit)["sell_to_prospect"][0]


def test_what_lifetime_value_says_is_quoted_once_it_was_computed():
    visit = shown("en", horizon="23")
    need = visit.words.say("claims.needs.lifetime_value")
    quoted = ("best_20_future", "lost_customer")
    assert all(need in rows(visit)[code][0] for code in quoted)
    visit.press("overview.value.compute")
    assert visit.failures == visit.errors == []
    assert not any(need in rows(visit)[code][0] for code in quoted)
    assert "still to come" in notes(visit)["ten_times_first"]


def test_the_lift_is_the_rise_what_if_answers():
    """One story on two pages, whatever margin What if is asked with, and on the footing it recommends."""
    visit = Visit("en", sample="shop").open("simulator")
    percent, words = r"[+−]\d+(?:\.\d+)?%", visit.words
    begins = words.say("simulator.claim.where.below", rise=0.0, low=None, high=None).split("+")[0]
    below = next(text for text in map(unescaped, visit.formatted) if text.startswith(begins))
    rise, low, high = re.search(rf"({percent}).*?({percent}) to ({percent})", below).groups()
    reality = shown("en")
    figure = rows(reality)["retention_profit"][0]
    assert figure.startswith(f"**{rise} ({low} to {high})**")
    assert words.say("simulator.footing.short.cohorts") in notes(reality)["retention_profit"]
