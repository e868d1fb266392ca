"""What a study says, one thing at a time: a sentence, its figures, its picture and the table behind it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import pandas as pd

from retention.text.formats import NOTHING
from retention.text.kinds import kind_of, writer, writers_of
from retention.text.marked import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from retention.charts.style import Drawing
    from retention.text import Words
    from retention.text.kinds import CellKind

MOST_LINES = 3
MOST_FIGURES = 4
Way = Literal["bars", "columns", "stacked", "line"]


@dataclass(frozen=True)
class Figure:
    """One figure as a screen, a sheet and a slide show it.

    Attributes
    ----------
    name : of the figure: a column of ours, or the last part of its key
    label, written : what it is called, and as it is read
    value, kind : as a number, None where there is none, and what kind of number that is
    course : the same in earlier periods, in order; empty where it has none
    """

    name: str
    label: str
    written: str
    value: float | None
    kind: CellKind
    course: tuple[float, ...] = ()


@dataclass(frozen=True)
class Native:
    """How a spreadsheet or a presentation draws a table by its own means, so that it can be edited there.

    Attributes
    ----------
    way : bars lie, columns stand, stacked ones stand on one another
    along : column that names each bar, or each point of a line
    series : columns that are drawn
    title : what they are in, where that is one thing
    axis : what the names along it are; "" where the column's own name says it
    """

    way: Way
    along: str
    series: tuple[str, ...]
    title: str = ""
    axis: str = ""


@dataclass(frozen=True)
class Table:
    """A small table whose numbers are numbers.

    Attributes
    ----------
    frame : columns by our names, see `retention.text.Words.heading`
    native : how to draw it; None where no simple chart fits
    units : what a column holds where that differs by row, a kind for each
    """

    frame: pd.DataFrame
    native: Native | None = None
    units: Mapping[str, Sequence[CellKind]] = field(default_factory=dict)

    def kind(self, column: str, row: int) -> CellKind:
        """What stands in a cell."""
        if column in self.units:
            return self.units[column][row]
        return kind_of(column, self.frame[column])

    def written(self, column: str, row: int, words: Words) -> str:
        """A cell as it is read."""
        value = self.frame[column].iloc[row]
        if value is None or pd.isna(value):
            return NOTHING
        if column in self.units:
            write = writer(self.kind(column, row), words)
        else:
            write = writers_of(self.frame, {name: str(name) for name in self.frame}, words)[column]
        return write(value) if write else str(value)


@dataclass(frozen=True)
class Message:
    """One thing a study says.

    Attributes
    ----------
    name : of the section, which says it
    subject : what it is about, in a word or two
    title : the sentence at the top of its page, in Markdown
    lines : up to three sentences more, in Markdown
    figures : up to four
    drawing, reading : the page's own picture, and what it shows for those who cannot see it
    table : what is behind it
    definition : how it is computed, in Markdown; "" where there is nothing to compute
    forecast : how far to trust it, where it rests on a forecast
    numbers : every figure named in its sentences, by name, at full precision
    """

    name: str
    subject: str
    title: str
    lines: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    drawing: Drawing | None = None
    reading: str = ""
    table: Table | None = None
    definition: str = ""
    forecast: str = ""
    numbers: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.lines) > MOST_LINES or len(self.figures) > MOST_FIGURES:
            raise ValueError(f"{self.name} says more than one thing")


@dataclass(frozen=True)
class Untold:
    """Why one of them cannot be said of this data, in a sentence.

    Attributes
    ----------
    name, subject : see `Message`
    why : in Markdown
    """

    name: str
    subject: str
    why: str

    @property
    def said(self) -> str:
        """The same without marks."""
        return plain(self.why)
