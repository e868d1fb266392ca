"""The chart of the months."""

import pandas as pd
import pytest

from retention.charts.lifetime_value import season
from retention.text import LANGUAGES, Words
from tests.charts.reading import rows

MONTHS = pd.DataFrame(
    {
        "month": range(1, 13),
        "index": [0.9] * 11 + [1.5],
        "low": [0.8] * 11 + [1.3],
        "high": [1.0] * 11 + [1.7],
    }
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_twelve_bars_with_their_intervals_and_the_usual_month(language):
    drawing = season(MONTHS, Words(language))
    assert rows(drawing, 0, "index", "low", "high")[-1] == (1.5, 1.3, 1.7)
    assert len(rows(drawing, 0, "name")) == 12
    assert rows(drawing, 0, "name")[0] == ("gen" if language == "it" else "Jan")
    december = rows(drawing, 0, "sentence")[-1]
    assert december.startswith("dicembre" if language == "it" else "December")
