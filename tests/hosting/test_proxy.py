"""The web server before the app, run for real: nginx by the file a host is given, before two copies."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from benchmarks.protocol import Visit
from tests.browser.servers import ROOT, Server
from tests.loops import done

CONF = ROOT / "hosting" / "nginx.conf"
SAMPLE = ROOT / "sample_data" / "negozio.csv"
MAIN = """
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/ritorno.conf;
}}
"""


class Proxy:
    """A running nginx before copies of the app."""

    def __init__(self, folder, copies):
        self.folder, self.copies = folder, copies
        self.plain, self.secure = _free_port(), _free_port()
        self.url = f"https://localhost:{self.secure}"
        self.trust = ssl.create_default_context(cadata=_certified(folder))

    def visit(self):
        return Visit(self.url, self.trust)

    def ask(self, method, path, body=b"", **headers):
        """Status, headers and text of an answer."""
        status, found, text = self.visit().ask(method, path, body, **headers)
        return status, found, text.decode("utf-8", "replace")

    @contextmanager
    def logging(self, count, path="/"):
        """The lines written meanwhile of requests below a path, once they are there: after the answers."""
        written = self.folder / "access.log"
        before, lines = written.stat().st_size, []
        yield lines
        until = time.monotonic() + 10
        while len(lines) < count and time.monotonic() < until:
            time.sleep(0.02)
            said = written.read_text()[before:].splitlines()
            lines[:] = [line for line in said if line.split(" ")[3].startswith(path)]
        assert len(lines) == count


def _free_port():
    with socket.socket() as free:
        free.bind(("localhost", 0))
        return free.getsockname()[1]


def _certified(folder):
    """A certificate for this machine alone, where nginx looks for it; its text."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=True)
        .sign(key, hashes.SHA256())
    )
    written = certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "fullchain.pem").write_bytes(written)
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "privkey.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *private))
    return written.decode()


def _adapted(proxy):
    """The host's file with the ports, folders and copies of this machine; nothing else is changed."""
    text = CONF.read_text("utf-8")
    copies = " ".join(f"server {copy.url.removeprefix('http://')};" for copy in proxy.copies)
    for written, here in {
        "server app:8501;": copies,
        "listen 80;": f"listen 127.0.0.1:{proxy.plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{proxy.secure} ssl;",
        "/etc/ritorno/": f"{proxy.folder}/",
        "/var/log/nginx/": f"{proxy.folder}/",
    }.items():
        assert written in text
        text = text.replace(written, here)
    return text


@contextmanager
def _running(program, proxy):
    folder = proxy.folder
    (folder / "ritorno.conf").write_text(_adapted(proxy))
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user))
    command = [program, "-c", str(folder / "nginx.conf"), "-p", str(folder)]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", proxy.secure), 1).close()
                break
            except OSError:
                assert process.poll() is None
                assert time.monotonic() < until
                time.sleep(0.05)
        yield proxy
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module")
def program():
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        pytest.skip("nginx is not installed (Debian's nginx-light)")
    return found


@pytest.fixture(scope="module")
def proxy(program, tmp_path_factory):
    folder = tmp_path_factory.mktemp("proxy")
    with Server(folder / "one.txt") as one, Server(folder / "two.txt") as two:
        with _running(program, Proxy(folder, (one, two))) as running:
            yield running
        assert "Traceback" not in one.log + two.log


def test_what_comes_without_tls_is_sent_to_where_there_is(proxy):
    asking = Visit(f"http://localhost:{proxy.plain}")
    answer = asking.ask("GET", "/cohorts?margin=30", Host="shop.example")
    assert answer.status == 308
    assert answer.headers["Location"] == "https://shop.example/cohorts?margin=30"


def test_the_page_arrives_with_the_apps_headers_and_the_web_servers(proxy):
    status, headers, text = proxy.ask("GET", "/")
    assert status == 200
    assert "<!doctype html>" in text.lower()
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Server"] == "nginx"  # without its version
    assert proxy.ask("GET", "/_stcore/health")[2] == "ok"


