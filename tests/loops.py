"""Coroutines run to their end, whatever loop a test's own process has."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor


def done(coroutine):
    """Run to its end in a thread of its own: a browser's tests leave a loop running in this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, coroutine).result()
