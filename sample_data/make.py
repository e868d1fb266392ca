"""Make the sample shop: two years of invented orders of an Italian shop, and what it spent on marketing.

Every customer, order and amount is drawn from the models the app fits, so that the truth is known:

- **Buying** follows a BG/NBD: a customer's repeat purchases come at a rate ~ Gamma(R, ALPHA) per week, and
  after each repeat purchase the customer leaves for good with a probability ~ Beta(A, B). The shop's clock
  runs by `SEASON`, faster before Christmas and slower in August, and as fast as the calendar over a year: a
  fit that knows nothing of seasons finds the four parameters a little blurred.
- **Spending** follows a Gamma-Gamma: an order is worth Gamma(P, rate), the customer's rate ~ Gamma(Q, GAMMA),
  independent of how often the customer buys; the mean order is P·GAMMA/(Q − 1).
- **Channels** are drawn after the customer's habits: the keenest customers come through `CHANNELS` by the
  first share, the least keen by the second. So channels differ in retention while the shop as a whole remains
  one BG/NBD.

Around these stand what any real file has: refunds under their own number, gifts worth nothing, cash sales
without a customer, dates and an amount that cannot be read. None of them changes a purchase.

Run ``python sample_data/make.py`` to write both files again, byte for byte the same.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc

SEED = 20230101
FIRST, LAST = date(2023, 1, 1), date(2024, 12, 31)
DAYS = (LAST - FIRST).days + 1
CUSTOMERS = 4000

R, ALPHA, A, B = 0.38, 4.2, 0.8, 2.4
"""BG/NBD, time in weeks: .09 repeat purchases a week to begin with; one in four leaves after each."""
P, Q, GAMMA = 6.0, 3.5, 26.0
"""Gamma-Gamma, euros: a mean order of 62."""

SEASON = (0.95, 0.90, 0.95, 1.00, 1.00, 0.95, 0.90, 0.70, 1.00, 1.05, 1.20, 1.40)
"""Speed of the shop's clock, January to December; 12 in all."""
ARRIVALS = (0.95, 0.85, 0.95, 1.00, 1.00, 0.95, 0.85, 0.60, 1.00, 1.05, 1.30, 1.50)
"""How many new customers a month brings against the others; 12 in all."""
GROWTH = 1.4
"""New customers a day at the end for each at the beginning."""

CHANNELS = {  # share among the keenest, share among the least keen
    "Google Ads": (0.26, 0.30),
    "Meta Ads": (0.10, 0.48),
    "Newsletter": (0.20, 0.06),
    "Passaparola": (0.28, 0.04),
    "Negozio": (0.16, 0.12),
}
REGIONS = {
    "Lombardia": 0.24,
    "Lazio": 0.13,
    "Veneto": 0.10,
    "Emilia-Romagna": 0.10,
    "Piemonte": 0.09,
    "Toscana": 0.09,
    "Campania": 0.09,
    "Sicilia": 0.06,
    "Puglia": 0.06,
    "Liguria": 0.04,
}

REFUND_SHARE = 0.03
REFUND_DAYS = (3, 20)
PARTLY_REFUNDED = 0.3
GIFTS = 15
CASH_SALES = 60
UNREADABLE: tuple[dict[str, Any], ...] = ({"when": "31/02/2024"}, {"when": "30/02/2023"}, {"amount": "n.d."})
"""What the rows nobody can read say instead of their date or amount."""

COST_OF_A_CUSTOMER = {"Google Ads": (32.0, 46.0), "Meta Ads": (36.0, 62.0), "Passaparola": (10.0, 10.0)}
"""Euros for each customer won through the channel, in the first month and in the last: ads grow dearer."""
SUCCESS = {"Google Ads": 0.12, "Meta Ads": 0.06}
"""Share of those who come by an advert and buy; nobody counts the others."""
COST_OF_CONTACT = {"Newsletter": 0.75, "Meta Ads": 0.55}
"""Euros spent on keeping, for each customer who bought in the month before."""
MONTHLY_NOISE = 0.08

ORDER_HEADINGS = ("Numero ordine", "Data ordine", "Codice cliente", "Canale", "Regione", "Totale ordine")
SPEND_HEADINGS = ("Mese", "Canale", "Importo", "Scopo", "Contatti")

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Customers:
    """One entry per customer, in the order they were won.

    Attributes
    ----------
    joined : moment of the first purchase, in days since the first day began
    rate : repeat purchases a week while the customer stays
    leaves : probability to leave after each repeat purchase
    spend_rate : the customer's own rate of the Gamma the amounts are drawn from, per euro
    channel, region : index into CHANNELS and REGIONS
    """

    joined: Floats
    rate: Floats
    leaves: Floats
    spend_rate: Floats
    channel: Integers
    region: Integers


@dataclass(frozen=True)
class Purchases:
    """One entry per purchase, by day: its customer, its day since the first, its amount in cents."""

    customer: Integers
    day: Integers
    cents: Integers


