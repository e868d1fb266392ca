"""A part of a page alone on a screen, its words naming themselves, as lines to be read."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

import streamlit as st
from streamlit.testing.v1 import AppTest

from retention.ui.parts import screen
from tests.keyed import Keyed

_CONTEXT = {"url": "http://localhost:8501/overview?old=1#there", "locale": None}


@dataclass(frozen=True)
class Made:
    """What a page would have made: by which function, of what."""

    by: str
    of: tuple[Any, ...]

    def __str__(self):
        return self.by

    def __iter__(self):
        return iter((self, self))


@dataclass
class Shown:
    """A screen after its run."""

    app: AppTest

    @property
    def lines(self):
        """Everything on the screen: what it is, and what it says."""
        return _lines(self.app.main)

    @property
    def sidebar(self):
        """The same of what stands beside it."""
        return _lines(self.app.sidebar)

    def press(self, key):
        next(button for button in self.app.button if button.label == key).click()
        return self.run()

    def set(self, key, value):
        self.app.get_by_key(key).set_value(value)
        return self.run()

    def run(self):
        with patch.object(screen, "Words", Keyed), patch.object(st, "page_link", _link):
            self.app.run()
        assert not self.app.exception, self.app.exception[0].message
        return self


def shown(part, *args, state=None, query=None, locale=None, **named):
    """Run a part of a page."""
    app = AppTest.from_function(_script, args=(part, args, named), default_timeout=60)
    app.context = {**_CONTEXT, "locale": locale}
    for name, value in (state or {}).items():
        app.session_state[name] = value
    for name, value in (query or {}).items():
        app.query_params[name] = value
    return Shown(app).run()


def read(part, *args, drawn=(), **more):
    """The lines of a part of a page; the modules named make no chart or table, they say which they would.

    Parameters
    ----------
    drawn : modules whose charts and tables are named
    """
    with ExitStack() as patches:
        for module in drawn:
            patches.enter_context(patch.object(module, "cached", _made))
        for name, stand_in in _PARTS.items():
            patches.enter_context(patch.object(screen, name, stand_in))
        return shown(part, *args, **more).lines


def _link(page, *, label, icon=None):
    st.text(f"link {page}: {label}")


def _script(part, args, named):
    part(*args, **named)


def _made(make, *of):
    return Made(f"{make.__module__.removeprefix('retention.')}.{make.__name__}", of)


def _chart(drawing, alt_key, **values):
    st.text(f"chart {drawing}: {screen.words().say(alt_key, **values)}")


def _table(frame, name, *, open_at_start=False, most=None, cells=None, columns=None):
    made = frame() if callable(frame) else frame
    options = {"open": open_at_start or None, "most": most, "cells": cells, "columns": columns}
    told = [f"{key}={_told(value)}" for key, value in options.items() if value is not None]
    st.text(" ".join([f"table {name}: {screen.say(f'table.{name}')} {_named(made)}", *told]))


def _show_table(frame, *, height="auto", cells=None, pinned=None, columns=None):
    height = None if height == "auto" else height
    options = {"height": height, "cells": cells, "pinned": pinned, "columns": columns}
    told = [f"{key}={_told(value)}" for key, value in options.items() if value is not None]
    st.text(" ".join([f"rows {_named(frame)}", *told]))


def _told(value):
    return ",".join(value) if isinstance(value, tuple) else value


def _download(frame, name, label="table.download"):
    made = frame() if callable(frame) else frame
    st.text(f"download {name}: {screen.say(label)} {_named(made)}")


def _named(made):
    if isinstance(made, Made):
        return str(made)
    frame = getattr(made, "data", made)  # of a table written already
    return f"{len(frame)} rows"


_PARTS = {"chart": _chart, "table": _table, "show_table": _show_table, "download": _download}


def _lines(block):
    return [line for node in _nodes(block) if (line := _line(node))]


def _nodes(block):
    for node in block.children.values():
        yield node
        if hasattr(node, "children"):
            yield from _nodes(node)


def _line(node):
    """What an element is, and what it says; None for what only holds others."""
    if node.type in _SILENT:
        return None
    return _SAYS.get(node.type, lambda node: node.type)(node)


def _metric(node):
    told, proto = [f"metric {node.proto.label}: {node.proto.body}"], node.proto
    if proto.delta:
        told.append(f"delta {proto.delta} {'firm' if proto.color else 'grey'}")
    if proto.delta_description:
        told.append(proto.delta_description)
    if proto.chart_data:
        told.append(f"course {len(proto.chart_data)}")
    return " ".join(told)


def _number(node):
    shown_ = node.proto.placeholder if node.value is None else f"{node.value:g}"
    return f"number {node.proto.label}: {shown_}"


def _chosen(node):
    kind = "buttons" if node.type == "button_group" else node.type
    return f"{kind} {node.proto.label}: {', '.join(node.options)} = {node.value}"


_SAYS = {
    "text": lambda node: node.proto.body,
    **dict.fromkeys(
        (
            "markdown",
            "caption",
            "title",
            "header",
            "subheader",
            "code",
            "info",
            "warning",
            "error",
            "success",
        ),
        lambda node: f"{node.type} {node.value}",
    ),
    **dict.fromkeys(
        ("expander", "expandable"),
        lambda node: f"expander {node.proto.label}{' open' if node.proto.expanded else ''}",
    ),
    "metric": _metric,
    "number_input": _number,
    **dict.fromkeys(("button_group", "selectbox", "radio", "multiselect"), _chosen),
    **dict.fromkeys(
        ("text_input", "checkbox", "toggle", "date_input"),
        lambda node: f"{node.type} {node.proto.label}: {node.value}",
    ),
    "button": lambda node: f"button {node.proto.label}{' disabled' if node.proto.disabled else ''}",
    "tab": lambda node: f"tab {node.label}",
}
_SILENT = {"vertical", "horizontal", "flex_container", "column", "empty", "unknown", "main", "container"}
