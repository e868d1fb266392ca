"""Children of this process share something: all at once, or each killed while it does.

    children.py killed|together SEED HOW_MANY < environment as JSON

It forks before any thread is started, so that a child is there in a moment. On standard output: a line a
child with its token and, where they were not killed, whether it was done.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
import traceback
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from retention.sharing import new_secret, owner_of, shares as sharing, shares_in
from retention.sharing.keys import new_token
from tests.sharing.conftest import SALES, study_of

_FIRST = 3  # children that are let alone, to see how long one takes


def publish(environment, study, owner, token):
    """Share a study under a token of ours: who was killed cannot say which it was."""
    sharing.new_token = lambda: token
    shares_in(environment).publish(study, owner)


def child(environment, study, owner, token, at=0.0):
    """Fork one that begins at a moment."""
    number = os.fork()
    if number:
        return number
    status = 1
    try:
        time.sleep(max(at - time.monotonic(), 0))
        publish(environment, study, owner, token)
        status = 0
    except BaseException:  # noqa: BLE001  told by the parent, if it fails for that
        traceback.print_exc()
    finally:
        os._exit(status)


def killed(environment, study, owner, draw, many):
    """Children that are killed at any moment between their start and their usual end."""
    took = []
    for n in range(_FIRST + many):
        token, start = new_token(), time.monotonic()
        number = child(environment, study, owner, token)
        if n >= _FIRST:
            time.sleep(draw.uniform(0, 1.3 * max(took)))
            os.kill(number, signal.SIGKILL)
        os.waitpid(number, 0)
        if n < _FIRST:
            took.append(time.monotonic() - start)
        else:
            yield token.text


def together(environment, study, owner, many):
    """Children that begin at one moment, on a store none of them has seen."""
    tokens, at = [new_token() for _ in range(many)], time.monotonic() + 0.5
    numbers = [child(environment, study, owner, token, at) for token in tokens]
    for token, number in zip(tokens, numbers, strict=True):
        yield f"{token.text} {os.waitpid(number, 0)[1] == 0}"


if __name__ == "__main__":
    what, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    given, shop, whose = json.load(sys.stdin), study_of(SALES), owner_of(new_secret())
    lines = together(given, shop, whose, count)
    if what == "killed":
        lines = killed(given, shop, whose, random.Random(seed), count)  # noqa: S311  moments, no secrets
    print(*lines, sep="\n")  # noqa: T201  what it is for
