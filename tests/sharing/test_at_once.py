"""Many at once, and processes that are killed: a share is there as a whole, or not at all."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from sqlalchemy import create_engine, func, select, text

from retention.sharing import (
    TooManySharesError,
    UnknownShareError,
    new_secret,
    owner_of,
    shares_in,
)
from retention.sharing.database import SHARES
from retention.sharing.place import place

MANY, KILLED = 20, 50


def children(environment, what, many, seed=1):
    """What the children of a process of its own say, a line each."""
    script = Path(__file__).with_name("children.py")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script), what, str(seed), str(many)],
        input=json.dumps(environment),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr, done.stderr
    return [line.split() for line in done.stdout.splitlines()]


def held(environment):
    """How many rows there are, once a SQLite file was found sound."""
    engine = create_engine(place(environment))
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
        rows = connection.scalar(select(func.count()).select_from(SHARES))
    engine.dispose()
    return rows


def all_at_once(each, many=MANY):
    """What as many threads say that begin together."""
    barrier = Barrier(many)

    def one(n):
        barrier.wait()
        return each(n)

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(one, range(many)))


def test_twenty_threads_share_and_open_at_once(environment, study):
    """Each with a store of its own, as twenty servers would have, on a database none has used."""

    def share(n):
        shares, owner = shares_in(environment), owner_of(new_secret())
        token = shares.publish(study, owner, days=1 + n).token
        return shares.open(token.text).terms, shares.mine(owner)

    for terms, mine in all_at_once(share):
        assert [each.id for each in mine] == [terms.id]
    assert held(environment) == MANY


def test_twenty_readers_do_not_wait_for_a_writer(environment, study):
    shares, owner = shares_in(environment), owner_of(new_secret())
    published = shares.publish(study, owner)

    def read(n):
        if n % 4 == 0:
            shares.publish(study, owner)
        return shares.open(published.token.text).terms

    assert set(all_at_once(read)) == {published.terms}


def test_no_owner_gets_past_the_limit_by_haste(environment, study):
    owner, limited = owner_of(new_secret()), {**environment, "RITORNO_SHARES_EACH": "5"}

    def share(_):
        try:
            shares_in(limited).publish(study, owner)
        except TooManySharesError:
            return "refused"
        return "shared"

    said = all_at_once(share)
    assert (said.count("shared"), said.count("refused")) == (5, 15)


def test_twenty_processes_share_at_once(environment):
    lines = children(environment, "together", MANY)
    assert [done for _, done in lines] == ["True"] * MANY
    shares = shares_in(environment)
    assert len({shares.open(token).terms.id for token, _ in lines}) == MANY


def test_a_killed_process_leaves_the_whole_share_or_nothing(environment):
    tokens = [line for (line,) in children(environment, "killed", KILLED)]
    shares, opened = shares_in(environment), 0
    for token in tokens:
        try:
            found = shares.open(token)
        except UnknownShareError:
            continue
        assert len(found.study.intake.orders.table) == 120
        opened += 1
    assert 0 < opened < len(tokens) == KILLED  # some were killed too early, some too late
    assert held(environment) == opened + 3  # and those that were let alone


def test_after_a_kill_others_go_on(environment, study):
    children(environment, "killed", 5, seed=2)
    shares, owner = shares_in(environment), owner_of(new_secret())
    assert shares.open(shares.publish(study, owner).token.text)
