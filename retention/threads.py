"""How many processors linear algebra takes: one, since its matrices are small here.

Its threads wait for each other at every step: where visitors or processes share a machine, a small eigenvalue
problem took twenty times as long on two threads as on one.
"""

import numpy as np  # noqa: F401  a library can only be told once it is loaded
from scipy import linalg  # noqa: F401  likewise: it brings one of its own
from threadpoolctl import threadpool_limits


def use_one() -> None:
    """Keep the linear algebra of this process to one thread from now on."""
    threadpool_limits(limits=1, user_api="blas")
