"""What the gain hangs on: each input a tenth either way, and grids over two of them at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from retention.statistics import middle_95
from retention.what_if.plan import LONGEST_HORIZON, SHORTEST_HORIZON, STRONGEST_GROWTH
from retention.what_if.projection import discounts, future, raised_retention, unchanged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retention.what_if.footing import Footing
    from retention.what_if.mixture import Numbers
    from retention.what_if.plan import Base, Plan
    from retention.what_if.projection import RaisedRetention
    from retention.what_if.streams import Stream

UPLIFTS = (0.01, 0.02, 0.03, 0.05, 0.075, 0.10, 0.15, 0.20)
SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_TENTH = 0.1
# How far an input reaches into the gain of today's customers, and of new ones, where it only multiplies it.
_MULTIPLIES = {"active": (1.0, 0.0), "won": (0.0, 1.0), "revenue": (1.0, 1.0), "margin": (1.0, 1.0)}


def sensitivity(base: Base, plan: Plan, footing: Footing) -> pd.DataFrame:
    """How far the firm's gain moves when one input is another: the tornado, the largest first.

    Every input that is not 0 moves by a tenth of itself either way, inside its limits; today's retention by
    its 95 % interval where it has draws, and with it, where customers differ, how they differ: along the
    straight line of the gain over the retention of the draws.

    Returns
    -------
    input : ``retention``, ``uplift``, ``active``, ``won``, ``revenue``, ``margin``, ``discount_rate``,
        ``years``, ``growth``, ``bites_after``
    low_value, high_value : of the input
    gain_low, gain_high : present value of the firm's gain at these, money
    """
    base = base.estimate
    alone, ends = footing.estimate, _ends(base, plan, footing)
    years = ends["years"][1]
    money = _gain(base, replace(plan, years=years), alone, raised_retention(plan, alone))
    today, coming = _present(money, base, plan)
    values = {"active": base.active, "won": base.won_per_period, "revenue": base.revenue_per_active}
    values["margin"] = plan.margin
    gains = {
        name: [today + coming + (end / values[name] - 1.0) * (a * today + b * coming) for end in ends[name]]
        for name, (a, b) in _MULTIPLIES.items()
        if values[name] > 0
    }
    gains["discount_rate"] = [
        sum(_present(money, base, replace(plan, discount_rate=end))) for end in ends["discount_rate"]
    ]
    gains["years"] = [sum(_present(money, base, replace(plan, years=end))) for end in ends["years"]]
    gains["growth"] = [_again(base, replace(plan, growth=end), alone) for end in ends["growth"]]
    gains["bites_after"] = [_again(base, replace(plan, bites_after=e), alone) for e in ends["bites_after"]]
    gains["retention"] = _at_retention(base, plan, footing, ends["retention"])
    gains["uplift"] = _at_each(base, plan, alone, np.array(ends["uplift"]))
    moving = {name: (*ends[name], *found) for name, found in gains.items() if ends[name][0] != ends[name][1]}
    table = pd.DataFrame.from_dict(
        moving, orient="index", columns=["low_value", "high_value", "gain_low", "gain_high"]
    )
    # Inputs that multiply the same gain move it alike: to nine digits, so that rounding does not rank them.
    reach = (table["gain_high"] - table["gain_low"]).abs().map("{:.9g}".format).astype(float)
    largest = reach.sort_values(ascending=False, kind="stable")
    return table.loc[largest.index].rename_axis("input").reset_index()


def gain_grid(
    base: Base,
    plan: Plan,
    footing: Footing,
    by: Literal["margin", "retention"],
    rest: tuple[Base, Footing] | None = None,
    *,
    uplifts: Sequence[float] = UPLIFTS,
    shares: Sequence[float] = SHARES,
) -> pd.DataFrame:
    """The firm's gain for every uplift and every margin, or every retention today might have.

    The plan's own uplift and margin, or today's retention, are among the values. Another retention is what
    `Footing.at` makes of it.

    Parameters
    ----------
    rest : the others' shop and footing, as in `simulate`

    Returns
    -------
    uplift, margin or retention
    gain : present value, money
    relative : gain over the firm's profit without it; NaN where there is none
    """
    base = base.estimate
    own = plan.margin if by == "margin" else float(footing.before(plan.steps)[0])
    rows, columns = np.union1d(shares, own), np.union1d(uplifts, plan.uplift)
    share, uplift = (side.ravel() for side in np.meshgrid(rows, columns, indexing="ij"))
    alone = footing.at(share, plan.steps) if by == "retention" else footing.estimate
    margin = share if by == "margin" else np.full(share.size, plan.margin)
    whole = replace(plan, margin=1.0)
    gain = np.array(_at_each(base, whole, alone, uplift))
    profit = discounts(base, plan) @ future(base, whole, alone).money.firm
    if rest is not None:
        profit = profit + discounts(base, plan) @ unchanged(base, plan, rest).money.firm[:, :1]
    known = (profit > 0) & (margin > 0)
    relative = np.divide(gain, profit, out=np.full(gain.shape, np.nan), where=known)
    return pd.DataFrame({"uplift": uplift, by: share, "gain": margin * gain, "relative": relative})


def _ends(base: Base, plan: Plan, footing: Footing) -> dict[str, tuple[float, float]]:
    """What each input is moved to."""
    known = footing.before(plan.steps)
    low, high = middle_95(known[1:]) if known.size > 1 else _tenths(float(known[0]), 1.0)
    return {
        "retention": (float(low), float(high)),
        "uplift": _tenths(plan.uplift, 1.0),
        "active": _tenths(base.active, np.inf),
        "won": _tenths(base.won_per_period, np.inf),
        "revenue": _tenths(base.revenue_per_active, np.inf),
        "margin": _tenths(plan.margin, 1.0),
        "discount_rate": _tenths(plan.discount_rate, 1.0),
        "years": _tenths(plan.years, LONGEST_HORIZON, SHORTEST_HORIZON),
        "growth": _tenths(plan.growth, STRONGEST_GROWTH),
        "bites_after": _tenths(plan.bites_after, LONGEST_HORIZON),
    }


def _tenths(value: float, most: float, least: float | None = None) -> tuple[float, float]:
    """A tenth less and a tenth more, the lower first, inside the limits."""
    bounds = -most if least is None else least, most
    low, high = sorted(float(np.clip(value * part, *bounds)) for part in (1.0 - _TENTH, 1.0 + _TENTH))
    return low, high


def _gain(base: Base, plan: Plan, footing: Footing, raised: RaisedRetention) -> Stream:
    """Margin that the uplift adds in each period."""
    after = future(base, plan, footing, raised.factor).money.times(plan.margin)
    return after + future(base, plan, footing).money.times(-plan.margin)


def _present(gain: Stream, base: Base, plan: Plan) -> tuple[float, float]:
    """Present value over the plan's horizon of what today's customers and new ones add."""
    weights = discounts(base, plan)
    today, coming = (float(weights @ part[: weights.size, 0]) for part in (gain.base, gain.new))
    return today, coming


def _again(base: Base, plan: Plan, footing: Footing) -> float:
    return sum(_present(_gain(base, plan, footing, raised_retention(plan, footing)), base, plan))


def _at_retention(base: Base, plan: Plan, footing: Footing, ends: tuple[float, float]) -> list[float]:
    """Present value of the gain had today's retention been another."""
    known = footing.before(plan.steps)
    if known.size == 1 or len(footing.people.risk) == 1:
        return _at_each(base, plan, footing.at(np.array(ends), plan.steps), None)
    gain = np.array(_at_each(base, plan, footing, None))
    off = known[1:] - known[1:].mean()
    slope = float(off @ gain[1:]) / float(off @ off) if off.any() else 0.0
    return [float(gain[0] + slope * (end - known[0])) for end in ends]


def _at_each(base: Base, plan: Plan, footing: Footing, uplifts: Numbers | None) -> list[float]:
    """Present value of the gain in every column, of a retention or of an uplift."""
    raised = raised_retention(plan, footing, uplifts)
    gain = discounts(base, plan) @ _gain(base, plan, footing, raised).firm
    return [float(one) for one in np.broadcast_to(gain, raised.factor.shape)]
