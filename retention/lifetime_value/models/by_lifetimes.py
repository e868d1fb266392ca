"""A second opinion from lifetimes on where a likelihood is greatest: the only module that knows it."""

from __future__ import annotations

import warnings
from contextlib import redirect_stdout
from io import StringIO
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from retention.lifetime_value.models.arrays import Array
    from retention.lifetime_value.models.fitted import PurchaseKind

# Its Pareto/NBD differs from run to run and with weights, and takes seconds: our own search finds that one.
_PURCHASES: dict[PurchaseKind, str] = {"bg_nbd": "BetaGeoFitter", "mbg_nbd": "ModifiedBetaGeoFitter"}
_one_at_a_time = Lock()  # sys.stdout and the warning filters belong to the whole process


def purchases(
    kind: PurchaseKind, x: NDArray[np.int64], t_x: Array, age: Array, customers: Array
) -> list[Array]:
    """Logarithms of the parameters lifetimes fits to states, or nothing where it does not get there."""
    return _fitted(_PURCHASES[kind], x, t_x, age, customers) if kind in _PURCHASES else []


def spend(x: Array, mean: Array, customers: Array) -> list[Array]:
    """Logarithms of (p, q, γ) as lifetimes fits them, or nothing where it does not get there."""
    return _fitted("GammaGammaFitter", x, mean, customers)


def _fitted(fitter: str, *table: NDArray[Any]) -> list[Array]:
    """Fit quietly: it prints and warns where it does not converge.

    Its import takes as long as several fits of our own, warns, and silences FutureWarning process-wide.
    """
    *columns, counts = table
    with _one_at_a_time, warnings.catch_warnings(), redirect_stdout(StringIO()):
        warnings.simplefilter("ignore")
        import lifetimes.utils  # noqa: PLC0415  only where it is asked

        try:
            fit = getattr(lifetimes, fitter)().fit(*columns, weights=counts)
            found = np.log(fit.params_.to_numpy())
        except (lifetimes.utils.ConvergenceError, np.linalg.LinAlgError):
            return []
    return [found] if np.all(np.isfinite(found)) else []
