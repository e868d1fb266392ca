"""How long it takes to value a million customers, against the same through plain lifetimes.

A shop of 1,000,000 customers and 2,400,000 orders is simulated over two years, and the way taken from its
orders to P(alive), the purchases expected in 12 months and the discounted value of every customer: states,
BG/NBD, Gamma-Gamma, predictions. Printed are

- the time of each step and of the whole, ours and that of lifetimes, and their ratio
- the log-likelihoods, both as our formulas give them on the real time scale
- the time of the 95 % interval of the total, and of the other models, which lifetimes has not or not so
- the time with the season of the shop, and its ratio to the time without
- the time of four segments, their models fitted too, beside that of the fit to all and of groups by one model
- how our time grows from 10,000 customers to a hundred times as many
- the most memory ours takes, from a fresh process that reads the orders from a file

Times are seconds of the processor, so that they hardly depend on what else runs on the machine, the quickest
of three runs of each; both get one thread, by OMP_NUM_THREADS=1 and OPENBLAS_NUM_THREADS=1.
Run ``python -m benchmarks.lifetime_value [CUSTOMERS]`` from the repository's root.
"""

from __future__ import annotations

import sys
import tempfile
import warnings
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmarks.memory import peak_of
from benchmarks.simulated_shop import CDNOW_LIKE, live, orders_table
from retention import aggregate
from retention.lifetime_value import (
    FAMILIES,
    Terms,
    customer_values,
    fit_purchases,
    fit_season,
    fit_segments,
    fit_spend,
    repeats_by_month,
    value_by_group,
    value_by_segment,
)
from retention.lifetime_value.models import gamma_gamma
from retention.orders import Orders
from retention.periods import DAYS_PER_MONTH, Window

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from lifetimes import BetaGeoFitter, GammaGammaFitter
    from lifetimes.utils import summary_data_from_transaction_data

if TYPE_CHECKING:
    from collections.abc import Callable

CUSTOMERS = 1_000_000
SEED = 1
WINDOW = Window(date(2022, 1, 1), date(2023, 12, 31))
MONTHS, DISCOUNT = 12, 0.10
_ONLY_OURS = "--only-ours"


@dataclass
class Watch:
    """Seconds of the processor each step took."""

    steps: dict[str, float] = field(default_factory=dict)

    def time(self, step: str, act: Callable[[], Any]) -> Any:
        """Take one step."""
        start = process_time()
        found = act()
        self.steps[step] = process_time() - start
        return found

    @property
    def whole(self) -> float:
        """All steps together."""
        return sum(self.steps.values())


def simulated(customers: int) -> pd.DataFrame:
    """The orders, the same for the same number of customers."""
    chance = np.random.default_rng(SEED)
    born = chance.uniform(0.0, WINDOW.days, customers)
    return orders_table(live(CDNOW_LIKE, born, WINDOW.days, chance), pd.Timestamp(WINDOW.first))


def ours(table: pd.DataFrame, watch: Watch) -> dict[str, Any]:
    """Orders to the value of every customer."""
    people = watch.time("states", lambda: aggregate.customers(aggregate.prepare(Orders(table, WINDOW))))
    states, spend = watch.time("tables", lambda: (aggregate.states(people), aggregate.spend(people)))
    purchases = watch.time("BG/NBD", lambda: fit_purchases(states, "day"))
    money = watch.time("Gamma-Gamma", lambda: fit_spend(spend))
    values = watch.time(
        "predictions and CLV",
        lambda: customer_values(
            people, purchases, money, horizon_months=MONTHS, discount_rate=DISCOUNT, interval=False
        ),
    )
    return {"people": people, "states": states, "spend": spend, "purchases": purchases, "money": money} | {
        "total": values.total
    }


def by_lifetimes(table: pd.DataFrame, watch: Watch) -> dict[str, Any]:
    """The same through lifetimes, as its documentation shows."""
    summary = watch.time(
        "states",
        lambda: summary_data_from_transaction_data(
            table, "customer_id", "date", "value", observation_period_end=WINDOW.last, freq="D"
        ),
    )
    x, t_x, age, mean = (summary[name] for name in ("frequency", "recency", "T", "monetary_value"))
    again = (x > 0) & (mean > 0)
    purchases = watch.time("BG/NBD", lambda: BetaGeoFitter().fit(x, t_x, age))
    money = watch.time("Gamma-Gamma", lambda: GammaGammaFitter().fit(x[again], mean[again]))
    days = MONTHS * DAYS_PER_MONTH
    watch.time("P(alive)", lambda: purchases.conditional_probability_alive(x, t_x, age))
    watch.time(
        "purchases",
        lambda: purchases.conditional_expected_number_of_purchases_up_to_time(days, x, t_x, age),
    )
    rate = (1.0 + DISCOUNT) ** (1.0 / 12.0) - 1.0
    clv = watch.time(
        "CLV",
        lambda: money.customer_lifetime_value(
            purchases, x, t_x, age, mean, time=MONTHS, discount_rate=rate, freq="D"
        ),
    )
    return {"purchases": purchases.params_, "money": money.params_, "total": float(clv.sum())}


def likelihoods(made: dict[str, Any], purchases: Any, money: Any) -> tuple[float, float]:
    """Log-likelihoods of the same states under some parameters, summed over customers."""
    states, spend = made["states"], made["spend"]
    bought = FAMILIES["bg_nbd"].log_likelihood(purchases, states["x"], states["t_x"], states["T"])
    spent = gamma_gamma.log_likelihood(money, spend["x"], spend["m_x"])
    return float(states["customers"] @ bought), float(spend["customers"] @ spent)


