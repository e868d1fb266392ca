"""A grid of cells: which ages are drawn, where a cell stands, when its value can be read."""

import re

import pandas as pd
import pytest

from retention.charts import heat
from retention.charts.cohorts import grid
from tests.charts.reading import rows
from tests.keyed import ENGLISH, Keyed


def drawing(ages=range(1, 4), bars=2.0, *, measure="share", words=ENGLISH):
    given = {"row": "Jan", "code": 0, "age": [0, 1, 3, 4], "value": 0.05}
    cells = pd.DataFrame(given | {"label": "5%", "state": "whole", "sentence": "said"})
    fill = heat.fill("value", [0, 1], key="key", written=heat.SHARE)
    y = grid.rows_axis(["Jan"])
    layers = grid.grid(cells, y, ages, "month", words, fill=fill, measure=measure, bars=bars)
    return grid.finished(layers, words)


def printed(found):
    firm, faded = [part for part in found.to_dict()["layer"] if part["mark"]["type"] == "text"]
    assert (firm["encoding"]["opacity"], firm["mark"]) == (faded["encoding"]["opacity"], faded["mark"])
    return firm


def test_a_cell_reaches_from_its_age_to_the_next():
    assert rows(drawing(), 0, "age", "left", "middle", "right") == [(1, 1, 1.5, 2), (3, 3, 3.5, 4)]


def test_room_is_kept_at_the_left_for_the_bars():
    x = drawing().to_dict()["layer"][0]["encoding"]["x"]
    assert x["scale"]["domain"] == [-1, 4]
    assert drawing(range(4), bars=0).to_dict()["layer"][0]["encoding"]["x"]["scale"]["domain"] == [0, 4]


@pytest.mark.parametrize(("width", "shown"), [(104, 0.0), (105, 1.0), (500, 1.0)])
def test_values_hide_where_a_cell_is_narrower_than_21_pixels(width, shown):
    opacity = printed(drawing())["encoding"]["opacity"]
    cells, least = re.fullmatch(r"width / (\S+) < (\S+)", opacity["condition"]["test"]).groups()
    hidden = width / float(cells) < float(least)
    assert (opacity["condition"]["value"] if hidden else opacity["value"]) == shown


def test_the_type_grows_with_the_cell_up_to_12_pixels():
    expression = printed(drawing())["mark"]["fontSize"]["expr"]
    most, cells, part = re.fullmatch(r"min\((\S+), width / (\S+) \* (\S+)\)", expression).groups()
    # A character takes about 0.6 of the height of its type: four of them fill most of a cell
    assert (float(most), float(cells)) == (12, 5)
    assert 0.75 < 4 * 0.6 * float(part) < 1


@pytest.mark.parametrize(
    ("measure", "currency", "title"),
    [
        ("share", "EUR", "chart.age.month"),
        ("orders", "EUR", "chart.age.month"),
        ("revenue", None, "chart.age.month"),
        ("revenue", "EUR", "chart.age.month · setting.measure.revenue (€)"),
        ("average_order_value", "USD", "chart.age.month · setting.measure.average_order_value ($)"),
    ],
)
def test_cells_of_money_have_their_sign_above_them(measure, currency, title):
    x = drawing(measure=measure, words=Keyed("en", currency)).to_dict()["layer"][0]["encoding"]["x"]
    assert x["axis"]["title"] == title
