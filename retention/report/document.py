"""The messages as one HTML file: opens without a network, charts to point at, prints on A4."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

import vl_convert
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from retention.report.pictures import on_paper
from retention.text.marked import blocks, spans

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retention.report.brand import Brand
    from retention.story import Deck, Message, Table
    from retention.text import Words

_HERE = Path(__file__).parent
_EMBED = "window.vegaEmbed = vegaEmbed;"  # of the bundle, what the page asks for


def document(deck: Deck, brand: Brand) -> bytes:
    """One file, which asks nobody for anything and runs nothing but its own two scripts."""
    words, bundle, loader = deck.words, _bundle(), _read("document.js")
    charts = {each.name: _spec(each, brand) for each in deck.messages if each.drawing is not None}
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    made = environment.get_template("document.html").render(
        lang=words.language,
        labels={
            "contents": words.say("report.contents"),
            "computed": words.say("report.computed"),
            "left_out": words.say("report.left_out"),
            "table": words.say("report.table"),
        },
        policy=_policy(bundle, loader),
        title=deck.title,
        subtitle=deck.subtitle,
        day=words.day(deck.day),
        iso_day=deck.day.isoformat(),
        source=deck.source,
        forecast=words.say("report.verdict", forecast=deck.forecast) if deck.forecast else "",
        logo=brand.logo,
        logo_alt=words.say("report.logo.alt", name=deck.title),
        style=Markup(_style(deck, brand)),  # noqa: S704  ours, and the title as a string of CSS
        parts=[_part(each, words) for each in deck.messages],
        untold=[{"subject": each.subject, "why": spans(each.why)} for each in deck.untold],
        charts=Markup(_in_script(charts)),  # noqa: S704  JSON without a sign that could end a script
        bundle=Markup(bundle),  # noqa: S704  Vega's
        loader=Markup(loader),  # noqa: S704  ours
    )
    return (made.rstrip() + "\n").encode()


def _part(message: Message, words: Words) -> dict[str, Any]:
    """A message as the template shows it."""
    return {
        "name": message.name,
        "subject": message.subject,
        "title": spans(message.title),
        "lines": [spans(line) for line in message.lines],
        "listed": message.name == "actions",
        "figures": message.figures,
        "drawn": message.drawing is not None,
        "reading": message.reading,
        "table": None if message.table is None else _table(message.table, words),
        "forecast": words.say("report.verdict", forecast=message.forecast) if message.forecast else "",
        "definition": blocks(message.definition),
    }


def _table(shown: Table, words: Words) -> dict[str, Any]:
    """A table as it is read."""
    names = [str(name) for name in shown.frame.columns]
    rows = [[shown.written(name, row, words) for name in names] for row in range(len(shown.frame))]
    return {"headings": [words.heading(name) for name in names], "rows": rows}


def _spec(message: Message, brand: Brand) -> dict[str, Any]:
    """A chart as wide as its place."""
    if message.drawing is None:
        raise ValueError("a message without a picture")
    return {**on_paper(message.drawing, brand.font), "width": "container"}


def scripts() -> str:
    """How a policy names the two scripts of such a file."""
    return _named(_bundle(), _read("document.js"))


def _named(*written: str) -> str:
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in written)
    return " ".join(f"'sha256-{each}'" for each in hashes)


def _policy(*scripts: str) -> str:
    """What the file may do: run these scripts, and load nothing."""
    return (
        f"default-src 'none'; script-src {_named(*scripts)}; style-src 'unsafe-inline'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _style(deck: Deck, brand: Brand) -> str:
    """The style sheet in the brand's colours, the title running over its pages."""
    given: Mapping[str, str] = {
        "font": brand.font,
        "colour": brand.colour,
        "on_colour": brand.on_colour,
        "second": brand.second,
        "text": brand.text,
        "running": _in_css(f"{deck.title} · {deck.words.day(deck.day)}"),
    }
    return Template(_read("document.css")).substitute(given)


def _in_css(text: str) -> str:
    """A text as a string of CSS that no sign of it can end."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):06x} " for c in text) + '"'


def _in_script(value: Any) -> str:
    """JSON that a script of a page can hold."""
    said = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return said.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def _bundle() -> str:
    """Vega, Vega-Lite and what draws them in a page, as one script."""
    bundle: str = vl_convert.javascript_bundle(_EMBED)
    return bundle.strip()


def _read(name: str) -> str:
    return (_HERE / name).read_text("utf-8").strip()
