"""The rules of the house: style, types, layers and the locks, checked with the project's own tools."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCKS = ("requirements.txt", "requirements-dev.txt")
CHECKS = {
    "ruff": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "types": ("mypy",),
    "layers": ("lint-imports",),
}


def lock_entries(name: str) -> list[str]:
    """Split a lock into its requirements, each with its hashes, without comments."""
    lines = [
        line for line in (ROOT / name).read_text("utf-8").splitlines() if not line.lstrip().startswith("#")
    ]
    return "\n".join(lines).replace("\\\n", " ").splitlines()


def pins(name: str) -> dict[str, str]:
    """Versions a lock pins, by canonical name."""
    requirements = [Requirement(entry.split("--hash")[0]) for entry in lock_entries(name)]
    return {canonicalize_name(r.name): str(r.specifier).removeprefix("==") for r in requirements}


@pytest.mark.parametrize("check", CHECKS)
def test_the_house_keeps_its_rules(check):
    tool, *arguments = CHECKS[check]
    program = shutil.which(tool, path=Path(sys.executable).parent)
    assert program, f"{tool} is not installed beside {sys.executable}"
    done = subprocess.run(
        [program, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("calls", ["Makefile", ".pre-commit-config.yaml"])
@pytest.mark.parametrize("check", CHECKS)
def test_the_rules_are_checked_by_hand_and_before_a_commit(check, calls):
    command = " ".join(argument for argument in CHECKS[check] if argument != ".")
    assert command in (ROOT / calls).read_text("utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_with_its_hashes(lock):
    pinned = re.compile(r"[\w.\-\[\]]+==[\w.!+]+ ( *; [^\\]*?)?( *--hash=sha256:[0-9a-f]{64})+ *")
    assert [entry for entry in lock_entries(lock) if not pinned.fullmatch(entry)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_place(lock):
    assert (
        re.findall(r"--(?:extra-)?index-url|--find-links|\w+://|file:", (ROOT / lock).read_text("utf-8"))
        == []
    )


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.txt", PROJECT["dependencies"]),
        ("requirements-dev.txt", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]),
    ],
    ids=LOCKS,
)
def test_a_lock_holds_what_the_project_asks_for(lock, wanted):
    pinned = pins(lock)
    requirements = [Requirement(text) for text in wanted]
    unmet = [
        str(r) for r in requirements if not r.specifier.contains(pinned.get(canonicalize_name(r.name), "0"))
    ]
    assert unmet == []


def test_the_tests_run_on_the_versions_that_are_shipped():
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


def test_the_test_tools_are_not_shipped():
    tools = {canonicalize_name(Requirement(text).name) for text in PROJECT["optional-dependencies"]["dev"]}
    assert not tools & pins("requirements.txt").keys()


def test_the_tests_start_from_a_script_that_can_be_run():
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text("utf-8").splitlines()[-1] == "make test"
