"""The Dockerfile's steps, taken one by one in a clean folder, without an engine."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

from tests.browser.servers import ROOT

HOSTING = ROOT / "hosting"
_SOMEBODY = 10001
_READ, _WRITE = 0o444, 0o222


def steps():
    """The Dockerfile's instructions: word and rest, a line each."""
    text = (HOSTING / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [tuple(line.split(maxsplit=1)) for line in lines]


def stages():
    """Instructions by stage."""
    found = []
    for word, rest in steps():
        if word == "FROM":
            found.append([])
        found[-1].append((word, rest))
    return found


def copied(stage):
    """What a stage takes of the project: sources, and where to."""
    split = [rest.split() for word, rest in stage if word == "COPY" and not rest.startswith("--from")]
    return [(sources, target) for *sources, target in split]


def test_the_image_is_pinned_belongs_to_nobody_and_tells_whether_it_is_well():
    built, final = stages()
    bases = {rest.split()[0] for word, rest in (*built, *final) if word == "FROM"}
    assert bases == {"python:3.11-slim-bookworm"}
    words = dict(final)
    assert words["USER"] == f"{_SOMEBODY}:{_SOMEBODY}"
    assert "/_stcore/health" in words["HEALTHCHECK"]
    assert any("--require-hashes -r requirements.txt" in rest for word, rest in built if word == "RUN")


def test_what_the_image_takes_is_let_through_to_the_engine():
    ignored = (HOSTING / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    let = {line.removeprefix("!") for line in ignored if line.startswith("!")}
    (first, *_) = stages()
    assert let == {source for sources, _ in copied(first) for source in sources}
    assert "*" in ignored


@pytest.mark.slow  # installs everything
def test_the_steps_make_a_server_that_runs_where_it_may_write_nothing():
    place = Path(tempfile.mkdtemp(prefix="image"))
    try:
        place.chmod(0o755)
        home = place / "opt" / "ritorno"
        home.mkdir(parents=True)
        first, final = stages()
        python = _python(place)
        for word, rest in first:
            _take(home, word, rest, python)
        _made_read_only(home)
        before = _listed(home)
        _serves(place, home, final)
        assert _listed(home) == before
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _python(place):
    """A Python for somebody without rights: this one, or a copy, where it lies in a closed folder."""
    here = Path(sys.base_prefix)
    if os.geteuid() != 0 or all(folder.stat().st_mode & stat.S_IXOTH for folder in (here, *here.parents)):
        return str(Path(sys.executable).resolve())
    unneeded = shutil.ignore_patterns("__pycache__", "site-packages", "test", "*.a")
    shutil.copytree(here, place / "python", symlinks=True, ignore=unneeded)
    return str(place / "python" / "bin" / Path(sys.executable).resolve().name)


def _take(home, word, rest, python):
    """One instruction of the stage that builds, with the folder for the image's."""
    if word == "COPY":
        *sources, target = rest.split()
        for source in sources:
            to = home / target
            if (ROOT / source).is_dir():
                shutil.copytree(ROOT / source, to, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                to.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / source, to)
    elif word == "RUN":
        start = ["/bin/sh", "-ec", rest.replace("python -m venv", f"{python} -m venv", 1)]
        done = subprocess.run(start, cwd=home, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    else:
        assert word in {"FROM", "ENV", "WORKDIR"}


def _made_read_only(home):
    for found in [home, *home.rglob("*")]:
        if not found.is_symlink():
            found.chmod((stat.S_IMODE(found.stat().st_mode) | _READ) & ~_WRITE)


def _listed(home):
    return sorted((str(found.relative_to(home)), found.lstat().st_mtime_ns) for found in home.rglob("*"))


def _serves(place, home, final):
    """Start what the image starts, as somebody without rights, and see a file read and the server well."""
    written = place / "var"
    written.mkdir()
    running = {"cwd": home, "env": _environment(place, written, final), **_somebody(written)}
    refused = subprocess.run(["/bin/sh", "-c", "touch app.py || touch retention/new"], check=False, **running)
    assert refused.returncode != 0
    analyse = (str(home / ".venv/bin/python"), "-m", "retention", "analyse", "sample_data/negozio.csv")
    done = subprocess.run([*analyse, "--json", str(written / "figures.json")], check=False, **running)
    assert done.returncode == 0
    port, log = _free_port(), place / "log.txt"
    program, *arguments = json.loads(dict(final)["CMD"])
    here = {"0.0.0.0": "127.0.0.1", "8501": port}  # noqa: S104  what the image listens on
    command = [program.replace("/opt/ritorno", str(home)), *(here.get(word, word) for word in arguments)]
    with log.open("wb") as said:
        server = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, **running)
    try:
        assert _well(port, server) == "ok", log.read_text()
    finally:
        server.terminate()
        server.wait()
    assert "Traceback" not in log.read_text()


def _environment(place, written, final):
    """The image's variables, with the folders of this machine."""
    given = dict(pair.split("=", 1) for pair in dict(final)["ENV"].split())
    assert given["RITORNO_DATA"] == "/var/lib/ritorno"
    libraries = str(place / "python" / "lib")  # of a Python that was copied
    own = {"RITORNO_DATA": str(written), "TMPDIR": str(written), "LD_LIBRARY_PATH": libraries}
    return {"PATH": os.environ["PATH"], **given, **own}


def _somebody(written):
    """As whom processes are started: root becomes somebody without rights, who owns one folder."""
    if os.geteuid() != 0:
        return {}
    os.chown(written, _SOMEBODY, _SOMEBODY)
    return {"user": _SOMEBODY, "group": _SOMEBODY, "extra_groups": []}


def _free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return str(free.getsockname()[1])


def _well(port, server):
    until = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=4) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.1)
    return None
