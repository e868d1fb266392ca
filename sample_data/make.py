"""Make the sample shop: three years of invented orders of an Italian food shop, and its marketing spend.

Every customer, order and amount is drawn from the models the app fits, so that the truth is known:

- **Buying** follows an MBG/NBD: a customer's repeat purchases come at a rate ~ Gamma(R, ALPHA) per week, and
  after each purchase, the first included, the customer leaves for good with a probability ~ Beta(A, B). The
  shop's clock runs by `SEASON`, faster before Christmas and slower in August, and over a year as fast as the
  calendar: a fit that knows nothing of seasons finds the four parameters a little blurred.
- **Spending** follows a Gamma-Gamma: an order is worth Gamma(P, rate), the customer's rate ~ Gamma(Q, GAMMA),
  independent of how often the customer buys; the mean order is P·GAMMA/(Q − 1).
- **Channels** are drawn after the customer's habits: the keenest customers come through `CHANNELS` by the
  first share, the least keen by the second. So channels differ in retention while the shop as a whole remains
  one MBG/NBD.
- **Products** are drawn likewise: a customer has a favourite kind, by keenness, and mostly buys of it.
- **Complaints** are drawn after it is known whether the customer stays: they are more frequent where that was
  the last purchase, and then more seldom solved.

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

FIRST, LAST = date(2022, 1, 1), date(2024, 12, 31)
DAYS = (LAST - FIRST).days + 1
SEED = 20220101
"""The first day: chosen before anything was drawn, not for what it draws."""
CUSTOMERS = 4800

R, ALPHA, A, B = 0.65, 6.0, 1.1, 3.6
"""MBG/NBD, time in weeks: .11 repeat purchases a week to begin with; one in four leaves after each."""
P, Q, GAMMA = 6.0, 3.5, 26.0
"""Gamma-Gamma, euros: a mean order of 62."""

SEASON = (0.95, 0.90, 0.95, 1.00, 1.00, 0.95, 0.90, 0.70, 1.00, 1.05, 1.20, 1.40)
"""Speed of the shop's clock, January to December; 12 in all."""
ARRIVALS = (0.95, 0.85, 0.95, 1.00, 1.00, 0.95, 0.85, 0.60, 1.00, 1.05, 1.30, 1.50)
"""How many new customers a month brings against the others; 12 in all."""
GROWTH = 1.3
"""New customers a day at the end for each at the beginning."""

CHANNELS = {  # share among the keenest, share among the least keen
    "Google Ads": (0.24, 0.32),
    "Meta Ads": (0.06, 0.52),
    "Newsletter": (0.22, 0.04),
    "Passaparola": (0.32, 0.01),
    "Negozio": (0.16, 0.11),
}
PRODUCTS = {
    "Formaggi": ("Parmigiano Reggiano 24 mesi", "Pecorino romano", "Gorgonzola dolce", "Asiago stagionato"),
    "Salumi": ("Prosciutto di Parma", "Salame Felino", "Speck dell'Alto Adige", "Mortadella Bologna"),
    "Olio e aceto": ("Olio extravergine", "Aceto balsamico di Modena"),
    "Vini": ("Chianti classico", "Barolo", "Prosecco", "Primitivo di Manduria", "Vermentino"),
    "Pasta e riso": ("Pasta di Gragnano", "Riso Carnaroli", "Orecchiette pugliesi"),
    "Dolci": ("Cantucci toscani", "Torrone di Cremona", "Gianduiotti", "Panettone", "Colomba"),
    "Cesti regalo": ("Cesto degustazione", "Cesto delle feste"),
}
ONLY_IN = {"Panettone": (11, 12, 1), "Colomba": (3, 4), "Cesto delle feste": (11, 12)}
"""Months that sell a product at all."""
FAVOURITES = {  # share among the keenest, share among the least keen
    "Formaggi": (0.24, 0.14),
    "Salumi": (0.18, 0.12),
    "Olio e aceto": (0.14, 0.10),
    "Vini": (0.18, 0.14),
    "Pasta e riso": (0.12, 0.10),
    "Dolci": (0.08, 0.16),
    "Cesti regalo": (0.06, 0.24),
}
OF_THE_FAVOURITE = 0.6
"""Share of purchases of the customer's favourite kind; the others are of any."""
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
SAMPLER = "Assaggio in omaggio"
UNREADABLE: tuple[dict[str, Any], ...] = ({"when": "31/02/2024"}, {"when": "30/02/2023"}, {"amount": "n.d."})
"""What the rows nobody can read say instead of their date or amount."""

COMPLAINTS = {"stays": 0.02, "leaves": 0.08}
"""Share of purchases complained of, by whether the customer leaves after it."""
SOLVED = {"stays": 0.80, "leaves": 0.35}
"""Share of those complaints that were solved: of all solved two in three stay, of the others one in five."""

