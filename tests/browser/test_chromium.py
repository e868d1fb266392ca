"""Where the browser tests look for their browser; nothing is launched and nothing installed here."""

from __future__ import annotations

import pytest

from tests.browser import chromium


@pytest.fixture
def bare_machine(monkeypatch, tmp_path):
    monkeypatch.delenv(chromium.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(chromium, "USUAL_PLACES", ())
    return tmp_path


def program(folder, name):
    path = folder / name
    path.touch()
    path.chmod(0o755)
    return str(path)


@pytest.mark.usefixtures("bare_machine")
def test_without_any_browser_playwright_uses_its_own():
    assert chromium.executable() is None


def test_a_browser_on_the_path_is_found(bare_machine):
    assert chromium.executable() is None
    chrome = program(bare_machine, "google-chrome")
    assert chromium.executable() == chrome


def test_the_browser_named_comes_first(bare_machine, monkeypatch, tmp_path_factory):
    program(bare_machine, "chromium")
    mine = program(tmp_path_factory.mktemp("mine"), "my-browser")
    monkeypatch.setenv(chromium.VARIABLE, mine)
    assert chromium.executable() == mine
    assert chromium.ensure()


def test_a_wrong_name_is_not_replaced_by_another_browser(bare_machine, monkeypatch):
    program(bare_machine, "chromium")
    monkeypatch.setenv(chromium.VARIABLE, str(bare_machine / "nowhere"))
    assert not chromium.ensure()


def test_the_usual_places_come_after_the_path(bare_machine, monkeypatch, tmp_path_factory):
    usual = program(tmp_path_factory.mktemp("applications"), "Google Chrome")
    monkeypatch.setattr(chromium, "USUAL_PLACES", ("/nowhere", usual))
    assert chromium.executable() == usual
    on_path = program(bare_machine, "chromium")
    assert chromium.executable() == on_path
