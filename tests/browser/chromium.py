"""The Chromium the browser tests drive: found on this machine, or else installed.

Run as a script it makes sure there is one, and says nothing where it finds one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Playwright

VARIABLE = "RITORNO_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
USUAL_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
)
LAUNCH_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
APT = ("apt-get", "-qq", "-o", "Dpkg::Use-Pty=0")
HELP = f"no Chromium for the browser tests: install one, or name yours in {VARIABLE}"


def executable() -> str | None:
    """Path of the browser to launch, or None for Playwright's own.

    `RITORNO_CHROMIUM` comes first, then the PATH, then the usual places of macOS and Windows.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return named
    on_path = (shutil.which(name) for name in NAMES)
    in_place = (place for place in USUAL_PLACES if Path(place).is_file())
    return next((path for path in (*on_path, *in_place) if path), None)


@contextmanager
def launched(playwright: Playwright) -> Iterator[Browser]:
    """The browser, running; closed again."""
    browser = playwright.chromium.launch(executable_path=executable(), args=list(LAUNCH_FLAGS))
    yield browser
    browser.close()


def ensure() -> bool:
    """Find a browser or install one; whether there is one now."""
    named = os.environ.get(VARIABLE)
    if named:
        return shutil.which(named) is not None
    if executable() is not None or playwright_has_one():
        return True
    sys.stderr.write("installing Chromium for the browser tests\n")
    return install_with_apt() or install_with_playwright()


def playwright_has_one() -> bool:
    """Whether Playwright has downloaded its own browser before."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  not needed where a browser is found

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).is_file()


def install_with_apt() -> bool:
    """Install Debian's Chromium, as root only; whether there is a browser then."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if not root or shutil.which("apt-get") is None:
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    steps = ((*APT, "update"), (*APT, "install", "--yes", "--no-install-recommends", "chromium"))
    return all(runs(step, quiet) for step in steps) and executable() is not None


def install_with_playwright() -> bool:
    """Let Playwright download its own browser; whether it could."""
    return runs((sys.executable, "-m", "playwright", "install", "chromium"), dict(os.environ))


def runs(command: tuple[str, ...], environment: dict[str, str]) -> bool:
    """Whether a command succeeds; what it says goes nowhere, since the next way may work."""
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0


if __name__ == "__main__":
    if not ensure():
        sys.stderr.write(f"{HELP}\n")
        sys.exit(1)
