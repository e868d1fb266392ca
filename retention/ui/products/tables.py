"""The Products page's tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from retention.ui.parts import downloads

if TYPE_CHECKING:
    from pandas.io.formats.style import Styler

    from retention.products import FirstProducts, Following, LoyalProducts
    from retention.text import Words

BACK = "repeated"  # the outcome of the chart
ONE_THING = 1.5  # products in a first order up to which each stands for the whole of it
_DAYS = {"days_median": "median_days", "days_other_median": "other_median_days"}
_VALUE = {
    "value_mean": "value_mean",
    "value_other_mean": "other_value_mean",
    "value_median": "value_median",
    "value_other_median": "other_value_median",
}


def drawn(found: FirstProducts, most: int, words: Words) -> pd.DataFrame:
    """The largest differences in coming back, the best first, each with its sentence."""
    rows = _named(found.table.dropna(subset="p").head(most), words)
    rows = rows.sort_values("difference", ascending=False, kind="stable").assign(outcome=BACK)
    rows["sentence"] = [
        words.say(
            "products.reading",
            group=r.group,
            customers=r.watched,
            days=found.days,
            rate=r.rate,
            low=r.low,
            high=r.high,
            other=r.other_rate,
        )
        for r in rows.itertuples()
    ]
    return rows


def first(found: FirstProducts, words: Words) -> pd.DataFrame:
    """Every product: coming back, how soon, and value."""
    rows = _named(found.table, words)
    table = pd.DataFrame(
        {
            "product": rows["group"],
            "customers": rows["customers"],
            "group_share": rows["rate"],
            "low": rows["low"],
            "high": rows["high"],
            "other_rate": rows["other_rate"],
            "corrected_p": rows["corrected_p"],
            "real": _yes(rows["real"], words),
            **{name: rows[ours].round().astype("Int64") for ours, name in _DAYS.items()},
            "real_days": _yes(rows["days_real"], words),
        }
    )
    if found.months is None:
        return table
    return table.assign(
        **{name: rows[ours] for ours, name in _VALUE.items()}, real_value=_yes(rows["value_real"], words)
    )


def pairs(found: Following, words: Words) -> pd.DataFrame:
    """Every pair of products in two orders that follow each other."""
    rows = found.table
    return pd.DataFrame(
        {
            "product": rows["product"],
            "next_product": rows["following"],
            "customers": rows["customers"],
            "group_share": rows["rate"],
            "low": rows["low"],
            "high": rows["high"],
            "other_rate": rows["other_rate"],
            "corrected_p": rows["corrected_p"],
            "real": _yes(rows["real"], words),
        }
    )


def pairs_that_differ(found: Following, most: int, words: Words) -> Styler:
    """The pairs whose second follows the first more than other products, beyond chance."""
    rows = found.table[found.table["real"] & (found.table["difference"] > 0)].head(most)
    kept = {
        "product": "product",
        "following": "next_product",
        "rate": "group_share",
        "other_rate": "other_rate",
    }
    return downloads.written(rows[list(kept)].rename(columns=kept), words)


def loyal(found: LoyalProducts, words: Words, most: int | None = None) -> Any:
    """In what share of their orders the loyal, and others, buy each product; as read where cut short."""
    rows = found.table
    table = pd.DataFrame(
        {
            "product": rows["product"],
            "customers": rows["customers"],
            "loyal_share": rows["mean"],
            "others_share": rows["other_mean"],
            "corrected_p": rows["corrected_p"],
            "real": _yes(rows["real"], words),
        }
    )
    return table if most is None else downloads.written(table.head(most), words)


def _named(rows: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Products by name; those too small to be told apart as one."""
    others = words.say("products.others")
    return rows.assign(group=[others if pd.isna(name) else str(name) for name in rows["product"]])


def _yes(real: pd.Series, words: Words) -> list[str]:
    return [words.say(f"leaving.is_real.{'yes' if found else 'no'}") for found in real]
