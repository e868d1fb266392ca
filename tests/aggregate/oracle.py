"""The small tables once more, customer by customer in plain Python, straight from what each says it holds."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import floor

from retention.orders import SEGMENTS
from retention.periods import first_day, number_of

PER_MONTH = 30.4375


@dataclass(frozen=True)
class Bought:
    """One purchase."""

    day: date
    value: float


@dataclass(frozen=True)
class Customer:
    """Everything one customer did, in order."""

    name: str
    bought: tuple[Bought, ...]
    refunds: tuple[Bought, ...]
    segments: dict[str, str | None]

    @property
    def first(self) -> date:
        return self.bought[0].day

    @property
    def days(self) -> list[date]:
        return sorted({each.day for each in self.bought})

    def periods(self, period) -> set[int]:
        return {number_of(each.day, period) for each in self.bought}

    def cohort(self, period) -> int:
        return number_of(self.first, period)

    def followed(self, k, within) -> bool:
        """Whether purchase k (from 0) is followed by another within so many days."""
        later = self.bought[k + 1 : k + 2]
        return bool(later) and (later[0].day - self.bought[k].day).days <= within


def everybody(orders) -> list[Customer]:
    """All who have a purchase or a refund; purchases of one instant by value, larger first."""
    of = defaultdict(lambda: {"purchase": [], "refund": [], "zero": []})
    for row in orders.table.to_dict("records"):
        of[row["customer_id"]][row["kind"]].append(row)
    found = []
    for name in sorted(of):
        kinds = of[name]
        bought = sorted(kinds["purchase"], key=lambda row: (row["date"], -row["value"]))
        columns = [column for column in SEGMENTS if column in orders.table]
        segments = (
            {c: (bought[0][c] if isinstance(bought[0][c], str) else None) for c in columns} if bought else {}
        )
        told = (
            tuple(Bought(row["date"].date(), row["value"]) for row in rows)
            for rows in (bought, kinds["refund"])
        )
        found.append(Customer(name, *told, segments))
    return found


def buyers(orders) -> list[Customer]:
    return [customer for customer in everybody(orders) if customer.bought]


def counted(keys) -> list[tuple]:
    """Each key with how often it comes, in order."""
    return [(*key, count) for key, count in sorted(Counter(keys).items(), key=lambda pair: order(pair[0]))]


def order(key):
    """Sorts tuples with None in them, None first."""
    return [(part is not None, part) for part in key]


def totals(rows, keys) -> list[tuple]:
    """Rows summed by their first so many parts, in order."""
    sums = {}
    for row in rows:
        key, values = row[:keys], row[keys:]
        sums[key] = tuple(map(sum, zip(sums.get(key, (0,) * len(values)), values, strict=True)))
    return [(*key, *sums[key]) for key in sorted(sums, key=order)]


def ordinal(day) -> int:
    return day.toordinal()


def cells(orders, period, by=None):
    rows = []
    for c in buyers(orders):
        cohort = c.cohort(period)
        segment = () if by is None else (c.segments[by] or "",)
        rows += [(cohort, p, *segment, 1, 0, 0, 0) for p in c.periods(period)]
        rows += [(cohort, number_of(b.day, period), *segment, 0, 1, b.value, 0) for b in c.bought]
        rows += [
            (cohort, max(number_of(r.day, period), cohort), *segment, 0, 0, 0, r.value) for r in c.refunds
        ]
    return totals(rows, 2 if by is None else 3)


def flows(orders, period):
    rows = []
    for c in everybody(orders):
        seen = c.periods(period)
        for p in seen:
            new = p == min(seen)
            stayed = p - 1 in seen
            rows.append((p, 0, 0, 0, 1, new, stayed, not new and not stayed))
        rows += [(number_of(b.day, period), 1, b.value, 0, 0, 0, 0, 0) for b in c.bought]
        rows += [(number_of(r.day, period), 0, 0, r.value, 0, 0, 0, 0) for r in c.refunds]
    return totals(rows, 1)


def kept(orders, period, by):
    rows = []
    for c in buyers(orders):
        if c.segments[by] is not None:
            seen = c.periods(period)
            rows += [(c.segments[by], p, 1, p - 1 in seen) for p in seen]
    return totals(rows, 2)


def steadiness(orders, period, first, last):
    keys = []
    for c in buyers(orders):
        seen = c.periods(period)
        at_risk = [p for p in seen if first <= p < last]
        returned = [p for p in seen if first < p <= last and p > min(seen)]
        keys.append((len(at_risk), sum(p + 1 in seen for p in at_risk), len(returned)))
    return counted(keys)


def patterns(orders, period):
    keys = []
    for c in buyers(orders):
        ages = [p - c.cohort(period) for p in c.periods(period)]
        early, late = (
            sum(2**age for age in ages if age < 48),
            sum(2 ** (age - 48) for age in ages if 48 <= age < 96),
        )
        keys.append((c.cohort(period), early, late))
    return counted(keys)


def last_periods(orders, period, by=None):
    return counted(
        (c.cohort(period), max(c.periods(period)), *(() if by is None else (c.segments[by] or "",)))
        for c in buyers(orders)
    )


def _active(bought, edge, days):
    """Whether one of these days is among the last so many before the edge."""
    if edge is None:
        return False
    before = bisect_left(bought, edge)
    return before > 0 and bought[before - 1] >= edge - days


def active_at_starts(orders, period, days):
    """Per period start: how many are active there, how many of them new, how many returned."""
    window = orders.window
    numbers = [*window.numbers(period), window.numbers(period)[-1] + 1]
    starts = {n: min(first_day(n, period), window.last + timedelta(days=1)) for n in numbers}
    people = [(c.cohort(period), [ordinal(day) for day in c.days]) for c in buyers(orders)]
    found = {}
    for n in numbers:
        edges = [ordinal(starts[k]) if k in starts else None for k in (n, n - 1)]
        active = new = returned = 0
        for cohort, bought in people:
            here, before = (_active(bought, edge, days) for edge in edges)
            won = here and cohort == n - 1
            active, new, returned = active + here, new + won, returned + (here and not before and not won)
        found[n] = (active, new, returned)
    return found


def gaps(orders, unit="order", group=None):
    keys, end = [], orders.window.last
    for c in buyers(orders):
        days = c.days if unit == "day" else [each.day for each in c.bought]
        for k, day in enumerate(days):
            after = days[k + 1 : k + 2]
            wait = ((after[0] if after else end) - day).days
            keys.append((*(() if group is None else (group(c),)), k + 1, wait, bool(after)))
    return counted(keys)


def last_two_gaps(orders):
    of_days = (c.days[-3:] for c in buyers(orders))
    last = (days for days in of_days if len(days) == 3)
    return counted(((middle - before).days, (end - middle).days) for before, middle, end in last)


def gaps_by_day(orders):
    between = [pair for c in buyers(orders) for pair in zip(c.days, c.days[1:], strict=False)]
    return counted([tuple(day.toordinal() for day in pair) for pair in between])


def clustered(orders, period, by, part):
    """Purchases and a part of them, by customer; `part` of a customer's purchase k."""
    each = defaultdict(lambda: [0, 0])
    for c in buyers(orders):
        for k, bought in enumerate(c.bought):
            group = min(k + 1, 4) if by == "number" else None if by is None else c.segments[by]
            if by is not None and group is None:
                continue
            sums = each[(*(() if by is None else (group,)), number_of(bought.day, period)), c.name]
            sums[0] += 1
            sums[1] += part(c, k)
    rows = [(*key, 1, n, v, n * n, n * v, v * v) for (key, _), (n, v) in each.items()]
    return totals(rows, 1 if by is None else 2)


