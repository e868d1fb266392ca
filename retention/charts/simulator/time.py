"""Time from today on along the bottom of a chart, and who its lines are of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import altair as alt
import pandas as pd

from retention.charts import style

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from retention.periods import Period
    from retention.text import Words

PATTERNS = 32  # charts kept, of a period, a language and a currency each


def ahead(period: Period, words: Words) -> alt.X:
    """Periods from today to the horizon."""
    return alt.X(
        "period:Q",
        title=words.say(f"chart.periods.{period}"),
        scale=alt.Scale(nice=False),
        axis=alt.Axis(tickMinStep=1, format="d"),
    )


def sides(names: Iterable[str]) -> alt.Color:
    """Without and with the rise, by their names; a third is what is left of it after its cost."""
    return alt.Color(
        "which:N",
        scale=alt.Scale(domain=list(names), range=[style.COMPARISON, style.ACCENT, style.AVERAGE]),
        legend=alt.Legend(orient="top", title=None, labelLimit=0, columns=2),
    )


def lines(rows: pd.DataFrame, named: Mapping[str, str], value: str) -> pd.DataFrame:
    """One line for each column of the rows, by the name it goes by."""
    each = [
        pd.DataFrame(
            {"period": rows["period"], "sentence": rows["sentence"], "which": name, value: rows[column]}
        )
        for name, column in named.items()
    ]
    return pd.concat(each, ignore_index=True)
