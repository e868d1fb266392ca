"""A real PostgreSQL for the tests: on loopback, in a folder of its own, run by a user without rights."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

_FEW = ("-c", "fsync=off", "-c", "shared_buffers=16MB", "-c", "max_connections=60")
_TRIES = 300


def program(name):
    """One of PostgreSQL's programs; Debian keeps them off the path."""
    found = [str(path / name) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    return shutil.which(name) or next(filter(os.path.exists, found), None)


def nobody():
    """Whom the server runs as: PostgreSQL refuses to be root."""
    if os.geteuid() != 0:
        return {}, os.geteuid(), os.getegid()
    names = {user.pw_name: user for user in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}, user.pw_uid, user.pw_gid


class Server:
    """A running server.

    Attributes
    ----------
    folder : all its files
    process : its first process; the others are its children
    """

    def __init__(self, folder, port, process):
        self.folder, self.port, self.process, self._made = folder, port, process, 0

    def address(self, name="postgres"):
        return f"postgresql://ritorno@127.0.0.1:{self.port}/{name}"

    def run(self, *statements, name="postgres"):
        with psycopg.connect(self.address(name), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def new_database(self):
        self._made += 1
        self.run(f"CREATE DATABASE t{self._made}")
        return self.address(f"t{self._made}")


@contextmanager
def postgresql():
    """Start one, or skip with the reason."""
    initdb, postgres = program("initdb"), program("postgres")
    if initdb is None or postgres is None:
        pytest.skip("PostgreSQL is not installed (Debian's postgresql)")
    run_as, uid, gid = nobody()
    folder = Path(tempfile.mkdtemp(prefix="ritorno"))
    try:
        os.chown(folder, uid, gid)
        data = str(folder / "data")
        made = subprocess.run(
            [initdb, "-D", data, "-U", "ritorno", "--auth=trust", "--encoding=UTF8", "--locale=C", "-N"],
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
            **run_as,
        )
        if made.returncode:
            pytest.skip(f"PostgreSQL makes no database here: {made.stderr.strip()[-200:]}")
        with _started(postgres, data, folder, run_as) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(postgres, data, folder, run_as):
    port = _free_port()
    at = ("-p", str(port), "-k", str(folder), "-c", "listen_addresses=127.0.0.1")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [postgres, "-D", data, *at, *_FEW], stdout=log, stderr=log, cwd=folder, **run_as
        )
    server = Server(folder, port, process)
    try:
        _wait(server)
        yield server
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def _wait(server):
    for _ in range(_TRIES):
        try:
            return server.run("SELECT 1")
        except psycopg.OperationalError:
            if server.process.poll() is not None:
                break
            time.sleep(0.1)
    said = (server.folder / "log").read_text("utf-8", "replace")
    return pytest.skip(f"PostgreSQL does not start here: {said.strip()[-200:]}")


def _free_port():
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]
