"""What charts have in common: a drawing written out once, in the colours of the page's theme."""

import altair as alt
import pandas as pd
import pytest

from retention.charts import style
from retention.text import Words


def test_axes_write_numbers_and_months_in_the_readers_way():
    written = style.locale(Words("it")).to_dict()
    assert written["number"] == {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", ""]}
    assert written["time"]["shortMonths"][0] == "gen"
    assert len(written["time"]["days"]) == 7


@pytest.mark.parametrize(
    ("language", "currency", "around"),
    [("it", "EUR", ["", "\xa0€"]), ("en", "EUR", ["€", ""]), ("en", "CHF", ["CHF\xa0", ""])],
)
def test_axes_of_money_have_its_sign_where_the_language_puts_it(language, currency, around):
    assert style.locale(Words(language, currency)).to_dict()["number"]["currency"] == around


def drawing():
    chart = style.named("rows").mark_point().encode(x="a:Q")
    return style.finish(chart, Words("it"))


def test_a_drawing_of_other_rows_is_not_written_out_again():
    first = drawing().of(rows=pd.DataFrame({"a": [1]}))
    shown = style.Inked(first, "light").to_dict()
    other = first.of(rows=pd.DataFrame({"a": [2]}))
    assert other.written is first.written
    assert first.written["mark"] == shown["mark"]
    assert style.Inked(other, "light").to_dict()["datasets"]["rows"]["a"].tolist() == [2]
    assert shown["datasets"]["rows"]["a"].tolist() == [1]


@pytest.mark.parametrize(("theme", "ink"), [("dark", "dark"), ("light", "light"), (None, "light")])
def test_texts_are_inked_for_the_theme_of_the_page(theme, ink):
    spec = style.Inked(drawing(), theme).to_dict()
    assert spec["config"]["text"] == {"color": style.INK[ink]}
    assert spec["config"]["range"]["heatmap"] == {"scheme": style.RANGES[ink]["heatmap"]}
    assert spec["config"]["range"]["diverging"] == {"scheme": style.RANGES[ink]["diverging"]}
    assert spec["config"]["locale"]["number"]["decimal"] == ","


def test_a_finished_chart_has_no_frame_and_carries_its_rows():
    found = drawing().of(rows=pd.DataFrame({"a": [3]})).to_dict()
    assert found["config"]["view"]["stroke"] is None
    assert found["datasets"] == {"rows": [{"a": 3}]}
    held = style.finish(alt.Chart(pd.DataFrame({"a": [4]})).mark_point().encode(x="a:Q"), Words("en"))
    assert [{"a": 4}] in held.to_dict()["datasets"].values()


def test_the_first_name_of_rows_is_level_with_its_row():
    """The theme asks for labels flush with the ends of an axis, which is for scales of numbers alone."""
    chart = alt.Chart(pd.DataFrame({"a": [4], "b": ["x"]})).mark_point().encode(x="a:Q", y="b:N")
    config = style.finish(chart, Words("en")).to_dict()["config"]
    assert config["axisDiscrete"] == {"labelFlush": False}
    assert "axis" not in config
