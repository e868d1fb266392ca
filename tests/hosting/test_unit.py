"""The unit of systemd: it is understood, and shuts the service in."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess

import pytest

from tests.browser.servers import ROOT

UNIT = ROOT / "hosting" / "ritorno.service"
_MOST = 2.0  # of 10, how exposed systemd finds a service


@pytest.fixture(scope="module")
def analysed():
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd is not installed")

    def run(*arguments):
        return subprocess.run([program, *arguments], capture_output=True, text=True, check=False)

    return run


def test_systemd_understands_every_line(analysed, tmp_path):
    there = shutil.which("true")
    unit = tmp_path / UNIT.name
    unit.write_text(re.sub(r"ExecStart=\S+", f"ExecStart={there}", UNIT.read_text("utf-8")))
    done = analysed("verify", str(unit))
    assert (done.returncode, [line for line in done.stderr.splitlines() if UNIT.name in line]) == (0, [])


def test_the_service_is_shut_in(analysed):
    done = analysed("security", "--offline=yes", str(UNIT))
    if "unrecognized option" in done.stderr:
        pytest.skip("this systemd judges no unit that is not running")
    (found,) = re.findall(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
    assert float(found) <= _MOST


def test_unit_and_image_start_the_app_by_the_same_words():
    image_of = UNIT.with_name("Dockerfile").read_text("utf-8")
    (unit,) = re.findall(r"^ExecStart=(.+)", UNIT.read_text("utf-8"), re.MULTILINE)
    (image,) = re.findall(r"^CMD \[(.+)\]", image_of, re.MULTILINE)
    said = [word.strip('"') for word in image.split(", ")]
    assert ["127.0.0.1" if word == "0.0.0.0" else word for word in said] == shlex.split(unit)  # noqa: S104
