"""Files to try the product with: a small Italian shop, and the CDNOW customers of the literature."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, get_args

from retention.errors import InputError
from retention.ingest.parse.reading import RawTable, read_own
from retention.resources import resource

Sample = Literal["shop", "cdnow"]
SAMPLES: tuple[Sample, ...] = get_args(Sample)

_CDNOW_COLUMNS = ("master_id", "customer_id", "date", "cds", "amount")


def open_sample(which: Sample) -> RawTable:
    """Open a sample of orders.

    Parameters
    ----------
    which : "cdnow" for a tenth of the customers CDNOW won in early 1997 (Fader, Hardie 2001), "shop" for a
        made-up Italian shop

    Raises
    ------
    InputError
        ``no_such_sample`` where there is none of that name, or its file is not installed.
    """
    if which == "shop":
        return _read(resource("sample_data/negozio.csv"), which)
    if which != "cdnow":
        raise InputError("no_such_sample", sample=which)
    raw = _read(_lifetimes() / "datasets" / "CDNOW_sample.txt", which)
    return replace(raw, table=raw.table.set_axis(list(_CDNOW_COLUMNS), axis=1), currency="USD")


def sample_spend() -> RawTable:
    """Open the made-up shop's marketing spend."""
    return _read(resource("sample_data/spese_marketing.csv"), "shop")


def _read(path: Path, sample: str) -> RawTable:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError("no_such_sample", sample=sample) from error
    return read_own(content, path.name)


def _lifetimes() -> Path:
    """Find where lifetimes is installed without importing it, which would silence warnings process-wide."""
    spec = find_spec("lifetimes")
    if spec is None or not spec.submodule_search_locations:
        raise InputError("no_such_sample", sample="cdnow")
    return Path(next(iter(spec.submodule_search_locations)))
