"""A visit to the app without a browser: what a person does there, and everything a page says to them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pandas as pd
import pyarrow as pa
import streamlit as st
from google.protobuf.descriptor import FieldDescriptor
from streamlit.testing.v1 import AppTest

from retention.text import Words
from retention.text.catalogue import keys
from retention.ui.parts import pages
from retention.ui.state.settings import SETTINGS

PAGES = (*pages.PAGES, *pages.BEHIND)
MAIN = Path(__file__).parents[2] / "pages" / "main.py"
_READ = {"alt", "body", "code_text", "content", "help", "label", "options", "placeholder", "text"}
_SPEC = {"title", "text"}
TABLES = [f"table_{key.removeprefix('table.')}" for key in keys("en") if key.startswith("table.")]
DETAILS = [
    f"details_{key}"
    for key in (
        *("lifetime_value.groups", "lifetime_value.risk", "lifetime_value.matrix", "lifetime_value.story"),
        *("customers.groups", "customers.campaign", "customers.plan"),
        *("cohorts.compare", "cohorts.revenue", "dropoff.waiting"),
        *("products.loyal", "products.cohorts"),
        *("complaints.title", "since.section", "share.section"),
        *("subscriptions.months", "subscriptions.who"),
        "lifetime_value.trust",
        *("season.section", "holdout.section", "simulator.more", "simulator.tables"),
        *("reality.notes", "reality.untested"),
        *("acquisition.reckoned", "acquisition.trend", "acquisition.success"),
        *("signs.behind", "coming_back.title", "reconciled.title", "overview.tables"),
    )
]
_EACH_COLUMN = 6  # texts of a chart's column that stand for all of them


class Visit:
    """One visit. In one process visits share what was computed: it is kept by what is in the data."""

    def __init__(self, language="en", *, locale=None, url="http://localhost:8501/", user=None, **query):
        self.app = AppTest.from_file(MAIN, default_timeout=120)
        self.app.user = user or {}
        self.app.context = {"url": url, "locale": locale}
        if language:
            self.app.query_params["lang"] = language
        for name, value in query.items():
            self.app.query_params[name] = value
        self.run()

    def run(self):
        """Run the page, its tables and details open.

        AppTest words a list's options before it, where the state is not the visit's.
        """
        for name in (*TABLES, *DETAILS):
            if name not in self.app.session_state:
                self.app.session_state[name] = True
        st.session_state["language"] = self.app.session_state.get("language", "en")
        self.app.run()
        return self

    def open(self, page):
        self.app.switch_page(f"{page}.py")
        return self.run()

    def set(self, key, value):
        self.app.get_by_key(key).set_value(value)
        return self.run()

    def press(self, key):
        self._button(key).click()
        return self.run()

    def offers(self, key):
        """Whether there is such a button: what another visit computed is not offered again."""
        return self._button(key) is not None

    def _button(self, key):
        label = self.words.say(key)
        return next((button for button in self.app.button if button.label == label), None)

    def upload(self, name, content, *, place=0):
        given = (name, content, "application/octet-stream")
        chooser = self.app.file_uploader[place]
        chooser.set_value([given] if chooser.proto.multiple_files else given)
        return self.run()

    def upload_all(self, files):
        kind = "application/octet-stream"
        self.app.file_uploader[0].set_value([(name, content, kind) for name, content in files])
        return self.run()

    @property
    def language(self):
        return self.app.session_state["language"]

    @property
    def words(self):
        """As the pages speak: in the visit's language, of money in what its data is paid in."""
        return Words(self.language, self.app.session_state.get("currency"))

    @property
    def settings(self):
        return {name: self.app.session_state[name] for name in SETTINGS}

    @property
    def failures(self):
        return [failure.message for failure in self.app.exception]

    @property
    def errors(self):
        return [unescaped(error.value) for error in self.app.error]

    @property
    def headline(self):
        """The large sentence of the page, as it is read."""
        large = [text.value for text in self.app.main.markdown if text.value.startswith("#")]
        return unescaped(large[0]).lstrip("# ").replace("**", "") if large else None

    @property
    def metrics(self):
        """The page's figures by their label."""
        return {metric.label: unescaped(metric.value) for metric in self.app.metric}

    def metric(self, key, **named):
        return self.metrics[self.words.say(key, **named)]

    @property
    def links(self):
        """Pages the main part leads to, "" for the first."""
        return [link.page for link in self.app.main.page_link]

    @property
    def link(self):
        """What the link to this view asks for, by name."""
        return dict(parse_qsl(urlsplit(self.app.sidebar.code[0].value).query))

    @property
    def frames(self):
        return [frame.value for frame in self.app.dataframe]

    def rows(self):
        """The account of the rows on the Data page: how many by what became of them."""
        rows = {}
        for what in ("rows_of_file", "orders_made"):
            head = [self.words.heading(what), self.words.heading("count")]
            table = next(frame for frame in self.frames if set(head) <= set(frame.columns))
            rows |= dict(zip(table[head[0]], table[head[1]], strict=True))
        return rows

    def purchases(self):
        """What the purchases come to on the Data page."""
        made = self.words.heading("orders_made")
        return next(f for f in self.frames if made in f)[self.words.heading("amount")][0]

    @property
    def formatted(self):
        """Texts that are read as Markdown."""
        return [text for kind, _, text in self._texts() if kind not in {"code", "dataframe", "selectbox"}]

    @property
    def texts(self):
        """Everything there is to read: sentences, labels, helps, options, headings, cells, charts."""
        said = [text for _, _, text in self._texts()]
        for frame in self.app.dataframe:
            said += _of_frame(frame)
        return said + [text for chart in self.charts for text in _of_chart(chart)]

    @property
    def charts(self):
        return [node.proto for node in _nodes(self.app.main) if node.type == "vega_lite_chart"]

    def says(self, key, **values):
        sentence = self.words.say(key, **values).replace("**", "")
        return any(sentence in unescaped(text).replace("**", "") for text in self.formatted)

    def _texts(self):
        for node in (*_nodes(self.app.main), *_nodes(self.app.sidebar)):
            for name, text in _fields(node.proto):
                if not (node.type == "html" and "<script>" in text):  # ours: nobody reads it
                    yield node.type, name, text