def quickest_of_three(way: Callable[[pd.DataFrame, Watch], Any], table: pd.DataFrame) -> tuple[Any, Watch]:
    """What a way makes, and its quickest time of three: fetching memory for the first is no part of it."""
    watches = [Watch() for _ in range(3)]
    for watch in watches:
        made = way(table, watch)
    return made, min(watches, key=lambda watch: watch.whole)


def compare(table: pd.DataFrame) -> dict[str, Any]:
    """Print both, step by step."""
    made, mine = quickest_of_three(ours, table)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other, theirs = quickest_of_three(by_lifetimes, table)
    for name, watch in (("ours", mine), ("lifetimes", theirs)):
        steps = "   ".join(f"{step} {seconds:.2f}" for step, seconds in watch.steps.items())
        print(f"{name:10} {watch.whole:7.2f} s   {steps}")
    print(f"{'ratio':10} {theirs.whole / mine.whole:7.2f}", flush=True)
    of_ours = likelihoods(made, made["purchases"].parameters, made["money"].parameters)
    of_theirs = likelihoods(made, tuple(other["purchases"]), tuple(other["money"]))
    for name, one, two in zip(("BG/NBD", "Gamma-Gamma"), of_ours, of_theirs, strict=True):
        print(f"log-likelihood of the {name}: ours {one:.3f}, lifetimes {two:.3f}, ours {one - two:+.6f}")
    print(f"total CLV: ours {made['total']:,.0f}, lifetimes {other['total']:,.0f}", flush=True)
    return made


def beside(made: dict[str, Any]) -> None:
    """Print what has no counterpart in lifetimes: the interval, and the other two models."""
    watch = Watch()
    people, money = made["people"], made["money"]
    values = watch.time("interval", lambda: customer_values(people, made["purchases"], money))
    print(f"with the interval of the total, {values.low:,.0f} … {values.high:,.0f}: {watch.whole:.2f} s")
    for kind in ("mbg_nbd", "pareto_nbd"):
        model = watch.time(kind, lambda kind=kind: fit_purchases(made["states"], "day", kind))
        watch.time(f"{kind} values", lambda model=model: customer_values(people, model, money))
        fit, value = watch.steps[kind], watch.steps[f"{kind} values"]
        print(f"{kind}: fit {fit:.2f} s, values with the interval {value:.2f} s", flush=True)


def with_season(table: pd.DataFrame, made: dict[str, Any]) -> None:
    """Print the time it takes with the season of the shop, fitted too, and its ratio to the time without."""
    plain, seasonal = Watch(), Watch()
    ours(table, plain)
    end, purchases = WINDOW.last, aggregate.prepare(Orders(table, WINDOW))
    repeats = seasonal.time(
        "repeats", lambda: repeats_by_month(aggregate.repeats_by_day(purchases, end), end)
    )
    model = seasonal.time("season", lambda: fit_season(made["purchases"], made["states"], repeats, end))
    seasonal.time("values", lambda: customer_values(made["people"], model, made["money"], interval=False))
    whole = plain.whole - plain.steps["predictions and CLV"] + seasonal.whole
    steps = "   ".join(f"{step} {seconds:.2f}" for step, seconds in seasonal.steps.items())
    print(f"with the season {whole:.2f} s, {whole / plain.whole:.2f} times as long   {steps}", flush=True)


def with_segments(made: dict[str, Any]) -> None:
    """Print the time it takes to fit and value four segments, beside that of one model for all of them."""
    watch, terms = Watch(), Terms(MONTHS, DISCOUNT)
    purchases, money = made["purchases"], made["money"]
    number = np.arange(len(made["people"])) + (made["people"]["x"].to_numpy() > 1)
    people = made["people"].assign(segment=np.array(["a", "b", "c", "d"], dtype=object)[number % 4])
    whole = customer_values(people, purchases, money, interval=False).table
    watch.time("fit to all", lambda: (fit_purchases(made["states"], "day"), fit_spend(made["spend"])))
    watch.time("groups", lambda: value_by_group(whole, whole["segment"], purchases, money, terms))
    tables = watch.time(
        "tables", lambda: (aggregate.states(people, "segment"), aggregate.spend(people, "segment"))
    )
    models = watch.time("fit by segment", lambda: fit_segments(purchases, money, *tables))
    watch.time("values", lambda: value_by_segment(whole, whole["segment"], models, terms))
    steps = "   ".join(f"{step} {seconds:.2f}" for step, seconds in watch.steps.items())
    print(f"by segments, {'which differ' if models.differ else 'all equal'}: {steps}", flush=True)


def growth(customers: int) -> None:
    """Print our time for a hundredth, a tenth and all of the customers."""
    before = None
    for count in (customers // 100, customers // 10, customers):
        watch = Watch()
        ours(simulated(count), watch)
        times = "" if before is None else f"   {watch.whole / before:.1f} times as long for 10 times as many"
        print(f"{count:9,} customers {watch.whole:7.2f} s{times}", flush=True)
        before = watch.whole


def memory(table: pd.DataFrame) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "orders.parquet"
        table.drop(columns="order_id").to_parquet(file)
        peak = peak_of([sys.executable, "-m", "benchmarks.lifetime_value", _ONLY_OURS, str(file)])
    print("memory: unknown" if peak is None else f"memory: {peak.process:.2f} GB at most")


def main(arguments: list[str]) -> None:
    if arguments[:1] == [_ONLY_OURS]:
        ours(pd.read_parquet(arguments[1]).assign(order_id=None), Watch())
        return
    customers = int(arguments[0]) if arguments else CUSTOMERS
    table = simulated(customers)
    print(f"{customers:,} customers, {len(table):,} orders", flush=True)
    made = compare(table)
    memory(table)
    beside(made)
    with_season(table, made)
    with_segments(made)
    growth(customers)


if __name__ == "__main__":
    main(sys.argv[1:])
