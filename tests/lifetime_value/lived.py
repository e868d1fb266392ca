"""Futures lived through as the models tell them: what the chances of purchases must agree with."""

import numpy as np


def purchases(kind, parameters, x, age, horizon, chance):
    """Purchases within the horizon of customers alive at their age: (n,), (n,) → (n,)."""
    return (_until_drop_out if kind == "pareto_nbd" else _after_purchases)(
        kind, parameters, x, age, horizon, chance
    )


def _after_purchases(kind, parameters, x, age, horizon, chance):
    """Poisson, cut off by a drop-out after one of them."""
    r, alpha, a, b = parameters
    rate = chance.standard_gamma(r + x) / (alpha + age)
    leaves = np.clip(chance.beta(a, b + x + (kind == "mbg_nbd")), 1e-300, 1.0 - 1e-16)
    until_dropout = 1.0 + np.floor(chance.exponential(size=x.size) / -np.log1p(-leaves))
    return np.minimum(chance.poisson(rate * horizon), until_dropout)


def _until_drop_out(_, parameters, x, age, horizon, chance):
    """Poisson until the horizon or a drop-out at any moment."""
    r, alpha, s, beta = parameters
    rate = chance.standard_gamma(r + x) / (alpha + age)
    life = chance.exponential(size=x.size) * (beta + age)
    life /= np.maximum(chance.standard_gamma(s, size=x.size), 1e-300)
    return chance.poisson(rate * np.minimum(life, horizon)).astype(float)
