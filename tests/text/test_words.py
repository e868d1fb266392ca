"""Sentences filled in, in either language."""

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
import pytest

from retention.periods import number_of
from retention.report.plain import laid_out, plain, records
from retention.statistics import Estimate
from retention.text.words import Words, escaped


@pytest.fixture
def say(monkeypatch):
    """What becomes of a sentence of ours."""

    def of(text, language="en", currency="EUR", *, markdown=False, **values):
        texts = {"said": text, "colour.red": "rosso", "colour.blue": "blu"}
        monkeypatch.setattr("retention.text.words.sentence", lambda _, key, __=None: texts[key])
        return Words(language, currency, markdown=markdown).say("said", **values)

    return of


@pytest.mark.parametrize(
    ("text", "value", "written"),
    [
        ("{v:count}", 1234.4, "1,234"),
        ("{v:money}", 12.5, "€12.50"),
        ("{v:about}", 12345.0, "€12,300"),
        ("{v:short_money}", 259876.0, "€260k"),
        ("{v:percent}", 0.25, "25.0%"),
        ("{v:day}", date(2024, 3, 5), "5 Mar 2024"),
        ("{v}", "text", "text"),
        ("{v}", 7, "7"),
        ("{v}", ["a", "b"], "a, b"),
        ("{v}", ("a", 3), "a, 3"),
        ("{v}", {"EUR": 1200, "USD": 1}, "EUR (1,200), USD (1)"),
        ("{v:signed_money}", -0.5, "−€0.50"),
        ("{v:count}", None, "–"),
        ("{v:money}", float("nan"), "–"),
        ("{v:money}", float("inf"), "–"),
        ("{v:as colour}", "red", "rosso"),
        ("{v:as colour}", ["red", "blue"], "rosso, blu"),
        ("{v:as colour}", {"red": 1200, "blue": 1}, "rosso (1,200), blu (1)"),
    ],
)
def test_a_value_is_written_as_its_place_wants_it(say, text, value, written):
    assert say(f"<{text}>", v=value) == f"<{written}>"


@pytest.mark.parametrize(
    ("low", "high", "written"),
    [
        (-0.1, 0.2, "5.0 (95%: −10.0 to +20.0) of 7"),
        (None, 0.2, "5.0 (95%: – to +20.0) of 7"),
        (None, float("nan"), "5.0 of 7"),
    ],
)
def test_an_interval_of_nothing_is_left_out(say, low, high, written):
    text = "{v} (95%: {gain_low:points} to {gain_high:points}) of {n}"
    assert say(text, v="5.0", n=7, gain_low=low, gain_high=high) == written


def test_a_place_that_wants_what_nobody_knows_is_an_error(say):
    with pytest.raises(ValueError, match="colourful"):
        say("{v:colourful}", v=1)
    with pytest.raises(KeyError):
        say("{w}", v=1)


def test_text_of_a_file_does_not_format_a_page(say):
    assert say("{v}", v="a*b_c", markdown=True) == r"a\*b\_c"
    assert say("{v:money}", v=5.0, currency="USD", markdown=True) == r"\$5\.00"
    assert say("{v:money}", v=5.0, currency="USD") == "$5.00"
    assert escaped("http://a.b www.c d@e") == "http\u2060\\://a\\.b www\u2060\\.c d\u2060@e"


def test_figures_for_a_page_by_their_names():
    words = Words("it", "EUR")
    assert words.count(1234) == "1.234"
    assert words.number(1.234) == "1,23"
    assert words.percent(0.123) == "12,3%"
    assert words.whole_percent(0.123) == "12%"
    assert words.change(-0.1) == "−10,0%"
    assert words.points(0.1) == "+10,0"
    assert words.compact(1_500) == "1,5k"
    assert words.day(date(2024, 3, 5)) == "5 mar 2024"
    assert words.period(number_of(date(2024, 3, 5), "month"), "month") == "mar 2024"
    assert words.text("a*b") == "a*b"


@dataclass(frozen=True)
class Result:
    """A result with a figure, an array's number, and what is not for JSON."""

    share: Estimate
    customers: object
    hidden: int = field(default=3, metadata={"plain": False})


@pytest.mark.parametrize(
    ("value", "json"),
    [
        (np.float64(1.5), 1.5),
        (np.int64(3), 3),
        (np.bool_(True), True),
        (float("nan"), None),
        (float("-inf"), None),
        (pd.NA, None),
        (pd.Timestamp("2024-03-05"), "2024-03-05T00:00:00"),
        (date(2024, 3, 5), "2024-03-05"),
        ({1: (2, float("nan"))}, {"1": [2, None]}),
        (frozenset({"b", "a"}), ["a", "b"]),
        ("text", "text"),
        (None, None),
        (Estimate(0.5, 0.4, None, "wilson"), {"value": 0.5, "low": 0.4, "high": None}),
        (Result(Estimate(1.0), 2), {"share": {"value": 1.0, "low": None, "high": None}, "customers": 2}),
    ],
)
def test_every_value_becomes_one_json_can_hold(value, json):
    assert plain(value) == json


def test_a_figure_can_stand_with_its_ends_beside_it():
    found = Result(Estimate(1.0, 0.5, 2.0, "delta"), 7)
    assert laid_out(found, "share") == {"share": 1.0, "low": 0.5, "high": 2.0, "customers": 7}


def test_the_rows_of_a_table_as_records():
    table = pd.DataFrame({"a": [1, 2], "b": [np.nan, 0.5]})
    assert records(table) == [{"a": 1, "b": None}, {"a": 2, "b": 0.5}]


def test_a_heading_of_money_says_what_it_is_in():
    assert Words("it", "EUR").in_money("Ricavo") == "Ricavo (€)"
    assert Words("it", "CHF").in_money("Ricavo") == "Ricavo (CHF)"
    assert Words("en").in_money("Revenue") == "Revenue"
    assert Words("en", "USD", markdown=True).in_money("Spent") == r"Spent (\$)"


def test_money_for_a_page_keeps_its_sign_from_formatting():
    page = Words("en", "USD", markdown=True)
    written = (page.compact_money(1500), page.compact_range(50, 100), page.signed_money(2.5))
    assert written == (r"\$1\.5k", r"\$50–100", r"\+\$2\.50")
