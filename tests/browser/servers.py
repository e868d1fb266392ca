"""A server of the app to visit: started on a free port, stopped again, all it said kept."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]
STREAMLIT = ("streamlit", "run", "app.py")
_PATIENCE = 60.0  # seconds until it must answer
_PAUSE = 0.1  # seconds between two questions


class Server:
    """A running server; a context manager that stops it.

    Parameters
    ----------
    log : file everything it writes goes to
    module : what `python -m` runs, with its arguments; address and port follow by `options`
    environment : variables beside those of the tests; what it shares is kept in the log's folder
    port : a free one unless told
    """

    def __init__(self, log, module=STREAMLIT, options=None, environment=None, port=None):
        self._log = log
        port = port or free_port()
        self.url = f"http://localhost:{port}"
        with log.open("wb") as written:
            self._process = subprocess.Popen(
                [sys.executable, "-m", *module, *(options or _streamlit_options)(port)],
                cwd=ROOT,
                env={**os.environ, "RITORNO_DATA": str(log.parent), **(environment or {})},
                stdout=written,
                stderr=subprocess.STDOUT,
            )

    def __enter__(self):
        self._wait()
        return self

    def __exit__(self, *_):
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def log(self):
        """Everything it has written to standard output and standard error."""
        return self._log.read_text("utf-8", errors="replace")

    def answer(self, path):
        """Status, headers and text of the answer to a request."""
        try:
            with urllib.request.urlopen(f"{self.url}{path}", timeout=10) as found:  # noqa: S310  our own server
                return found.status, found.headers, found.read().decode("utf-8", errors="replace")
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.headers, refused.read().decode("utf-8", errors="replace")

    def _wait(self):
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            try:
                if self.answer("/_stcore/health")[0] == 200:
                    return
            except OSError:
                pass
            time.sleep(_PAUSE)
        self.__exit__()
        raise RuntimeError(f"the server did not start:\n{self.log}")


def _streamlit_options(port):
    return (
        *("--server.address", "localhost", "--server.port", str(port), "--server.headless", "true"),
        *("--server.fileWatcherType", "none", "--runner.enforceSerializableSessionState", "true"),
    )


def uvicorn_options(port):
    return ("--host", "localhost", "--port", str(port))


def free_port():
    """A port nobody listens at."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        return free.getsockname()[1]