def order_values(orders, period, by=None):
    return clustered(orders, period, by, lambda c, k: c.bought[k].value)


def followed(orders, period, within, by=None):
    return clustered(orders, period, by, lambda c, k: c.followed(k, within))


def early_life(orders, period, within):
    rows = []
    for c in buyers(orders):
        ages = [(each.day - c.first).days for each in c.bought]
        n = sum(age <= 2 * within for age in ages)
        money = sum(b.value for b, age in zip(c.bought, ages, strict=True) if age <= 2 * within)
        stayed = any(within < age <= 2 * within for age in ages)
        p = sum(age <= within for age in ages)
        f = sum(c.followed(k, within) for k, age in enumerate(ages) if age <= within)
        sums = (stayed, n, money, p, f, n * n, n * money, money**2, p * p, p * f, f * f)
        rows.append((c.cohort(period), 1, *sums))
    return totals(rows, 1)


def around(orders, period, number):
    keys = []
    for c in everybody(orders):
        sides = []
        for p in (number - 1, number):
            bought = [each.value for each in c.bought if number_of(each.day, period) == p]
            back = [each.value for each in c.refunds if number_of(each.day, period) == p]
            sides.append((bought, back))
        if any(bought or back for bought, back in sides):
            won = bool(c.bought) and c.cohort(period) == number
            sums = [figure for bought, back in sides for figure in (len(bought), sum(bought), sum(back))]
            keys.append((won, *sums))
    return counted(keys)


def recency(orders, period, last):
    keys = []
    for c in buyers(orders):
        known = [each for each in c.bought if number_of(each.day, period) <= last]
        if known:
            keys.append((c.cohort(period), ordinal(known[-1].day), len(known) == 1))
    return counted(keys)


