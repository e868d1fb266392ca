"""A sign-in service on this machine, by OpenID Connect, and a server that asks people to sign in with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from urllib.parse import quote

from tests.browser.servers import Server, free_port

_PATIENCE = 30.0  # seconds until it must answer
_SECRETS = """
[auth]
redirect_uri = "http://localhost:{{port}}/oauth2callback"
cookie_secret = "{secret}"
client_id = "ritorno"
client_secret = "known to both"
server_metadata_url = "{service}/.well-known/openid-configuration"
"""


@contextmanager
def service(log):
    """The address of a sign-in service that takes anybody's word for who they are."""
    port = free_port()
    url = f"http://localhost:{port}"
    with log.open("wb") as written:
        running = subprocess.Popen(
            [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)],
            stdout=written,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )
    try:
        _wait(url, log)
        yield url
    finally:
        running.terminate()
        running.wait(timeout=10)


def knows(url, address, **claims):
    """Have a service say of somebody what it is to say."""
    told = json.dumps({"email": address, **claims}).encode()
    asked = urllib.request.Request(  # noqa: S310  our own service
        f"{url}/users/{quote(address)}", told, {"Content-Type": "application/json"}, method="PUT"
    )
    with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310  our own service
        assert answer.status == 204


def asking(log, url, allowed, **environment):
    """A server that asks people to sign in with a service, and lets those in that are allowed."""
    secrets = log.parent / "secrets.toml"
    secrets.write_text(_SECRETS.format(secret="s" * 40, service=url), "utf-8")
    given = {"STREAMLIT_SECRETS_FILES": str(secrets), "RITORNO_ALLOWED": allowed}
    return Server(log, environment={**given, **environment})


def _wait(url, log):
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"{url}/.well-known/openid-configuration", timeout=5):  # noqa: S310
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the sign-in service did not start:\n{log.read_text('utf-8')}")