def unescaped(text):
    return re.sub(r"\\(.)", r"\1", text).replace("\u2060", "")


def _nodes(block):
    for node in block.children.values():
        if node.proto is not None:
            yield node
        if hasattr(node, "children"):
            yield from _nodes(node)


def _fields(message):
    """Names and texts of the fields of a message that people read."""
    for field, value in message.ListFields():
        several = value if field.is_repeated else [value]
        if field.type == FieldDescriptor.TYPE_MESSAGE and not field.message_type.GetOptions().map_entry:
            for part in several:
                yield from _fields(part)
        elif field.type == FieldDescriptor.TYPE_STRING and field.name in _READ:
            for text in several:
                yield field.name, text


def _strings(frame):
    for name in frame.columns:
        yield from (cell for cell in frame[name].unique()[:_EACH_COLUMN] if isinstance(cell, str))


def _of_frame(frame):
    """Headings and cells as they are shown: what a column's settings call them, or else their own."""
    shown = json.loads(frame.proto.columns or "{}")
    said = []
    for name in frame.value.columns:
        settings = shown.get(name, {})
        options = (settings.get("type_config") or {}).get("options")
        said.append(str(settings.get("label") or name))
        said += [option["label"] for option in options] if options else _strings(frame.value[[name]])
    return said


def _of_chart(chart):
    yield from _titles(json.loads(chart.spec))
    for dataset in chart.datasets:
        yield from _strings(pa.ipc.open_stream(dataset.data.data).read_all().to_pandas())


def _titles(part):
    """Titles and texts anywhere in a chart."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name in _SPEC and isinstance(value, str):
                yield value
            else:
                yield from _titles(value)
    elif isinstance(part, list):
        for item in part:
            yield from _titles(item)


def csv(rows, columns=("customer", "date", "amount")):
    return pd.DataFrame(rows, columns=list(columns)).to_csv(index=False).encode()


# Won in January a, b, d, of whom a and d buy in February; in February c, who buys in March: 3 of 4 come back.
# From January to February stay 2 of 3, from February to March 2 of 3.
ROWS = (
    ("a", "2024-01-01", 10),
    ("b", "2024-01-15", 40),
    ("d", "2024-01-20", 70),
    ("a", "2024-02-10", 20),
    ("d", "2024-02-11", 80),
    ("c", "2024-02-20", 60),
    ("a", "2024-03-05", 30),
    ("c", "2024-03-10", 5),
    ("b", "2024-03-31", 50),
)