def held_back(orders, end, through=date.max):
    sums = defaultdict(lambda: [0, 0, 0])
    for c in buyers(orders):
        if c.first > end:
            continue
        seen = [day for day in c.days if day <= through]
        known = [day for day in seen if day <= end]
        key = (len(known) - 1, (known[-1] - c.first).days, (end - c.first).days, len(seen) - len(known))
        spent = sum(each.value for each in c.bought if c.first < each.day <= end)
        value = sum(each.value for each in c.bought if end < each.day <= through)
        sums[key] = [a + b for a, b in zip(sums[key], (spent, value, 1), strict=True)]
    return [(*key, *sums[key]) for key in sorted(sums)]


def a_year_before(orders, end, through):
    year = timedelta(days=365)
    return counted(
        (
            sum(end - year < day <= through - year for day in c.days),
            sum(end < day <= through for day in c.days),
        )
        for c in buyers(orders)
        if c.first <= end
    )


def repeats_by_day(orders, end, through=date.max):
    return counted(
        (ordinal(day),) for c in buyers(orders) if c.first <= end for day in c.days[1:] if day <= through
    )


def buying_again(orders, days, active_days, within):
    keys = []
    for c in buyers(orders):
        bought = [ordinal(day) for day in c.days]
        active = [t for t in days if any(t - active_days < day <= t for day in bought)]
        if active:
            soon = (sum(any(t < day <= t + span for day in bought) for t in active) for span in within)
            keys.append((len(active), *soon))
    return counted(keys)


def outcomes(orders, group, days):
    rows, end = [], orders.window.last
    for c in buyers(orders):
        seen = (end - c.first).days
        if seen < days:
            continue
        again = len(c.bought) > 1 and (c.bought[1].day - c.first).days <= days
        came = any(days < (day - c.first).days <= 2 * days for day in c.days)
        watched = seen >= 2 * days
        rows.append((group(c), 1, again, watched, watched and not came))
    return totals(rows, 1)


def _by_month(c):
    """(month of life, gross, refund) of each purchase and refund; refunds before the first are in month 0."""
    for each in c.bought:
        yield floor((each.day - c.first).days / PER_MONTH), each.value, 0
    for each in c.refunds:
        yield floor(max((each.day - c.first).days, 0) / PER_MONTH), 0, each.value


def value_by_age(orders, by=None):
    rows = [
        (ordinal(c.first), *(() if by is None else (c.segments[by] or "",)), *told)
        for c in buyers(orders)
        for told in _by_month(c)
    ]
    return totals(rows, 2 if by is None else 3)


def worth_by_age(orders, months):
    keys = []
    for c in buyers(orders):
        told = list(_by_month(c))
        gross = [sum(g for month, g, _ in told if month < m) for m in months]
        net = [sum(g + r for month, g, r in told if month < m) for m in months]
        keys.append((ordinal(c.first), c.bought[0].value, *gross, *net))
    return counted(keys)


def customers(orders):
    rows, end = [], orders.window.last
    for c in buyers(orders):
        repeat = sum(each.value for each in c.bought if each.day > c.first)
        x = len(c.days) - 1
        revenue, refunds = (sum(each.value for each in part) for part in (c.bought, c.refunds))
        state = (x, (c.days[-1] - c.first).days, (end - c.first).days, repeat / x if x else None)
        known = (ordinal(c.first), ordinal(c.days[-1]), len(c.bought), revenue, refunds, c.bought[0].value)
        rows.append((c.name, *known, *state, *c.segments.values()))
    return rows


def past_trigger(orders, triggers, later, within):
    rows = []
    for c in buyers(orders):
        n, waited = len(c.bought), (orders.window.last - c.days[-1]).days
        trigger = triggers.get(n, later[1] if n >= later[0] else None)
        if trigger is not None and 0 <= waited - trigger < within:
            worth = sum(each.value for each in (*c.bought, *c.refunds))
            rows.append((c.name, n, ordinal(c.days[-1]), waited, trigger, worth))
    return sorted(rows, key=lambda row: (-row[-1], row[0]))


def rhythms(orders):
    rows = []
    for c in buyers(orders):
        gaps = [(after - before).days for before, after in pairwise(c.days)]
        if gaps:
            rows.append((c.name, len(gaps), sum(gaps), sum(gap * gap for gap in gaps)))
    return rows


def bought_between(orders, first, last):
    rows = []
    for c in buyers(orders):
        bought = [each for each in c.bought if first <= ordinal(each.day) <= last]
        if bought:
            rows.append((c.name, len({each.day for each in bought}), sum(each.value for each in bought)))
    return rows
