"""How a report looks: whose it is, by its name, its logo, two colours and a font."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import dataclass
from typing import Literal

from PIL import Image, UnidentifiedImageError

from retention.errors import InputError

COLOUR = "#1f5fa8"  # the app's own
FONT = "Arial"  # on every machine, or one as wide
MOST_BYTES = 1_000_000  # of a logo
INK, PAPER = "#17202b", "#ffffff"
AA = 4.5  # WCAG 2.2, 1.4.3: of text on what lies behind it
_TINT = 0.12  # of the colour in the second one
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_MOST_PIXELS = 4_000  # either way
Rgb = tuple[int, int, int]


@dataclass(frozen=True)
class Logo:
    """A picture, as it was given.

    Attributes
    ----------
    content, kind : its bytes, and what they are
    width, height : pixels
    """

    content: bytes
    kind: Literal["png", "jpeg"]
    width: int
    height: int

    @property
    def file(self) -> str:
        """A name for it."""
        return f"logo.{self.kind}"

    @property
    def address(self) -> str:
        """The picture itself as an address, so that a document asks nobody for it."""
        return f"data:image/{self.kind};base64,{base64.b64encode(self.content).decode('ascii')}"

    def within(self, width: float, height: float) -> tuple[float, float]:
        """Its size where it may take so much room."""
        share = min(width / self.width, height / self.height)
        return share * self.width, share * self.height


@dataclass(frozen=True)
class Brand:
    """Whose report it is.

    Attributes
    ----------
    name : None for the file's
    colour : of bars and headings, # and six digits
    """

    name: str | None = None
    logo: Logo | None = None
    colour: str = COLOUR
    font: str = FONT

    def __post_init__(self) -> None:
        if not _HEX.fullmatch(self.colour):
            raise InputError("colour_unreadable", colour=self.colour)

    @property
    def second(self) -> str:
        """Behind figures and the headings of tables: a tint of the first, on which ink is read."""
        mixed = (round(_TINT * c + (1 - _TINT) * 255) for c in rgb(self.colour))
        return "#{:02x}{:02x}{:02x}".format(*mixed)

    @property
    def on_colour(self) -> str:
        """Text on the colour: white where that is read on it, else black."""
        return PAPER if contrast(PAPER, self.colour) >= AA else "#000000"

    @property
    def text(self) -> str:
        """Text in the colour on paper; ink where that would not be read."""
        return self.colour if contrast(self.colour, PAPER) >= AA else INK


def rgb(colour: str) -> Rgb:
    """Red, green and blue, 0 to 255.

    Examples
    --------
    >>> rgb("#1f5fa8")
    (31, 95, 168)
    """
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """How far apart two colours are in lightness, 1 to 21 (WCAG 2.2).

    Examples
    --------
    >>> contrast("#000000", "#ffffff")
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    linear = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  sRGB
        for c in (value / 255 for value in rgb(colour))
    )
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def read_logo(name: str, content: bytes) -> Logo:
    """A logo from a file's bytes.

    Raises
    ------
    InputError
        ``logo_unusable`` where it is no PNG or JPEG, or too large.
    """
    unusable = InputError("logo_unusable", name=name, most=MOST_BYTES)
    if len(content) > MOST_BYTES:
        raise unusable
    try:
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as picture:
            width, height = picture.size
            kind: Literal["png", "jpeg"] = "png" if picture.format == "PNG" else "jpeg"
            if max(width, height) > _MOST_PIXELS:
                raise unusable
            picture.verify()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as broken:
        raise unusable from broken
    return Logo(content, kind, width, height)
