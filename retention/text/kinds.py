"""What stands in a column of ours: shares, money, days; so that screen, file and report write it alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pandas.api import types

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    import pandas as pd

    from retention.text.words import Words

    Writer = Callable[[Any], str]

CellKind = Literal["share", "change", "points", "money", "day", "count", "number", "text"]

_SHARES = frozenset(
    [
        "chance",
        "churn",
        "followed",
        "gap",
        "goes_on",
        "gone_on",
        "group_share",
        "high",
        "lifetime",
        "loyal_share",
        "low",
        "mape",
        "margin_share",
        "naive",
        "other_rate",
        "others_share",
        "p_alive",
        "rate",
        "reached",
        "renewal_expected",
        "renewal_rate",
        "repeat_rate",
        "retention_after",
        "retention_before",
        "retention_rate",
        "retention_share",
        "share",
        "share_active",
        "share_at_risk",
        "share_of_cohort",
        "share_of_customers",
        "share_of_orders",
        "share_of_revenue",
        "share_of_value",
        "share_once",
        "strict_retention",
        "success",
        "success_high",
        "success_low",
        "uplift_share",
        "within",
        "within_high",
        "within_low",
    ]
)
_POINTS = frozenset({"difference_points", "points_high", "points_low"})
_CHANGES = frozenset({"bias", "rise", "rise_low", "rise_high", "rise_month"})
_DAYS = frozenset({"date", "first_bought", "last_bought"})
_MONEY = frozenset(
    [
        "acquisition",
        "after",
        "amount",
        "at_risk_high",
        "at_risk_low",
        "average_cost",
        "average_order",
        "average_order_value",
        "base_after",
        "balance",
        "balance_high",
        "balance_low",
        "base_before",
        "before",
        "break_even",
        "break_even_high",
        "break_even_low",
        "cac",
        "cac_first",
        "cac_high",
        "cac_last",
        "cac_low",
        "clv",
        "clv_high",
        "clv_if_active",
        "clv_low",
        "clv_mean",
        "contribution",
        "cost_each",
        "cost_high",
        "cost_low",
        "cumulative_revenue",
        "expected_spend",
        "firm_after",
        "firm_before",
        "first_value",
        "from_value",
        "gain",
        "gain_at_high",
        "gain_at_low",
        "gain_high",
        "gain_low",
        "gross",
        "gross_after",
        "gross_before",
        "gross_per_customer",
        "m_x",
        "marginal_cost",
        "money",
        "money_came",
        "money_expected",
        *("mrr_back", "mrr_end", "mrr_less", "mrr_lost", "mrr_more", "mrr_new", "mrr_start"),
        "most_a_year",
        "net",
        "net_gain",
        "net_order_value",
        "net_per_active",
        "net_per_customer",
        "new_after",
        "new_before",
        "profit_month",
        "other_value_mean",
        "other_value_median",
        "programme_cost",
        "refunds",
        "retention",
        "retention_cost",
        "return_of_next",
        "revenue",
        "revenue_change",
        "revenue_in_all",
        "revenue_net",
        "revenue_per_customer",
        "room",
        "spent",
        "stake",
        "stake_or_to_come",
        "to_come",
        "to_value",
        "value",
        "value_at_risk",
        "value_mean",
        "value_median",
    ]
)


def kind_of(what: str, column: pd.Series) -> CellKind:
    """What stands in a column, by the name of a column of ours that holds such."""
    if what in _DAYS:
        return "day"
    if not types.is_numeric_dtype(column) or types.is_bool_dtype(column):
        return "text"
    named: tuple[tuple[frozenset[str], CellKind], ...] = (
        (_SHARES, "share"),
        (_CHANGES, "change"),
        (_POINTS, "points"),
        (_MONEY, "money"),
    )
    usual: CellKind = "count" if types.is_integer_dtype(column) else "number"
    return next((kind for names, kind in named if what in names), usual)


def writers_of(
    frame: pd.DataFrame, contents: Mapping[Hashable, str], words: Words
) -> dict[Hashable, Writer | None]:
    """How the cells of each column are written in the reader's way; None where they are text already.

    Money of one kind, the ends of its intervals among it, is written in one way.

    Parameters
    ----------
    contents : what stands in each column, by the name of a column of ours that holds such
    """
    kinds = {name: kind_of(what, frame[name]) for name, what in contents.items()}
    return {
        name: writer(kind, words, _money_like(name, frame, contents, kinds)) for name, kind in kinds.items()
    }


def writer(kind: CellKind, words: Words, paid: Iterable[float] = ()) -> Writer | None:
    """How a cell of a kind is written in the reader's way; None where it is text already.

    Parameters
    ----------
    paid : the amounts beside it
    """
    writers: dict[CellKind, Writer] = {
        "share": words.percent,
        "change": words.change,
        "points": lambda points: words.points(points / 100),
        "money": words.money_among(paid),
        "day": words.day,
        "count": words.count,
        "number": words.number,
    }
    return writers.get(kind)


def _money_like(
    name: Hashable, frame: pd.DataFrame, contents: Mapping[Hashable, str], kinds: Mapping[Hashable, CellKind]
) -> Iterable[float]:
    """All amounts of one kind, the ends of its intervals among them."""
    if kinds[name] != "money":
        return ()
    alike = _without_end(contents[name])
    paid = [other for other, what in contents.items() if _without_end(what) == alike]
    return (amount for other in paid if kinds[other] == "money" for amount in frame[other].dropna())


def _without_end(name: str) -> str:
    return name.removesuffix("_low").removesuffix("_high")
