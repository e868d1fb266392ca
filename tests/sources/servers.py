"""A real MariaDB for the tests: on loopback, in a folder of its own, run by a user without rights."""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

_FEW = (
    *("--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=16M", "--innodb-log-file-size=16M"),
    *("--skip-log-bin", "--performance-schema=OFF", "--lower-case-table-names=0", "--skip-name-resolve"),
)
_TRIES = 300


class Server:
    """A running server.

    Attributes
    ----------
    folder : with all its files, and its certificate
    process : its first one
    """

    def __init__(self, folder, port, process):
        self.folder, self.port, self.process, self._made = folder, port, process, 0

    def address(self, name="mysql", user="ritorno:geheim"):
        return f"mysql://{user}@127.0.0.1:{self.port}/{name}"

    def connection(self, name="mysql"):
        return pymysql().connect(
            host="127.0.0.1", port=self.port, user="root", database=name, autocommit=True, charset="utf8mb4"
        )

    def run(self, *statements, name="mysql"):
        """Run statements as one who may everything; what the last one answers."""
        with closing(self.connection(name)) as connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall()

    def new_database(self):
        """The name of a database that our user may read."""
        self._made += 1
        name = f"t{self._made}"
        self.run(f"CREATE DATABASE {name}", f"GRANT SELECT, EXECUTE ON {name}.* TO ritorno@`127.0.0.1`")
        return name


def pymysql():
    return pytest.importorskip("pymysql", reason='PyMySQL is not installed (pip install ".[mysql]")')


@contextmanager
def mariadb(*, secure=True):
    """Start one, or skip with the reason; with a certificate, by which a line is safe."""
    pymysql()
    install = shutil.which("mariadb-install-db")
    server = shutil.which("mariadbd") or shutil.which("mariadbd", path="/usr/sbin")
    if install is None or server is None:
        pytest.skip("MariaDB is not installed (Debian's mariadb-server)")
    run_as, uid, gid = _nobody()
    folder = Path(tempfile.mkdtemp(prefix="ritorno"))
    try:
        os.chown(folder, uid, gid)
        certify(folder)
        data = f"--datadir={folder / 'data'}"
        made = subprocess.run(
            [install, "--no-defaults", data, "--auth-root-authentication-method=normal", "--skip-test-db"],
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
            **run_as,
        )
        if made.returncode:
            pytest.skip(f"MariaDB makes no database here: {made.stderr.strip()[-200:]}")
        with _started(server, data, folder, run_as, secure=secure) as started:
            started.run("CREATE USER ritorno@`127.0.0.1` IDENTIFIED BY 'geheim'")
            yield started
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def certify(folder):
    """Make a certificate for this machine alone, good for an hour."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now, here = dt.datetime.now(dt.UTC), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([here]), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *private))


def _nobody():
    """Whom the server runs as: not root."""
    if os.geteuid() != 0:
        return {}, os.geteuid(), os.getegid()
    names = {user.pw_name: user for user in pwd.getpwall()}
    user = names.get("mysql") or names["nobody"]
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}, user.pw_uid, user.pw_gid


@contextmanager
def _started(program, data, folder, run_as, *, secure):
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    certified = (f"--ssl-cert={folder / 'certificate.pem'}", f"--ssl-key={folder / 'key.pem'}")
    at = (
        *(certified if secure else ()),
        f"--port={port}",
        "--bind-address=127.0.0.1",
        f"--socket={folder / 'socket'}",
    )
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [program, "--no-defaults", data, *at, *_FEW], stdout=log, stderr=log, cwd=folder, **run_as
        )
    server = Server(folder, port, process)
    try:
        _wait(server)
        yield server
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


def _wait(server):
    for _ in range(_TRIES):
        try:
            return server.run("SELECT 1")
        except pymysql().OperationalError:
            if server.process.poll() is not None:
                break
            time.sleep(0.1)
    said = (server.folder / "log").read_text("utf-8", "replace")
    return pytest.skip(f"MariaDB does not start here: {said.strip()[-200:]}")
