"""A server and a browser for a script that is no test."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser import chromium
from tests.browser.servers import Server


@contextmanager
def started():
    """Both, stopped at the end."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Server(Path(folder) / "log.txt") as server,
        sync_playwright() as playwright,
        chromium.launched(playwright) as browser,
    ):
        yield browser, server