COST_OF_A_CUSTOMER = {"Google Ads": (32.0, 46.0), "Meta Ads": (36.0, 62.0), "Passaparola": (10.0, 10.0)}
"""Euros for each customer won through the channel, in the first month and in the last: ads grow dearer."""
SUCCESS = {"Google Ads": 0.12, "Meta Ads": 0.06}
"""Share of those who come by an advert and buy; nobody counts the others."""
COST_OF_CONTACT = {"Newsletter": 0.75, "Meta Ads": 0.55}
"""Euros spent on keeping, for each customer who bought in the month before."""
MONTHLY_NOISE = 0.08

ORDER_HEADINGS = (
    "Numero ordine",
    "Data ordine",
    "Codice cliente",
    "Canale",
    "Regione",
    "Prodotto",
    "Totale ordine",
    "Valuta",
    "Reclamo",
)
SPEND_HEADINGS = ("Mese", "Canale", "Importo", "Scopo", "Contatti")

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Texts = NDArray[np.str_]


@dataclass(frozen=True)
class Customers:
    """One entry per customer, in the order they were won.

    Attributes
    ----------
    joined : moment of the first purchase, in days since the first day began
    rate : repeat purchases a week while the customer stays
    leaves : probability to leave after each purchase
    spend_rate : the customer's own rate of the Gamma the amounts are drawn from, per euro
    channel, region, favourite : index into CHANNELS, REGIONS and FAVOURITES
    """

    joined: Floats
    rate: Floats
    leaves: Floats
    spend_rate: Floats
    channel: Integers
    region: Integers
    favourite: Integers


@dataclass(frozen=True)
class Purchases:
    """One entry per purchase, by day.

    Attributes
    ----------
    customer : index into Customers
    day : since the first
    cents : amount
    last : whether the customer leaves after it
    product : its name
    complaint : "" where there was none, else how it ended
    """

    customer: Integers
    day: Integers
    cents: Integers
    last: Flags
    product: Texts
    complaint: Texts


def draw_customers(rng: np.random.Generator) -> Customers:
    """Draw who the customers are: when they come, what they are like, where they come from."""
    daily = by_month(ARRIVALS) * np.linspace(1.0, GROWTH, DAYS)
    joined = np.sort(rng.choice(DAYS, CUSTOMERS, p=daily / daily.sum()) + rng.random(CUSTOMERS))
    rate = rng.gamma(R, 1 / ALPHA, CUSTOMERS)
    leaves = rng.beta(A, B, CUSTOMERS)
    spend_rate = rng.gamma(Q, 1 / GAMMA, CUSTOMERS)
    keenness = (gammainc(R, ALPHA * rate) + (1 - leaves)) / 2
    channel = picked_by(rng, keenness, CHANNELS)
    region = rng.choice(len(REGIONS), CUSTOMERS, p=list(REGIONS.values()))
    favourite = picked_by(rng, keenness, FAVOURITES)
    return Customers(joined, rate, leaves, spend_rate, channel, region, favourite)


def picked_by(rng: np.random.Generator, keenness: Floats, shares: dict[str, tuple[float, float]]) -> Integers:
    """Draw one of the names for each customer, between its two shares by keenness (0 to 1)."""
    keen, fickle = np.array(list(shares.values())).T
    own = keenness[:, None] * keen + (1 - keenness[:, None]) * fickle
    passed = rng.random((len(keenness), 1)) > own.cumsum(axis=1)
    picked: Integers = passed[:, :-1].sum(axis=1)
    return picked


def draw_purchases(rng: np.random.Generator, customers: Customers) -> Purchases:
    """Let each customer buy once, then again and again until leaving or until the last day is over."""
    days = np.arange(DAYS + 1)
    season = np.concatenate([[0.0], by_month(SEASON).cumsum()])
    who, clock = np.arange(CUSTOMERS), np.interp(customers.joined, days, season)
    rounds = []
    while who.size:
        leaves = rng.random(who.size) < customers.leaves[who]
        rounds.append((who, np.interp(clock, season, days), leaves))
        who, clock = who[~leaves], clock[~leaves]
        clock = clock + 7 * rng.exponential(1 / customers.rate[who])
        bought = clock < season[-1]
        who, clock = who[bought], clock[bought]
    customer, moment, last = (np.concatenate(each) for each in zip(*rounds, strict=True))
    in_time = np.argsort(moment, kind="stable")
    customer, day, last = customer[in_time], np.floor(moment[in_time]).astype(np.int64), last[in_time]
    cents = np.rint(100 * rng.gamma(P, 1 / customers.spend_rate[customer])).astype(np.int64)
    product = draw_products(rng, customers.favourite[customer], day)
    return Purchases(customer, day, cents, last, product, draw_complaints(rng, last))


def draw_products(rng: np.random.Generator, favourite: Integers, day: Integers) -> Texts:
    """Draw a product for each purchase, of the favourite kind or of any, from what its month sells."""
    of_any = rng.integers(0, len(PRODUCTS), day.size)
    kind = np.where(rng.random(day.size) < OF_THE_FAVOURITE, favourite, of_any)
    place = rng.random(day.size)
    sold = [[on_sale(name, month) for month in range(1, 13)] for name in PRODUCTS]
    drawn = [sold[k][day_of(d).month - 1] for k, d in zip(kind.tolist(), day.tolist(), strict=True)]
    return np.array([names[int(at * len(names))] for names, at in zip(drawn, place.tolist(), strict=True)])


