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
        return [line for node in _nodes(self.app.main) if (line := _line(node))]

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


def _table(frame, name, *, open_at_start=False, most=None, cells=None):
    made = frame() if callable(frame) else frame
    options = {"open": open_at_start or None, "most": most, "cells": cells}
    told = [f"{key}={value}" for key, value in options.items() if value is not None]
    st.text(" ".join([f"table {name}: {screen.say(f'table.{name}')} {_named(made)}", *told]))


def _show_table(frame, *, height="auto", cells=None, pinned=None):
    options = {"height": None if height == "auto" else height, "cells": cells, "pinned": pinned}
    told = [f"{key}={value}" for key, value in options.items() if value is not None]
    st.text(" ".join([f"rows {_named(frame)}", *told]))


def _download(frame, name, label="table.download"):
    made = frame() if callable(frame) else frame
    st.text(f"download {name}: {screen.say(label)} {_named(made)}")


def _named(made):
    if isinstance(made, Made):
        return str(made)
    frame = getattr(made, "data", made)  # of a table written already
    return f"{len(frame)} rows"


_PARTS = {"chart": _chart, "table": _table, "show_table": _show_table, "download": _download}


def _nodes(block):
    for node in block.children.values():
        yield node
        if hasattr(node, "children"):
            yield from _nodes(node)


def _line(node):
    proto, kind = node.proto, node.type
    match kind:
        case "text":
            return proto.body
        case "markdown" | "caption" | "title" | "subheader" | "code":
            return f"{kind} {node.value}"
        case "info" | "warning" | "error" | "success":
            return f"{kind} {node.value}"
        case "metric":
            delta = f" delta {proto.delta} {'firm' if proto.color else 'grey'}" if proto.delta else ""
            course = f" course {len(proto.chart_data)}" if proto.chart_data else ""
            return f"metric {proto.label}: {proto.body}{delta}{course}"
        case "expander" | "expandable":
            return f"expander {proto.label}{' open' if proto.expanded else ''}"
        case "button":
            return f"button {proto.label}{' disabled' if proto.disabled else ''}"
        case "button_group":
            return f"buttons {proto.label}: {', '.join(node.options)} = {node.value}"
        case "selectbox" | "radio" | "multiselect":
            return f"{kind} {proto.label}: {', '.join(node.options)} = {node.value}"
        case "number_input":
            return (
                f"number {proto.label}: {node.value:g}"
                if node.value is not None
                else f"number {proto.label}: {proto.placeholder}"
            )
        case "text_input" | "checkbox" | "toggle" | "date_input":
            return f"{kind} {proto.label}: {node.value}"
        case "tab":
            return f"tab {node.label}"
        case "badge":
            return f"badge {proto.body}"
    return None if proto is None or kind in _SILENT else kind


_SILENT = {"vertical", "horizontal", "flex_container", "column", "empty", "unknown", "main", "container"}
