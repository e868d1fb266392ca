"""A study as bytes, and back: all a receiver needs to see the same pages with the same figures.

The bytes are a zip of Parquet tables and one JSON. The file itself is not among them, nor the rows that were
set aside: only how many there were, and why.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from retention.errors import DataWarning
from retention.ingest import Account, Complaints, Exported, Intake, LinesKept
from retention.orders import Orders
from retention.periods import Window
from retention.sharing.errors import ShareVersionError
from retention.sharing.values import decoded, encoded

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = 1
_ABOUT = "study.json"
_ROWS = ("set_aside_rows", "left_out_rows")  # as in the file, with whatever people it names
_LINE = ("order", "product", "amount", "quantity")  # of a line; the rest is its order's
_OF_ORDER = ("customer_id", "order_id", "date")


@dataclass(frozen=True)
class Source:
    """The file a study is of.

    Attributes
    ----------
    name : of the file
    sample : code of the sample it is, None for a file of one's own
    ended : whether its forecast starts from the end of the data, not from today
    understood : what was understood of it, as plain values without customers
    """

    name: str
    sample: str | None = None
    ended: bool = False
    understood: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class SharedStudy:
    """What is shared of a study.

    Attributes
    ----------
    title : its owner's name for it
    intake : orders as mapped, with their account, warnings, lines and sums of the file
    settings : as its owner has them, by name; none may name a customer
    scenarios : of the What if page, each a name and its settings
    spend : marketing spend as its owner has it, a row each
    complaints : who complained, None where nobody did
    pseudonyms : whether customers and orders are numbers in random order
    """

    title: str
    source: Source
    intake: Intake
    settings: Mapping[str, Any] = field(default_factory=dict)
    scenarios: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    spend: pd.DataFrame | None = None
    complaints: Complaints | None = None
    pseudonyms: bool = False


def dump(shared: SharedStudy) -> bytes:
    """A study as bytes that say in which version they are written."""
    intake, target = shared.intake, io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as packed:  # the tables are compressed already
        packed.writestr(_ABOUT, json.dumps({"version": VERSION, **encoded(_about(shared))}))
        for name, table in _tables(shared).items():
            packed.writestr(name, parquet(table))
        if intake.lines is not None:
            packed.writestr("lines", parquet(intake.lines.table[list(_LINE)]))
    return target.getvalue()


def load(content: bytes) -> SharedStudy:
    """The study `dump` was given, but for the rows that were set aside.

    Raises
    ------
    ShareVersionError
        If it was written in a version that is not this one.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        found = json.loads(packed.read(_ABOUT))
        version = found.pop("version", None)
        if version != VERSION:
            raise ShareVersionError(version)
        tables = {name: frame(packed.read(name)) for name in packed.namelist() if name != _ABOUT}
    return _shared(decoded(found), tables)


def _about(shared: SharedStudy) -> dict[str, Any]:
    """All that is no table."""
    intake, complaints = shared.intake, shared.complaints
    orders, lines, exported = intake.orders, intake.lines, intake.exported
    return {
        **{name: getattr(shared, name) for name in ("title", "pseudonyms")},
        "settings": dict(shared.settings),
        "scenarios": tuple((name, dict(chosen)) for name, chosen in shared.scenarios),
        "source": {**vars(shared.source), "understood": dict(shared.source.understood)},
        "orders": {
            "first": orders.window.first,
            "last": orders.window.last,
            "currency": orders.currency,
            "headings": dict(orders.headings),
        },
        "account": {each.name: getattr(intake.account, each.name) for each in _counted()},
        "warnings": [(warning.code, warning.details) for warning in intake.warnings],
        "amounts": None if lines is None else lines.amounts,
        "exported": None if exported is None else {n: getattr(exported, n) for n in ("written", "other")},
        "complaints": None
        if complaints is None
        else {name: value for name, value in vars(complaints).items() if name != "table"},
    }


def _tables(shared: SharedStudy) -> dict[str, pd.DataFrame]:
    """All tables but the lines, which lean on the orders."""
    exported, complaints = shared.intake.exported, shared.complaints
    found = {
        "orders": shared.intake.orders.table,
        "days": None if exported is None else exported.days,
        "counts": None if exported is None else exported.counts,
        "spend": shared.spend,
        "complaints": None if complaints is None else complaints.table,
    }
    return {name: table for name, table in found.items() if table is not None}


def _shared(about: dict[str, Any], tables: dict[str, pd.DataFrame]) -> SharedStudy:
    complained = about["complaints"]
    return SharedStudy(
        title=about["title"],
        source=Source(**about["source"]),
        intake=_intake(about, tables),
        settings=about["settings"],
        scenarios=about["scenarios"],
        spend=tables.get("spend"),
        complaints=None if complained is None else Complaints(tables["complaints"], **complained),
        pseudonyms=about["pseudonyms"],
    )


def _intake(about: dict[str, Any], tables: dict[str, pd.DataFrame]) -> Intake:
    table, told, exported = tables["orders"], about["orders"], about["exported"]
    nothing = pd.DataFrame({"row": pd.Series(dtype="int64"), "reason": pd.Series(dtype="str")})
    return Intake(
        orders=Orders(table, Window(told["first"], told["last"]), told["currency"], told["headings"]),
        account=Account(**about["account"] | dict.fromkeys(_ROWS, nothing)),
        warnings=tuple(DataWarning(code, details) for code, details in about["warnings"]),
        lines=LinesKept(_lines(tables["lines"], table), about["amounts"]) if "lines" in tables else None,
        exported=None if exported is None else Exported(tables["days"], tables["counts"], **exported),
    )


def _lines(lines: pd.DataFrame, orders: pd.DataFrame) -> pd.DataFrame:
    """Lines with what their orders say, in the columns and types they had."""
    order = lines["order"].to_numpy()
    of_order = {name: orders[name].array.take(order) for name in _OF_ORDER}
    rest = {name: lines[name] for name in _LINE if name != "order"}
    return pd.DataFrame({"order": order, **of_order, **rest})


def _counted() -> list[Any]:
    return [each for each in fields(Account) if each.name not in _ROWS]


def parquet(table: pd.DataFrame) -> bytes:
    """A table as bytes `frame` reads back, the same for the same table."""
    target = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(table, preserve_index=False), target, compression="zstd")
    return target.getvalue()


def frame(content: bytes) -> pd.DataFrame:
    """The table `parquet` was given."""
    found: pd.DataFrame = pq.read_table(io.BytesIO(content), use_threads=False).to_pandas()
    return found