def on_sale(kind: str, month: int) -> tuple[str, ...]:
    """Products of a kind that a month (1 to 12) sells."""
    return tuple(name for name in PRODUCTS[kind] if month in ONLY_IN.get(name, (month,)))


def draw_complaints(rng: np.random.Generator, last: Flags) -> Texts:
    """Draw for each purchase whether there was a complaint, and how it ended."""
    chance, solved = (np.where(last, of["leaves"], of["stays"]) for of in (COMPLAINTS, SOLVED))
    ended = np.where(rng.random(last.size) < solved, "risolto", "non risolto")
    return np.where(rng.random(last.size) < chance, ended, "")


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
    product: str
    amount: str
    complaint: str = ""

    def numbered(self, number: str) -> tuple[str, ...]:
        """Fields as the file has them."""
        sold = (self.when, self.customer, self.channel, self.region, self.product)
        return (number, *sold, self.amount, "EUR", self.complaint)


def order_rows(rng: np.random.Generator, customers: Customers, purchases: Purchases) -> list[tuple[str, ...]]:
    """All rows of the order file, by day; sales are numbered V, credit notes NC, as they come."""
    rows = [
        *purchase_rows(customers, purchases),
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


def purchase_rows(customers: Customers, purchases: Purchases) -> list[Row]:
    """Rows of all purchases, with the complaints about them."""
    rows = rows_of(customers, purchases.customer, purchases.day, purchases.product, purchases.cents)
    return [
        row._replace(complaint=said) for row, said in zip(rows, purchases.complaint.tolist(), strict=True)
    ]


def refund_rows(rng: np.random.Generator, customers: Customers, purchases: Purchases) -> list[Row]:
    """Credit notes for some purchases, whole or in part, some days later and before the file ends."""
    refunded = np.flatnonzero(rng.random(purchases.day.size) < REFUND_SHARE)
    day = purchases.day[refunded] + rng.integers(*REFUND_DAYS, refunded.size, endpoint=True)
    partly = rng.random(refunded.size) < PARTLY_REFUNDED
    part = np.where(partly, rng.uniform(0.2, 0.8, refunded.size), 1.0)
    cents = -np.rint(purchases.cents[refunded] * part).astype(np.int64)
    seen = day < DAYS
    whose, what = purchases.customer[refunded], purchases.product[refunded]
    return rows_of(customers, whose[seen], day[seen], what[seen], cents[seen])


def gift_rows(rng: np.random.Generator, customers: Customers, purchases: Purchases) -> list[Row]:
    """Orders worth nothing, on days their customers bought something."""
    given = rng.choice(purchases.day.size, GIFTS, replace=False)
    what, nothing = np.repeat(SAMPLER, GIFTS), np.zeros(GIFTS, dtype=np.int64)
    return rows_of(customers, purchases.customer[given], purchases.day[given], what, nothing)


def cash_rows(rng: np.random.Generator) -> list[Row]:
    """Sales at the counter, to nobody known."""
    days = rng.integers(0, DAYS, CASH_SALES)
    cents = np.rint(100 * rng.gamma(4.0, 8.0, CASH_SALES)).astype(np.int64)
    products = draw_products(rng, rng.integers(0, len(PRODUCTS), CASH_SALES), days)
    return [
        Row(day, written(day), "", "Negozio", "Lombardia", product, euros(value))
        for day, product, value in zip(days.tolist(), products.tolist(), cents.tolist(), strict=True)
    ]


def unreadable_rows(rng: np.random.Generator, customers: Customers, purchases: Purchases) -> list[Row]:
    """Rows with a date or an amount that cannot be read, of customers who bought besides."""
    places = rng.choice(purchases.day.size, len(UNREADABLE), replace=False)
    whole = rows_of(
        customers,
        purchases.customer[places],
        purchases.day[places],
        purchases.product[places],
        purchases.cents[places],
    )
    return [row._replace(**slip) for row, slip in zip(whole, UNREADABLE, strict=True)]


def rows_of(
    customers: Customers, who: Integers, days: Integers, products: Texts, cents: Integers
) -> list[Row]:
    """Rows of known customers, one for each of the four arrays' entries."""
    channels = np.array(list(CHANNELS))[customers.channel[who]].tolist()
    regions = np.array(list(REGIONS))[customers.region[who]].tolist()
    codes = [f"C{number:05d}" for number in (who + 1).tolist()]
    when = [written(day) for day in days.tolist()]
    amounts = [euros(value) for value in cents.tolist()]
    fields = zip(days.tolist(), when, codes, channels, regions, products.tolist(), amounts, strict=True)
    return [Row(*row) for row in fields]


def spend_rows(rng: np.random.Generator, customers: Customers, purchases: Purchases) -> list[tuple[str, ...]]:
    """List what the shop spent: on winning by customers won, on keeping by customers of the month before."""
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
            rows.append((name, channel, spent(rng, cost), "acquisizione", leads(rng, channel, won)))
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
