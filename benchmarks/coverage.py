"""How often the 95 % intervals contain the truth, in simulated shops whose parameters are known.

Each shop sells for a while, the models are fitted to what is known then, and the discounted margin its
customers really bring in the year after is compared with the interval of the total; the parameters it was
simulated with are compared with their intervals. Customers are told purchase by purchase, see
`benchmarks.simulated_shop`.

Run ``python -m benchmarks.coverage [SETS] [KIND …]`` from the repository's root: so many sets of each kind of
model, shared out evenly among its shops and made from seeds 0, 1, 2 … within each. Printed are

- how many intervals of the total held, with the share's own 95 % interval (Wilson)
- how often the truth lay below and above, the median width of the interval and the mean error of the total,
  both as shares of the total
- how often no interval was given
- the share of the parameters' intervals that held
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.simulated_shop import Purchases, Shop, live, orders_table
from retention import aggregate
from retention.lifetime_value import customer_values, fit_purchases, fit_spend
from retention.orders import Orders
from retention.periods import DAYS_PER_MONTH, Window
from retention.statistics import wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

SETS = 200
MONTHS, DISCOUNT, MARGIN = 12, 0.10, 0.35
_OPENED = pd.Timestamp("2021-01-01")


@dataclass(frozen=True)
class Trial:
    """A shop and how much of it is seen: so many customers, won evenly over `won` days, known for `known`."""

    shop: Shop
    customers: int
    won: float
    known: float


_CDNOW_SPEND = (6.25, 3.74, 15.44)
TRIALS = {
    "CDNOW": Trial(Shop("bg_nbd", (0.243, 30.9, 0.793, 2.426), _CDNOW_SPEND), 2357, 84, 273),
    "two years": Trial(Shop("bg_nbd", (0.243, 30.9, 0.793, 2.426), _CDNOW_SPEND), 4000, 730, 730),
    "frequent": Trial(Shop("bg_nbd", (0.9, 45.0, 0.6, 4.0), (4.0, 5.0, 40.0)), 1500, 540, 540),
    "fleeting": Trial(Shop("bg_nbd", (1.5, 90.0, 1.5, 2.0), (2.0, 6.0, 100.0)), 3000, 365, 540),
    "CDNOW, MBG": Trial(Shop("mbg_nbd", (0.525, 43.3, 0.891, 1.614), _CDNOW_SPEND), 2357, 84, 273),
    "two years, MBG": Trial(Shop("mbg_nbd", (0.525, 43.3, 0.891, 1.614), _CDNOW_SPEND), 4000, 730, 730),
    "CDNOW, Pareto": Trial(Shop("pareto_nbd", (0.553, 74.0, 0.606, 81.7), _CDNOW_SPEND), 2357, 84, 273),
    "two years, Pareto": Trial(Shop("pareto_nbd", (0.553, 74.0, 0.606, 81.7), _CDNOW_SPEND), 4000, 730, 730),
}


@dataclass(frozen=True)
class Outcome:
    """One set: whether the interval of the total held, where the truth lay, which parameters did."""

    inside: bool
    below: bool
    width: float
    off: float
    parameters: dict[str, bool]


def outcome(trial: Trial, seed: int) -> Outcome | None:
    """Simulate, fit and compare one set; None where no interval is given, as the models then say."""
    chance = np.random.default_rng(seed)
    born = chance.uniform(0.0, trial.won, trial.customers)
    until = trial.known + MONTHS * DAYS_PER_MONTH
    told = live(trial.shop, born, until, chance)
    people = aggregate.customers(aggregate.prepare(_known(told, trial.known)))
    model = fit_purchases(aggregate.states(people), "day", trial.shop.kind)
    spend = fit_spend(aggregate.spend(people))
    values = customer_values(
        people, model, spend, horizon_months=MONTHS, discount_rate=DISCOUNT, margin=MARGIN
    )
    if values.low is None or values.high is None:
        return None
    brought = _brought(told, trial.known)
    truth = dict(zip(model.named, trial.shop.purchases, strict=True))
    truth |= dict(zip(spend.named, trial.shop.spend, strict=True))
    held = {
        name: low <= truth[name] <= high for name, (low, high) in (model.intervals | spend.intervals).items()
    }
    return Outcome(
        values.low <= brought <= values.high,
        brought < values.low,
        (values.high - values.low) / values.total,
        values.total / brought - 1.0,
        held,
    )


def _known(told: Purchases, until: float) -> Orders:
    then = told.moment < until
    table = orders_table(Purchases(told.customer[then], told.moment[then], told.value[then]), _OPENED)
    first = _OPENED.date().toordinal()
    return Orders(table, Window(_OPENED.date(), date.fromordinal(first + int(until) - 1)))


def _brought(told: Purchases, known: float) -> float:
    """Margin of the purchases after that, each discounted from the middle of its month."""
    ahead = told.moment - known
    month = np.ceil(ahead / DAYS_PER_MONTH)
    later = (ahead >= 0) & (month <= MONTHS)
    years = (np.maximum(month[later], 1) - 0.5) / 12.0
    return float(MARGIN * np.sum(told.value[later] * (1.0 + DISCOUNT) ** -years))


def report(name: str, tried: Sequence[Outcome | None]) -> None:
    """Print one line of the table, and one of the parameters."""
    outcomes = [one for one in tried if one is not None]
    count, held = len(outcomes), sum(one.inside for one in outcomes)
    low, high = (float(end) for end in wilson(held, count))
    below = sum(one.below for one in outcomes)
    width, off = (np.array([getattr(one, field) for one in outcomes]) for field in ("width", "off"))
    print(
        f"{name:20} {held:4} of {count:4} {held / count:7.1%} ({low:.1%} … {high:.1%})"
        f"   below {below:3} above {count - held - below:3}   width {np.median(width):6.1%}"
        f"   off {off.mean():+6.1%}   none {len(tried) - count:3}"
    )
    shares = {key: np.mean([one.parameters[key] for one in outcomes]) for key in outcomes[0].parameters}
    print(" " * 20, "  ".join(f"{key} {share:.1%}" for key, share in shares.items()), flush=True)


def main(arguments: list[str]) -> None:
    sets = int(arguments[0]) if arguments else SETS
    with ProcessPoolExecutor() as pool:
        for kind in arguments[1:] or ["bg_nbd", "mbg_nbd", "pareto_nbd"]:
            trials = {name: trial for name, trial in TRIALS.items() if trial.shop.kind == kind}
            each, every = sets // len(trials), []
            for name, trial in trials.items():
                outcomes = list(pool.map(outcome, [trial] * each, range(each)))
                report(name, outcomes)
                every += outcomes
            report(f"all of {kind}", every)


if __name__ == "__main__":
    main(sys.argv[1:])
