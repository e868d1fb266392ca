"""Files the visit had loaded before the present one, so that it can say what changed since.

Of each only a study of its orders is kept, in the visit's state like the file itself, and of these files the
last few: it is a small part of what the file took. Once an earlier file's forecast is sealed, its snapshot
takes the study's place.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from retention.errors import InputError
from retention.ui.state import settings

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

    from retention.snapshot import Snapshot
    from retention.study import Study

MOST = 2  # files: the one before, and the one before that
_FILES = "earlier_files"  # in the visit's state


@dataclass(frozen=True)
class Earlier:
    """A file that another has taken the place of.

    Attributes
    ----------
    content : hash of what it held
    study : None once its forecast is sealed
    snapshot : its figures, with the forecast once that is sealed; None before it was asked for
    """

    name: str
    content: str
    study: Study | None
    snapshot: Snapshot | None = None


def remember(name: str, content: str, study: Study) -> None:
    """Keep a file that goes; the oldest makes room, and one that comes again counts once."""
    others = [file for file in _all() if file.content != content]
    st.session_state[_FILES] = (Earlier(name, content, study), *others)[:MOST]


def files(present: str) -> tuple[Earlier, ...]:
    """Those beside the present one, the latest first.

    Parameters
    ----------
    present : hash of what is loaded
    """
    return tuple(file for file in _all() if file.content != present)


def tables() -> tuple[pd.DataFrame, ...]:
    """What is held of them in full."""
    return tuple(file.study.orders.table for file in _all() if file.study is not None)


def figures(file: Earlier) -> Snapshot:
    """The file's figures; with the forecast where that is sealed."""
    if file.snapshot is not None:
        return file.snapshot
    return _kept(file, _study(file).snapshots.figures(file.name, _today()), file.study)


def sealed(file: Earlier) -> Snapshot:
    """The same with the forecast, made of that file alone and from then on not made anew."""
    if file.study is None and file.snapshot is not None:
        return file.snapshot
    taken = _study(file).snapshots.taken(file.name, _today(), settings.wanted(), settings.time_unit())
    return _kept(file, taken, None)


def refusal(study: Study, file: Earlier) -> InputError | None:
    """Why the present data cannot be held against the file, None where it can."""
    try:
        study.snapshots.check(figures(file))
    except InputError as error:
        return error
    return None


def _all() -> tuple[Earlier, ...]:
    found: tuple[Earlier, ...] = st.session_state.get(_FILES, ())
    return found


def _kept(file: Earlier, snapshot: Snapshot, study: Study | None) -> Snapshot:
    now = replace(file, snapshot=snapshot, study=study)
    st.session_state[_FILES] = tuple(now if each.content == file.content else each for each in _all())
    return snapshot


def _study(file: Earlier) -> Study:
    if file.study is None:
        raise ValueError("the file's orders are gone: its snapshot holds what there is of it")
    return file.study


def _today() -> date:
    return datetime.now(tz=UTC).date()
