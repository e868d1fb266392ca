"""Take the pictures of the README from the app as it is, the sample shop opened: `make pictures`.

Each is the first screen of a page, as somebody sees it who opens it, in few colours so that it stays small.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

from PIL import Image

from tests.browser.length import DRAWN
from tests.browser.started import started
from tests.browser.visitor import PHONE, visiting

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
DESK = {"width": 1280, "height": 860}
_COLOURS = 128


@dataclass(frozen=True)
class Picture:
    """One of them.

    Attributes
    ----------
    page, query : what is opened, and the settings its address names
    """

    page: str
    name: str
    language: str = "en"
    theme: str = "light"
    screen: dict = field(default_factory=lambda: DESK)
    query: dict = field(default_factory=dict)


PICTURES = (
    Picture("overview", "overview"),
    Picture("cohorts", "cohorts"),
    Picture("simulator", "what_if"),
    Picture("lifetime_value", "lifetime_value"),
    Picture("customers", "customers"),
    Picture("report", "report"),
    Picture("meeting", "meeting", query={"slide": "3"}),
    Picture("reality", "reality_check_italian", language="it", theme="dark"),
    Picture("dropoff", "drop_off_phone", screen=PHONE),
)


def taken(browser, server, picture):
    """The picture as PNG."""
    with visiting(browser, server, picture.language, screen=picture.screen, theme=picture.theme) as visitor:
        visitor.open(picture.page, lang=picture.language, sample="shop", **picture.query)
        visitor.rested().tab.wait_for_function(DRAWN)
        visitor.tab.mouse.move(0, 0)
        return visitor.tab.screenshot(animations="disabled")


def small(png):
    """The same in few colours."""
    out = io.BytesIO()
    Image.open(io.BytesIO(png)).convert("RGB").quantize(_COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def main():
    FOLDER.mkdir(exist_ok=True)
    with started() as (browser, server):
        for picture in PICTURES:
            content = small(taken(browser, server, picture))
            (FOLDER / f"{picture.name}.png").write_bytes(content)
            print(f"{picture.name}: {len(content) // 1000} kB", flush=True)


if __name__ == "__main__":
    main()
