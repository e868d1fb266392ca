"""The Win or keep page's last part: what the next euro would bring, and how a budget is best split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from retention import charts, economics
from retention.economics import Assumed, Market, NextEuro, Response, measured_base
from retention.errors import InputError
from retention.ui import controls, loaded, screen, tables

if TYPE_CHECKING:
    from retention.economics import AcquisitionCosts, Worth

_TELLING = 0.005  # of the budget: a gain below it is no reason to move money


@dataclass(frozen=True)
class _Side:
    """Winning or keeping in an average month: what is spent, on how many, and each month's figures."""

    name: str
    spent: str
    customers: str


_WINNING = _Side("won", "acquisition", "new")
_KEEPING = _Side("kept", "retention", "retained")


def section(costs: AcquisitionCosts, worth: Worth, margin: float) -> None:
    """Curves of response, today's split and the best one, in words, as a picture and as a table."""
    screen.section("next_euro")
    if costs.cac.value is None or costs.retention_cost.value is None:
        screen.text("next_euro.needs_both")
        return
    market = _market(costs, worth, margin)
    if market is None:
        return
    found = market.next_euro(
        float(costs.monthly["acquisition"].mean()), float(costs.monthly["retention"].mean())
    )
    words = screen.words()
    _headline(found)
    screen.text("next_euro.worth", won=market.value_won, kept=market.value_kept)
    drawing = loaded.drawn("response", lambda: charts.response.curves(market, found, words), (market, found))
    screen.chart(drawing, "next_euro.alt", **_points(found))
    screen.text("next_euro.reading", average=found.average_ratio, marginal=found.marginal_ratio)
    screen.table(tables.next_euro(found, words), "next_euro")


def _market(costs: AcquisitionCosts, worth: Worth, margin: float) -> Market | None:
    """How both sides answer to money; why not, where no such curve is possible."""
    base = measured_base(loaded.flows("month"))
    value_won = worth.first_year.value or (worth.expected.value if worth.expected else None)
    if base is None or value_won is None or min(value_won, margin * base.revenue_per_active) <= 0:
        screen.text("next_euro.no_value")
        return None
    source = controls.choice("response_from")
    try:
        winning, keeping = (_response(costs, side, source) for side in (_WINNING, _KEEPING))
    except InputError as problem:
        screen.error(problem)
        return None
    return Market(winning, keeping, value_won, margin * base.revenue_per_active)


def _response(costs: AcquisitionCosts, side: _Side, source: str) -> Response:
    """The curve the months show, where asked and where they show one; else the one of the assumptions."""
    spent, customers = (costs.monthly[name].to_numpy(dtype=float) for name in (side.spent, side.customers))
    if source == "history":
        try:
            return economics.fitted(spent, customers)
        except InputError as refused:
            screen.text(f"next_euro.refused.{side.name}", **refused.details)
    with screen.settings():
        unasked, most = controls.share(f"unasked_{side.name}"), controls.share(f"most_{side.name}")
    return Assumed(unasked, most).response(float(spent.mean()), float(customers.mean()))


def _headline(found: NextEuro) -> None:
    """What the next euro brings on either side, and which way a tenth of the budget should go."""
    today = found.today
    gains = {
        "to_keeping": found.to_keeping.profit - today.profit,
        "to_winning": found.to_winning.profit - today.profit,
    }
    way = max(gains, key=lambda name: gains[name])
    worthwhile = gains[way] > _TELLING * today.spend
    screen.headline(
        f"next_euro.headline.{way if worthwhile else 'stay'}",
        won=today.winning.return_of_next,
        kept=today.keeping.return_of_next,
        gain=gains[way],
        moved=economics.MOVED * today.spend,
    )
    best = found.best
    screen.text(
        "next_euro.best" if best.spend > 0.999 * today.spend else "next_euro.best.unspent",
        budget=today.spend,
        winning=best.winning.spend,
        keeping=best.keeping.spend,
        gain=best.profit - today.profit,
        unspent=today.spend - best.spend,
    )


def _points(found: NextEuro) -> dict[str, float]:
    return {
        "winning": found.today.winning.spend,
        "keeping": found.today.keeping.spend,
        "won": found.today.winning.return_of_next,
        "kept": found.today.keeping.return_of_next,
    }