def test_a_browser_is_told_its_copy_once(proxy):
    given = [c for c in proxy.ask("GET", "/")[1].get_all("Set-Cookie", []) if c.startswith("ritorno_route=")]
    assert len(given) == 1
    assert all(f"; {word}" in given[0] for word in ("Secure", "HttpOnly", "SameSite=Lax"))
    assert "ritorno_route" not in str(proxy.ask("GET", "/", Cookie=given[0].split(";")[0])[1])


def test_visitors_stay_with_the_copy_they_came_to_and_both_are_used(proxy):
    async def visits():
        for number in range(6):
            async with proxy.visit() as visit:
                await visit.upload(f"shop{number}.csv", SAMPLE.read_bytes())
                await visit.go("overview")
                assert visit.errors == []

    with proxy.logging(6, "/_stcore/stream") as lines:
        done(visits())
    went = {line.rpartition(":")[2] for line in lines}
    assert went == {copy.url.rpartition(":")[2] for copy in proxy.copies}


def test_another_sites_page_may_not_speak_to_the_app(proxy):
    async def speaks():
        address = f"{proxy.url.replace('https', 'wss')}/_stcore/stream"
        async with connect(address, origin="https://evil.example", ssl=proxy.trust, proxy=None):
            pass

    with pytest.raises(InvalidStatus, match="403"):
        done(speaks())


@pytest.mark.parametrize(
    ("path", "length", "status"),
    [
        ("/_stcore/upload_file/visit/file", 201 * 2**20 + 1, 413),
        ("/_stcore/upload_file/visit/file", 100_000, 403),  # the app's answer: without its token
        ("/_stcore/stream", 100_000, 413),
        ("/", 100_000, 413),
    ],
)
def test_a_body_too_large_is_refused_where_it_arrives(proxy, path, length, status):
    body = b"-" * length if status != 413 else b""  # what is refused is refused before it is sent
    assert proxy.ask("PUT", path, body, **{"Content-Length": str(length)})[0] == status


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/metrics",
        "/_stcore/metrics/",
        "/cohorts/_stcore/metrics",
        "/_stcore/agent/openapi.json",
        "/_stcore/%6detrics",
        "/_stcore//metrics",
        "/cohorts/../_stcore/metrics",
    ],
)
def test_closed_paths_do_not_reach_the_app(proxy, path):
    with proxy.logging(1) as lines:
        assert proxy.ask("GET", path)[0] == 404
    assert lines[0].endswith(" -")  # no copy was asked


def test_the_log_names_neither_settings_nor_files_of_visits(proxy):
    with proxy.logging(3) as lines:
        proxy.ask("GET", "/cohorts?margin=31.5")
        proxy.ask("PUT", "/_stcore/upload_file/visit-7/file-8", b"-")
        proxy.ask("GET", "/media/file-9.csv?name=file-9")
    assert [line.split(" ")[2:4] for line in lines] == [
        ["GET", "/cohorts"],
        ["PUT", "/_stcore/upload_file/-"],
        ["GET", "/media/-"],
    ]
    assert not any(told in "".join(lines) for told in ("margin", "31.5", "visit-7", "file-8", "file-9"))
    assert (proxy.folder / "error.log").read_text() == ""


class Telling(BaseHTTPRequestHandler):
    """An app that tells a browser as much as when somebody has signed in."""

    def do_GET(self):
        self.send_response(302)
        self.send_header("Location", "/")
        for number in range(3):
            self.send_header("Set-Cookie", f"told_{number}={'x' * 4000}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


def test_what_a_browser_is_told_when_somebody_has_signed_in_passes(program, tmp_path):
    telling = ThreadingHTTPServer(("127.0.0.1", 0), Telling)
    threading.Thread(target=telling.serve_forever, daemon=True).start()
    told = SimpleNamespace(url=f"http://127.0.0.1:{telling.server_port}")
    with _running(program, Proxy(tmp_path, [told])) as proxy:
        status, headers, _ = proxy.ask("GET", "/oauth2callback?code=secret")
    telling.shutdown()
    telling.server_close()
    assert status == 302
    assert sum(each.startswith("told_") for each in headers.get_all("Set-Cookie")) == 3
    assert "secret" not in (tmp_path / "access.log").read_text()
