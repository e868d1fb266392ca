"""Customers followed one by one, who share no formula with the simulation they are held against."""

import numpy as np

MONTH = 365.25 / 12


def ramp(full_after, periods):
    """Effect of a programme that grows evenly, averaged over each period by looking often."""
    if full_after == 0:
        return np.ones(periods)
    moments = (np.arange(periods * 1000) + 0.5) / 1000
    return np.minimum(1.0, moments / full_after).reshape(periods, 1000).mean(axis=1)


def within_sampling_error(per_customer, expected, errors=4.0):
    """Whether the sum over customers is within so many standard errors of the expected one."""
    error = per_customer.std(ddof=1) * np.sqrt(len(per_customer))
    return abs(per_customer.sum() - expected) < errors * error + 1e-9


def who_stays(chance, leaves, joined, factor, first_only, c=1.0):
    """Presence in months 1 … of customers who leave between months, by their own risk: (customers, months).

    joined : month each joined in; 0 or less for those there today, the month before their age's number
    factor : of the risk in each month
    c : power of age by which what they have risked adds up
    """
    months = len(factor)
    there, present = joined <= 0, np.zeros((len(leaves), months), dtype=bool)
    for month in range(1, months + 1):
        in_first_step = joined == month - 1
        lived = np.maximum(month - 1 - joined, 0)
        aged = 1 - (1 - leaves) ** ((lived + 1.0) ** c - lived**c)
        risk = aged * np.where(in_first_step | (not first_only), factor[month - 1], 1.0)
        there = (there & (chance.random(len(leaves)) >= risk)) | (joined == month)
        present[:, month - 1] = there
    return present


def of_cohorts(chance, alpha, beta, ages, size, c=1.0):
    """Risks of customers who have stayed to their age, by letting many of each age try: (size,), (size,)."""
    risks, lived = [], []
    for age, share in ages.items():
        wanted = round(size * share)
        found = np.empty(0)
        while found.size < wanted:
            risk = chance.beta(alpha, beta, 4 * wanted)
            stays = chance.random(risk.size) < (1 - risk) ** (age**c)
            found = np.concatenate([found, risk[stays]])
        risks.append(found[:wanted])
        lived.append(np.full(wanted, age))
    return np.concatenate(risks), np.concatenate(lived)


class Buyers:
    """Customers who buy at their rate and leave after a purchase, or at any moment, in days."""

    def __init__(self, chance, kind, parameters, size):
        r, alpha, third, fourth = parameters
        self.chance, self.kind = chance, kind
        self.rate = chance.gamma(r, size=size) / alpha + 1e-12
        self.leaves = (
            chance.gamma(third, size=size) / fourth
            if kind == "pareto_nbd"
            else chance.beta(third, fourth, size)
        )

    def first(self, factor):
        """Who is still there after the first purchase."""
        if self.kind != "mbg_nbd":
            return np.ones(self.rate.size, dtype=bool)
        return self.chance.random(self.rate.size) >= factor * self.leaves

    def live(self, there, start, end, factor):
        """Purchases between two moments of each customer's: customer, time; and who is there at the end.

        factor : of the leaving, at a customer and a time; constant in time where they leave at any moment
        """
        who = np.flatnonzero(there)
        now, alive, bought = start[who].copy(), there.copy(), []
        until = end[who].copy()
        if self.kind == "pareto_nbd":
            life = now + self.chance.exponential(size=who.size) / (self.leaves[who] * factor(who, now))
            alive[who] = life > until
            until = np.minimum(until, life)
        while who.size:
            now = now + self.chance.exponential(size=who.size) / self.rate[who]
            inside = now < until
            who, now, until = who[inside], now[inside], until[inside]
            bought.append((who, now))
            if self.kind != "pareto_nbd":
                stays = self.chance.random(who.size) >= self.leaves[who] * factor(who, now)
                alive[who[~stays]] = False
                who, now, until = who[stays], now[stays], until[stays]
        return (
            np.concatenate([part for part, _ in bought]),
            np.concatenate([part for _, part in bought]),
            alive,
        )
