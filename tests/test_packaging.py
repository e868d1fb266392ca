"""What `pip install .` gives: the library with its catalogues and types, the app's files, one command."""

import os
import runpy
import subprocess
import sys
import zipfile
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

from retention.__main__ import main
from retention.resources import resource
from tests.test_house import PROJECT

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The wheel unpacked, as an installer lays it out."""
    folder = tmp_path_factory.mktemp("wheel")
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(folder))
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site-packages")
    return folder / "site-packages"


def names(folder, *patterns):
    return {str(found.relative_to(folder)) for pattern in patterns for found in folder.glob(pattern)}


def test_a_wheel_holds_the_library_its_types_and_its_catalogues(installed):
    library = ("**/*.py", "**/*.po", "py.typed")
    ours = {name for name in names(ROOT / "retention", *library) if "__pycache__" not in name}
    carried = names(installed / "retention", *library)
    assert ours == {name for name in carried if not name.startswith("_resources")}
    assert "py.typed" in carried


def test_a_wheel_holds_what_the_app_is_served_from(installed):
    served = ("app.py", "pages/*.py", ".streamlit/*", "sample_data/*.csv")
    assert names(installed / "retention" / "_resources", *served) == names(ROOT, *served)


def test_a_wheel_holds_nothing_else(installed):
    assert {found.name for found in installed.iterdir()} == {"retention", "ritorno-0.1.0.dist-info"}


def test_an_installed_command_opens_the_sample_it_carries(installed, tmp_path):
    code = "import sys; from retention.__main__ import ritorno; sys.exit(ritorno())"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, "columns", "sample:shop"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert all(line.startswith("warning: ") for line in done.stderr.splitlines())
    assert "negozio.csv" in done.stdout


def test_the_command_is_the_one_the_project_names(capsys, monkeypatch):
    assert list(PROJECT["scripts"]) == ["ritorno"]
    command = EntryPoint("ritorno", PROJECT["scripts"]["ritorno"], "console_scripts").load()
    monkeypatch.setattr(sys, "argv", ["ritorno", "--help"])
    assert command() == 0
    said = capsys.readouterr().out
    assert said.startswith("Usage: ritorno ")
    assert all(f"\n  {name} " in said for name in ("analyse", "app", "columns"))


@pytest.mark.parametrize(
    ("asked", "at"),
    [
        ((), ["--server.address", "localhost"]),
        (("--port", "80"), ["--server.address", "localhost", "--server.port", "80"]),
        (("--address", "0.0.0.0"), ["--server.address", "0.0.0.0"]),  # noqa: S104  what a host may ask for
    ],
)
def test_the_app_is_always_served_at_an_address_that_is_named(monkeypatch, asked, at):
    ran = []
    monkeypatch.delenv("STREAMLIT_SERVER_ADDRESS", raising=False)
    monkeypatch.setattr(sys, "argv", [])
    monkeypatch.setattr(runpy, "run_module", lambda name, **_: ran.append((name, sys.argv)))
    assert main(["app", *asked]) == 0
    assert ran == [("streamlit", ["streamlit", "run", str(ROOT / "app.py"), *at])]


def test_a_checkout_has_its_files_at_its_root():
    assert resource("sample_data/negozio.csv") == ROOT / "sample_data" / "negozio.csv"