def draw_customers(rng: np.random.Generator) -> Customers:
    """Draw who the customers are: when they come, what they are like, where they come from."""
    daily = by_month(ARRIVALS) * np.linspace(1.0, GROWTH, DAYS)
    joined = np.sort(rng.choice(DAYS, CUSTOMERS, p=daily / daily.sum()) + rng.random(CUSTOMERS))
    rate = rng.gamma(R, 1 / ALPHA, CUSTOMERS)
    leaves = rng.beta(A, B, CUSTOMERS)
    spend_rate = rng.gamma(Q, 1 / GAMMA, CUSTOMERS)
    keenness = (gammainc(R, ALPHA * rate) + (1 - leaves)) / 2
    channel = pick_channels(rng, keenness)
    region = rng.choice(len(REGIONS), CUSTOMERS, p=list(REGIONS.values()))
    return Customers(joined, rate, leaves, spend_rate, channel, region)


def pick_channels(rng: np.random.Generator, keenness: Floats) -> Integers:
    """Draw a channel for each customer, between the two shares of CHANNELS by keenness (0 to 1)."""
    keen, fickle = np.array(list(CHANNELS.values())).T
    shares = keenness[:, None] * keen + (1 - keenness[:, None]) * fickle
    passed = rng.random((len(keenness), 1)) > shares.cumsum(axis=1)
    picked: Integers = passed[:, :-1].sum(axis=1)
    return picked


def draw_purchases(rng: np.random.Generator, customers: Customers) -> Purchases:
    """Let each customer buy once, then again and again until leaving or until the last day is over."""
    days = np.arange(DAYS + 1)
    season = np.concatenate([[0.0], by_month(SEASON).cumsum()])
    who = np.arange(CUSTOMERS)
    clock = np.interp(customers.joined, days, season)
    rounds = [(who, customers.joined)]
    while who.size:
        clock = clock + 7 * rng.exponential(1 / customers.rate[who])
        bought = clock < season[-1]
        who, clock = who[bought], clock[bought]
        rounds.append((who, np.interp(clock, season, days)))
        stays = rng.random(who.size) >= customers.leaves[who]
        who, clock = who[stays], clock[stays]
    customer = np.concatenate([who for who, _ in rounds])
    moment = np.concatenate([moment for _, moment in rounds])
    in_time = np.argsort(moment, kind="stable")
    cents = np.rint(100 * rng.gamma(P, 1 / customers.spend_rate[customer])).astype(np.int64)
    return Purchases(customer[in_time], np.floor(moment[in_time]).astype(np.int64), cents[in_time])


def by_month(factors: tuple[float, ...]) -> Floats:
    """Spread twelve monthly factors over the days."""
    return np.array([factors[day_of(d).month - 1] for d in range(DAYS)])


class Row(NamedTuple):
    """A row of the order file, to be numbered once all are there."""

    day: int
    when: str
    customer: str
    channel: str
    region: str
    amount: str

    def numbered(self, number: str) -> tuple[str, ...]:
        """Fields as the file has them."""
        return (number, self.when, self.customer, self.channel, self.region, self.amount)


def order_rows(rng: np.random.Generator, customers: Customers, purchases: Purchases) -> list[tuple[str, ...]]:
    """All rows of the order file, by day; sales are numbered V, credit notes NC, as they come."""
    rows = [
        *rows_of(customers, purchases.customer, purchases.day, purchases.cents),
        *refund_rows(rng, customers, purchases),
        *gift_rows(rng, customers, purchases),
        *cash_rows(rng),
        *unreadable_rows(rng, customers, purchases),
    ]
    series = {"V": count(1), "NC": count(1)}
    numbered = []
    for row in sorted(rows, key=lambda row: row.day):
        letters = "NC" if row.amount.startswith("-") else "V"
        numbered.append(row.numbered(f"{letters}{next(series[letters]):06d}"))
    return numbered


def refund_rows(rng: np.random.Generator, customers: Customers, purchases: Purchases) -> list[Row]:
    """Credit notes for some purchases, whole or in part, some days later and before the file ends."""
    refunded = np.flatnonzero(rng.random(purchases.day.size) < REFUND_SHARE)
    day = purchases.day[refunded] + rng.integers(*REFUND_DAYS, refunded.size, endpoint=True)
    partly = rng.random(refunded.size) < PARTLY_REFUNDED
    part = np.where(partly, rng.uniform(0.2, 0.8, refunded.size), 1.0)
    cents = -np.rint(purchases.cents[refunded] * part).astype(np.int64)
    seen = day < DAYS
    return rows_of(customers, purchases.customer[refunded][seen], day[seen], cents[seen])


def gift_rows(rng: np.random.Generator, customers: Customers, purchases: Purchases) -> list[Row]:
    """Orders worth nothing, on days their customers bought something."""
    given = rng.choice(purchases.day.size, GIFTS, replace=False)
    nothing = np.zeros(GIFTS, dtype=np.int64)
    return rows_of(customers, purchases.customer[given], purchases.day[given], nothing)


def cash_rows(rng: np.random.Generator) -> list[Row]:
    """Sales at the counter, to nobody known."""
    days = rng.integers(0, DAYS, CASH_SALES).tolist()
    cents = np.rint(100 * rng.gamma(4.0, 8.0, CASH_SALES)).astype(np.int64).tolist()
    return [
        Row(day, written(day), "", "Negozio", "Lombardia", euros(value))
        for day, value in zip(days, cents, strict=True)
    ]


def unreadable_rows(rng: np.random.Generator, customers: Customers, purchases: Purchases) -> list[Row]:
    """Rows with a date or an amount that cannot be read, of customers who bought besides."""
    places = rng.choice(purchases.day.size, len(UNREADABLE), replace=False)
    whole = rows_of(customers, purchases.customer[places], purchases.day[places], purchases.cents[places])
    return [row._replace(**slip) for row, slip in zip(whole, UNREADABLE, strict=True)]


def rows_of(customers: Customers, who: Integers, days: Integers, cents: Integers) -> list[Row]:
    """Rows of known customers, one for each of the three arrays' entries."""
    channels = np.array(list(CHANNELS))[customers.channel[who]].tolist()
    regions = np.array(list(REGIONS))[customers.region[who]].tolist()
    codes = [f"C{number:05d}" for number in (who + 1).tolist()]
    when = [written(day) for day in days.tolist()]
    amounts = [euros(value) for value in cents.tolist()]
    return [Row(*row) for row in zip(days.tolist(), when, codes, channels, regions, amounts, strict=True)]


def spend_rows(rng: np.random.Generator, customers: Customers, purchases: Purchases) -> list[tuple[str, ...]]:
    """List what the shop spent: on winning by customers won, on keeping by customers of the month before."""
    counted = np.random.default_rng(
        (SEED, 1)
    )  # of its own: all else stays as it was before leads were counted
    month = np.array([12 * (day_of(d).year - FIRST.year) + day_of(d).month - 1 for d in range(DAYS)])
    months = int(month[-1]) + 1
    won_in = month[np.floor(customers.joined).astype(np.int64)]
    bought_in = month[purchases.day]
    rows = []
    for m in range(months):
        name = f"{m % 12 + 1:02d}/{FIRST.year + m // 12}"
        for channel, (first, last) in COST_OF_A_CUSTOMER.items():
            won = int(((won_in == m) & (customers.channel == list(CHANNELS).index(channel))).sum())
            cost = won * (first + (last - first) * m / (months - 1))
            rows.append((name, channel, spent(rng, cost), "acquisizione", leads(counted, channel, won)))
        known = np.unique(purchases.customer[bought_in == m - 1]).size
        for channel, each in COST_OF_CONTACT.items():
            rows.append((name, channel, spent(rng, known * each), "fidelizzazione", ""))
    return [row for row in rows if row[2] != euros(0)]


def leads(rng: np.random.Generator, channel: str, won: int) -> str:
    """How many came by an advert until so many of them had bought, where that is counted."""
    share = SUCCESS.get(channel)
    return "" if share is None else str(won + int(rng.negative_binomial(max(won, 1), share)))


def spent(rng: np.random.Generator, cost: float) -> str:
    """Bill a cost, give or take some noise."""
    return euros(round(100 * cost * (1 + MONTHLY_NOISE * float(rng.uniform(-1, 1)))))


def day_of(day: int) -> date:
    """Calendar day of a day number, 0 for the first."""
    return date.fromordinal(FIRST.toordinal() + day)


def written(day: int) -> str:
    """Write a day as Italians do, 31/12/2024."""
    return f"{day_of(day):%d/%m/%Y}"


def euros(cents: int) -> str:
    """Write an amount as Italians do.

    Examples
    --------
    >>> euros(-123450)
    '-1.234,50'
    """
    whole, part = divmod(abs(cents), 100)
    grouped = f"{whole:,}".replace(",", ".")
    return f"{'-' if cents < 0 else ''}{grouped},{part:02d}"


def table(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Lay out rows with semicolons."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue()


def files() -> dict[str, str]:
    """Content of both files by name."""
    rng = np.random.default_rng(SEED)
    customers = draw_customers(rng)
    purchases = draw_purchases(rng, customers)
    return {
        "negozio.csv": table(ORDER_HEADINGS, order_rows(rng, customers, purchases)),
        "spese_marketing.csv": table(SPEND_HEADINGS, spend_rows(rng, customers, purchases)),
    }


def main() -> None:
    """Write both files beside this script."""
    for name, content in files().items():
        path = Path(__file__).with_name(name)
        path.write_bytes(content.encode())
        print(f"{path.name}: {content.count(chr(10)) - 1} rows, {len(content.encode()):,} bytes")


if __name__ == "__main__":
    main()
